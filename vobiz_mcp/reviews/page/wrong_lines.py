"""What went wrong on many calls, what is new of it, and what was claimed that no tool bears out, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from vobiz_mcp.reviews.changes.comparison import differences, is_enough
from vobiz_mcp.reviews.changes.spikes import Spike, has_week_before, spikes
from vobiz_mcp.reviews.page.wording import bare_share, in_words, opens, share
from vobiz_mcp.reviews.row import CODES
from vobiz_mcp.reviews.summary import Example, Summary

CLAIMS = ("claim_without_deed", "contradicts_tool", "unsourced_figure")
"""What the agent said that no tool did, returned or knows of."""


def wrong_lines(now: Summary, before: Summary) -> Iterator[str]:
    """A line for each kind of thing that hurt callers, the most critical and then the most frequent first."""
    changed = _changed(now, before)
    for code, _ in worst_codes(now):
        yield _line(code, now, before, changed.get(code, ""))


def worst_codes(now: Summary) -> list[tuple[str, int]]:
    """Each code that hurt callers and on how many calls, the most critical and then the most frequent first."""
    ranked = sorted(CODES, key=lambda code: (-now.found[code, "critical"], -now.wrong(code)))
    return [(code, now.wrong(code)) for code in ranked if now.wrong(code)]


def _line(code: str, now: Summary, before: Summary, changed: str) -> str:
    critical = now.found[code, "critical"]
    graded = f", {critical:,} critical" if critical else ""
    known = f"; before {bare_share(before.wrong(code), before.calls)}{changed}" if before.calls else ""
    return f"{in_words(code)}: {share(now.wrong(code), now.calls)}{graded}{known}; {_opens(now.examples[code])}"


def _changed(now: Summary, before: Summary) -> dict[str, str]:
    """By code, whether it is surely more frequent than before, or less."""
    if not is_enough(now, before):
        return {}
    sure = [each for each in differences(now, before) if each.is_sure]
    return {each.code: ", MORE" if each.interval.low > 0 else ", fewer" for each in sure}


def _opens(example: Example) -> str:
    return opens(example.call_id, example.turn)


def spike_lines(summary: Summary, until: float) -> Iterator[str]:
    """What is new or spiking, by the rule that stands above them."""
    found = list(spikes(summary, until))
    yield from (_spike(each, summary) for each in sorted(found, key=lambda each: -each.calls))
    if not found:
        yield "nothing" if has_week_before(summary, until) else "not judged: no call of the 7 days before is known"


def _spike(spike: Spike, summary: Summary) -> str:
    word = "new" if spike.is_new else "spiking"
    before = bare_share(spike.calls_before, spike.of_before)
    last = bare_share(spike.calls, spike.of)
    return f"{in_words(spike.code)} {word}: {last}, before {before}; {_opens(summary.latest[spike.code])}"


def claim_lines(now: Summary) -> Iterator[str]:
    """A line for each kind of claim, those that only explain among them."""
    for code in CLAIMS:
        calls = now.wrong(code) + now.found[code, "info"]
        if calls:
            yield f"{in_words(code)}: {share(calls, now.calls)}; {_opens(now.examples[code])}"
