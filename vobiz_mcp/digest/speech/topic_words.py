"""The words that carry what a call is about: without those that every call has, and with their endings off."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS: Final = re.compile(r"(?:ations?|ings?|edly|ed|ies|ly|ers?|es|s|e|y)$")
_COMMON = """
    a about actually after again all alright also always am an and another any anything are around as ask at
    aye back be because been before being but by bye call can can't come could couldn't course did didn't do
    does doesn't doing don't done down each else even ever every everything fine first for from further get
    give go going gonna good goodbye got great had happy has hasn't have haven't having he hello help her here hers
    hey hi him his hmm how how's however i i'd i'll i'm i've if in into is isn't it it'd it'll it's its just
    kay kind kindly know let let's like little look lot made make many may maybe me mean might mm mm-hmm more
    most much must my need no nope not nothing now of off oh ok okay on once one only or other our out over
    own perfect please possible put quite really right said same say see shall she should so some something
    sorry sort sounds still such sure take tell than thank thanks that that'll that's the their them then
    there there's these they they'd they'll they're they've thing things think this those though through to
    too two uh uh-huh um under until up us use used very want wanted was wasn't way we we'd we'll we're
    we've welcome well were weren't what what's when where which while who whom why will wish with won't
    would wouldn't wow yeah yep yes yet you you'd you'll you're you've your yours
"""
COMMON: Final = frozenset(_COMMON.split())
"""Words that tell one call from another in no way."""


def words(text: str) -> list[str]:
    """The words of `text` in small letters, with straight apostrophes."""
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """A word without its grammatical ending, so that `booked` and `booking` are one; rough, and only for comparing."""
    bare = word.replace("’", "'").removesuffix("'s")
    return _ENDINGS.sub("", bare) if len(bare) > 4 else bare


def topics(spoken: list[str]) -> set[str]:
    """The stems of the words that are not common."""
    return {stem(word) for word in spoken if len(word) > 2 and word not in COMMON}
