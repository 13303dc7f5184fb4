"""The caller hears nothing: says so again and again while the agent answers, so that sound goes one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.timeline.items import Utterance

_HELLO: Final = r"(?:h[ea]l+o+|hi|hey|हेलो|हैलो|हलो)"
_HEARS_NOTHING: Final = re.compile(
    rf"^\W*(?:{_HELLO}\W*)+$|\b{_HELLO}\W*\?|(?:हेलो|हैलो|हलो)\W*\?"
    r"|\b(?:are|r) (?:you|u) (?:still |really |even )?there\b|\b(?:is )?any(?:one|body) (?:\w+ )?there\b|\banyone\?"
    r"|\b(?:can|do) (?:you|any(?:one|body)) (?:even )?hear me\b|\bhello\b.{0,20}\bcan you hear\b"
    r"|\b(?:can['’]?t|can ?not|couldn['’]t|don['’]t) hear (?:you|any(?:thing|one|body)|a (?:thing|word))\b"
    r"(?! (?:very |so |too |that )?(?:well|clearly|properly|over))"
    r"|\bi hear nothing\b|\b(?:still|just|absolutely) nothing\b|\bnothing (?:is )?(?:on|coming (?:from|through))"
    r" (?:the|this) line\b|\b(?:line|it)(?:['’]s| is| went| has gone)(?: \w+)? (?:dead|silent)\b|\bno (?:sound|audio)\b"
    r"|\bsuna[iy]?i? nah[iī]n?\b|\ba+wa+[zj] nah[iī]n?\b|\b(?:sun|suna[iy]i de) rah[aei] (?:ho|hai|hain)\b|\bkoi hai\b"
    r"|सुनाई नहीं|आवाज़? नहीं|आवाज़ नहीं|सुन रहे (?:हैं|हो)|कोई है",
    re.IGNORECASE,
)
"""The caller asks whether anybody is there, or says that nothing is heard."""


def cannot_hear(case: Case) -> Iterator[Finding]:
    """The caller says again and again that nothing is heard, and the agent had answered each time but the last."""
    times = case.limits.cannot_hear_times
    said = [utterance for utterance in _after_the_agent(case) if utterance.speaker == "caller"]
    first = next((place for place, utterance in enumerate(said) if _HEARS_NOTHING.search(utterance.text)), len(said))
    told = [utterance for utterance in said[first:] if _HEARS_NOTHING.search(utterance.text)]
    if sum(_is_answered(case, utterance) for utterance in told) < times or len(told) * 2 < len(said[first:]):
        return
    turns = ", ".join(f"t{utterance.turn}" for utterance in told[:8])
    yield Finding(
        "cannot_hear",
        "critical",
        told[0].turn,
        told[0].start,
        f"the caller said or asked {len(told)} times whether anybody is there, while the agent answered (rule: "
        f"{times}, and half of what the caller says from the first on), in {turns}{' …' if len(told) > 8 else ''}: "
        f"{case.quote(told[1].text)}",
    )


def _after_the_agent(case: Case) -> list[Utterance]:
    """What was said once the agent had spoken; a hello before that opens the call."""
    told = case.told.utterances
    first = next((place for place, said in enumerate(told) if said.speaker == "agent"), len(told))
    return told[first:]


def _is_answered(case: Case, said: Utterance) -> bool:
    """Whether the agent spoke next; on hold nobody does."""
    return said.turn < len(case.told.utterances) and case.told.utterances[said.turn].speaker == "agent"
