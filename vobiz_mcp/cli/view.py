"""`vobiz-mcp view`: a call as a picture, served on loopback or written to a file."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from pathlib import Path

import click

from vobiz_mcp.cli import NO_ACCOUNT, PORT, sandbox_option
from vobiz_mcp.cli.output import say
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NoAgentCall, NotConfigured
from vobiz_mcp.privacy import masked
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.resources import AgentCallTimeline
from vobiz_mcp.saved_files import calls_in
from vobiz_mcp.serving.connection import connect
from vobiz_mcp.settings import PrivacySettings, WrongSettings, read
from vobiz_mcp.view.html import whole_page
from vobiz_mcp.view.look import LookAt
from vobiz_mcp.view.loopback import Look, serve
from vobiz_mcp.view.timeline import as_saved, call_timeline


@click.command()
@click.argument("call", metavar="CALL_ID|FILE", help="An agent call, or a file that holds one; - for standard input.")
@click.argument("call_id", metavar="[CALL_ID]", default="", help="Which call of a file that holds several.")
@click.option("--out", metavar="FILE", type=click.Path(), help="Write one file to keep or share, and serve nothing.")
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.option("--port", type=PORT, default=0, help="On 127.0.0.1; a free one unless named.")
@sandbox_option
def command(  # noqa: PLR0913 - options of a command line
    call: str, call_id: str, out: str | None, *, opens: bool, port: int, sandbox: bool | None
) -> int:
    """Draw a call: who spoke when, silences, tools, what went wrong, and the transcript.

    It is served on 127.0.0.1 until Ctrl-C, and a call that goes on is followed. With --out it is one file instead,
    whole, without what VOBIZ_PRIVACY hides.
    """
    if call_id and not _is_file(call):
        raise click.UsageError(f"{call} is no file, so it holds no call {call_id}; name one call.")
    with ExitStack() as stack:
        look = _saved(call, call_id) if _is_file(call) else _asked(call, stack, sandbox=bool(sandbox))
        try:
            return _write(look, Path(out), opens=opens) if out else _serve(look, port, opens=opens)
        except NotConfigured as error:
            raise (error if isinstance(error, WrongSettings) else NotConfigured(error.message, NO_ACCOUNT)) from None


def _is_file(name: str) -> bool:
    # os.path, unlike Path, takes a name that no file can have for one that is not there.
    return name == "-" or os.path.exists(name) or "/" in name or "." in name  # noqa: PTH110


def _saved(name: str, call_id: str) -> Look:
    """How to look at a saved call. Raises `NoAgentCall` where the file holds none, or several and none is named."""
    found = calls_in(name)
    named = [call for call in found if isinstance(call, AgentCall) and call.call_id == call_id] if call_id else found
    if not named:
        raise NoAgentCall(f"it holds no call {plain(call_id, 128)}", f"It holds {len(found)}.")
    if len(named) > 1:
        what = "calls of that id" if call_id else "calls"
        raise NoAgentCall(f"it holds {len(named)} {what}", f"A view shows one: vobiz-mcp view {name} CALL_ID")
    if isinstance(named[0], NoAgentCall):
        raise named[0]
    call = masked(named[0], read(PrivacySettings).privacy)
    return lambda: (as_saved(call_timeline(call, None)), transcript(call))


def _asked(call_id: str, stack: ExitStack, *, sandbox: bool) -> Look:
    """How to look at a call of the account, anew each time."""
    asked = LookAt(AgentCallTimeline.of({"call_id": call_id}).call_id)
    client = stack.enter_context(connect(sandbox=sandbox))
    return lambda: client.answer(asked)


def _write(look: Look, path: Path, *, opens: bool) -> int:
    picture, words = look()
    page = whole_page(as_saved(picture), words)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError:
        raise click.UsageError(f"{path} cannot be written; name a file in a folder that is there.") from None
    say(f"{path} ({len(page.encode()) / 1000:.0f} kB): one file, it loads nothing")
    if opens:
        click.launch(str(path))
    return 0


def _serve(look: Look, port: int, *, opens: bool) -> int:
    look()  # a call that cannot be had is told before anything is served
    try:
        server = serve(look, port)
    except OSError:
        raise click.UsageError(f"Port {port} is in use or not allowed; without --port a free one is taken.") from None
    with server, suppress(KeyboardInterrupt):
        say(f"{server.address}\nfollows the call while it goes on; Ctrl-C ends it")
        if opens:
            click.launch(server.address)
        server.serve_forever()
    return 0
