"""Whether a text tells of a failure: the sentences that programs fail with, in English.

A knowledge-base article that merely mentions errors is left alone, and so are questions and conditions.
"""

from __future__ import annotations

import re

_BEFORE = r"^(?:(?!that\b|which\b|who\b|whose\b|if\b|when\b|no\b|without\b|how\b|common\b)[\w'-]+,? ){0,4}"
_STOP = r"\s*(?:$|[:;,.!)–—-])"
_FAILING = re.compile(
    "|".join(
        (
            rf"^(?:error|failed|failure|fail|exception|time-?out){_STOP}",
            rf"^(?:an? |the )?(?:[\w-]+ )?\w*(?:error|exception)(?: \d{{3}})?{_STOP}",
            r"^traceback\b",
            r"\berror (?:has )?occurred\b|\b(?:went|gone) wrong\b|^(?:an )?error (?:while|when|during|in|from)\b",
            r"^(?:sorry, )?failed to\b|^(?:sorry, )?unable to\b",
            rf"{_BEFORE}(?:has |have |was )?failed(?:{_STOP}| to\b| with\b| due\b| because\b| after\b| while\b)",
            rf"{_BEFORE}(?:could not|couldn't|was unable to|were unable to|was not able to)\b",
            rf"{_BEFORE}cannot (?:be )?(?:connect|reach|find|found|access|load|process|complete)",
            rf"\bnot found(?:{_STOP}| in\b| for\b| with\b| on\b| at\b| by\b| under\b)",
            rf"{_BEFORE}timed out\b|{_BEFORE}time-?out(?:{_STOP}| after\b| while\b| waiting\b| exceeded\b| error\b)",
            r"\b(?:http|status)(?: status)?(?: code| error)?\s*[:=]?\s*[45]\d\d\b",
            r"^[45]\d\d\b\W+(?:bad|unauth|forbid|not|method|request|conflict|gone|unproc|too|internal|service|gateway)",
            r"^(?:access|permission) denied\b|^unauthori[sz]ed\b|^forbidden\b|^bad request\b|^internal server error\b",
            r"^invalid (?:request|argument|parameter|input|token|api key|credentials)|^too many requests\b",
            r"^rate limit (?:exceeded|reached)|^(?:service|server) (?:is )?(?:temporarily |currently )?unavailable\b",
            r"^connection (?:refused|reset|closed|lost|aborted)\b|\bdoes not exist\b|^no such\b",
        )
    )
)
_CONDITIONAL = re.compile(
    r"^(?:how|if|when|whenever|what|why|where|in case|to|should|unless)\b|\b(?:if|when|whenever|in case)\b.*?\b"
    r"(?:error|fail|not found|time)|\b(?:no|not any|without|zero|0) (?:known |further |more )?(?:error|fail|exception)"
)
_READ = 1000
_TAG = re.compile(r"<[^>]{0,80}>")
_LONGEST_STATEMENT = 25
"""Words of a first sentence. Programs fail in short sentences; what is longer was written for people to read."""


def is_failing_text(text: str) -> bool:
    """Whether a text says that something failed, judged by how it begins; questions, conditions and articles do not."""
    bare = _TAG.sub(" ", text[:_READ]).lower().strip(" \t\r\n\"'`[](){}*#")
    first = re.split(r"(?<=[.!?])\s+|\n", bare, maxsplit=1)[0]
    if first.endswith("?") or len(first.split()) > _LONGEST_STATEMENT or _CONDITIONAL.search(first):
        return False
    return _FAILING.search(first) is not None
