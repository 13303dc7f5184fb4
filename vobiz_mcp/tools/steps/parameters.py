"""Parameters that several tools share, each described once."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

_ID = r"^[A-Za-z0-9_-]+$"

CallUuid = Annotated[
    str, Field(description="UUID of the carrier leg on Vobiz.", pattern=_ID, min_length=1, max_length=128)
]
StreamId = Annotated[
    str, Field(description="ID of the stream, as list_streams gives it.", pattern=_ID, min_length=1, max_length=128)
]
CallId = Annotated[
    str,
    Field(description="ID of the agent call; not the call_uuid.", pattern=_ID, min_length=1, max_length=128),
]

_ANY_ID = r"^[A-Za-z0-9_-]*$"
AnyCallUuid = Annotated[str, Field(description="Its carrier leg, if known.", pattern=_ANY_ID, max_length=128)]
AnyCallId = Annotated[str, Field(description="Its agent call, if known.", pattern=_ANY_ID, max_length=128)]
"""For tools that take either id or both; empty for none."""
