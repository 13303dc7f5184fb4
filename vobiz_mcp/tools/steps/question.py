"""What a tool is: a question whose class holds everything that a model sees of it."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from vobiz_mcp.api.wire import Step
from vobiz_mcp.digest.tokens.budget import MOST_TOKENS
from vobiz_mcp.digest.tokens.cost import allowance, cost, estimate
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import InvalidArguments
from vobiz_mcp.records.record import Record
from vobiz_mcp.tools.steps.parameters import expected

CALL_VIEW: Final = "ui://vobiz/call.html"
"""The page that a host of MCP Apps may show beside an answer about one call."""
SANDBOX_MARK = "[sandbox] "
"""How every answer begins that the embedded sandbox made up."""


@dataclass(frozen=True)
class Answer:
    """What a tool answers with: the digest for a model, the record for a program."""

    digest: str
    record: Record
    most_tokens: int | None = MOST_TOKENS
    """What it may cost; None for a document, which a program reads."""

    @property
    def text(self) -> str:
        """The bytes that every face of the project hands over."""
        text = f"{SANDBOX_MARK if self.record.sandbox else ''}{self.digest}"
        return text if self.most_tokens is None else _bounded(text, self.most_tokens)


_CUT: Final = "… {} lines left out, more than an answer holds: ask for less at once"


def _bounded(text: str, most_tokens: int) -> str:
    """The text, without its last lines where they cost more than an answer may: an API may send anything."""
    if len(text.encode(errors="replace")) <= most_tokens or estimate(text) <= most_tokens:
        return text
    lines = text.split("\n")
    room, kept = allowance(most_tokens) - cost(_CUT.format(len(lines))), 0
    for line in lines:
        room -= cost(f"{line}\n")
        if room < 0:
            break
        kept += 1
    return "\n".join([*lines[:kept], _CUT.format(len(lines) - kept)])


Steps: TypeAlias = Generator[Step, Any, Answer]


class Question(BaseModel):
    """A tool: its name is the class's, its input schema the fields; in one class stands all that a model sees of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    title: ClassVar[str]
    """What a person sees in a list of tools."""
    reads_many: ClassVar[bool] = False
    """Whether it reads so many calls that a server answers it beside itself."""
    description: ClassVar[str]
    """What a model reads of the tool, in one paragraph; no docstring, which `python -OO` takes away."""

    def steps(self) -> Steps:
        """The requests to make and, at the end, the answer."""
        raise NotImplementedError

    view: ClassVar[str] = ""
    """The `ui://` page that draws the answer, for hosts that show one."""

    @classmethod
    def tool_name(cls) -> str:
        """`GetStream` is the tool `get_stream`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def input_schema(cls) -> dict[str, Any]:
        """JSON schema of the arguments, without the titles that pydantic derives from names."""
        schema = cls.model_json_schema()
        properties = {
            name: {key: value for key, value in field.items() if key != "title"}
            for name, field in schema.get("properties", {}).items()
        }
        required = {"required": schema["required"]} if "required" in schema else {}
        return {"type": "object", "properties": properties, **required, "additionalProperties": False}

    @classmethod
    def of(cls, arguments: Mapping[str, object]) -> Self:
        """The question with these arguments.

        Raises:
            InvalidArguments: names each wrong argument and what is expected.
        """
        try:
            return cls.model_validate(dict(arguments))
        except ValidationError as error:
            wrong = (cls._complaint(problem["type"], problem["loc"]) for problem in error.errors(include_input=False))
            raise InvalidArguments("; ".join(dict.fromkeys(wrong))) from None

    @classmethod
    def _complaint(cls, kind: str, location: tuple[int | str, ...]) -> str:
        name = plain(str(location[0]), 40)
        field = cls.model_fields.get(name)
        if field is None:
            return f'{cls.tool_name()} has no argument "{name}", it takes {", ".join(cls.model_fields)}'
        return f"{name} {'is missing: it ' if kind == 'missing' else ''}takes {expected(field)}"
