"""From a tool message back to a typed record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from langchain_core.messages import ToolMessage

    from vobiz_mcp.records.record import Record

R = TypeVar("R", bound="Record")


def result_of(message: ToolMessage, record: type[R]) -> R:
    """The record behind a tool's answer, also after the message went through a checkpointer.

    Args:
        message: what a tool answered; its artifact is the record as a JSON dict.
        record: what the tool answers with: `LiveCall`, `LiveCallList`, `Stream`, `StreamList`, `CallRecord`,
            `CallRecordList`, `AgentCall`, `AgentCallList`, `CallChanges` (watch_call), `Diagnosis` (diagnose_call) or
            `CallReview` (review_calls).

    Raises:
        ValueError: the message holds no such record, because it is an error or the answer of another tool.
    """
    artifact = message.artifact
    # Every field of a record may be absent in a body, but none is in an artifact: that is what tells records apart.
    if not isinstance(artifact, dict) or not record.model_fields.keys() <= artifact.keys():
        raise ValueError(f"the message holds no {record.__name__}; it says: {message.text}")
    return record.model_validate(artifact)
