"""What was said as lines and candidates: whole sentences, an answer never without what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.page.lines import Line
from vobiz_mcp.digest.page.selection import Candidate, Picks
from vobiz_mcp.digest.page.value_worth import Worth
from vobiz_mcp.digest.shown_call import ShownCall
from vobiz_mcp.digest.speech.acts import Act
from vobiz_mcp.digest.speech.cutting import whole
from vobiz_mcp.digest.speech.sentence import Sentence
from vobiz_mcp.digest.timeline.items import Happening, Timeline, Utterance
from vobiz_mcp.digest.wording.phrases import place

_CALLER: Final[dict[Act, float]] = {"request": 1.2, "complaint": 1.4, "correction": 1.2, "deferral": 1.0}
_AGENT: Final[dict[Act, float]] = {"refusal": 4.0, "negation": 2.0, "report": 0.9, "promise": 0.9}
_BY_CALLER: Final = 1.7
"""The caller's words, short as they mostly are, tell more than what a machine answers them."""
_DECISION, _REPLY, _TO_NOTHING = 1.5, 0.2, -0.2
"""An answer that agrees or declines; another one; one to `anything else?`."""
_AFTER_DEED: Final = 0.6
"""What the agent says of a deed right after it."""
_AFTER_FAILURE: Final = 1.5
"""What the agent says right after a tool failed: it may be all that the caller hears of it, and it may be wrong."""
_LAST: Final = 0.4
_LAST_TURNS: Final = 4
_TOPIC, _MOST_TOPICS = 0.2, 6
_READ_BACK: Final = 0.35
"""A question that only repeats what the caller gave."""
_READ_BACK_SHARE: Final = 0.7
_ITEM: Final = 0.7
"""An item of a list that the agent reads out."""
_POLITE: Final = 0.2
_LEAST: Final = 0.02
_ELLIPTIC: Final = 3
"""An answer with fewer words of its own says nothing without its question."""
_FRAGMENT: Final = 4
_REFERS: Final = re.compile(r"(?:(?:unfortunately|however|but|so|and|then),? )?(?:it|this|these|they)\b", re.IGNORECASE)
"""How a sentence of the agent begins that says nothing without the one before it."""
_PRINTED_TIMES: Final = 12
_HAPPENED: Final = 0.6


