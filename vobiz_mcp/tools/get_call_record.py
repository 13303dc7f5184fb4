"""The tool `get_call_record`."""

from __future__ import annotations

from vobiz_mcp.api.telephony import call_record
from vobiz_mcp.api.wire import ask
from vobiz_mcp.digest.carrier import call_record as words
from vobiz_mcp.digest.carrier import hangup
from vobiz_mcp.digest.carrier.call_checks import contradictions
from vobiz_mcp.digest.wording.phrases import joined, lines, parties, reading_notes
from vobiz_mcp.digest.wording.safe_text import quoted
from vobiz_mcp.records.call_record import CallRecord
from vobiz_mcp.tools.steps.parameters import CallUuid
from vobiz_mcp.tools.steps.question import Answer, Question, Steps


class GetCallRecord(Question):
    title = "Call record"
    description = "A finished call (CDR): why it ended, next step, talk, cost, quality."

    call_uuid: CallUuid

    def steps(self) -> Steps:
        """Ask for the record."""
        record = yield from ask(call_record(self.call_uuid))
        return Answer(digest(record), record)


def digest(record: CallRecord) -> str:
    """What a model reads about one finished call."""
    name = f"caller name {quoted(record.caller_name, 60)}" if record.caller_name else ""
    return lines(
        f"ended: {hangup.ending(record, explained=True)}",
        hangup.advice(record),
        words.failure(record),
        joined([parties(record.direction, record.caller, record.destination), name]),
        words.when(record),
        words.durations(record),
        joined([words.cost(record), words.quality(record)]),
        words.carrier(record),
        *(f"check: {what}" for what in contradictions(record)),
        reading_notes(record),
    )
