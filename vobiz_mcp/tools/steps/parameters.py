"""Parameters that several tools share, each described once, and what is said to who fills one in wrongly."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BeforeValidator, Field
from pydantic.fields import FieldInfo

from vobiz_mcp.ids import ID
from vobiz_mcp.reviews.period import SAID


class Takes(NamedTuple):
    """What a parameter takes, in words with an example: part of a refusal, not of the schema."""

    words: str


def _word(value: object) -> object:
    return "_".join(value.lower().replace("-", " ").split()) if isinstance(value, str) else value


AnyCase: Final = BeforeValidator(_word)
"""For a choice of words: they are read in any case, and with a space or hyphen for `_`."""

_ID: Final = f"^{ID}$"
_ID_OR_NONE: Final = f"^({ID})?$"
_OF_LETTERS: Final = 'letters, digits, "-" and "_", such as'

_LEG: Final = Takes(f"the id of a call's carrier leg as list_live_calls gives it: {_OF_LETTERS} 5d0c7a4e-2b1f-…")
_AGENT_CALL: Final = Takes(f"the id of an agent call as list_agent_calls gives it: {_OF_LETTERS} call_8f2b…")

CallUuid = Annotated[str, Field(description="UUID of the carrier leg on Vobiz.", pattern=_ID), _LEG]
StreamId = Annotated[
    str,
    Field(description="ID of the stream, as list_streams gives it.", pattern=_ID),
    Takes(f"the id of a stream as list_streams gives it: {_OF_LETTERS} 728e2d41-…"),
]
CallId = Annotated[str, Field(description="ID of the agent call; not the call_uuid.", pattern=_ID), _AGENT_CALL]

AnyCallUuid = Annotated[str, Field(description="Its carrier leg, if known.", pattern=_ID_OR_NONE), _LEG]
AnyCallId = Annotated[str, Field(description="Its agent call, if known.", pattern=_ID_OR_NONE), _AGENT_CALL]
"""For tools that take either id or both; empty for none."""
AnyAgentId = Annotated[
    str,
    Field(description="Whose calls.", pattern=_ID_OR_NONE),
    Takes(f"the id of an agent as list_agent_calls gives it: {_OF_LETTERS} agent_billing"),
]

Since = Annotated[str, Field(description="From: 7d, today, 2026-11-20 (UTC).", max_length=40), Takes(SAID)]
Until = Annotated[str, Field(description="To, alike.", max_length=40), Takes(SAID)]


def expected(field: FieldInfo) -> str:
    """What a parameter takes, with an example, from what is said beside it, its choices or its bounds."""
    said = next((one.words for one in field.metadata if isinstance(one, Takes)), "")
    if said:
        return said
    if get_origin(field.annotation) is Literal:
        return f"one of {', '.join(choice for choice in get_args(field.annotation) if choice)}"
    least = next(one.ge for one in field.metadata if isinstance(one, Ge))
    most = next(one.le for one in field.metadata if isinstance(one, Le))
    kind = "whole number" if field.annotation is int else "number"
    return f"a {kind} from {least} to {most}, such as {field.default}"
