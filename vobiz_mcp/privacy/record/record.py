"""The one place where secrets leave a record: between reading it and everything that is made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel

from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy.detect.contacts import Names, contacts, names_in
from vobiz_mcp.privacy.detect.conversation import Talk, Turn
from vobiz_mcp.privacy.detect.values import in_text, stays
from vobiz_mcp.privacy.language.words import may_hold_digits
from vobiz_mcp.privacy.reading.json_values import Value, is_json, json_values
from vobiz_mcp.privacy.reading.text import NO_NUMBER, Reading, Secret, read
from vobiz_mcp.privacy.record.known import known_secrets
from vobiz_mcp.privacy.record.marks import Marks
from vobiz_mcp.privacy.record.rewrite import Path, Rewriting
from vobiz_mcp.records.agent_call import AgentCall, Entry
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.speech import SPEAKERS

R = TypeVar("R", bound=Record)

_PHONES: Final = frozenset(["from_number", "to_number", "caller", "destination"])
"""Fields that hold a telephone number and nothing else."""
MOST_EXAMINED: Final = 5_000_000
"""What one record is examined for, about two seconds of a processor: each character of a text with digits counts one,
each text and each number in it `_NUMBER` more. What is beyond is not shown."""
_NUMBER: Final = 100
_FIGURES: Final = re.compile(r"\d+")
_ONE_NUMBER: Final = re.compile(r"[^\d]{0,400}(?<!\w)([0-9]{4,8})(?![\w-])[^\d]{0,400}")
NOT_EXAMINED: Final = "[not examined]"


def masked(record: R, privacy: Privacy = "standard") -> R:
    """The record without what the policy hides; itself where there is nothing to hide.

    Pure: the record that is given stays as it is. Marks are the same for the same value within a record.
    """
    return record if privacy == "off" else _Veil(record, is_strict=privacy == "strict").over(record)


class _Veil:
    """One record on its way: first all its secrets are learned, then every text is written without them."""

    def __init__(self, record: Record, *, is_strict: bool) -> None:
        self.is_strict = is_strict
        self.marks = Marks()
        self.readings: dict[str, Reading] = {}
        self.wordings: dict[tuple[str, int, str], Reading] = {}
        self.unexamined: set[str] = set()
        self.room = MOST_EXAMINED
        self.talks: dict[tuple[Turn, ...], list[list[Secret]]] = {}
        self.told: dict[tuple[int, str], list[Secret]] = {}
        self.found: dict[tuple[str, str, Path], list[Secret]] = {}
        self.tools: dict[str, str] = {}
        self.names = Names(list(_names(record)) if is_strict else [])
        self.same: dict[int, list[tuple[str, Entry, str]]] = {}
        self.spoken: dict[int, str] = {}
        for call in _calls(record):
            spoken = [self._listen(entries) for entries in (call.transcript_with_tool_calls, call.transcript_object)]
            self._listen_to_text(call, spoken)

    def over(self, record: R) -> R:
        """The record without its secrets."""
        Rewriting(self._learn, self._learned).of(record)
        if not (self.marks.by_value or self.is_strict or self.unexamined or self.marks.is_waiting):
            return record
        written = Rewriting(self._write, self._written).of(record)
        if self.unexamined:
            count = f"{len(self.unexamined)} texts with digits, shown as {NOT_EXAMINED}: too much to mask in one answer"
            written = written.model_copy(update={"warnings": [*written.warnings, count]})
        return written

    def _learned(self, part: BaseModel) -> BaseModel | None:
        """A turn of the talk, once its secrets have their marks; None for what must be looked through."""
        if not isinstance(part, Entry) or part.model_extra or (found := self.told.get((id(part), "content"))) is None:
            return None
        for secret in sorted(found) if len(found) > 1 else found:
            self.marks.of(secret.kind, secret.value)
        return part

    def _written(self, part: BaseModel) -> BaseModel | None:
        """A turn of the talk without its secrets; None for what must be looked through."""
        if not isinstance(part, Entry) or part.model_extra or (id(part), "content") not in self.told:
            return None
        written = self._spoken(part)
        return part if written == part.content else part.model_copy(update={"content": written})

    def _spoken(self, entry: Entry) -> str:
        """What was said, without its secrets."""
        text = entry.content or ""
        if id(entry) not in self.spoken:
            reading, found = self.readings.get(text), self.told[id(entry), "content"]
            is_plain = not (self.is_strict or self.marks.has_letters or text in self.unexamined)
            if is_plain and reading is None:
                self.spoken[id(entry)] = text
            elif is_plain and reading and len(found) == len(reading.runs):
                self.spoken[id(entry)] = self.marks.written(text, found)
            else:
                self.spoken[id(entry)] = self._write(text, ("content",), entry)
        return self.spoken[id(entry)]

    def _listen(self, entries: list[Entry]) -> list[tuple[Turn, Entry]]:
        """Learn what was said, turn by turn; returns the turns that are no more than what was said."""
        spoken = [(entry, speaker, *_said(entry)) for entry in entries if (speaker := _speaker(entry))]
        talk = self._talk(Turn(speaker, text) for _, speaker, _, text in spoken)
        for (entry, _, field, text), found in zip(spoken, talk, strict=True):
            if not is_json(text):
                self.told[id(entry), field] = found
        self.tools |= {entry.tool_call_id or "": entry.name or "" for entry in entries if entry.name}
        return [
            (Turn(speaker, text), entry) for entry, speaker, _, text in spoken if (id(entry), "content") in self.told
        ]

    def _listen_to_text(self, call: AgentCall, spoken: Sequence[Sequence[tuple[Turn, Entry]]]) -> None:
        """Learn from a transcript that came as one text, a line for each turn, unless it only repeats the turns."""
        lines = (call.transcript or "").splitlines(keepends=True)
        turns = [_turn(line) for line in lines]
        said = [turn for turn, _, _ in turns]
        if same := next((told for told in spoken if said and [turn for turn, _ in told] == said), None):
            places = (
                (line, start, start + len(turn.text)) for line, (turn, start, _) in zip(lines, turns, strict=True)
            )
            self.same[id(call)] = [
                (line[:start], entry, line[end:]) for (line, start, end), (_, entry) in zip(places, same, strict=True)
            ]
            return
        talk = self._talk(turn for turn, _, _ in turns)
        start, found = 0, self.told.setdefault((id(call), "transcript"), [])
        for (_, head, length), secrets in zip(turns, talk, strict=True):
            at = start + head
            found += (secret._replace(start=secret.start + at, end=secret.end + at) for secret in secrets)
            start += length

    def _talk(self, turns: Iterable[Turn]) -> list[list[Secret]]:
        """The secrets of each turn of a conversation; one that a record has twice is understood once."""
        said = tuple(turns)
        if said not in self.talks:
            self.talks[said] = Talk(said, self._read).secrets
        return self.talks[said]

    def _learn(self, text: str, path: Path, owner: BaseModel) -> str:
        if path == ("transcript",) and id(owner) in self.same:
            return text
        for secret in sorted(self._found(text, path, owner)):
            self.marks.of(secret.kind, secret.value)
        return text

    def _write(self, text: str, path: Path, owner: BaseModel) -> str:
        if self.is_strict and path[:1] and path[0] in _PHONES and text.strip():
            return self.marks.of("phone", text.strip())
        if path == ("transcript",) and (same := self.same.get(id(owner))):
            return "".join(f"{label}{self._spoken(entry)}{rest}" for label, entry, rest in same)
        found = self._found(text, path, owner)
        if text in self.unexamined:
            return NOT_EXAMINED
        found = [*found, *self._known(text, path)]
        if self.is_strict:
            found += [*contacts(text, self._read(text)), *self.names.found(text)]
        return self.marks.written(text, found) if found else text

    def _found(self, text: str, path: Path, owner: BaseModel) -> list[Secret]:
        """The secrets of one text, by what was said around it or by the names that it stands under."""
        if len(path) == 1 and (told := self.told.get((id(owner), path[0]))) is not None:
            return told
        tool = ""
        if isinstance(owner, Entry) and path in (("content",), ("arguments",)):
            tool, path = owner.name or self.tools.get(owner.tool_call_id or "", ""), ()
        key = (text, tool, path)
        if key not in self.found:
            may = not is_json(text) or self._may_examine(text)
            self.found[key] = list(in_text(text, tool, path, self._read)) if may else []
        return self.found[key]

    def _known(self, text: str, path: Path) -> Iterator[Secret]:
        """The secrets of a text that another place told to be such."""
        if not self.marks.by_value:
            return
        for value in json_values(text) if is_json(text) else [Value(0, len(text), ())]:
            if not stays((*path, *value.path)):
                part = text[value.start : value.end]
                known = known_secrets(part, self._read(part), self.marks.by_value, has_letters=self.marks.has_letters)
                yield from (s._replace(start=s.start + value.start, end=s.end + value.start) for s in known)

    def _read(self, text: str) -> Reading:
        """The reading of a text; each is read once, and none where the record is larger than what is examined."""
        if (reading := self.readings.get(text)) is not None:
            return reading
        if not may_hold_digits(text):
            return NO_NUMBER
        if not self._may_examine(text):
            return NO_NUMBER
        self.readings[text] = reading = self._reread(text) or read(text)
        return reading

    def _may_examine(self, text: str) -> bool:
        """Whether there is room to examine a text, which then is used up; one that is not examined is not shown."""
        self.room -= len(text) + _NUMBER * (1 + len(_FIGURES.findall(text)))
        if self.room < 0:
            self.unexamined.add(text)
        return self.room >= 0

    def _reread(self, text: str) -> Reading | None:
        """The reading of a text that was read before with other digits: agents say one sentence to many."""
        if (figure := _ONE_NUMBER.fullmatch(text)) is None:
            return None
        wording = (text[: figure.start(1)], len(figure[1]), text[figure.end(1) :])
        if wording not in self.wordings:
            self.wordings[wording] = read(text)
        return self.wordings[wording].reworded(text, figure[1])


def _speaker(entry: Entry) -> str:
    """Who said it; keys are pressed by the caller."""
    role = (entry.role or "").lower()
    return "caller" if role == "dtmf" else SPEAKERS.get(role, "")


def _said(entry: Entry) -> tuple[str, str]:
    """What was said or pressed, and the field that holds it."""
    digit = (entry.model_extra or {}).get("digit")
    return ("content", entry.content or "") if entry.content or not isinstance(digit, str) else ("digit", digit)


def _turn(line: str) -> tuple[Turn, int, int]:
    """The turn of a line, where its words begin, and how long the line is."""
    label, colon, _ = line.partition(":")
    speaker = SPEAKERS.get(label.strip().lower(), "") if colon else ""
    said = line[len(label) + 1 :] if speaker else line
    return Turn(speaker, said.strip()), len(line) - len(said.lstrip()), len(line)


def _calls(record: Record) -> list[AgentCall]:
    """The agent calls in a record."""
    return [record] if isinstance(record, AgentCall) else record.calls if isinstance(record, AgentCallList) else []


def _names(record: Record) -> Iterator[str]:
    """The names of people that a record gives as such."""
    for call in _calls(record):
        yield from names_in(call.metadata)
    if not isinstance(record, AgentCall | AgentCallList):
        yield from names_in(record.model_dump(exclude={"warnings"}))
