"""The shapes of a scenario: a carrier leg, its streams and the agent call that is heard on it."""

from dataclasses import dataclass
from typing import Literal

from vobiz_mcp.sandbox.script import length

_LAST_BREATH = 0.9  # seconds from the last word to the hangup


@dataclass(frozen=True)
class Hangup:
    """How the carrier says that a call ended."""

    source: str
    cause: str = "NORMAL_CLEARING"
    code: int = 4000
    name: str = "Normal Hangup"
    disposition: str = "recv_bye"


@dataclass(frozen=True)
class Leg:
    """The carrier's side of a call. `placed` and `rings` are seconds, `placed` from the sandbox's start."""

    uuid: str
    direction: Literal["inbound", "outbound"]
    caller: str
    callee: str
    placed: float
    rings: float
    hangup: Hangup
    caller_name: str = ""
    answered: bool = True
    lasts: float = 0.0  # seconds of talk; 0 takes them from the script
    mos: float = 4.3
    region: str = "us-east-1"
    older_shape: bool = False


@dataclass(frozen=True)
class Stream:
    """An audio stream. `opens` and `closes` are seconds after the answer; 0 closes with the call."""

    id: str
    service_url: str
    bidirectional: bool = True
    track: Literal["inbound", "outbound", "both"] = "inbound"
    content_type: str = "audio/x-mulaw;rate=8000"
    opens: float = 0.3
    closes: float = 0.0
    status: Literal["completed", "failed"] = "completed"
    older_shape: bool = False


@dataclass(frozen=True)
class AgentSide:
    """The AI agent's side of a call and what its platform says of it afterwards."""

    call_id: str
    agent_id: str
    script: str
    ending: str
    summary: str
    successful: bool = True
    sentiment: str = "Neutral"
    status: str = "ENDED"
    private: bool = False
    lower_case: bool = False
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A call that people really meet, told by both APIs."""

    name: str
    story: str
    leg: Leg
    streams: tuple[Stream, ...]
    agent: AgentSide

    @property
    def call_uuid(self) -> str:
        """The carrier's id of the call."""
        return self.leg.uuid

    @property
    def stream_ids(self) -> tuple[str, ...]:
        """The ids of its audio streams, in the order in which they open."""
        return tuple(stream.id for stream in self.streams)

    @property
    def call_id(self) -> str:
        """The agent platform's id of the call."""
        return self.agent.call_id

    def talk_seconds(self) -> float:
        """How long the call lasts after it is answered."""
        if not self.leg.answered:
            return 0.0
        return self.leg.lasts or length(self.agent.script) + _LAST_BREATH


@dataclass(frozen=True)
class Scene:
    """A scenario as it stands at one moment: `now`; times in epoch seconds."""

    scenario: Scenario
    started: float
    now: float

    @property
    def leg(self) -> Leg:
        """The carrier's side."""
        return self.scenario.leg

    @property
    def agent(self) -> AgentSide:
        """The agent platform's side."""
        return self.scenario.agent

    @property
    def placed(self) -> float:
        """When the call was placed."""
        return self.started + self.leg.placed

    @property
    def picked_up(self) -> float:
        """When the ringing stopped, whether or not anybody answered."""
        return self.placed + self.leg.rings

    @property
    def ended(self) -> float:
        """When the call ended, or will."""
        return self.picked_up + self.scenario.talk_seconds()

    @property
    def is_placed(self) -> bool:
        """Whether the call exists yet."""
        return self.now >= self.placed

    @property
    def is_answered(self) -> bool:
        """Whether somebody has picked up, now or long ago."""
        return self.leg.answered and self.now >= self.picked_up

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.now >= self.ended
