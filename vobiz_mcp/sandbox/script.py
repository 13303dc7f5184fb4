"""Scripts: who says what in a call, which tools run, and when each word falls.

A line is an event. The number is the pause in seconds since the event before; below zero both talk at once.

    agent 0.8: Hello, how can I help?
    caller: The pause may be left out.
    tool find_slot {"day": "Friday"} -> {"free": true} 1.2s      marked successful, took 1.2 s
    tool find_slot {"day": "Sunday"} -x {"error": "shut"} 0.4s   marked failed
    tool notify {"to": "Ines"} -?                                never answered
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, cast

Speaker: TypeAlias = Literal["agent", "caller"]


@dataclass(frozen=True)
class Word:
    """A spoken word; times in milliseconds since the call was answered."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Utterance:
    """What one side says without a break."""

    speaker: Speaker
    text: str
    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        """When its first word starts, in milliseconds since the answer."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """When its last word ends, in milliseconds since the answer."""
        return self.words[-1].end


@dataclass(frozen=True)
class ToolRun:
    """A tool that the agent used; `content` is None when no result ever came."""

    name: str
    arguments: str
    content: str | None
    successful: bool
    start: int
    end: int


Entry: TypeAlias = Utterance | ToolRun

_SCRIPTS = Path(__file__).parent / "scripts"
_SPEECH = re.compile(r"(?P<speaker>agent|caller)(?: (?P<pause>[+-]?[\d.]+))?: (?P<text>.+)")
_TOOL = re.compile(
    r"tool (?P<name>\w+) (?P<arguments>\{.*?\}) "
    r"(?:-\?|(?P<mark>->|-x) (?P<content>.+) (?P<seconds>[\d.]+)s)"
)
_PAUSES = {"agent": (620, 780, 560, 910, 700, 840, 660), "caller": (410, 620, 350, 880, 500, 1100, 460)}
_TOOL_DELAY = 120


@cache
def timeline(name: str) -> tuple[Entry, ...]:
    """Set a script on the clock: the one called `name`, or a text of more than one line itself."""
    return parse(name if "\n" in name else (_SCRIPTS / f"{name}.txt").read_text("utf-8"))


@cache
def length(name: str) -> float:
    """How many seconds after the answer the last event of the script called `name` is over."""
    return max(entry.end for entry in timeline(name)) / 1000


def parse(script: str) -> tuple[Entry, ...]:
    """Set a script on the clock; blank lines and lines that begin with `#` are for its readers."""
    lines = [line for line in script.splitlines() if line and not line.startswith("#")]
    entries: list[Entry] = []
    now = 0
    for number, line in enumerate(lines):
        entries.append(_entry(line, number, now))
        now = max(now, entries[-1].end)
    return tuple(entries)


def _entry(line: str, number: int, now: int) -> Entry:
    if speech := _SPEECH.fullmatch(line):
        return _utterance(speech, number, now)
    if tool := _TOOL.fullmatch(line):
        return _tool_run(tool, now + _TOOL_DELAY)
    raise ValueError(f"not a line of a script: {line}")


def _utterance(line: re.Match[str], number: int, now: int) -> Utterance:
    speaker = cast("Speaker", line["speaker"])
    usual = _PAUSES[speaker]
    pause = round(float(line["pause"]) * 1000) if line["pause"] else usual[number % len(usual)]
    return Utterance(speaker, line["text"], _spoken(line["text"], now + pause))


def _tool_run(line: re.Match[str], start: int) -> ToolRun:
    end = start + round(float(line["seconds"] or 0) * 1000)
    return ToolRun(line["name"], line["arguments"], line["content"], line["mark"] == "->", start, end)


def _spoken(text: str, start: int) -> tuple[Word, ...]:
    words = []
    for word in text.split():
        end = start + _length(word)
        words.append(Word(word, start, end))
        start = end + _breath(word)
    return tuple(words)


def _length(word: str) -> int:
    """Return how long a word takes, for about 160 words a minute; a digit is a word of its own."""
    letters = sum(4 if sign.isdigit() else not unicodedata.combining(sign) for sign in word)
    return min(110 + 52 * letters, 1800)


def _breath(word: str) -> int:
    return 220 if word[-1] in ".?!।" else 110 if word[-1] in ",;:…" else 40
