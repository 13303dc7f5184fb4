"""The toolkit. It imports next to nothing until one is made: an agent's start-up pays for what it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from langchain_core.tools import BaseTool, BaseToolkit
from pydantic import PrivateAttr

if TYPE_CHECKING:
    from langchain_vobiz.tool import AsyncClient, Client
    from vobiz_mcp.client import AsyncVobiz, Vobiz
    from vobiz_mcp.settings import Settings
    from vobiz_mcp.tools.steps.question import Question


class VobizToolkit(BaseToolkit):
    """Tools that answer an agent's questions about phone calls on Vobiz and the AI agents that speak on them.

    Setup:
        ```
        pip install ".[langchain]"
        export VOBIZ_AUTH_ID=... VOBIZ_AUTH_TOKEN=...
        export VOBIZ_AGENT_BASE_URL=https://api.zudu.ai VOBIZ_AGENT_API_KEY=... VOBIZ_AGENT_API_SECRET=...
        ```
        Either half works alone. The sandbox needs neither.

    Key init args:
        settings: whose account is asked; `from_env` reads them from the environment and `.env`.
        client, async_client: clients of your own instead, which you close yourself. An `AsyncVobiz` belongs to one
            event loop. Without an `async_client`, asynchronous calls use `client` in a thread.
        sandbox: ask an embedded stand-in of both APIs; no account, no network.
        tools: names of the tools to give, all when None.
        raise_errors: raise a `VobizError` where a model would otherwise be told what failed and what to do next.
        tags, metadata: handed to the callbacks of every call, beside the tag `vobiz` and each tool's title.

    Instantiate:
        ```python
        from langchain_vobiz import VobizToolkit

        toolkit = VobizToolkit(sandbox=True)  # or VobizToolkit.from_env()
        ```

    Tools:
        `get_live_call`, `list_live_calls`, `get_stream`, `list_streams`, `get_call_record`, `list_call_records`,
        `get_agent_call`, `list_agent_calls`, `watch_call`, `diagnose_call`, `review_calls`: all only
        read. A tool message's content is the text that the MCP server sends, its artifact the record behind it, which
        `result_of` types again:
        ```python
        from langchain_vobiz import result_of
        from vobiz_mcp.records.live_call import LiveCall

        [get_live_call] = VobizToolkit(sandbox=True, tools=["get_live_call"]).get_tools()
        message = get_live_call.invoke(
            {"type": "tool_call", "id": "1", "name": "get_live_call", "args": {"call_uuid": "one-way-leg"}}
        )
        print(message.content)
        print(result_of(message, LiveCall).direction)
        ```

    Use within an agent:
        ```
        pip install ".[langchain]" langchain langchain-anthropic
        ```
        ```python
        from langchain.agents import create_agent

        agent = create_agent("anthropic:claude-sonnet-4-5", toolkit.get_tools())
        agent.invoke({"messages": "Why did the caller of call_dispute hang up?"})
        ```
    """

    _questions: list[type[Question]] = PrivateAttr()
    _clients: tuple[Client | None, AsyncClient | None] = PrivateAttr()
    _options: dict[str, Any] = PrivateAttr()

    def __init__(  # noqa: PLR0913 - one argument for each thing that a user may choose
        self,
        settings: Settings | None = None,
        *,
        client: Vobiz | None = None,
        async_client: AsyncVobiz | None = None,
        sandbox: bool = False,
        tools: Sequence[str] | None = None,
        raise_errors: bool = False,
        tags: Sequence[str] = (),
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self._questions = _chosen(tools)
        self._clients = _clients(settings, client, async_client, sandbox=sandbox)
        self._options = {"raise_errors": raise_errors, "tags": ["vobiz", *tags], "metadata": {**(metadata or {})}}

    @classmethod
    def from_env(cls, **options: Any) -> Self:
        """A toolkit for the account that `VOBIZ_*` variables and `.env` name.

        Args:
            options: `tools`, `raise_errors`, `tags` and `metadata`, as for the class.

        Raises:
            WrongSettings: names each wrong variable and what is expected of it. Missing ones are no error yet: a tool
                that needs them says so.
        """
        from vobiz_mcp.settings import from_environment

        return cls(from_environment(), **options)

    def get_tools(self) -> list[BaseTool]:
        """The tools, in the order in which the MCP server lists them."""
        from langchain_vobiz.tool import tool_of

        return [tool_of(question, *self._clients, **self._options) for question in self._questions]


def _chosen(names: Sequence[str] | None) -> list[type[Question]]:
    from vobiz_mcp.tools import TOOLS

    by_name = {question.tool_name(): question for question in TOOLS}
    unknown = [name for name in names or () if name not in by_name]
    if unknown:
        raise ValueError(f"there is no tool {', '.join(unknown)}; the tools are {', '.join(by_name)}")
    return [question for name, question in by_name.items() if names is None or name in names]


def _clients(
    settings: Settings | None, client: Vobiz | None, async_client: AsyncVobiz | None, *, sandbox: bool
) -> tuple[Client | None, AsyncClient | None]:
    """What gives the client of a synchronous call, and of an asynchronous one."""
    own = client is not None or async_client is not None
    if (settings is not None) + own + sandbox != 1:
        raise ValueError(
            "give one of settings, clients of your own, or sandbox=True; VobizToolkit.from_env() reads the environment"
        )
    if own:
        return _kept(client), _kept_async(async_client)
    from langchain_vobiz.clients import ClientPerLoop, KeptClient
    from vobiz_mcp.client import AsyncVobiz, Vobiz

    if settings is not None:
        return KeptClient(lambda: Vobiz(settings)), ClientPerLoop(lambda: AsyncVobiz(settings))
    from vobiz_mcp.sandbox import Sandbox
    from vobiz_mcp.sandbox.transport import connect, connect_async

    embedded = Sandbox()
    return KeptClient(lambda: connect(embedded)), ClientPerLoop(lambda: connect_async(embedded))


def _kept(client: Vobiz | None) -> Client | None:
    return None if client is None else lambda: client


def _kept_async(client: AsyncVobiz | None) -> AsyncClient | None:
    async def get(kept: AsyncVobiz) -> AsyncVobiz:
        return kept

    return None if client is None else partial(get, client)
