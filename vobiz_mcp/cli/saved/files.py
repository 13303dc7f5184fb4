"""The saved calls that a command line names, read one after another: what is none is told, and stops nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

import click

from vobiz_mcp.cli.output import complain
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NoAgentCall
from vobiz_mcp.policy import Privacy
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.saved_files import calls_in, files_of
from vobiz_mcp.serving.ignored_settings import say_what_is_ignored
from vobiz_mcp.settings import PrivacySettings, read

_Option = Callable[[Callable[..., int]], Callable[..., int]]

files_argument: _Option = click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(),
    help="A saved body (.json or .json.gz), a pattern, or - for standard input.",
)
privacy_option: _Option = click.option(
    "--privacy",
    type=click.Choice(get_args(Privacy)),
    default=lambda: read(PrivacySettings).privacy,
    show_default="VOBIZ_PRIVACY, or standard",
    help="What is hidden of what people said.",
)


class Saved:
    """The calls of files, without what `privacy` hides, each with the name of its file; counts what was not read."""

    def __init__(self, files: tuple[str, ...], privacy: Privacy) -> None:
        self._files = files
        self._privacy = privacy
        self._read = 0
        self._refused = 0

    def __iter__(self) -> Iterator[tuple[str, AgentCall]]:
        say_what_is_ignored()
        for file in files_of(self._files):
            name = plain(file, 400)
            try:
                found = calls_in(file)
            except NoAgentCall as error:
                self._refuse(name, error)
                continue
            for place, call in enumerate(found, 1):
                where = f"{name}[{place}]" if len(found) > 1 else name
                if isinstance(call, NoAgentCall):
                    self._refuse(where, call)
                    continue
                self._read += 1
                yield name, masked(call, self._privacy)

    def tell(self) -> int:
        """Say how many were read and how many not, where there is more than one; returns the exit code."""
        if self._read + self._refused > 1:
            refused = f", {self._refused:,} not" if self._refused else ""
            complain(f"{self._read:,} agent call{'' if self._read == 1 else 's'} read{refused}")
        return 1 if self._refused else 0

    def _refuse(self, name: str, error: NoAgentCall) -> None:
        is_known = self._refused and error.advice == error.usual_advice
        self._refused += 1
        complain(f"{name}: {error.message}.{'' if is_known else f' {error.advice}'}")
