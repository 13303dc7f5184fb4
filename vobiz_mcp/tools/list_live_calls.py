"""The tool `list_live_calls`."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Annotated, Any

from pydantic import Field

from vobiz_mcp.api.telephony import live_call, live_calls, queued_calls
from vobiz_mcp.api.wire import Step, ask_together
from vobiz_mcp.digest.wording.list_times import Day, common_day
from vobiz_mcp.digest.wording.phrases import arrow, joined, lines, reading_notes
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.errors import NotFound, UnreadableAnswer, VobizError
from vobiz_mcp.ids import is_id
from vobiz_mcp.records.live_call import LiveCall, LiveCallList
from vobiz_mcp.records.moment import SentTime
from vobiz_mcp.tools.steps.question import Answer, Question, Steps

MOST_LINES = 100
LIVE, QUEUED = "live", "queued"
"""The names of the two lists."""
LONGEST_QUEUE = 20
"""The API lists no more queued calls than this, and has no page after them."""


class ListLiveCalls(Question):
    title = "Live calls"
    description = (
        "Phone calls in progress: how many are live and queued, then a line each with call_uuid, state, parties and "
        "since when."
    )

    limit: Annotated[int, Field(description="Lines at most.", ge=1, le=MOST_LINES)] = 20

    def steps(self) -> Steps:
        """Ask for both lists at once, then for the first calls at once."""
        found = yield from _lists()
        yield from _details(found, self.limit)
        return Answer(digest(found, self.limit), found)


def _lists() -> Generator[Step, Any, LiveCallList]:
    """Both lists as one. Raises the error when neither could be read."""
    live, queued = yield from ask_together(live_calls(), queued_calls())
    if isinstance(live, VobizError) and isinstance(queued, VobizError):
        raise live
    found = _copied(live) if isinstance(live, LiveCallList) else _unknown(LIVE, live)
    if isinstance(queued, LiveCallList):
        dialled = {call.call_uuid for call in found.calls}
        found.queued = [call for call in queued.queued if call.call_uuid not in dialled]
        found.warnings.extend(queued.warnings)
    else:
        found.failed[QUEUED] = str(queued)
    return found


def _copied(live: LiveCallList) -> LiveCallList:
    """The list for one answer to add to; each call once."""
    calls = list({call.call_uuid or id(call): call for call in live.calls}.values())
    return live.model_copy(update={"calls": calls, "warnings": [*live.warnings], "failed": {}, "ended": []})


def _unknown(which: str, error: VobizError) -> LiveCallList:
    return LiveCallList(failed={which: str(error)}, sandbox=error.sandbox)


def _details(found: LiveCallList, limit: int) -> Generator[Step, Any, None]:
    """Ask for the first calls of which only the id is known; those that are over by now leave the list."""
    bare = [uuid for call in found.calls[:limit] if is_id(uuid := call.call_uuid or "") and not call.is_told]
    outcomes = dict(zip(bare, (yield from ask_together(*map(live_call, bare))), strict=True))
    told = {uuid: call for uuid, call in outcomes.items() if isinstance(call, LiveCall) and call.end_time is None}
    found.failed |= {uuid: str(error) for uuid, error in outcomes.items() if _is_failure(error)}
    found.ended = [uuid for uuid in bare if uuid not in told and uuid not in found.failed]
    for uuid, call in told.items():
        found.warnings += [f"{uuid}.{path}" for path in call.warnings]
        if call.mismatch:
            found.failed[uuid] = str(UnreadableAnswer("the API answered about another call"))
            told[uuid] = call.model_copy(update={"call_uuid": uuid})
    found.calls = [told.get(call.call_uuid or "", call) for call in found.calls if call.call_uuid not in found.ended]


def _is_failure(outcome: object) -> bool:
    return isinstance(outcome, VobizError) and not isinstance(outcome, NotFound)


def digest(found: LiveCallList, limit: int) -> str:
    """What a model reads: counts, one line a call, and what brings more."""
    room = limit - len(found.ended)
    shown = found.calls[:room]
    waiting = found.queued[: room - len(shown)]
    day = common_day(map(_since, shown))
    return lines(
        joined([_counts(found), day.name and f"each with when it began, {day.name}"]),
        *(_line(call, found.failed, day) for call in shown),
        *(f"{plain(call.call_uuid or 'no id', 64)} queued" for call in waiting),
        _rest(len(found.calls) - len(shown), len(found.queued) - len(waiting), limit),
        *dict.fromkeys(found.failed.values()),
        reading_notes(found),
    )


def _counts(found: LiveCallList) -> str:
    if not (found.calls or found.queued or found.failed or found.ended):
        return "no call is live or queued"
    full = "or more " if len(found.queued) >= LONGEST_QUEUE else ""
    ended = f" ({len(found.ended)} more ended while asked)" if found.ended else ""
    live = "live calls: not known" if LIVE in found.failed else f"{len(found.calls)} live{ended}"
    queued = "queued calls: not known" if QUEUED in found.failed else f"{len(found.queued)} {full}queued"
    return f"{live}, {queued}"


def _line(call: LiveCall, failed: Mapping[str, str], day: Day) -> str:
    uuid = call.call_uuid or "no id"
    if uuid in failed:
        return f"{plain(uuid, 64)} live, details not read: {failed[uuid].partition(':')[0]}"
    direction, state = plain(call.direction or "", 20), plain(call.state or "live", 30)
    parties = arrow(call.from_number, call.to_number)
    return joined([plain(uuid, 64), state, direction, parties, day.clock(_since(call))], " ")


def _since(call: LiveCall) -> SentTime | None:
    return call.session_start or call.initiation_time or call.answer_time


def _rest(live: int, queued: int, limit: int) -> str:
    more = joined([f"{live} more live" if live else "", f"{queued} more queued" if queued else ""], ", ")
    if not more:
        return ""
    wanted = limit + live + queued
    return f"{more}: limit={min(wanted, MOST_LINES)}" if limit < MOST_LINES else f"{more}: {MOST_LINES} lines at most"
