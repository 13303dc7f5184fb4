from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from asking import AT_ONCE
from drawing import dear
from hypothesis import given
from hypothesis import strategies as st
from injection import attacks, valid_arguments
from upstream import Upstream, loopback, settings_environment

from vobiz_mcp.client import AsyncVobiz
from vobiz_mcp.errors import VobizError
from vobiz_mcp.serving import server
from vobiz_mcp.settings import Settings
from vobiz_mcp.tools import TOOLS, Question

pytestmark = pytest.mark.anyio

INSIDE = re.compile(r"/api/v1/Account/MA_TEST/[A-Za-z]+(/[A-Za-z0-9_-]+)*/?|/tenant/api/[a-z-]+(/[A-Za-z0-9_-]+)*/?")
"""The account's prefixes of both APIs, and below them only names and ids."""
# A value may be anything that is encoded; a name that came with one would stand there twice, or unencoded.
QUERY = re.compile(r"([a-z_]+=[A-Za-z0-9_.~%+:-]*(&|$))*")
HEADERS = {
    "host", "accept", "accept-encoding", "user-agent", "connection", "content-type", "content-length",
    "x-auth-id", "x-auth-token", "x-api-key", "x-api-secret",
}  # fmt: skip


SEPARATORS = ["/", ".", "..", "%2f", "%2e", "%0d%0a", "?", "&", "=", "#", ";", "@", ":", "\\", "\r\n", "\x00", " "]


@pytest.fixture(scope="module")
def watched() -> Iterator[Upstream]:
    """An upstream that knows nothing and remembers everything."""
    with loopback() as running:
        yield running


def settings(upstream: Upstream) -> Settings:
    variables = {**settings_environment(upstream.base_url), "VOBIZ_AGENT_BASE_URL": f"{upstream.base_url}/tenant"}
    return Settings(_env_file=None, **{name.removeprefix("VOBIZ_").lower(): v for name, v in variables.items()})  # type: ignore[arg-type]


async def asked(tool: type[Question], attempts: Iterator[dict[str, Any]], upstream: Upstream) -> list[str]:
    """How each attempt ended."""
    codes, now = list[str](), 0.0

    async def pass_by(seconds: float) -> None:
        nonlocal now
        now += seconds

    async with AsyncVobiz(settings(upstream), clock=lambda: now, sleep=pass_by, pace=AT_ONCE) as client:
        for arguments in attempts:
            try:
                await server.call(client, tool.tool_name(), arguments)
            except VobizError as error:
                codes.append(error.code)
            else:
                codes.append("ok")
    return codes


def outside(upstream: Upstream) -> list[tuple[str, object]]:
    """The requests that went somewhere else than a tool may go, or carried something else than it may carry."""
    wrong: list[tuple[str, object]] = []
    for target, headers in upstream.requests:
        path, _, query = target.partition("?")
        names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
        if (
            not INSIDE.fullmatch(path)
            or not QUERY.fullmatch(query)
            or len(names) > len(set(names))
            or not headers.keys() <= HEADERS
            or headers["host"] != f"127.0.0.1:{upstream.port}"
            or headers.get("x-auth-id", "MA_TEST") != "MA_TEST"
            or not {"x-auth-id", "x-api-key"} & headers.keys()
        ):
            wrong.append((target, headers))
    return wrong


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.tool_name())
async def test_no_argument_reaches_another_path_header_or_query(tool: type[Question], watched: Upstream) -> None:
    watched.requests.clear()
    attempts = list(attacks(tool.input_schema()))
    codes = await asked(tool, iter(attempts), watched)
    assert "internal_error" not in codes
    assert codes.count("invalid_arguments") > len(attempts) / 4
    assert outside(watched) == []
    await asked(tool, iter([valid_arguments(tool.input_schema())]), watched)
    assert watched.requests, "what is taken for a question is asked"


@dear
@given(data=st.data())
def test_no_random_text_reaches_another_path_either(data: st.DataObject, watched: Upstream) -> None:
    tool = data.draw(st.sampled_from(TOOLS))
    schema = tool.input_schema()
    name = data.draw(st.sampled_from(sorted(schema["properties"])))
    text = st.lists(st.sampled_from(SEPARATORS) | st.text(max_size=5), max_size=8).map("".join)
    value = data.draw(text | st.from_regex(r"[A-Za-z0-9_.~%/-]{1,20}", fullmatch=True))
    watched.requests.clear()
    asyncio.run(asked(tool, iter([{**valid_arguments(schema), name: value}]), watched))
    assert outside(watched) == []
