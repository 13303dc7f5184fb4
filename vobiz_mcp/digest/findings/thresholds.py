"""Every limit that a finding is judged by, in one place, with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """When something on a call is worth a finding: `_s` are seconds, `_ms` milliseconds, the rest plain numbers."""

    dead_air_s: float = 3.0
    """Silence of this length: callers begin to ask whether the line is dead."""
    dead_air_warn_s: float = 7.0
    """Silence of this length: callers have asked more than once whether anybody is there. Shorter ones explain."""
    dead_air_critical_s: float = 8.0
    """Silence of this length: callers hang up."""
    slow_reply_s: float = 2.0
    """One reply later than this is felt as a gap; natural turn-taking stays below one second."""
    slow_reply_p50_s: float = 1.1
    """A median reply later than this: monitoring tools turn red between 1.0 and 1.1 seconds."""
    slow_reply_warn_p50_s: float = 2.5
    """A median reply later than this hurts in every turn; below it an agent is slow, and nothing is wrong yet."""
    slow_reply_count: int = 3
    """A median of fewer replies is just one of them, which a single tool call makes slow."""
    slow_first_word_s: float = 4.0
    """Agent silent for longer after the answer: people who pick up say hello twice and then hang up."""
    slow_first_word_warn_s: float = 8.0
    """Agent silent for so long: people have hung up."""
    opening_s: float = 2.0
    """A caller who speaks this long at the start has opened the call; hello and is anybody there are shorter."""

    slow_tool_s: float = 3.0
    """A tool that runs longer makes dead air unless the agent talks over it."""
    slow_tool_warn_s: float = 8.0
    """A tool that runs as long as callers hold out in silence."""
    tool_repeats: int = 3
    """One retry is prudent; the same question asked a third time is a loop."""

    talk_over_s: float = 0.7
    """Shorter overlaps are `mhm`, `yes` and the usual blur where turns meet."""
    talk_over_warn_count: int = 3
    """Both at once now and then is how people talk; so often, one of them does not get a word in."""
    sentence_repeats: int = 3
    """Asked once and asked again is patience; a third time the agent is stuck."""
    sentence_repeats_within: int = 10
    """… in so many turns of the agent: a phrase that comes back with every topic of a long call is no loop."""
    sentence_words: int = 4
    """Shorter sentences (`Is that right?`) may come back in any healthy call."""

    cannot_hear_times: int = 3
    """One hello into the line is a habit and two are a bad moment; whoever asks a third time hears nothing."""

    end_margin_s: float = 0.5
    """Speech that runs up to this close to the end of the call was cut, not finished."""

    tail_p95_ms: float = 2000
    """One reply in twenty slower than a felt gap."""
    tail_ratio: float = 3.0
    """p95 of so many medians: most replies are fine and some are not."""
    tail_count: int = 10
    """Of fewer replies p95 is just the slowest one."""
    dominant_share: float = 0.5
    """A stage that takes half the time is the one to mend first."""
    dominant_count: int = 5
    """Medians of fewer replies move with every one."""
    good_p50_ms: float = 1100
    """A reported median up to this reads as a healthy call."""
    misleading_by_s: float = 0.3
    """A measured median this much above the reported one is more than the phone leg and rounding."""
    unreported_s: float = 1.0
    """A wait this much longer than the slowest reported reply is one that the report leaves out."""

    duration_slack_s: float = 1.0
    """Durations are often sent in whole seconds."""
    clock_day_s: float = 86_400
    """Speech further than a day from the call's start comes from another clock."""
    words_per_s: float = 15
    """Nobody speaks this fast: the word times cover only a part of what was said."""
    missing_share: float = 0.2
    """So much more text in `transcript` than in its turns is no matter of spelling."""
    untold_tail_s: float = 30
    """A call that goes on so long after its last word may hold speech that was not written down."""
