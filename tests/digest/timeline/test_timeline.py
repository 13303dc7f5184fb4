from __future__ import annotations

import json

from any_tree import plainly
from asking import sample

from vobiz_mcp.digest.timeline.from_record import timeline


def test_retell_and_zudu_tell_the_same_timeline() -> None:
    zudu, retell = (plainly(json.dumps(sample(f"agent_{name}")).encode()) for name in ("zudu", "retell"))
    told, other = timeline(zudu), timeline(retell)
    assert [(item.start, getattr(item, "spans", None), getattr(item, "text", None)) for item in told.items] == [
        (item.start, getattr(item, "spans", None), getattr(item, "text", None)) for item in other.items
    ]
    assert told.tool_calls == other.tool_calls
    assert (told.duration, told.answered, other.duration, other.answered) == (21.5, 6, 21.5, None)
    assert [utterance.speaker for utterance in told.utterances] == ["agent", "caller", "agent", "caller"]
