"""Whether a tool ends the call, or gives it to somebody else: for sure, by names that are known, or perhaps."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from vobiz_mcp.digest.timeline.end_reasons import named
from vobiz_mcp.digest.timeline.items import ToolCall

_PERSON: Final = (
    r"(human|agent|person|operator|representative|rep|department|specialist|sales|support|staff|team|colleague|manager)"
)
_SURELY: Final = re.compile(
    rf"(live_|warm_|cold_|bridge_|blind_|call_)*transfer(_call|_to_(a_|an_|the_|live_)*{_PERSON}.*)?$|agent_transfer$"
    rf"|(connect|escalate|forward)_(call_)?to_(a_|an_|the_|live_)*{_PERSON}|(call_)?hand_?(off|over)(_|$)|forward_call$"
)
_ENDS_CALL: Final = re.compile(
    r"(end|hang_?up|terminate|disconnect|finish|close)(_the)?(_call|_session|_conversation)?$"
)
_PERHAPS: Final = re.compile(r"transfer|escalat|hand_?(?:over|off)|human|live_?agent", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _is_named_so(names: re.Pattern[str], name: str) -> bool:
    return names.match(named(name)) is not None


def ends_call(tool: ToolCall) -> bool:
    """Whether a tool hangs up."""
    return _is_named_so(_ENDS_CALL, tool.name) or _is_named_so(_ENDS_CALL, tool.kind)


def hands_over(tool: ToolCall) -> bool:
    """For sure, by its name or by its type at the platform: a finding is made of it."""
    return _is_named_so(_SURELY, tool.name) or _is_named_so(_SURELY, tool.kind)


def may_hand_over(tool: ToolCall) -> bool:
    """Perhaps, by its name: so no page leaves it out; `transfer_funds` then stands there too, which does no harm."""
    return bool(_PERHAPS.search(tool.name))
