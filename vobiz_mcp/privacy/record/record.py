"""The one place where secrets leave a record: between reading it and everything that is made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from pydantic import BaseModel

from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy.detect.contacts import Names, contacts, names_in
from vobiz_mcp.privacy.detect.conversation import Talk, Turn
from vobiz_mcp.privacy.detect.values import Values, in_value, stays
from vobiz_mcp.privacy.language.words import FEWEST, may_hold_digits
from vobiz_mcp.privacy.reading.json_values import is_json, values
from vobiz_mcp.privacy.reading.text import NO_NUMBER, Reading, Secret
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
_ONLY_FIGURES: Final = bytes(byte if byte in b"0123456789" else ord(" ") for byte in range(256))
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
        self.unexamined: set[str] = set()
        self.room = MOST_EXAMINED
        self.talks: dict[tuple[Turn, ...], list[list[Secret]]] = {}
        self.told: dict[tuple[int, str], list[Secret]] = {}
        self.found: dict[tuple[str, str, Path], list[Secret]] = {}
        self.values = Values()
        self.tools: dict[str, str] = {}
        self.names = Names(list(_names(record)) if is_strict else [])
        self.lines: dict[int, list[tuple[str, Turn, list[Secret]]]] = {}
        self.repeats: set[int] = set()
        for call in _calls(record):
            spoken = [self._listen(entries) for entries in (call.transcript_with_tool_calls, call.transcript_object)]
            self._listen_to_text(call, spoken)

    def over(self, record: R) -> R:
        """The record without its secrets."""
        Rewriting(self._learn, self._fields).of(record)
        if not (self.marks.by_value or self.is_strict or self.unexamined or self.marks.is_waiting):
            return record
        written = Rewriting(self._write, self._fields).of(record)
        if self.unexamined:
            count = f"{len(self.unexamined)} texts with digits, shown as {NOT_EXAMINED}: too much to mask in one answer"
            written = written.model_copy(update={"warnings": [*written.warnings, count]})
        return written

    def _fields(self, part: BaseModel) -> dict[str, object]:
        """What is looked at of an object; of a turn of the talk nothing but what was said."""
        if type(part) is not Entry:
            return part.__dict__
        if (found := self.told.get((id(part), "content"))) is not None:
            return {} if self._is_plain(part.content or "", found) else {"content": part.content}
        return {"content": part.content, "name": part.name, "arguments": part.arguments}

    def _listen(self, entries: list[Entry]) -> tuple[list[Turn], list[list[Secret]]]:
        """Learn what was said, turn by turn; returns the turns that are no more than what was said."""
        spoken = [(entry, speaker, *_said(entry)) for entry in entries if (speaker := _speaker(entry))]
        talk = self._talk(Turn(speaker, text) for _, speaker, _, text in spoken)
        turns, secrets = [], []
        for (entry, speaker, field, text), found in zip(spoken, talk, strict=True):
            if not is_json(text):
                self.told[id(entry), field] = found
                if field == "content":
                    turns.append(Turn(speaker, text))
                    secrets.append(found)
        self.tools |= {entry.tool_call_id or "": entry.name or "" for entry in entries if entry.name}
        return turns, secrets

    def _listen_to_text(self, call: AgentCall, spoken: Sequence[tuple[list[Turn], list[list[Secret]]]]) -> None:
        """Learn from a transcript that came as one text, a line for each turn; it may only repeat the turns."""
        lines = (call.transcript or "").splitlines(keepends=True)
        said = list(map(_turn, lines))
        same = next((secrets for turns, secrets in spoken if turns == said), None)
        if same is not None:
            self.repeats.add(id(call))
        told = self._talk(said) if same is None else same
        self.lines[id(call)] = list(zip(lines, said, told, strict=True))

    def _talk(self, turns: Iterable[Turn]) -> list[list[Secret]]:
        """The secrets of each turn of a conversation; one that a record has twice is understood once."""
        said = tuple(turns)
        if said not in self.talks:
            self.talks[said] = Talk(said, self._read).secrets
        return self.talks[said]

    def _learn(self, text: str, path: Path, owner: BaseModel) -> str:
        if path == ("transcript",) and id(owner) in self.lines:
            told = [] if id(owner) in self.repeats else [found for _, _, found in self.lines[id(owner)]]
        else:
            told = [self._found(text, path, owner)]
        for found in told:
            for secret in sorted(found):
                self.marks.of(secret.kind, secret.value)
        return text

    def _write(self, text: str, path: Path, owner: BaseModel) -> str:
        if self.is_strict and path[:1] and path[0] in _PHONES and text.strip():
            return self.marks.of("phone", text.strip())
        if path == ("transcript",) and (lines := self.lines.get(id(owner))):
            return "".join(self._line(line, turn, found) for line, turn, found in lines)
        return self._veiled(text, path, self._found(text, path, owner))

    def _is_plain(self, text: str, found: Sequence[Secret]) -> bool:
        """Whether a text that was read has no number, and so nothing to hide."""
        return not (found or self.is_strict or self.marks.has_letters) and self.readings.get(text) is NO_NUMBER

    def _line(self, line: str, turn: Turn, found: Sequence[Secret]) -> str:
        if self._is_plain(turn.text, found):
            return line
        start = line.index(turn.text, line.index(":") + 1 if turn.speaker else 0)
        return f"{line[:start]}{self._veiled(turn.text, ('transcript',), found)}{line[start + len(turn.text) :]}"

    def _veiled(self, text: str, path: Path, found: Sequence[Secret]) -> str:
        """The text with marks for what was found in it and for what another place told to be secret."""
        if text in self.unexamined:
            return NOT_EXAMINED
        found = (*found, *self._known(text, path))
        if self.is_strict:
            found = (*found, *contacts(text, self._read(text)), *self.names.found(text))
        return self.marks.written(text, found) if found else text

    def _found(self, text: str, path: Path, owner: BaseModel) -> list[Secret]:
        """The secrets of one text, by what was said around it or by the names that it stands under."""
        tool = ""
        if type(owner) is Entry:
            if len(path) == 1 and (told := self.told.get((id(owner), path[0]))) is not None:
                return told
            if path in (("content",), ("arguments",)):
                tool, path = owner.name or self.tools.get(owner.tool_call_id or "", ""), ()
        key = (text, tool, path)
        if key not in self.found:
            may = (not is_json(text) or self._may_examine(text)) and self.values.may_hold(text, tool, path)
            self.found[key] = list(self._in_values(text, tool, path)) if may else []
        return self.found[key]

    def _in_values(self, text: str, tool: str, path: Path) -> Iterator[Secret]:
        for start, end, names in values(text, path[-1] if path else ""):
            for secret in in_value(text[start:end], tool, (*path, *names), self._read):
                yield secret.moved(start)

    def _known(self, text: str, path: Path) -> Iterator[Secret]:
        """The secrets of a text that another place told to be such."""
        if not (self.marks.has_letters or (self.readings.get(text) or Reading(text)).may_tell(self.marks.by_value)):
            return
        for start, end, names in values(text, ""):
            if end - start >= FEWEST and not stays((*path, *names)):
                part = text[start:end]
                known = known_secrets(part, self._read(part), self.marks.by_value, has_letters=self.marks.has_letters)
                yield from (secret.moved(start) for secret in known)

    def _read(self, text: str) -> Reading:
        """The reading of a text; each is read once, and none where the record is larger than what is examined."""
        if (reading := self.readings.get(text)) is not None:
            return reading
        if not may_hold_digits(text):
            reading = NO_NUMBER
        elif self._may_examine(text):
            reading = Reading(text)
        else:
            return NO_NUMBER
        self.readings[text] = reading
        return reading

    def _may_examine(self, text: str) -> bool:
        """Whether there is room to examine a text, which then is used up; one that is not examined is not shown."""
        numbers = text.encode().translate(_ONLY_FIGURES).split() if text.isascii() else _FIGURES.findall(text)
        self.room -= len(text) + _NUMBER * (1 + len(numbers))
        if self.room < 0:
            self.unexamined.add(text)
        return self.room >= 0


def _speaker(entry: Entry) -> str:
    """Who said it; keys are pressed by the caller."""
    role = (entry.role or "").lower()
    return "caller" if role == "dtmf" else SPEAKERS.get(role, "")


def _said(entry: Entry) -> tuple[str, str]:
    """What was said or pressed, and the field that holds it."""
    digit = "" if entry.content else (entry.model_extra or {}).get("digit")
    return ("digit", digit) if isinstance(digit, str) and digit else ("content", entry.content or "")


def _turn(line: str) -> Turn:
    """What a line of a transcript says."""
    name, colon, said = line.partition(":")
    speaker = SPEAKERS.get(name.strip().lower(), "") if colon else ""
    return Turn(speaker, (said if speaker else line).strip())


def _calls(record: Record) -> list[AgentCall]:
    """The agent calls in a record."""
    return [record] if isinstance(record, AgentCall) else record.calls if isinstance(record, AgentCallList) else []


def _names(record: Record) -> Iterator[str]:
    """The names of people that a record gives as such."""
    for call in _calls(record):
        yield from names_in(call.metadata)
    if not isinstance(record, AgentCall | AgentCallList):
        yield from names_in(record.model_dump(exclude={"warnings"}))
