"""The tool `get_stream`."""

from __future__ import annotations

from vobiz_mcp.api.telephony import stream
from vobiz_mcp.api.wire import ask, now
from vobiz_mcp.digest.carrier import stream as words
from vobiz_mcp.digest.wording.phrases import joined, lines, reading_notes
from vobiz_mcp.digest.wording.safe_text import plain
from vobiz_mcp.records.stream import Stream
from vobiz_mcp.tools.steps.call_over import is_over
from vobiz_mcp.tools.steps.parameters import CallUuid, StreamId
from vobiz_mcp.tools.steps.question import Answer, Question, Steps


class GetStream(Question):
    title = "Audio stream"
    description = (
        "One audio stream of a call: running or ended, where its audio goes (URL without secrets), direction, track, "
        "codec, since when, how long, billed seconds and amount, and what cannot be right about it. Without a "
        "stream_id use list_streams. Cannot know whether anybody hears the audio."
    )

    call_uuid: CallUuid
    stream_id: StreamId

    def steps(self) -> Steps:
        """Ask for the stream, and for its call where the stream runs for long."""
        moment = yield from now()
        found = yield from ask(stream(self.call_uuid, self.stream_id))
        call_over = yield from is_over(self.call_uuid, [found], moment)
        return Answer(digest(found, moment, call_over=call_over), found)


def digest(stream: Stream, moment: float, *, call_over: bool) -> str:
    """What a model reads about one stream."""
    target = f"audio goes to {plain(stream.service_url, 120)}" if stream.service_url else "target not stated"
    return lines(
        joined([words.state_with_source(stream), words.shape(stream, explained=True), target]),
        joined([words.codec(stream), words.times(stream, moment)]),
        words.bill(stream),
        *words.impossible(stream, moment, call_over=call_over),
        reading_notes(stream),
    )
