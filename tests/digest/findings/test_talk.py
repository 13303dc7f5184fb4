from __future__ import annotations

from planted_calls import (
    Body,
    Used,
    agent,
    caller,
    retell,
)
from planted_faults import ASK, HELLO, TALK_OVER, chat, first, found, planted

SORRY = "I am sorry, I did not understand that."


PLANTED: dict[str, tuple[Body, str]] = {
    "both speaking for 0.7 seconds is talk-over": (
        chat(agent(f"{TALK_OVER}."), caller("I know where it is.", after=-0.7)),
        "info talk_over",
    ),
    "both speaking for less is not": (chat(agent(f"{TALK_OVER}."), caller("I know where it is.", after=-0.69)), ""),
    "a short mhm inside the other's speech is not": (chat(agent(f"{TALK_OVER}."), caller("Mhm okay.", after=-1.5)), ""),
    "talk-over is one overlap though the speech is split by a tool": (
        chat(
            agent("It will be on the"),
            Used("map", timed=False),
            agent("left side of the road.", after=0.05),
            caller("I know where that place is.", after=-1.6),
        ),
        "info talk_over",
    ),
    "the agent saying one sentence three times repeats itself": (
        chat(
            agent(SORRY),
            caller("For two."),
            agent(SORRY.upper()),
            caller("Two!"),
            agent(f"{SORRY[:-1]}!"),
            caller("Oh."),
        ),
        "warn agent_repeats",
    ),
    "twice is no repetition": (chat(agent(SORRY), caller("For two."), agent(SORRY), caller("Two!")), ""),
    "a sentence of four words said three times is a repetition": (
        chat(*[line for _ in range(3) for line in (agent("Could you repeat that?"), caller("For two."))]),
        "warn agent_repeats",
    ),
    "figures are no words of a sentence": (
        chat(*[line for _ in range(3) for line in (agent("Room 4 0 7."), caller("For two."))]),
        "",
    ),
    "three short ones are no repetition": (
        chat(*[line for _ in range(3) for line in (agent("Okay, got it."), caller("And a chair."))]),
        "",
    ),
    "a sentence that comes back with every topic is no repetition": (
        chat(
            *[
                line
                for topic in range(30)
                for line in (
                    agent("Is there anything else today?" if topic % 6 == 0 else f"Done with wish {topic}."),
                    caller(f"Wish {topic}."),
                )
            ]
        ),
        "",
    ),
    "a call on which only the agent speaks lacks the caller": (
        retell(HELLO, agent("Hello, anybody there?")),
        "warn no_caller_speech",
    ),
    "noise is no speech": (retell(HELLO, caller("[noise]"), agent("Goodbye.")), "warn no_caller_speech"),
    "one word of the caller is speech": (retell(HELLO, caller("Yes."), agent("Goodbye.")), ""),
    "a call on which only the caller speaks lacks the agent": (
        retell(caller("Hello, my name is Kim.", after=1.0), caller("Nobody there.")),
        "critical no_agent_speech",
    ),
    "a caller who hears nothing though the agent answers has audio one way only": (
        retell(
            HELLO,
            caller("Hello?"),
            agent("Hello, how can I help?"),
            caller("Hello? Are you there?"),
            agent("I am here."),
            caller("I can't hear anything."),
            agent("Can you hear me now?"),
            caller("Hello?"),
        ),
        "critical cannot_hear, warn cut_off",
    ),
    "so does one who says it in Hinglish and in Hindi": (
        retell(
            HELLO,
            caller("Hello, awaaz nahi aa rahi hai."),
            agent("Ji, boliye."),
            caller("सुनाई नहीं दे रहा है।"),
            agent("Main sun rahi hoon."),
            caller("Hello, koi hai."),
            agent("Ji."),
        ),
        "critical cannot_hear",
    ),
    "one hello into the line is a habit": (
        retell(HELLO, caller("Hello?"), agent("Yes, hello."), ASK, agent("Done."), caller("Thank you, bye.")),
        "",
    ),
    "a line that fails once and comes back is no such call": (
        retell(
            HELLO,
            ASK,
            agent("For when?"),
            caller("Hello? Are you there?"),
            agent("I am."),
            caller("I can't hear you."),
            agent("And now?"),
            caller("Now I do. Tonight."),
            agent("Done."),
            caller("Thank you, bye."),
        ),
        "",
    ),
    "a bad line in the midst of a good talk is none": (
        retell(
            HELLO,
            caller("I can't hear you."),
            agent("Now?"),
            caller("Yes."),
            agent("For when?"),
            caller("Hello?"),
            agent("For when?"),
            caller("Tonight."),
            agent("How many?"),
            caller("Hello?"),
            agent("How many?"),
            caller("Two."),
            agent("A name?"),
            caller("Kim."),
            agent("Done."),
            caller("Thank you, bye."),
        ),
        "",
    ),
    "hellos into the music on hold are none": (
        retell(
            HELLO,
            ASK,
            agent("Please hold."),
            caller("Hello?"),
            caller("Are you there?"),
            caller("Hello?"),
            caller("Anybody there?"),
            agent("Thank you for waiting."),
            caller("Thank you, bye."),
        ),
        "",
    ),
    "hard to hear is not unheard": (
        retell(
            HELLO,
            caller("I can't hear you well."),
            agent("Better?"),
            caller("I can't hear you clearly."),
            agent("Now?"),
            caller("I can't hear you too well."),
            agent("Sorry."),
            caller("Never mind, bye."),
        ),
        "",
    ),
    "nobody speaks to a voicemail": (retell(HELLO, disconnection_reason="voicemail_reached"), "info voicemail"),
}


@planted(PLANTED)
def test_a_planted_fault_of_talk_is_found_and_its_near_miss_is_not(body: Body, codes: list[str]) -> None:
    assert found(body) == codes


def test_talk_over_says_who_broke_in_and_how_often() -> None:
    over = first(
        chat(
            agent(TALK_OVER), caller("I know where it is.", after=-1.0),
            agent("Good.", after=0.3), caller(TALK_OVER), agent("Then I will book it.", after=-1.2),
        ),
        "talk_over",
    )  # fmt: skip
    assert over.detail.startswith("both spoke for 1.2 s when the agent broke in on the caller; 2 times")
    assert "1 by the caller, 1 by the agent" in over.detail
