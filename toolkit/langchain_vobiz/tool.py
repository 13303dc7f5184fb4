"""One question as one LangChain tool."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, cast

from langchain_core.tools import StructuredTool, ToolException

from vobiz_mcp.client import AsyncVobiz, Vobiz
from vobiz_mcp.errors import VobizError, defect
from vobiz_mcp.tools.steps.question import Answer, Question

Client: TypeAlias = Callable[[], Vobiz]
AsyncClient: TypeAlias = Callable[[], Awaitable[AsyncVobiz]]


class VobizTool(StructuredTool):
    """A tool that a model sees, and that refuses arguments, with the very words of the MCP server."""

    @property
    def question(self) -> type[Question]:
        """What the tool asks."""
        return cast("type[Question]", self.args_schema)

    @property
    def tool_call_schema(self) -> dict[str, Any]:
        """The arguments as every face of the project publishes them; LangChain's own would admit unknown ones."""
        return {"title": self.name, "description": self.description, **self.question.input_schema()}

    def _parse_input(self, tool_input: str | dict[str, Any], tool_call_id: str | None) -> dict[str, Any]:  # noqa: ARG002
        # LangChain's own validation words a refusal in pydantic's terms, and raises it beside `ToolException`.
        given = tool_input if isinstance(tool_input, dict) else {next(iter(self.args)): tool_input}
        with handed_on(self.name, raise_errors=not self.handle_tool_error):
            return dict(self.question.of(given))

    def _filter_injected_args(self, tool_input: dict[str, Any]) -> dict[str, Any]:
        # A question has no injected arguments; LangChain would look for them in its signature at every call.
        return tool_input


def tool_of(  # noqa: PLR0913 - what `VobizToolkit` was given, for one tool
    question: type[Question],
    client: Client | None,
    async_client: AsyncClient | None,
    *,
    raise_errors: bool,
    tags: list[str],
    metadata: dict[str, Any],
) -> StructuredTool:
    """The tool of a question; without an asynchronous client, `ainvoke` asks the other one in a thread."""
    name = question.tool_name()

    def ask(get: Client, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        with handed_on(name, raise_errors=raise_errors):
            return content_and_artifact(get().answer(question(**arguments)))

    async def ask_async(get: AsyncClient, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        with handed_on(name, raise_errors=raise_errors):
            return content_and_artifact(await (await get()).answer(question(**arguments)))

    return VobizTool(
        name=name,
        description=question.description,
        args_schema=question,
        func=client and (lambda **arguments: ask(client, arguments)),
        coroutine=async_client and (lambda **arguments: ask_async(async_client, arguments)),
        response_format="content_and_artifact",
        handle_tool_error=not raise_errors,
        tags=tags,
        metadata={"title": question.title, "read_only": True, **metadata},
    )


def content_and_artifact(answer: Answer) -> tuple[str, dict[str, Any]]:
    """What a model reads, and the record as JSON: no pydantic object survives every checkpointer."""
    return answer.text, answer.record.model_dump(mode="json")


@contextmanager
def handed_on(tool: str, *, raise_errors: bool) -> Iterator[None]:
    """Failures as LangChain turns them into messages, with the text that MCP would send; or just as they are."""
    try:
        yield
    except Exception as error:
        if raise_errors:
            raise
        known = error if isinstance(error, VobizError) else defect(tool, error)
        raise ToolException(str(known)) from error
