"""One call as all its sources tell it, within a budget: what does not fit first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vobiz_mcp.digest.carrier import call_record as record_words
from vobiz_mcp.digest.carrier import hangup
from vobiz_mcp.digest.carrier import live_call as live_words
from vobiz_mcp.digest.carrier import stream as stream_words
from vobiz_mcp.digest.diagnosis.whole_call import WholeCall
from vobiz_mcp.digest.page.condense import condense
from vobiz_mcp.digest.tokens.cost import UNIT, allowance, cost, fitting_lines
from vobiz_mcp.digest.wording.phrases import joined, left_out, lines, parties
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.diagnosis import Diagnosis
from vobiz_mcp.records.stream import Stream

MOST_STREAMS: Final = 5
"""Streams told one by one; running ones first."""
LEAST_PAGE: Final = 200
"""Tokens below which the agent call is not worth a page of its own."""
HEAD_SHARE: Final = 0.7
"""How much of the budget everything but the agent call may take at most."""


def diagnosis(call_uuid: str, call: WholeCall, found: Diagnosis, max_tokens: int) -> str:
    """The whole picture in at most `max_tokens`: verdict, contradictions, each source, and the agent call condensed."""
    told = [_verdict(call_uuid, call, found), *(f"does not fit: {one.detail}" for one in found.contradictions)]
    told += [f"its agent call may be {plain(found.likelier_agent_call, 300)}"] if found.likelier_agent_call else []
    told += [
        line
        for part in (_carrier(call), *_streams(call), *_missing(found), _notes(call))
        for line in part.split("\n")
        if part
    ]
    room = allowance(max_tokens)
    head = fitting_lines(told, room if call.agent is None else int(room * HEAD_SHARE))
    if len(head) < len(told):
        head.append(f"… {len(told) - len(head)} lines left out; a larger max_tokens has them")
    page = _agent_page(call, found, (room - sum(cost(line + "\n") for line in head)) // UNIT)
    return lines(*head, page)


_WAITING: Final = "queued, not dialled yet"


def _verdict(call_uuid: str, call: WholeCall, found: Diagnosis) -> str:
    state = _WAITING if call.is_queued else "in progress" if call.leg else "ended" if call.record else "state not known"
    return joined([f"call {call_uuid}", state, _fit(call, found), _worst(call)])


def _fit(call: WholeCall, found: Diagnosis) -> str:
    """How much does not fit; that nothing was found proves little where a source is missing."""
    if count := len(found.contradictions):
        return f"{count} thing{'s do' if count > 1 else ' does'} not fit"
    if not (call.agent and (call.leg or call.record)) and not call.streams:
        return "nothing to compare it with"
    return "nothing contradicts in what is known" if found.missing else "nothing contradicts"


def _worst(call: WholeCall) -> str:
    """How many findings the agent call has, and the worst."""
    serious = [finding for finding in call.findings if finding.severity != "info"]
    if not serious:
        is_hidden = call.agent is not None and call.agent.opt_out_sensitive_data_storage
        return "what was said on the agent call is not judged (opted out)" if is_hidden else ""
    turn = f" t{serious[0].turn}" if serious[0].turn else ""
    worst = f"{serious[0].severity} {serious[0].code}{turn}"
    return f"on the agent call {worst}{f' and {len(serious) - 1} more' if len(serious) > 1 else ''}"


def _carrier(call: WholeCall) -> str:
    if call.leg is not None:
        who = parties(call.leg.direction, call.leg.from_number, call.leg.to_number)
        told = joined([plain(call.leg.state or "live", 40), who, live_words.since(call.leg, call.moment)])
        return f"carrier: {told}"
    if call.record is not None:
        why = "" if hangup.is_normal(call.record) else hangup.advice(call.record)
        return lines(f"carrier: {hangup.ending(call.record)}", why, record_words.in_short(call.record))
    return ""


def _streams(call: WholeCall) -> Iterator[str]:
    if call.streams is None:
        return
    ended = sum(stream.is_over for stream in call.streams)
    yield f"streams: {len(call.streams) - ended} running, {ended} ended" if call.streams else "streams: none"
    running_first = sorted(call.streams, key=lambda stream: stream.is_over)
    yield from (_stream(stream, call.moment) for stream in running_first[:MOST_STREAMS])
    if len(call.streams) > MOST_STREAMS:
        yield f"  … {len(call.streams) - MOST_STREAMS} more: list_streams"


def _stream(stream: Stream, moment: float) -> str:
    name = f"  {plain(stream.stream_id or 'without id', 64)} {stream_words.state(stream)}"
    return joined([name, stream_words.shape(stream), stream_words.times(stream, moment)])


def _missing(found: Diagnosis) -> Iterator[str]:
    yield from (f"{source}: not known, {why}" for source, why in found.missing.items())


def _notes(call: WholeCall) -> str:
    sources = [call.leg, call.record, *(call.streams or ())]
    return lines(*(left_out(source) for source in sources if source is not None))


def _agent_page(call: WholeCall, found: Diagnosis, room: int) -> str:
    if call.agent is None:
        return ""
    head = f"agent call, {found.agent_call_guess}:" if found.agent_call_guess else ""
    left = room - (cost(head + "\n") // UNIT + 1 if head else 0)
    if left < LEAST_PAGE:
        return f"agent call {plain(call.agent.call_id or '', 128)}: no room here, get_agent_call has it"
    return lines(head, condense(call.agent, left))
