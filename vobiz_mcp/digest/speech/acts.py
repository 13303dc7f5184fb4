"""What a sentence does in a call: it asks, refuses, denies, promises, reports, complains, corrects, agrees or puts off.

By its words, English first; a hint for choosing what to show, never a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from vobiz_mcp.digest.speech.topic_words import COMMON

Act: TypeAlias = Literal[
    "request", "refusal", "negation", "promise", "report", "complaint", "correction", "assent", "deferral"
]

_ANYWHERE: Final[dict[Act, str]] = {
    "request": """please need want i'd_like would_like i_wish looking_for looking_to trying_to calling_about hoping_to
        can_you can_i can_we could_you could_i could_we would_you do_you is_there are_there help_me what_about how_much
        how_many how_long chahiye dijiye kijiye चाहिए दीजिए कीजिए""",
    "refusal": """cannot can't unable unfortunately unavailable ineligible impossible declined rejected refused denied
        could_not couldn't not_available not_possible not_allowed not_able not_enough not_eligible no_longer
        no_available no_other""",
    "negation": """unsuccessful failed error issue problem not_be not_have not_go did_not didn't does_not doesn't do_not
        don't is_not isn't is_no are_no are_not aren't was_not wasn't will_not won't
        nahi nahin नहीं""",
    "promise": "will i'll you'll we'll they'll it'll going_to within expect receive shortly",
    "report": """successfully confirmed booked cancelled canceled completed scheduled processed updated upgraded applied
        refunded credited sent added changed reserved ordered issued transferred arranged registered activated removed
        purchased charged notified verified""",
    "complaint": """frustrated frustrating frustration disappointed disappointing upset angry annoyed annoying
        ridiculous unacceptable terrible awful complain complaint misunderstanding misunderstood confusion confused
        wrong mistake waiting waited unhappy not_happy worst worried useless rude scam lost stolen broken damaged
        missing fed_up never_came already_told already_said already_gave""",
    "correction": "instead actually i_meant",
    "deferral": """not_now not_yet not_right not_quite not_just not_today i'll_wait i'll_think let_me_think never_mind
        nevermind hold_off maybe_later later_on little_while think_about decide_later abhi_nahi baad_mein बाद_में""",
}
_OPENING: Final[dict[Act, str]] = {
    "correction": "no nope not wait make_that make_it change_it change_that rather",
    "assent": """yes yeah yep yup sure ok okay right correct exactly absolutely definitely fine great perfect alright no
        nope not sounds that_sounds that_works that_will that's_right that's_correct that's_fine that's_perfect
        that's_great that's_good that_is i_agree i_do i_would go_ahead
        please_do please_go please_proceed haan theek ji हाँ ठीक जी""",
}
_COURTESIES: Final = """
    nice day wonderful lovely glad pleasure assist assistance assisting helping service enjoy weekend evening morning
    afternoon night moment hold line touch free reach appreciate appreciated patience patient understand understanding
    care today goodbye forward safe additional question questions concern concerns inform inconvenience noise
    whenever soon ready anytime
    """
_POLITE: Final = frozenset(_COURTESIES.split())


def _by_words(listed: dict[Act, str]) -> dict[str, tuple[Act, ...]]:
    acts: dict[str, tuple[Act, ...]] = {}
    for act, phrases in listed.items():
        for phrase in phrases.replace("\n", " ").split():
            acts[phrase] = (*acts.get(phrase, ()), act)
    return acts


_ANY, _FIRST = _by_words(_ANYWHERE), _by_words(_OPENING)
_OPENS_PAIR: Final = frozenset(phrase.split("_")[0] for phrase in (*_ANY, *_FIRST) if "_" in phrase)


def acts(spoken: Sequence[str]) -> frozenset[Act]:
    """What a sentence of these words does."""
    pairs = [f"{one}_{other}" for one, other in pairwise(spoken) if one in _OPENS_PAIR]
    found = {act for phrase in (*spoken, *pairs) if phrase in _ANY for act in _ANY[phrase]}
    for phrase in (*spoken[:1], "_".join(spoken[:2])):
        found.update(_FIRST.get(phrase, ()))
    return frozenset(found)


def is_polite(spoken: Sequence[str]) -> bool:
    """Whether they are only the words that every call has."""
    return all(word in COMMON or word in _POLITE or len(word) < 3 for word in spoken)
