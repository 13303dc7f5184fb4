"""The one place where secrets leave a record: between reading it and everything that is made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy.detect.contacts import Names, contacts, names_in
from vobiz_mcp.privacy.detect.conversation import Talk, Turn
from vobiz_mcp.privacy.detect.long_texts import LONG, bulk_secrets
from vobiz_mcp.privacy.detect.secrets import secrets
from vobiz_mcp.privacy.language.words import may_hold_digits
from vobiz_mcp.privacy.reading.text import Reading, Secret, read
from vobiz_mcp.privacy.record.marks import Marks
from vobiz_mcp.privacy.record.rewrite import Rewriting
from vobiz_mcp.records.agent_call import AgentCall, Entry
from vobiz_mcp.records.agent_call_list import AgentCallList
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.speech import SPEAKERS

R = TypeVar("R", bound=Record)

_NUMBERS: Final = frozenset(["from_number", "to_number", "caller", "destination"])
"""Fields that hold a telephone number and nothing else."""
_HARMLESS: Final = frozenset(["other", "phone", "account", "postal"])
_MOST_LINES: Final = 300
"""Lines with numbers in a transcript of some hours; a text with more of them is no talk and is read in bulk."""
_KNOWN_FROM: Final = 5
"""Digits from which on what was a secret once is one wherever it stands; fewer are a year or a price as well."""


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
        self.told: dict[tuple[int, str], list[Secret]] = {}
        self.tools: dict[str, str] = {}
        self.readings: dict[str, Reading] = {}
        self.names = Names(list(_names(record)) if is_strict else [])
        for call in _calls(record):
            for entries in (call.transcript_with_tool_calls, call.transcript_object):
                self._listen(entries)
            self._listen_to_text(call)

    def over(self, record: R) -> R:
        """The record without its secrets."""
        Rewriting(self._learn, self._is_silent).of(record)
        if not self.marks.by_value and not self.is_strict:
            return record
        return Rewriting(self._write, lambda _: False).of(record)

    def _is_silent(self, part: object) -> bool:
        """Whether it is something said in which nothing was found."""
        return isinstance(part, Entry) and self.told.get((id(part), "content")) == [] and not part.model_extra

    def _listen(self, entries: list[Entry]) -> None:
        """Learn what was said, turn by turn."""
        spoken = [(entry, speaker, *_said(entry)) for entry in entries if (speaker := _speaker(entry))]
        talk = Talk([Turn(speaker, text) for _, speaker, _, text in spoken], self._read)
        for (entry, _, field, text), found in zip(spoken, talk.secrets, strict=True):
            self.told[id(entry), field] = found if len(text) <= LONG else list(bulk_secrets(text))
        self.tools |= {entry.tool_call_id or "": entry.name or "" for entry in entries if entry.name}

    def _listen_to_text(self, call: AgentCall) -> None:
        """Learn the same from a transcript that came as one text, a line for each turn."""
        lines = (call.transcript or "").splitlines(keepends=True)
        if sum(map(may_hold_digits, lines)) > _MOST_LINES:
            return
        talk = Talk([_turn(line) for line in lines], self._read)
        start, found = 0, self.told.setdefault((id(call), "transcript"), [])
        for line, secrets_there in zip(lines, talk.secrets, strict=True):
            found += (secret._replace(start=secret.start + start, end=secret.end + start) for secret in secrets_there)
            start += len(line)

    def _learn(self, text: str, about: str, owner: object) -> str:
        for secret in sorted(self._found(text, about, owner)):
            self.marks.of(secret.kind, secret.value)
        return text

    def _write(self, text: str, about: str, owner: object) -> str:
        if self.is_strict and about in _NUMBERS and text.strip():
            return self.marks.of("phone", text.strip())
        found = [*self._found(text, about, owner), *self._known(text, about)]
        if self.is_strict:
            found += [*contacts(text, self._read(text)), *self.names.found(text)]
        return self.marks.written(text, found)

    def _found(self, text: str, about: str, owner: object) -> list[Secret]:
        """The secrets of one text, by what was said around it or by the name that it stands under."""
        if (told := self.told.get((id(owner), about))) is not None:
            return told
        if isinstance(owner, Entry) and about in ("content", "arguments"):
            about = owner.name or self.tools.get(owner.tool_call_id or "", "")
        if len(text) > LONG:
            return list(bulk_secrets(text))
        head = f"{about}: " if about else ""
        found = secrets(self._read(head + text))
        moved = (secret._replace(start=secret.start - len(head), end=secret.end - len(head)) for secret in found)
        return [secret for secret in moved if secret.start >= 0]

    def _known(self, text: str, about: str) -> Iterator[Secret]:
        """Secrets that only another place told to be such."""
        head = f"{about}: "
        reading = self._read(head + text)
        for run, bond in zip(reading.runs, reading.bonds, strict=True):
            is_named = bond is not None and bond.is_close and bond.label in _HARMLESS
            if len(run.digits) >= _KNOWN_FROM and run.digits in self.marks.by_value and not is_named:
                yield Secret(run.start - len(head), run.end - len(head), "code", run.digits)

    def _read(self, text: str) -> Reading:
        if text not in self.readings:
            self.readings[text] = read(text if len(text) <= LONG else "")
        return self.readings[text]


def _speaker(entry: Entry) -> str:
    """Who said it; keys are pressed by the caller."""
    role = (entry.role or "").lower()
    return "caller" if role == "dtmf" else SPEAKERS.get(role, "")


def _said(entry: Entry) -> tuple[str, str]:
    """What was said or pressed, and the field that holds it."""
    digit = (entry.model_extra or {}).get("digit")
    return ("content", entry.content or "") if entry.content or not isinstance(digit, str) else ("digit", digit)


def _turn(line: str) -> Turn:
    return Turn(SPEAKERS.get(line.partition(":")[0].strip().lower(), ""), line)


def _calls(record: Record) -> list[AgentCall]:
    """The agent calls in a record."""
    return [record] if isinstance(record, AgentCall) else record.calls if isinstance(record, AgentCallList) else []


def _names(record: Record) -> Iterator[str]:
    """The names of people that a record gives as such."""
    for call in _calls(record):
        yield from names_in(call.metadata)
    if not isinstance(record, AgentCall | AgentCallList):
        yield from names_in(record.model_dump(exclude={"warnings"}))