class Spoken:
    """Everything said on a call: its lines, and the candidates that they hold."""

    def __init__(self, shown: ShownCall, worth: Worth) -> None:
        told = shown.told
        self._values, self._worth, self._of = shown.values, worth, shown.sentences
        self._deed_turns = {tool.after_turn for deed in shown.deeds for tool in deed.tools}
        self._failed_turns = {tool.after_turn for deed in shown.deeds for tool in deed.tools if deed.tool.failed}
        self._last = len(told.utterances) - _LAST_TURNS
        self.lines: list[Line] = []
        self.candidates: list[Candidate] = []
        times = _times(told)
        for turn in told.utterances:
            if turn.speaker != "agent":
                for sentence in self._of[turn.turn]:
                    for key in sentence.keys:
                        worth.hear(key, turn.turn)
        self._by_caller = {turn.turn for turn in told.utterances if turn.speaker != "agent"}
        self._taken_up = {turn - 1 for turn in self._by_caller if self._takes_up(self._of[turn])}
        before: tuple[Line, Utterance] | None = None
        for item in told.items:
            if isinstance(item, Utterance):
                parts = [sentence.text.replace("**", "") for sentence in self._of[item.turn]]
                line = Line(item.turn, f"t{item.turn}{times[item.turn]} {item.speaker}:", parts)
                self.lines.append(line)
                self.candidates += self._candidates(item, line, before)
                before = (line, item) if parts else before
            elif isinstance(item, Happening):
                self._happened(item)

    def _happened(self, item: Happening) -> None:
        text = whole(item.text)
        line = Line(item.after_turn, f"  t{item.after_turn} {whole(item.kind)}:", [text])
        told = tuple((key, self._worth.of(key, item.after_turn, by_agent=False)) for key in self._values.keys(text))
        self.lines.append(line)
        self.candidates.append(Candidate(((line, (0,)),), item.after_turn, _HAPPENED, told, repeats=text))

    def _takes_up(self, said: tuple[Sentence, ...]) -> bool:
        """Whether an answer agrees to what was said before it, or puts it off."""
        return any("deferral" in sentence.acts for sentence in said) or (bool(said) and "assent" in said[0].acts)

    def _candidates(self, turn: Utterance, line: Line, before: tuple[Line, Utterance] | None) -> Iterator[Candidate]:
        by_agent = turn.speaker == "agent"
        for part, sentence in enumerate(self._of[turn.turn]):
            picks: Picks = ((line, (part,)),)
            keys, polite = list(sentence.keys), sentence.is_polite
            base = self._base(sentence, turn, by_agent=by_agent)
            decides = not sentence.acts.isdisjoint(("assent", "correction"))
            if (
                part == 0
                and before
                and before[1].speaker != turn.speaker
                and (decides or not polite)
                and sentence.topics < _ELLIPTIC
            ):
                asked = self._asked(before[1])
                if asked is not None:
                    question = self._of[before[1].turn][asked]
                    picks = ((before[0], (asked,)), *picks)
                    keys += question.keys
                    base += _TO_NOTHING if question.is_polite else _DECISION if decides else _REPLY
                    polite = polite and question.is_polite
            elif part == 0 and not by_agent and decides and sentence.topics >= _ELLIPTIC:
                base += _DECISION
            elif (
                part
                and not polite
                and (sentence.text.count(" ") < _FRAGMENT - 1 or (by_agent and _REFERS.match(sentence.text)))
            ):
                picks = ((line, (part - 1, part)),)
            factor = self._factor(sentence, turn, by_agent=by_agent)
            if by_agent and turn.turn - 1 in self._failed_turns and not sentence.asks:
                base += _AFTER_FAILURE
            elif polite:
                base, factor = min(base, 0.05), factor * _POLITE
            elif turn.turn > self._last:
                base += _LAST
            topical = 0.0 if polite else _TOPIC * min(_MOST_TOPICS, sentence.topics)
            up = turn.turn in self._taken_up and not _is_item(sentence)
            told = tuple(
                (key, self._worth.of(key, turn.turn, by_agent=by_agent, is_taken_up=up)) for key in dict.fromkeys(keys)
            )
            yield Candidate(picks, turn.turn, max(_LEAST, base) + topical, told, factor, sentence.text.lower())

    def _base(self, sentence: Sentence, turn: Utterance, *, by_agent: bool) -> float:
        worths = _AGENT if by_agent else _CALLER
        base = sum(worth for act, worth in worths.items() if act in sentence.acts) if sentence.acts else 0.0
        if sentence.is_empty:
            base *= 0.3
        elif by_agent and turn.turn - 1 in self._deed_turns and not sentence.asks:
            base += _AFTER_DEED
        return base

    def _factor(self, sentence: Sentence, turn: Utterance, *, by_agent: bool) -> float:
        if not by_agent:
            return _BY_CALLER
        factor = _ITEM if _is_item(sentence) else 1.0
        given = sum(self._worth.was_given(key, turn.turn) for key in sentence.keys)
        if not given or given < _READ_BACK_SHARE * len(sentence.keys):
            return factor
        return factor * _READ_BACK if sentence.asks or "confirm" in sentence.text.lower() else factor

    def _asked(self, turn: Utterance) -> int | None:
        """The sentence of a turn that calls for an answer: its last question, else its last that says something."""
        said = list(enumerate(self._of[turn.turn]))[::-1]
        questions = (part for part, sentence in said if sentence.asks)
        return next(questions, next((part for part, sentence in said if not sentence.is_polite), None))


def _is_item(sentence: Sentence) -> bool:
    return sentence.text[0] in "-*•" or sentence.text[:2].rstrip(".)").isdigit()


def _times(told: Timeline) -> dict[int, str]:
    """What stands behind a turn's number: its time where a new minute begins, or in a long call a longer stretch."""
    stretch = max(60.0, (told.duration or 0.0) / _PRINTED_TIMES)
    found, last = {}, None
    for turn in told.utterances:
        now = None if turn.start is None else turn.start // stretch
        found[turn.turn] = "" if turn.start is None or now == last else f" {place(turn.start)}"
        last = now
    return found
