"""Calls of the sandbox's fleet as files, as an API sent them."""

from __future__ import annotations

import json
from pathlib import Path

from vobiz_mcp.sandbox.agent_calls import agent_call
from vobiz_mcp.sandbox.fleet import fleet
from vobiz_mcp.sandbox.scenario import Scene

NOW = 1_795_262_400.0


def fleet_bodies(count: int) -> dict[str, bytes]:
    """The newest calls by their ids."""
    return {told.call_id: json.dumps(agent_call(Scene(told, NOW, NOW))).encode() for told in fleet()[-count:]}


def saved_fleet(folder: Path, count: int) -> list[str]:
    """The newest calls in a file each."""
    for call_id, body in fleet_bodies(count).items():
        (folder / f"{call_id}.json").write_bytes(body)
    return [str(folder / f"{call_id}.json") for call_id in fleet_bodies(count)]
