"""The agent platform's latency figures, computed from when each side really spoke."""

import math
from collections.abc import Sequence
from itertools import pairwise

from vobiz_mcp.sandbox.reply import JsonObject
from vobiz_mcp.sandbox.script import Utterance

_LLM_SHARE = (0.38, 0.44, 0.41, 0.47, 0.36)
_TTS_SHARE = (0.16, 0.19, 0.14, 0.21)


def latency(talk: Sequence[Utterance]) -> JsonObject:
    """Return the statistics of each stage in milliseconds; empty before the first reply."""
    gaps = [float(gap) for gap in _reply_gaps(talk)]
    if not gaps:
        return {}
    return {
        "e2e": _statistics(gaps),
        "llm": _statistics(_shares(gaps, _LLM_SHARE)),
        "tts": _statistics(_shares(gaps, _TTS_SHARE)),
    }


def _reply_gaps(talk: Sequence[Utterance]) -> list[int]:
    turns = [pair for pair in pairwise(talk) if (pair[0].speaker, pair[1].speaker) == ("caller", "agent")]
    return [reply.start - asked.end for asked, reply in turns if reply.start > asked.end]


def _shares(gaps: Sequence[float], shares: Sequence[float]) -> list[float]:
    return [round(gap * shares[turn % len(shares)], 1) for turn, gap in enumerate(gaps)]


def _statistics(values: Sequence[float]) -> JsonObject:
    ordered = sorted(values)
    percentiles: JsonObject = {f"p{share}": _percentile(ordered, share) for share in (50, 90, 95, 99)}
    return {"max": ordered[-1], "min": ordered[0], "num": len(values), **percentiles, "values": list(values)}


def _percentile(ordered: Sequence[float], share: int) -> float:
    place = (len(ordered) - 1) * share / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (ordered[above] - ordered[below]) * (place - below), 2)
