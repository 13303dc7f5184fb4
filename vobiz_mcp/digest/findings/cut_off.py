"""The call ended before it was finished: in the middle of a sentence, or with a question in the air."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.ending import handing_over, is_voicemail
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.findings.unanswered_end import asks
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.end_reasons import ending
from vobiz_mcp.digest.timeline.items import Utterance

_BREAKS_OFF: Final = Phrase(
    r"([,;:–—-]|\b(a|an|the|my|your|our|his|their|and|or|but|because|if|which|of|from|with|for|at|on|to|by|than|within"
    r"|into|until|during|very|is|are|was|were|be|will|would|could|should|can|have|has|i|we|i'm|i'll|you're|we're|we'll"
    r"|it's))$"
)
"""How a sentence cannot end."""

_ASKS_UNMARKED = re.compile(
    r"(can|could|will|would|is|are|do|does|did|should|may) (i|you|we|he|she|it|they|there|the|this|that|my|your)\b"
    r"|(what|when|where|who|why|how|which) (is|are|was|were|do|does|did|can|could|will|would|should|about|much|many"
    r"|long|time|day|date|one)\b"
)
_CLOSED = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "]", ")", '"', "”", "*")
_FEW_WORDS = 4


def cut_off(case: Case) -> Iterator[Finding]:
    """The end came in mid-turn, or the caller's last question stayed unanswered."""
    last = _last(case)
    if last is None or not case.is_over or _goes_on_elsewhere(case):
        return
    if last.speaker == "caller" and _is_question(case, last.text):
        why = "the caller's last question stayed unanswered (rule: the call ended on a question of the caller)"
    elif last.speaker in ("agent", "caller") and _is_unfinished(case, last):
        why = f"the call ended while the {last.speaker} was in mid-turn (rule: the last sentence is unfinished)"
    else:
        return
    yield Finding("cut_off", "warn", last.turn, last.start, f"{why}: {case.quote(_tail(last.text))}")


def _goes_on_elsewhere(case: Case) -> bool:
    is_handed_over = ending(case.call) == "handed over" or handing_over(case) is not None
    return is_handed_over or is_voicemail(case) or ending(case.call) == "never connected"


def _last(case: Case) -> Utterance | None:
    """What was said last: by its end where words carry times, else by the order sent."""
    told = case.told.utterances
    if case.last_spoken and not any(not said.spans and said.text.strip() for said in told):
        return told[case.last_spoken.turn - 1]
    return next((said for said in reversed(told) if said.text.strip()), None)


def _is_question(case: Case, text: str) -> bool:
    """By its question mark; by its first words where the transcript has no punctuation at all."""
    return asks(text) or (not _punctuated(case) and _ASKS_UNMARKED.match(text.strip().lower()) is not None)


def _is_unfinished(case: Case, last: Utterance) -> bool:
    """A sentence that cannot end so; or one without its full stop, spoken up to the end of the line."""
    text = last.text.rstrip()
    if _BREAKS_OFF.search(text):
        return True
    is_open = text.endswith(("...", "…")) or (not text.endswith(_CLOSED) and _punctuated(case))
    return is_open and len(text.split()) >= _FEW_WORDS and _runs_to_the_end(case, last)


def _runs_to_the_end(case: Case, last: Utterance) -> bool:
    return last.end is not None and case.end is not None and case.end - last.end <= case.limits.end_margin_s


def _punctuated(case: Case) -> bool:
    """Whether most turns end with a mark, so that a missing one means something."""
    others = [said.text.rstrip() for said in case.told.utterances[:-1] if said.text.strip()]
    return sum(text.endswith(_CLOSED) for text in others) * 2 > len(others)


def _tail(text: str) -> str:
    """The end of a turn, from a word's beginning."""
    return text if len(text) <= 80 else "…" + text[-79:].split(" ", 1)[-1]
