"""The LangChain toolkit beside what one would have without it: `python tests/bench/toolkit.py`.

A `get_stream` call, each of another stream so that no answer is one of before, with an upstream on loopback in a process of its own: through the toolkit, through
a bare `StructuredTool` that does the GET with a pooled client and returns the JSON, and through LangChain's own MCP
adapter over stdio. Then what the import costs, and fifty calls at once with an upstream that takes 200 ms.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import httpx2
from fastmcp.client.transports import StdioTransport
from langchain_core.tools import BaseTool, StructuredTool
from langchain_vobiz import VobizToolkit
from pydantic import BaseModel

from vobiz_mcp.settings import Settings

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
from one_stream import upstream
from round_trip import fresh
from upstream import settings_for

with warnings.catch_warnings(action="ignore"):
    from langchain.mcp import MCPAdapter

ROUNDS, CALLS, IMPORTS, BURSTS = 15, 40, 15, 9
BURST, LATENCY_S = 50, 0.2


class Ids(BaseModel):
    """Arguments of the bare tool."""

    call_uuid: str
    stream_id: str


def bare_tool(settings: Settings) -> StructuredTool:
    """What one writes in ten minutes: the GET, and its JSON as the answer."""
    account = settings.auth_id.get_secret_value()
    headers = {"X-Auth-ID": account, "X-Auth-Token": settings.auth_token.get_secret_value()}
    root = f"{settings.base_url}/api/v1/Account/{account}"
    client, async_client = httpx2.Client(headers=headers), httpx2.AsyncClient(headers=headers)

    def get_stream(call_uuid: str, stream_id: str) -> str:
        return client.get(f"{root}/Call/{call_uuid}/Stream/{stream_id}/").text

    async def get_stream_async(call_uuid: str, stream_id: str) -> str:
        return (await async_client.get(f"{root}/Call/{call_uuid}/Stream/{stream_id}/")).text

    return StructuredTool.from_function(get_stream, get_stream_async, description="One stream.", args_schema=Ids)


async def get_stream_of(adapter: MCPAdapter) -> BaseTool:
    """The tool that the adapter makes of the server's."""
    found: BaseTool = next(tool for tool in await adapter.list_tools() if tool.name == "get_stream")
    return found


async def round_ms(tool: BaseTool, calls: int = CALLS, *, sync: bool = False, same: bool = False) -> float:
    """Milliseconds of one call, as the mean of a round; all of one stream when `same`."""
    begun, stream = time.perf_counter(), fresh()
    for _ in range(calls):
        asked = stream if same else fresh()
        answer = tool.invoke(asked) if sync else await tool.ainvoke(asked)
        assert answer
    return (time.perf_counter() - begun) * 1000 / calls


class Round(NamedTuple):
    """One call each way, in milliseconds."""

    ours: float
    bare: float
    ours_async: float
    bare_async: float
    same: float
    """The toolkit asked about one stream again and again, whose answer is fresh for a second."""
    same_async: float
    adapter: float
    """With one session held open around all calls, as `async with MCPAdapter(…)` does."""
    adapter_cold: float
    """With a server started for each call (`keep_alive=False`), as adapters did that held no session."""


async def calls() -> None:
    """Interleaved rounds of every way to make the call."""
    with upstream() as environment:
        settings = settings_for(environment["VOBIZ_BASE_URL"])
        [ours] = VobizToolkit(settings, tools=["get_stream"]).get_tools()
        bare = bare_tool(settings)
        spawned = partial(StdioTransport, sys.executable, ["-m", "vobiz_mcp"], {**os.environ, **environment})
        adapter, cold_adapter = MCPAdapter(spawned()), MCPAdapter(spawned(keep_alive=False))
        async with cold_adapter:
            cold = await get_stream_of(cold_adapter)
        rounds = []
        for _ in range(ROUNDS + 1):
            synchronous = await round_ms(ours, sync=True), await round_ms(bare, sync=True)
            asynchronous = await round_ms(ours), await round_ms(bare)
            same = await round_ms(ours, sync=True, same=True), await round_ms(ours, same=True)
            async with adapter:
                held = await round_ms(await get_stream_of(adapter))
            rounds.append(Round(*synchronous, *asynchronous, *same, held, await round_ms(cold, 1)))
    report(rounds[1:])


