"""`vobiz-mcp doctor`: what is set, whether each API answers and accepts it, and what to do about what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import click
from rich.console import Console
from rich.text import Text

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.wire import Api, Request
from vobiz_mcp.client import NEEDED, Vobiz, missing
from vobiz_mcp.credentials import credentials_set
from vobiz_mcp.errors import NotFound, VobizError
from vobiz_mcp.records.record import Record
from vobiz_mcp.serving.ignored_settings import ignored
from vobiz_mcp.settings import ServerSettings, Settings, from_environment, read, variable

_MARKS = {"ok": ("✓", "green"), "wrong": ("✗", "red"), "absent": ("–", "yellow")}
_PROBE_CALL = "vobiz-mcp-doctor"
"""No call has this id: the agent API has no way to check keys, and "not found" means that they were accepted."""


@dataclass(frozen=True)
class Finding:
    """One line of the report; `verdict` is `ok`, `wrong` or `absent`."""

    verdict: str
    text: str


@click.command(
    epilog="Values are never printed. Exit code 0: what is set works. 1: something does not, or nothing is set."
)
def command() -> int:
    """Check settings and whether each API answers and accepts them."""
    read(ServerSettings)
    settings = from_environment()
    with Vobiz(settings) as client:
        findings = [finding for api in get_args(Api) for finding in examine_api(client, settings, api)]
    findings.append(who_answers(settings, credentials_set()))
    findings += [Finding("wrong", sentence) for sentence in ignored()]
    console = Console(highlight=False)
    for finding in findings:
        mark, style = _MARKS[finding.verdict]
        console.print(Text.assemble((mark, style), " ", finding.text), soft_wrap=True)
    verdicts = {finding.verdict for finding in findings}
    return 0 if "ok" in verdicts and "wrong" not in verdicts else 1


def examine_api(client: Vobiz, settings: Settings, api: Api) -> list[Finding]:
    """What is set for one API, and what it says to it."""
    absent = missing(settings, api)
    names = [variable(field) for field in NEEDED[api]]
    if len(absent) == len(names):
        advice = f"its tools answer not_configured; set {', '.join(names)} to use it"
        return [Finding("absent", f"{api} API: not set up, {advice}")]
    if absent:
        present = ", ".join(name for name in names if name not in absent)
        return [Finding("wrong", f"{api} API: {', '.join(absent)} missing; {present} alone is of no use")]
    return [Finding("ok", f"{api} API: {', '.join(names)} set"), _probe(client, api)]


def who_answers(settings: Settings, present: list[str]) -> Finding:
    """Whether the server answers from the account or from the sandbox, and why."""
    if present and all(missing(settings, api) for api in get_args(Api)):
        because = f"the sandbox does not answer, for {present[0]} is set, and no API is set up whole"
        return Finding("wrong", f"{because}: every tool answers not_configured")
    if not present:
        return Finding("absent", "the sandbox answers what a host asks, marked [sandbox], until a credential is set")
    return Finding("ok", f"the account answers what a host asks, and the sandbox nothing, for {present[0]} is set")


def _probe(client: Vobiz, api: Api) -> Finding:
    accepted = Finding("ok", f"{api} API: answers and accepts the keys")
    try:
        client.fetch(_question(api))
    except VobizError as error:
        if api == "agent" and isinstance(error, NotFound):
            return accepted
        return Finding("wrong", f"{api} API: {error.message}. {_advice(api, error)}")
    return accepted


def _question(api: Api) -> Request[Record]:
    if api == "agent":
        probe = agent_call(_PROBE_CALL)
        return Request(probe.api, probe.path, probe.thing, Record.read)
    return Request("telephony", "/auth/me", "account", lambda _: Record())


def _advice(api: Api, error: VobizError) -> str:
    if error.code == "bad_credentials":
        keys = " and ".join(variable(field) for field in NEEDED[api][:2])
        return f"Copy {keys} again from the vendor's console, without quotes or spaces."
    if error.code in ("upstream_unreachable", "unreadable_answer", "not_found"):
        base = "VOBIZ_BASE_URL" if api == "telephony" else "VOBIZ_AGENT_BASE_URL"
        return f"Check {base} and whether this machine may reach it."
    return error.advice
