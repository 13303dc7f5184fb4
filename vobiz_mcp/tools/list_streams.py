"""The tool `list_streams`."""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated, Any, Literal

from pydantic import Field

from vobiz_mcp.api.telephony import streams
from vobiz_mcp.api.wire import Step, ask, now
from vobiz_mcp.digest.carrier import stream as words
from vobiz_mcp.digest.wording.phrases import duration, joined, lines, reading_notes, times
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.stream import Stream, StreamList
from vobiz_mcp.tools.steps.call_over import is_over
from vobiz_mcp.tools.steps.parameters import AnyCase, CallUuid
from vobiz_mcp.tools.steps.question import Answer, Question, Steps

PAGE = 100
FULL_PAGE = 20
"""The API's own page: where it states no total and sends this many, it may have more."""
MOST_PAGES = 10
"""At most this many pages are fetched, so that counts are of all streams of any call that people make."""


class ListStreams(Question):
    title = "Audio streams of a call"
    description = (
        "All audio streams of a call, running and ended: counts first, then a line each: stream_id, state, direction, "
        "track, target, times. For codec and bill use get_stream."
    )

    call_uuid: CallUuid
    state: Annotated[Literal["any", "running", "ended"], AnyCase, Field(description="Which streams to list.")] = "any"
    limit: Annotated[int, Field(description="Lines at most.", ge=1, le=100)] = 20
    offset: Annotated[int, Field(description="Lines to skip.", ge=0, le=100_000)] = 0

    def steps(self) -> Steps:
        """Fetch all streams, so that counts and filter are of the call and not of a page."""
        moment = yield from now()
        found = yield from all_streams(self.call_uuid)
        call_over = yield from is_over(self.call_uuid, found.streams, moment)
        return Answer(digest(found, self, moment, call_over=call_over), found)


def all_streams(call_uuid: str) -> Generator[Step, Any, StreamList]:
    """Every stream of a call, page by page; an API that ignores paging and sends the same again ends it too."""
    found = yield from ask(streams(call_uuid, PAGE, 0))
    found = found.model_copy(update={"streams": [*found.streams], "warnings": [*found.warnings]})
    new, seen = found.streams, {stream.stream_id for stream in found.streams}
    for _ in range(MOST_PAGES - 1):
        if not new or (len(new) < FULL_PAGE if found.total is None else len(found.streams) >= found.total):
            break
        page = yield from ask(streams(call_uuid, PAGE, len(found.streams)))
        new = [stream for stream in page.streams if stream.stream_id not in seen]
        seen |= {stream.stream_id for stream in new}
        found.streams.extend(new)
        found.warnings.extend(page.warnings)
    return found


def digest(found: StreamList, question: ListStreams, moment: float, *, call_over: bool) -> str:
    """What a model reads: counts, one line a stream, and the next page."""
    wanted = [stream for stream in found.streams if question.state in ("any", _kind(stream))]
    page = wanted[question.offset : question.offset + question.limit]
    after = question.offset + len(page)
    return lines(
        _counts(found.streams, found.total),
        *(_line(stream, moment, call_over=call_over) for stream in page),
        f"no {question.state} stream to list" if found.streams and not wanted else "",
        f"{len(wanted) - after} more: offset={after}" if after < len(wanted) else "",
        f"offset={question.offset} is past the last of {len(wanted)}" if wanted and not page else "",
        reading_notes(found),
    )


def _kind(stream: Stream) -> str:
    return "ended" if stream.is_over else "running"


def _counts(found: list[Stream], total: int | None) -> str:
    if not found:
        return "no streams on this call"
    ended = sum(stream.is_over for stream in found)
    failed = sum((stream.status or "").lower() == "failed" for stream in found)
    unseen = f", {total - len(found)} more not sent by the API" if total and total > len(found) else ""
    how = f" ({failed} failed)" if failed else ""
    return f"{len(found) - ended} running, {ended} ended{how}{unseen}"


def _line(stream: Stream, moment: float, *, call_over: bool) -> str:
    checks = words.impossible(stream, moment, call_over=call_over)
    return joined(
        [
            joined([plain(stream.stream_id or "no id", 64), words.state(stream)], " "),
            words.shape(stream),
            plain(stream.service_url or "", 80),
            _when(stream, moment),
            "check it: get_stream" if checks else "",
        ]
    )


def _when(stream: Stream, moment: float) -> str:
    length = words.length_s(stream, moment)
    lasted = "" if length is None else f"({duration(length)})"
    return joined([times(("from" if stream.is_over else "since", stream.start_time)), lasted], " ")
