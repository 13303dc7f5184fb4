"""How a call ended: which published cause it was, and who hung up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vobiz_mcp.digest.wording.phrases import joined
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.glossary.hangup_causes import BY_CODE, BY_TEXT, NORMAL, UNKNOWN, Cause
from vobiz_mcp.records.call_record import CallRecord

BY_SOURCE: Final[Mapping[str, str]] = {
    "vobiz": "the platform itself",
    "carrier": "the carrier's network",
    "api request": "a program asked the API to",
    "api": "a program asked the API to",
    "answer xml": "the application's XML told it to",
    "error": "an error did",
}
"""What the less obvious `hangup_source` values stand for, in lower case."""

_CALLED: Final = frozenset({"callee", "call recipient"})


def cause_of(record: CallRecord) -> Cause | None:
    """The published cause that tells most: a code beyond `normal` and `unknown`, else the text, else that code.

    None where the text is one that nobody published: then it stands for itself.
    """
    code, text = record.hangup_cause_code, (record.hangup_cause or "").upper()
    by_code = None if code is None else BY_CODE.get(code)
    if text in ("", "UNKNOWN") or code not in (None, NORMAL, UNKNOWN):
        return by_code or BY_TEXT.get(text)
    return BY_TEXT.get(text)


def ending(record: CallRecord, *, explained: bool = False) -> str:
    """Why it ended and who hung up: `a normal hang-up (NORMAL_CLEARING 4000), hung up by Caller`.

    Args:
        explained: also what the source stands for, and where it may mislead.
    """
    code = "" if record.hangup_cause_code is None else str(record.hangup_cause_code)
    sent = joined([plain(record.hangup_cause or record.status or "", 40), code], " ")
    source = plain(record.hangup_source or "", 40)
    who = f", hung up by {source}{_source_meaning(record) if explained else ''}" if source else ""
    return f"{meaning(record)}{f' ({sent})' if sent else ''}{who}"


def meaning(record: CallRecord) -> str:
    """What happened in plain words, or its name as sent where nobody published it."""
    known = cause_of(record)
    unknown = "an unpublished cause" if record.hangup_cause or record.hangup_cause_code else "cause not stated"
    return known.meaning if known else plain(record.hangup_cause_name or "", 60) or unknown


def is_normal(record: CallRecord) -> bool:
    """Whether one side simply hung up."""
    return cause_of(record) == BY_CODE[NORMAL]


def advice(record: CallRecord) -> str:
    """The likely reason and the next step, as a line; "" for a cause that nobody published."""
    known = cause_of(record)
    return f"likely: {known.reason} · next: {known.next_step}" if known else ""


def _source_meaning(record: CallRecord) -> str:
    source = (record.hangup_source or "").lower()
    if source in _CALLED and is_normal(record):
        return " (or, on a conference leg, by the platform: both read alike)"
    meant = BY_SOURCE.get(source)
    return f" ({meant})" if meant else ""
