"""What may leave of what people say on a call: cards, codes and identity numbers are found and hidden here."""

from typing import TypeVar

from vobiz_mcp.policy import Privacy
from vobiz_mcp.records.record import Record

R = TypeVar("R", bound=Record)


def masked(record: R, privacy: Privacy = "standard") -> R:
    """The record with what the policy hides replaced by marks; itself where there is nothing to hide."""
    # The patterns are many: a server that starts does not need them before its first answer.
    from vobiz_mcp.privacy.record.record import masked as mask  # noqa: PLC0415

    return mask(record, privacy)
