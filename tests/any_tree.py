"""Trees as an API might send them, drawn by hypothesis: every key that a record reads, any value behind it."""

from __future__ import annotations

from hypothesis import strategies as st
from pydantic import BaseModel

from vobiz_mcp.api import body
from vobiz_mcp.api.agent_calls import call_in
from vobiz_mcp.records.agent_call import AgentCall
from vobiz_mcp.records.call_record import CallRecord, CallRecordList
from vobiz_mcp.records.live_call import LiveCall
from vobiz_mcp.records.record import Record
from vobiz_mcp.records.stream import Stream, StreamList

RECORDS: tuple[type[Record], ...] = (AgentCall, CallRecord, CallRecordList, LiveCall, Stream, StreamList)


START = 1772443638000
"""When the sample agent call starts, in epoch milliseconds."""


def names(record: type[BaseModel]) -> set[str]:
    """Every key that any field of a record, or of a part of it, is read from."""
    found: set[str] = set()
    parts: list[type[BaseModel]] = [record]
    for part in parts:
        for name, about in part.model_fields.items():
            choices = getattr(about.validation_alias, "choices", [])
            found |= {name, *map(str, choices)}
        parts += [inner for inner in _parts_in(part) if inner not in parts]
    return found


def _parts_in(part: type[BaseModel]) -> list[type[BaseModel]]:
    seen = str({name: about.annotation for name, about in part.model_fields.items()})
    return [inner for inner in _subclasses(BaseModel) if f"{inner.__module__}.{inner.__name__}" in seen]


def _subclasses(of: type[BaseModel]) -> list[type[BaseModel]]:
    return [inner for direct in of.__subclasses__() for inner in (direct, *_subclasses(direct))]


KEYS = sorted(set.union(*map(names, RECORDS)))


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -(10**400), 0, START]),
    st.floats(),
    st.text(),
    st.sampled_from(["user", "2026-03-02T09:27:18Z", "0.003", "wss://u:p@h/x?y=z", "://", "[::1", "http://[::1"]),
)


TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(KEYS) | st.text(), inner, max_size=6),
    ),
    max_leaves=30,
)


def plainly(content: bytes) -> AgentCall:
    return AgentCall.read(call_in(body.parse(content)))