def report(rounds: list[Round]) -> None:
    """Medians, and the ratios round by round."""
    middle = Round(*map(statistics.median, zip(*rounds, strict=True)))
    print(f"medians of {ROUNDS} interleaved rounds of {CALLS} get_stream calls, ms")
    print(f"  sync   toolkit {middle.ours:.2f}   bare StructuredTool {middle.bare:.2f}")
    print(f"  async  toolkit {middle.ours_async:.2f}   bare StructuredTool {middle.bare_async:.2f}")
    print(f"  one stream again and again   sync {middle.same:.2f}   async {middle.same_async:.2f}")
    print(f"  MCP adapter over stdio   session held {middle.adapter:.2f}   server per call {middle.adapter_cold:.0f}")
    ratios: dict[str, Callable[[Round], float]] = {
        "toolkit / bare, sync          goal ≤ 1.25": lambda each: each.ours / each.bare,
        "toolkit / bare, async         goal ≤ 1.25": lambda each: each.ours_async / each.bare_async,
        "adapter / toolkit, held       goal ≥ 5   ": lambda each: each.adapter / each.ours_async,
        "adapter / toolkit, cold       goal ≥ 5   ": lambda each: each.adapter_cold / each.ours_async,
    }
    for name, ratio in ratios.items():
        print(f"  {name} {statistics.median(map(ratio, rounds)):.2f}")


def import_ms(statement: str) -> float:
    """Milliseconds of an import in a fresh interpreter, its start not counted."""
    code = f"import time; begun = time.perf_counter(); {statement}; print(time.perf_counter() - begun)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(run.stdout) * 1000


def imports() -> None:
    """The package beside the library that it cannot do without: the bare import, and of the names that a program uses.

    Both packages load what they export when it is first asked for.
    """
    compare_imports("import langchain_vobiz", "import langchain_core.tools")
    compare_imports(
        "from langchain_vobiz import VobizToolkit, result_of", "from langchain_core.tools import BaseToolkit"
    )


def compare_imports(ours: str, core: str) -> None:
    """Interleaved imports, each in a fresh interpreter."""
    pairs = [(import_ms(ours), import_ms(core)) for _ in range(IMPORTS)]
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(x / y for x, y in pairs)
    print(f"{ours}: {a:.0f} ms   {core}: {b:.0f} ms   ratio {ratio:.2f}   goal ≤ 1.15")


async def burst_s(tool: BaseTool, questions: list[dict[str, str]]) -> float:
    """Seconds that many calls at once take together."""
    begun = time.perf_counter()
    await asyncio.gather(*map(tool.ainvoke, questions))
    return time.perf_counter() - begun


async def bursts() -> None:
    """Many calls at once: the same one, as when a pipeline's workers look at one call, and all different ones.

    The first burst, which opens the connections, is shown beside the median. Twenty connections serve twenty different
    calls at a time, which are as many as either API is asked at once.
    """
    with upstream(LATENCY_S) as environment:
        [tool] = VobizToolkit(settings_for(environment["VOBIZ_BASE_URL"]), tools=["get_stream"]).get_tools()
        for name, count in (("of one stream", 1), ("of 20 streams", 20), ("of 50 streams", BURST)):
            seconds = []
            for _ in range(BURSTS):
                streams = [fresh() for _ in range(count)]
                seconds.append(await burst_s(tool, [streams[n % count] for n in range(BURST)]))
            print(f"{BURST} calls at once {name}, upstream {LATENCY_S * 1000:.0f} ms:", end=" ")
            print(f"first {seconds[0]:.2f} s, median {statistics.median(seconds[1:]):.2f} s   goal ≤ 0.4")


if __name__ == "__main__":
    asyncio.run(calls())
    imports()
    asyncio.run(bursts())
