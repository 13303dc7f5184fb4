"""`vobiz-mcp install`: this server in a host's own list, with its whole path and what the account takes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vobiz_mcp.cli import sandbox_option
from vobiz_mcp.cli.output import complain, say
from vobiz_mcp.client import NEEDED
from vobiz_mcp.credentials import VARIABLES, Variable, filled, known
from vobiz_mcp.hosts.host import ENTRY, HOSTS, Entry, Host, Machine
from vobiz_mcp.hosts.launch import Launch, launch
from vobiz_mcp.hosts.listing import Listing, NotKept
from vobiz_mcp.serving.ignored_settings import say_what_is_ignored
from vobiz_mcp.settings import PrivacySettings, Settings, WrongSettings, checked, read, variable

_HIDDEN = "…"
_BY_HAND = f"Nothing was changed; take the entry {ENTRY} out by hand."


@click.command(
    epilog="Credentials are taken from VOBIZ_* variables and .env and, at a terminal, asked for without echo; leave "
    "them empty to begin with the sandbox. Run it again to change them."
)
@click.argument("name", metavar="HOST", type=click.Choice([*HOSTS]))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--remove", is_flag=True, help="Take the entry out again.")
@sandbox_option
def command(*, name: str, dry_run: bool, remove: bool, sandbox: bool | None) -> int:
    """Put this server into a host's list of servers. All else in its file stays, and a backup is kept.

    HOST is one of claude-desktop, claude-code, cursor, vscode, codex, gemini, goose and zed.
    """
    host = HOSTS[name]
    path = host.file(Machine(sys.platform, os.environ, Path.home()))
    if remove:
        return _remove(host, path, dry_run=dry_run)
    say_what_is_ignored()
    started = launch()
    flags = [] if sandbox is None else ["--sandbox" if sandbox else "--no-sandbox"]
    started = Launch(started.command, [*started.args, *flags])
    try:
        listing = Listing(host, path)
        given = _given(PrivacySettings if sandbox else Settings)
        entry = listing.merged(started, given if sandbox else _with_credentials(given, listing.variables))
        changed = listing.with_entry(entry)
        if dry_run:
            say(f"{path} would list:\n{_shown(host, entry)}")
            return 0
        listing.write(changed)
    except NotKept as error:
        complain(f"{error.message}. {error.advice}")
        say(_shown(host, host.entry(started, {})))
        return 1
    _report(listing, entry)
    return 0


def _remove(host: Host, path: Path, *, dry_run: bool) -> int:
    try:
        listing = Listing(host, path)
        if not listing.entry:
            say(f"{listing.path} has no entry {ENTRY}; nothing to remove.")
            return 0
        changed = listing.without_entry()
        if not dry_run:
            listing.write(changed)
    except NotKept as error:
        raise NotKept(error.message, _BY_HAND) from None
    before = f" As it was before the first install: {listing.backup.name}." if listing.backup.exists() else ""
    say(f"{ENTRY} {'would be' if dry_run else 'is'} taken out of {listing.path}.{before}")
    return 0


def _given(kind: type[PrivacySettings]) -> dict[str, str]:
    """What the environment and `.env` set, checked as the server will read it. Raises `WrongSettings`."""
    read(kind)
    found = known()
    given = {name: filled(found.get(name, "")) for name in map(variable, kind.model_fields)}
    return {name: value for name, value in given.items() if value}


def _with_credentials(given: dict[str, str], held: dict[str, str]) -> dict[str, str]:
    """What is set and, where no credential is, what a person at a terminal types. Raises `WrongSettings`."""
    if any(told.credential and told.name in given for told in VARIABLES) or not sys.stdin.isatty():
        return given
    there = {told.name: value for told in VARIABLES if (value := {**held, **given}.get(told.name))}
    typed = {name: value for name, value in _asked(there).items() if value}
    fields = {variable(field): field for field in Settings.model_fields}
    try:
        checked(lambda: Settings.model_validate({fields[name]: value for name, value in typed.items()}))
    except WrongSettings as error:
        raise WrongSettings(error.message, "Nothing was changed; run this again and type it anew.") from None
    return given | typed


def _asked(held: dict[str, str]) -> dict[str, str]:
    """What a person types, an API at a time: who has nothing for its first value does not use it."""
    keeps = "to keep what is there" if held else "to leave one out"
    click.echo(f"Credentials of your Vobiz account; press Enter {keeps}.", err=True)
    by_name, given = {told.name: told for told in VARIABLES}, {}
    for fields in NEEDED.values():
        first, *others = [variable(field) for field in fields]
        given[first] = _ask(by_name[first], held)
        if given[first] or held.get(first):
            given |= {name: _ask(by_name[name], held) for name in others}
    return given


def _ask(told: Variable, held: dict[str, str]) -> str:
    default = "" if told.name in held else told.default
    typed: str = click.prompt(told.title, default=default, show_default=bool(default), hide_input=told.secret, err=True)
    return filled(typed)


def _shown(host: Host, entry: Entry) -> str:
    """An entry as the host's file has it, with no value of its environment."""
    held = entry[host.variables]
    hidden = dict.fromkeys(held, _HIDDEN) if isinstance(held, dict) else {}
    text: str = host.form.put("", (host.section, ENTRY), {**entry, host.variables: hidden})
    return text.rstrip("\n")


def _complain_of_halves(present: set[str]) -> None:
    for api, fields in NEEDED.items():
        absent = [variable(field) for field in fields if variable(field) not in present]
        if 0 < len(absent) < len(fields):
            complain(f"the {api} API needs {' and '.join(absent)} too; set it and run this again.")


def _report(listing: Listing, entry: Entry) -> None:
    before = f" (as it was before: {listing.backup.name})" if listing.backup.exists() else ""
    say(f"{ENTRY} is in {listing.path}{before}.")
    held = entry[listing.host.variables]
    set_in_entry = set(held) if isinstance(held, dict) else set()
    present = [told.name for told in VARIABLES if told.credential and told.name in set_in_entry]
    args = entry["args"]
    if isinstance(args, list) and "--sandbox" in args:
        say("It answers from the sandbox, as you asked.")
    elif present:
        say(f"It asks your account, with {', '.join(present)}.")
        _complain_of_halves(set_in_entry)
    elif isinstance(args, list) and "--no-sandbox" in args:
        say("Its tools answer not_configured, for no credentials are given; run this again with them.")
    else:
        say("It answers from the sandbox, for no credentials are given; run this again with them for your own calls.")
    say(f'Restart {listing.host.title}, and ask it: "Which calls are on right now?"')
