"""A host's file with this server put in or taken out: worked out and checked before a byte is written."""

from __future__ import annotations

import copy
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.hosts.host import ENTRY, Entry, Host
from vobiz_mcp.hosts.launch import Launch

_MARK = "\ufeff"


class NotKept(InvalidArguments):
    """A file that cannot be read or written, or not be changed without touching the rest of it."""

    usual_advice = "Nothing was changed; put this in by hand."


class Listing:
    """One host's list of servers, in one file.

    Raises:
        NotKept: the file is there and cannot be read.
    """

    def __init__(self, host: Host, path: Path) -> None:
        self.host = host
        try:
            self.path = path.resolve()
            # From Python 3.13 on a link that leads to itself resolves to itself: it is there, and no file.
            self._text = self.path.read_bytes().decode() if os.path.lexists(self.path) else ""
            self._data: dict[str, Any] = host.form.read(self._text.removeprefix(_MARK))
        except (OSError, ValueError, RuntimeError):  # RuntimeError: such a link, before
            raise NotKept(f"{path} cannot be read as {host.title} does") from None

    @property
    def entry(self) -> dict[str, Any]:
        """What stands there for this server; empty where nothing does."""
        held = self._data.get(self.host.section)
        found = held.get(ENTRY) if isinstance(held, dict) else None
        return found if isinstance(found, dict) else {}

    @property
    def variables(self) -> dict[str, str]:
        """The environment of the entry that stands there."""
        held = self.entry.get(self.host.variables)
        return dict(held) if isinstance(held, dict) else {}

    def merged(self, launch: Launch, variables: Mapping[str, str]) -> Entry:
        """The entry anew, with what somebody added to the one that stands there."""
        return self.host.entry(launch, {**self.variables, **variables}, self.entry)

    def with_entry(self, entry: Entry) -> bytes:
        """The file with the entry in it. Raises `NotKept`."""
        wanted = copy.deepcopy(self._data)
        section = wanted.setdefault(self.host.section, {})
        if not isinstance(section, dict):
            raise NotKept(f"{self.path}: {self.host.section} is no list of servers")
        section[ENTRY] = entry
        return self._changed(wanted, lambda text: self.host.form.put(text, (self.host.section, ENTRY), entry))

    def without_entry(self) -> bytes:
        """The file with the entry taken out. Raises `NotKept`."""
        wanted = copy.deepcopy(self._data)
        del wanted[self.host.section][ENTRY]
        return self._changed(wanted, lambda text: self.host.form.take(text, (self.host.section, ENTRY)))

    def write(self, changed: bytes) -> None:
        """Write the file; one that had no entry is first copied to `backup`. Raises `NotKept`."""
        refused = NotKept(f"{self.path} cannot be written")
        if self.path.exists() and not self.path.stat().st_mode & stat.S_IWUSR:
            raise refused
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and not self.entry and not self.backup.exists():
                shutil.copy2(self.path, self.backup)
            _replace(self.path, changed)
        except OSError:
            raise refused from None

    @property
    def backup(self) -> Path:
        """The file as it was before this server was first put in; it never holds an entry of ours."""
        return self.path.with_name(f"{self.path.name}.before-vobiz-mcp")

    def _changed(self, wanted: dict[str, Any], change: Callable[[str], str]) -> bytes:
        """The file changed, if it then holds what is wanted and nothing else. Raises `NotKept`."""
        mark = _MARK if self._text.startswith(_MARK) else ""
        try:
            changed = change(self._text.removeprefix(_MARK))
            kept = self._held(self.host.form.read(changed)) == self._held(wanted)
        except ValueError:
            kept = False
        if not kept:
            raise NotKept(f"{self.path} is written in a way that cannot be changed without touching the rest of it")
        return (mark + changed).encode()

    def _held(self, data: dict[str, Any]) -> dict[str, Any]:
        """What a file says: a list without servers is none, for TOML cannot tell these apart."""
        return {name: value for name, value in data.items() if (name, value) != (self.host.section, {})}


def _replace(path: Path, content: bytes) -> None:
    """Write a file at once or not at all; a new one is its owner's alone, for it holds credentials."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, name)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink()
        raise
