"""The silence that ends a call: whether the caller hung up while something that was asked stayed unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.gaps_and_overlaps import Gap, Stretch
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.end_reasons import by_the_person, named
from vobiz_mcp.digest.timeline.handover import ends_call, may_hand_over

_FAREWELL: Final = Phrase(
    r"\b(?:good ?bye|bye|see you|talk to you (?:later|soon)|take care|have a (?:\w+ )?(?:day|one|evening|night|weekend)"
    r"|that(?:['’]s| is| was| will be|['’]ll be) (?:all|it|everything)|nothing (?:else|more)|no,? (?:thanks|thank you)"
    r"|never ?mind|forget it|call (?:you )?(?:back|again)|(?:need|have|got|want|like) to"
    r" (?:go|leave|run|think|hang up)|think about it|let you know|(?:don['’]t|do not|stop) call(?:ing)?|not interested"
    r"|wrong number|leave (?:a|your|me a) (?:message|name)|after the (?:tone|beep)|alvida|phir milte|bas itna"
    r"|aur kuch nahi|rakhta hoon|rakhti hoon)\b|अलविदा|बस इतना|और कुछ नहीं|रखता हूँ|रखती हूँ"
)
"""The caller is done: leaving, or wanting nothing more; or a machine that takes messages."""
_THANKS: Final = Phrase(r"\b(?:thanks?|thank you|thx|cheers|shukriya|dhanya?vaad)\b|धन्यवाद|शुक्रिया")
_ACKNOWLEDGES: Final = Phrase(
    r"\W*(?:(?:ok(?:ay)?|al+ ?right|right|great|perfect|good|fine|cool|sure|got it|i see|mhm|hm+|no|nope|wonderful"
    r"|lovely|excellent|awesome|sounds good|theek hai|thik hai|accha|achha|ठीक है|अच्छा)\W*)+$"
)
_REQUESTS: Final = Phrase(
    r"\b(?:please|pls|i(?: would|['’]d)? (?:also )?(?:want|need|like)|i wanna|(?:can|could|would|will) you|go ahead"
    r"|i['’]?m (?:still )?(?:waiting|looking for)|(?:tell|give|show|send|find|get|book) (?:me|us)"
    r"|chahiye|chahie|kijiye|kar (?:do|dijiye|dena)|bata(?:o|iye|ao)?|dijiye)\b"
    r"|चाहिए|कीजिए|दीजिए|बताइए|बताओ|कर दो|कृपया"
)
"""The caller wants something of the agent, whatever mark ends the sentence."""


def asks(text: str) -> bool:
    """Whether something said ends in a question."""
    return text.rstrip(" \t\r\n\"'»”’)").endswith(("?", "？", "؟"))


def unanswered_end(case: Case) -> Iterator[Gap]:
    """The silence that ends the call, where it is sure that the caller was left waiting.

    Hanging up late after goodbye is no fault, and an end timestamp may come later than the end of the line.
    """
    last = case.last_spoken
    if last is None or last.speaker != "caller" or not case.is_over or case.end is None:
        return
    turns = len(case.told.utterances)
    gap = Gap(last, Stretch(case.end, case.end, "nobody", turns + 1))
    if gap.seconds >= case.limits.dead_air_s and last.turn == turns and _left_waiting(case):
        yield gap


def _left_waiting(case: Case) -> bool:
    """By a question that stands last; by a request where the caller gave up and hung up."""
    text = case.told.utterances[-1].text
    if named(case.call.disconnection_reason) == "inactivity" or asks(text):
        return True
    return by_the_person(case.call) and not _FAREWELL.search(text) and _is_owed(case, text)


def _is_owed(case: Case, text: str) -> bool:
    """A request, or work of the agent on what was said last, of which the caller heard nothing; thanks need both."""
    requests = bool(_REQUESTS.search(text))
    after = [tool for tool in case.told.tool_calls if tool.after_turn == len(case.told.utterances)]
    if any(ends_call(tool) or may_hand_over(tool) for tool in after):
        return False
    if _THANKS.search(text):
        return requests and bool(after)
    return requests or (bool(after) and not _ACKNOWLEDGES.match(text))
