"""What does not fit when carrier, streams and agent call are laid side by side (diagnose_call)."""

from vobiz_mcp.glossary.entry import Entry

CONTRADICTIONS = (
    Entry(
        "answers_about_another",
        "An API was asked for this call and answered with another one: what that source tells is not of this call.",
        "Ask again; if it stays, report both ids to the vendor of that API.",
    ),
    Entry(
        "parties_differ",
        "The carrier's call and the agent call have different numbers: they may be two calls.",
        "Check the call_id; without one the agent call was found by numbers and time, as a guess.",
    ),
    Entry(
        "agent_already_over",
        "The carrier has the call in progress, the agent's platform has ended it: nobody answers the caller.",
        "Hang up or transfer the leg, and report the call_id to the agent platform's support.",
    ),
    Entry(
        "agent_still_ongoing",
        "The carrier ended the call, the agent's platform still has it as ongoing.",
        "Ask again in a minute; if it stays, its figures (duration, cost) will be wrong.",
    ),
    Entry(
        "live_and_recorded",
        "The carrier lists the call as live and has a record of its end.",
        "Ask again in a minute; if it stays, report the call_uuid to the carrier's support.",
    ),
    Entry(
        "no_stream",
        "The agent call goes on and no audio stream runs: neither side can hear the other. No fault where the agent is "
        "connected by SIP.",
        "Check whether the stream was started, and list_streams for why it ended.",
    ),
    Entry(
        "one_way_audio",
        "Audio flows in one direction only, or only one side is in the transcript.",
        "Start the stream with bidirectional=true and track inbound; otherwise nothing is played to the person.",
    ),
    Entry(
        "stream_outlives_call", "A stream ran on after its call.", "It may be billed: stop it, and ask for a credit."
    ),
    Entry(
        "never_answered",
        "One source says that nobody answered, the other that somebody talked or was billed.",
        "The record's answer time and the transcript decide; a mailbox counts as an answer.",
    ),
    Entry(
        "nothing_heard",
        "The carrier billed talk, and the agent call has no transcript at all.",
        "The audio never reached the agent: look at the streams of the call.",
    ),
    Entry(
        "billed_against_talked",
        "Seconds billed by the carrier and seconds that the agent call lasted differ by more than a tenth.",
        "Look for a stream or a leg that ran on, or for an agent that hung up late.",
    ),
    Entry(
        "record_disagrees",
        "The call record contradicts itself, such as a normal hang-up code with NO_ANSWER.",
        "Trust times and billsec before the words of the cause.",
    ),
    Entry(
        "ended_differently",
        "Carrier and agent's platform name different sides as the one that hung up, or one saw an error.",
        "On conference legs the carrier's hangup_source is unreliable; the agent's platform knows why its agent left.",
    ),
    Entry(
        "times_differ",
        "The two sources begin or end the call at different times.",
        "More than a minute at the start: perhaps the agent call is another call's.",
    ),
)
