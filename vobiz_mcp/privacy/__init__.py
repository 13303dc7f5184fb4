"""What may leave of what people say on a call: cards, codes and identity numbers are found and hidden here."""

from vobiz_mcp.privacy.record import masked

__all__ = ["masked"]
