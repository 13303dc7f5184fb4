"""Who spoke and was heard: both at once, the agent in circles, one of the two not at all, or heard by nobody."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.ending import is_voicemail
from vobiz_mcp.digest.findings.finding import Finding, graded
from vobiz_mcp.digest.findings.gaps_and_overlaps import Overlap
from vobiz_mcp.digest.findings.thresholds import Thresholds
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.timeline.end_reasons import ending
from vobiz_mcp.digest.timeline.items import Utterance
from vobiz_mcp.digest.wording.phrases import exact_seconds, place

_SENTENCE_END = re.compile(r"[.!?…。！？।؟\n]+")
_NOISE = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>|\*[^*]*\*")
_NO_WORD = re.compile(r"[^\w\s'\u0300-\u036f\u0900-\u0dff\u200c\u200d]+")
"""What is neither a letter nor a digit nor a mark that Indic letters carry."""
_NO_ASCII_WORD: Final = {ord(mark): " " for mark in map(chr, range(128)) if _NO_WORD.match(mark)}
_HELLO: Final = r"(?:h[ea]l+o+|hi|hey|हेलो|हैलो|हलो)"
_ONLY_HELLO: Final = Phrase(rf"\W*(?:{_HELLO}\W*)+$")
_HEARS_NOTHING: Final = Phrase(
    rf"\b(?:{_HELLO}\W*\?"
    r"|(?:are|r) (?:you|u) (?:still |really |even )?there\b|(?:is )?any(?:one|body) (?:\w+ )?there\b|anyone\?"
    r"|(?:can|do) (?:you|any(?:one|body)) (?:even )?hear me\b|hello\b.{0,20}\bcan you hear\b"
    r"|(?:can['’]?t|can ?not|couldn['’]t|don['’]t) hear (?:you|any(?:thing|one|body)|a (?:thing|word))\b"
    r"(?! (?:very |so |too |that )?(?:well|clearly|properly|over))"
    r"|i hear nothing\b|(?:still|just|absolutely) nothing\b|nothing (?:is )?(?:on|coming (?:from|through))"
    r" (?:the|this) line\b|(?:line|it)(?:['’]s| is| went| has gone)(?: \w+)? (?:dead|silent)\b|no (?:sound|audio)\b"
    r"|suna[iy]?i? nah[iī]n?\b|a+wa+[zj] nah[iī]n?\b|(?:sun|suna[iy]i de) rah[aei] (?:ho|hai|hain)\b|koi hai\b)"
)
_HEARS_NOTHING_IN_HINDI: Final = re.compile(r"(?:हेलो|हैलो|हलो)\W*\?|सुनाई नहीं|आवाज़? नहीं|आवाज़ नहीं|सुन रहे (?:हैं|हो)|कोई है")
"""The caller asks whether anybody is there, or says that nothing is heard."""
_HINTS_OF_SILENCE: Final = "? there hear nothing dead silent sound audio sun aw koi सु आवा कोई"
_HINTS: Final = tuple(_HINTS_OF_SILENCE.split())
"""One of these, in small letters, is part of every such sentence but a mere hello."""


def talk_over(case: Case) -> Iterator[Finding]:
    """Both sides speak at once for longer than a `mhm`: how often, and who broke in."""
    found = case.overlaps
    if not found:
        return
    worst = max(found, key=lambda overlap: overlap.seconds)
    times = "once" if len(found) == 1 else f"{len(found)} times ({_who(found)})"
    places = ", ".join(f"t{o.second.turn} {place(o.second.start)}" for o in found[:6])
    yield Finding(
        "talk_over",
        graded(len(found), case.limits.talk_over_warn_count),
        worst.second.turn,
        worst.second.start,
        f"both spoke for {exact_seconds(worst.seconds)} when the {_broke_in(worst)}; {times}"
        f" (rule: {case.limits.talk_over_s:g} s) at {places}{' …' if len(found) > 6 else ''}",
    )


def _broke_in(overlap: Overlap) -> str:
    at_once = overlap.first.start == overlap.second.start
    return "two began at once" if at_once else f"{overlap.second.speaker} broke in on the {overlap.first.speaker}"


def _who(found: list[Overlap]) -> str:
    by: defaultdict[str, int] = defaultdict(int)
    for overlap in found:
        by[overlap.second.speaker] += 1
    return ", ".join(f"{count} by the {speaker}" for speaker, count in by.items())


def agent_repeats(case: Case) -> Iterator[Finding]:
    """The agent says the same sentence again and again within a stretch of the call; once for each such place."""
    limits = case.limits
    reported: set[int] = set()
    for sentence, said in _sentences(case).items():
        first = _loop(said, limits.sentence_repeats, limits.sentence_repeats_within)
        repeat = None if first is None else said[first + limits.sentence_repeats - 1][1]
        if repeat is None or repeat.turn in reported:
            continue
        reported.add(repeat.turn)
        turns = ", ".join(f"t{utterance.turn}" for _, utterance in said[:8])
        yield Finding(
            "agent_repeats",
            "warn",
            repeat.turn,
            repeat.start,
            f"the agent said the same sentence {len(said)} times (rule: {limits.sentence_repeats} within "
            f"{limits.sentence_repeats_within} of its turns), in {turns}: {case.quote(sentence)}",
        )


def _sentences(case: Case) -> dict[str, list[tuple[int, Utterance]]]:
    """What the agent said often enough to repeat itself, without case and punctuation, with where it was said."""
    agent = [said for said in case.told.utterances if said.speaker == "agent"]
    spoken = [(words, number) for number, said in enumerate(agent) for words in _worded(said.text, case.limits)]
    times = Counter([words for words, _ in spoken])
    found: defaultdict[str, list[tuple[int, Utterance]]] = defaultdict(list)
    for words, number in spoken:
        if times[words] >= case.limits.sentence_repeats:
            found[words].append((number, agent[number]))
    return found


def _worded(text: str, limits: Thresholds) -> Iterator[str]:
    """The words of each sentence that is long enough."""
    if text.count(" ") < limits.sentence_words - 1:
        return
    for sentence in _SENTENCE_END.split(text.casefold()):
        if sentence.count(" ") >= limits.sentence_words - 1:
            words = _bare(sentence).split()
            if len(words) - sum(map(str.isdigit, words)) >= limits.sentence_words:
                yield " ".join(words)


def _bare(sentence: str) -> str:
    """A sentence with spaces for its punctuation; that of ASCII is replaced in a fraction of the time."""
    return sentence.translate(_NO_ASCII_WORD) if sentence.isascii() else _NO_WORD.sub(" ", sentence.replace("’", "'"))


def _loop(said: list[tuple[int, Utterance]], times: int, within: int) -> int | None:
    """The first of `times` repeats that lie within so many turns of the agent."""
    pairs = zip(said, said[times - 1 :], strict=False)
    return next((index for index, (one, other) in enumerate(pairs) if other[0] - one[0] < within), None)


def no_caller_speech(case: Case) -> Iterator[Finding]:
    """The caller was not heard on a call that came about."""
    if _should_speak(case) and not _is_heard(case, "caller"):
        yield Finding(
            "no_caller_speech",
            "warn",
            None,
            None,
            "the transcript holds no word of the caller (rule: none at all)",
        )


def no_agent_speech(case: Case) -> Iterator[Finding]:
    """The agent was not heard on a call that came about."""
    if _should_speak(case) and not _is_heard(case, "agent"):
        yield Finding(
            "no_agent_speech",
            "critical",
            None,
            None,
            "the transcript holds no word of the agent (rule: none at all)",
        )


def _should_speak(case: Case) -> bool:
    came_about = case.is_over and ending(case.call) != "never connected" and not is_voicemail(case)
    return came_about and bool(case.told.items)


def _is_heard(case: Case, speaker: str) -> bool:
    return any(said.speaker == speaker and _is_speech(said) for said in case.told.utterances)


def _is_speech(said: Utterance) -> bool:
    """Marks such as `[noise]` are no speech; words with times and no text are."""
    return any(map(str.isalnum, _NOISE.sub("", said.text))) or (not said.text.strip() and bool(said.spans))


def cannot_hear(case: Case) -> Iterator[Finding]:
    """The caller says again and again that nothing is heard, and the agent had answered each time but the last."""
    times = case.limits.cannot_hear_times
    said = [utterance for utterance in _after_the_agent(case) if utterance.speaker == "caller"]
    possible = [utterance for utterance in said if _may_hear_nothing(utterance.text)]
    told = [utterance for utterance in possible if _hears_nothing(utterance.text)] if len(possible) >= times else []
    if sum(_is_answered(case, utterance) for utterance in told) < times:
        return
    if len(told) * 2 < len(said) - said.index(told[0]):
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


def _may_hear_nothing(text: str) -> bool:
    lowered = text.lower()
    for hint in _HINTS:  # a loop, because this is asked of every turn
        if hint in lowered:
            return True
    return _ONLY_HELLO.match(text) is not None


def _hears_nothing(text: str) -> bool:
    in_hindi = None if text.isascii() else _HEARS_NOTHING_IN_HINDI.search(text)
    return bool(in_hindi or _HEARS_NOTHING.search(text) or _ONLY_HELLO.match(text))


def _after_the_agent(case: Case) -> list[Utterance]:
    """What was said once the agent had spoken; a hello before that opens the call."""
    told = case.told.utterances
    first = next((place for place, said in enumerate(told) if said.speaker == "agent"), len(told))
    return told[first:]


def _is_answered(case: Case, said: Utterance) -> bool:
    """Whether the agent spoke next; on hold nobody does."""
    return said.turn < len(case.told.utterances) and case.told.utterances[said.turn].speaker == "agent"
