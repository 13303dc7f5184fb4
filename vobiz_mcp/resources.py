"""Records under URIs, for programs: what a tool shows a model in short, here whole.

A URI is made from the ids that a program has: no call is listed, of which there are thousands. The glossary is.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Final

from vobiz_mcp.api.agent_calls import agent_call
from vobiz_mcp.api.wire import Step, ask, now
from vobiz_mcp.digest.verbatim.transcript import transcript
from vobiz_mcp.digest.wording.phrases import lines, reading_notes
from vobiz_mcp.errors import NotFound
from vobiz_mcp.glossary import glossary_page
from vobiz_mcp.ids import ID
from vobiz_mcp.records.record import Record
from vobiz_mcp.tools.get_call_record import GetCallRecord
from vobiz_mcp.tools.get_live_call import GetLiveCall
from vobiz_mcp.tools.get_stream import GetStream
from vobiz_mcp.tools.steps.parameters import CallId
from vobiz_mcp.tools.steps.question import CALL_VIEW, Answer, Question, Steps
from vobiz_mcp.view.html import page
from vobiz_mcp.view.timeline import call_timeline

JSON: Final = "application/json"
TEXT: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
VIEW: Final = "text/html;profile=mcp-app"
"""A page that a host of MCP Apps shows in its chat."""


class WholeAgentCall(Question):
    """An agent call, with its transcript however long it is."""

    call_id: CallId

    def steps(self) -> Steps:
        """Ask for the call and write out its story."""
        call = yield from ask(agent_call(self.call_id))
        return Answer(lines(transcript(call), reading_notes(call)), call.storable(), most_tokens=None)


class AgentCallTimeline(Question):
    """Who spoke when on an agent call, what tools did, and what went wrong."""

    call_id: CallId

    def steps(self) -> Steps:
        """Ask for the call and make the small of it that a picture needs."""
        moment = yield from now()
        call = yield from ask(agent_call(self.call_id))
        return Answer("", call_timeline(call, moment), most_tokens=None)


class CallPage(Question):
    """The page that draws a call's timeline in a chat."""

    def steps(self) -> Steps:
        """Ask nobody: the page asks for the call that it is about."""
        yield from ()
        return Answer(page("host"), Record(), most_tokens=None)


class Glossary(Question):
    """The words of all answers."""

    def steps(self) -> Steps:
        """Ask nobody."""
        yield from ()
        return Answer(glossary_page(), Record(), most_tokens=None)


@dataclass(frozen=True)
class Resource:
    """Something to read under a URI.

    Attributes:
        template: the URI, with the question's arguments in braces.
        question: what is asked to answer; its record is handed out as JSON, or its digest as text.
        name: what a program calls it.
        title: what a person sees in a list.
        description: what is in it, for a model that picks one.
        is_listed: whether clients are told of it; what only views read would cost every model its words.
    """

    template: str
    question: type[Question]
    name: str
    title: str
    description: str
    mime_type: str = JSON
    is_listed: bool = True

    @property
    def is_template(self) -> bool:
        """Whether a program fills in ids."""
        return "{" in self.template

    def ids(self, uri: str) -> dict[str, str] | None:
        """The ids in a URI of this template; None for any other."""
        found = re.fullmatch(re.sub(r"{(\w+)}", rf"(?P<\1>{ID})", self.template), uri)
        return found.groupdict() if found else None


@dataclass(frozen=True)
class Document:
    """One resource of one call, to be asked for as any question is."""

    resource: Resource
    question: Question

    def steps(self) -> Generator[Step, Any, str]:
        """The question's requests and, at the end, the resource's content."""
        answer = yield from self.question.steps()
        return answer.text if self.resource.mime_type != JSON else answer.record.model_dump_json()


RESOURCES: Final = (
    Resource(
        "vobiz://live-calls/{call_uuid}",
        GetLiveCall,
        "live_call",
        "Live call, whole record",
        "What the carrier knows of a call in progress or queued. Of any other, state not_live and its call_record.",
    ),
    Resource(
        "vobiz://streams/{call_uuid}/{stream_id}",
        GetStream,
        "stream",
        "Audio stream, whole record",
        "One audio stream of a call, running or ended, as the API sends it; URLs without their secrets.",
    ),
    Resource(
        "vobiz://call-records/{call_uuid}",
        GetCallRecord,
        "call_record",
        "Call record (CDR), whole",
        "What the carrier wrote down once the call was over: times, durations, cost, hangup cause, quality.",
    ),
    Resource(
        "vobiz://agent-calls/{call_id}",
        WholeAgentCall,
        "agent_call",
        "Agent call, whole record",
        "Everything the platform keeps of an AI agent's call; nothing that was said where storing it was opted out of.",
    ),
    Resource(
        "vobiz://agent-calls/{call_id}/transcript",
        WholeAgentCall,
        "transcript",
        "Agent call, whole transcript",
        "Every turn and tool call word for word, numbered and timed as answers cite them: t14 1:36.",
        TEXT,
    ),
    Resource(
        "vobiz://agent-calls/{call_id}/timeline",
        AgentCallTimeline,
        "timeline",
        "Agent call, timeline",
        "Small, for a picture: who spoke when, tools with their outcome, findings, waits, deeds beside claims.",
        is_listed=False,
    ),
    Resource(
        CALL_VIEW,
        CallPage,
        "call_view",
        "A call to look at",
        "The page that draws the timeline of a call.",
        VIEW,
        is_listed=False,
    ),
    Resource(
        "vobiz://glossary",
        Glossary,
        "glossary",
        "Glossary of answers",
        "Every code and word that an answer may use (dead_air, e2e, MOS, billsec, …): what it means and what to do.",
        MARKDOWN,
    ),
)


def document(uri: str) -> Document:
    """What is under a URI. Raises `NotFound` for one that fits no template."""
    for resource in RESOURCES:
        ids = resource.ids(uri)
        if ids is not None:
            return Document(resource, resource.question.of(ids))
    templates = ", ".join(resource.template for resource in RESOURCES if resource.is_listed)
    raise NotFound("there is no resource of this URI", f"Fill in one of {templates}; an id is 1 to 128 of A-Za-z0-9_-.")
