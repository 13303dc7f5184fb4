"""What an agent asks for and a caller gives: names, birthdays, numbers and ids, by the words that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from vobiz_mcp.digest.claims.evidence.speech_acts import hinting, sentences, words_in
from vobiz_mcp.digest.speech.phrase import Phrase
from vobiz_mcp.digest.speech.topic_words import COMMON

_SLOTS: Final = {
    "date of birth": r"date of birth|birth ?date|birthday|d\.?o\.?b\.?|janm ?(?:tithi|din)|जन्म ?(?:तिथि|तारीख)",
    "postcode": r"post ?code|postal code|zip(?: ?code)?|pin ?code|पिन ?कोड",
    "phone number": r"(?:mobile|phone|telephone|contact|cell|callback) (?:phone )?number|मोबाइल नंबर|फोन नंबर",
    "email address": r"e-?mail(?: address| id)?|ईमेल",
    "account number": r"account (?:number|id|no)|khata number|खाता (?:नंबर|संख्या)",
    "user id": r"(?:user|customer|client|member|membership|patient) ?(?:id|number|identification)|user ?name",
    "reservation id": r"(?:reservation|booking|confirmation|itinerary) (?:ids?|numbers?|codes?|reference)|pnr"
    "|reference number",
    "order number": r"order (?:ids?|numbers?|#|no)",
    "policy number": r"policy (?:ids?|numbers?|no)",
    "tracking number": r"tracking (?:ids?|numbers?)",
    "name": r"(?:full |first and last |complete )?name|naam|नाम",
}
_OF_THE_PERSON: Final = {
    "name",
    "date of birth",
    "postcode",
    "phone number",
    "email address",
    "account number",
    "user id",
}
_ANY_SLOT: Final = "|".join(rf"(?P<{slot.replace(' ', '_')}>{words})" for slot, words in _SLOTS.items())
_SLOT: Final = Phrase(rf"\b(?:{_ANY_SLOT})(?!\w)")
_NAMES_SLOT: Final = Phrase(
    r"\b(?:may|can|could) i (?:please |also |just )?(?:have|get|take|ask|know)\b|\b(?:could|can|would"
    r"|will) you (?:please |kindly |also |just "
    r")*(?:provide|give|tell|share|repeat|say|send|specify|state|enter|let me know)\b|\b(?:please"
    r"|kindly) (?:also )?(?:provide|give|tell|"
    r"share|repeat|say|send|specify|state|enter)\b|\bwhat(?:['’]s| is| was| were| are)\b(?! the (?:name|email) of)"
    r"|\brepeat\b|\bsay\b.{0,40}\b(?:again|once more)\b"
    r"|\bwhich (?:order|reservation|account) (?:number|id)\b|\bi['’]d (?:just )?need your\b|\bसकते हैं\b|\bबताइए\b"
    r"|\bbataiye\b|\bkya hai\b|\bbata\b"
)
_NEEDS: Final = Phrase(r"\b(?:i['’]ll|i will|i|we['’]ll|we|i['’]d) (?:just |also |still |first )?need\b|\brequire\b")
_NO_ASK: Final = Phrase(
    r"\b(?:spell|spelling|confirm|correct|is that right|once you|when you have|if you|in case|unless|another"
    r"|different|other|new|"
    r"next|second passenger|each|friend|passengers?|guests?)\b|\b(?:hotel|restaurant|company|street|model|product"
    r"|item|venue|business|place)['’]?s? name|name of"
)
_REFUSES: Final = Phrase(
    r"\b(?:don['’]?t (?:have|know|remember|recall)|do not (?:have|know|remember)|can['’]?t (?:find|remember|recall)"
    r"|nahi (?:pata|hai)|(?:not sure|forgot|forgotten|no idea|why|wait|hold on|one (?:sec|moment|minute)|let me|sorry"
    r"|pardon|what|huh)\b)|<unk>|[\[?]|नहीं पता"
)
_ID: Final = r"#?(?=[\w-]*\d)[A-Za-z0-9][\w-]{3,}"
_RESERVATION: Final = (
    r"\b(?i:(?:reservation|booking|confirmation|itinerary|pnr)(?:\s+(?:id|number|code|reference))?"
    r"(?:\s+for\s+\w+\s+\w+)?\s*(?:is|was|:|,|=|number|under)?\s*)(?P<v>[A-Z0-9]{5,8})\b"
)
_GIVES: Final = (
    ("reservation id", _RESERVATION),
    ("user id", rf"\b(?:user ?(?:id|name)|customer id|member(?:ship)? (?:id|number))\s*(?:is|:|,|=)?\s*(?P<v>{_ID})"),
    ("order number", r"\border\s*(?:id|number|no\.?|#)?\s*(?:is|:|,|=)?\s*(?P<v>#?[A-Z]?\d{5,})\b"),
    ("account number", rf"\baccount (?:number|id)\s*(?:is|:|,|=)?\s*(?P<v>{_ID})"),
    ("email address", r"(?P<v>[\w.+-]+@[\w-]+\.[\w.-]*\w)"),
    ("name", r"(?i:\bmy (?:full )?name is|\bmy name['’]s|\bmera naam|मेरा नाम)\s+(?P<v>[^\W\d_]+ [^\W\d_]+)"),
    ("date of birth", r"\b(?:born on|date of birth is|dob is|birthday is)\s+(?P<v>\w+[\w ,/]{4,20})"),
    ("postcode", r"\b(?:post ?code|zip(?: code)?) is\s+(?P<v>\w[\w ]{2,10})"),
)
_GIVE: Final = tuple(
    (slot, re.compile(pattern, 0 if slot in ("reservation id", "name") else re.IGNORECASE)) for slot, pattern in _GIVES
)
_WHICH: Final = Phrase(
    r"\b(?:which|what (?:kind|type|sort) of) (?P<thing>card|account|plan|phone|policy|appointment|room|subscription"
    r"|loan|line)s?\b"
    r"(?! (?:number|ending|is|are))"
)
_CHOOSES: Final = Phrase(r"\bor\b|\bfrom\b|\binto\b|\btransfer|\bmove\b")
"""The kind that was told may be another side of what is asked."""
_HIS_NAME: Final = Phrase(r"\b(?:your|full|the) name\b")
_INTRODUCES: Final = re.compile(r"\b(?:[Tt]his is|I['’]m|I am) ([A-Z][a-z]+ [A-Z][a-z]+)\b")
_WORDS_OF_KINDS = """
    debit credit prepaid gift visa mastercard amex checking chequing savings saving current business joint
    student mortgage auto car home life health travel dental landline mobile internet fiber fibre broadband
    premium basic
"""
_KINDS: Final = frozenset(_WORDS_OF_KINDS.split())
"""Words that tell one card, account, plan or policy from another."""


_WORDS_OF_ASK_HINTS = """
    name naam नाम birth birthdate birthday dob d.o.b janm जन्म postcode post postal zip pin pincode पिन number
    numbers नंबर email e-mail ईमेल account khata खाता id ids identification username user customer reservation
    booking confirmation itinerary pnr reference order policy tracking which what
"""
ASK_HINTS: Final = frozenset(_WORDS_OF_ASK_HINTS.split())
_WORDS_OF_THINGS = """
    card account plan phone policy appointment room subscription loan line
"""
THINGS: Final = frozenset(_WORDS_OF_THINGS.split())
_WORDS_OF_GIVE_HINTS = """
    reservation booking confirmation itinerary pnr user username customer member membership order account name
    name's naam नाम born birth dob birthday postcode post zip
"""
GIVE_HINTS: Final = frozenset(_WORDS_OF_GIVE_HINTS.split())


def asked(text: str) -> list[str]:
    """What an agent asks for outright; where it asks nothing outright, what it says that it needs."""
    may_ask = (part for part in hinting(text, ASK_HINTS) if _NAMES_SLOT.search(part) or _NEEDS.search(part))
    parts = [part for part in may_ask if _SLOT.search(part)]
    outright = [part for part in parts if _NAMES_SLOT.search(part) and not _NO_ASK.search(part)]
    if outright:
        return _slots(outright)
    if any(_NAMES_SLOT.search(part) for part in parts):
        return []
    return _slots([part for part in parts if _NEEDS.search(part) and not _NO_ASK.search(part)])


def _slots(parts: Sequence[str]) -> list[str]:
    text = " ".join(parts)
    found = dict.fromkeys(str(match.lastgroup).replace("_", " ") for match in _SLOT.finditer(text))
    return [name for name in found if name != "name" or len(found) == 1 or _HIS_NAME.search(text)]


def introduced(text: str) -> dict[str, str]:
    """The name with which a caller begins: `this is Mei Tan`, `I'm Mei Tan`."""
    match = _INTRODUCES.search(text)
    return {"name": match[1]} if match else {}


def given(text: str) -> dict[str, str]:
    """What a caller gives by its name, unasked or asked."""
    said = " ".join(part for part in sentences(text) if "@" in part or not GIVE_HINTS.isdisjoint(words_in(part)))
    found = ((slot, pattern.search(said)) for slot, pattern in _GIVE)
    return {slot: next(filter(None, match.groups())) for slot, match in found if match}


def is_answer(text: str, slot: str) -> bool:
    """Whether a caller's words give what was just asked for."""
    bare = re.sub(r"[^\w@ ]", " ", text).split()
    if _REFUSES.search(text) or not bare or len(bare) > _LONGEST:
        return False
    if slot == "name":
        words = [word for word in bare if word.lower() not in _AROUND_A_NAME]
        return 0 < len(words) <= _LONGEST_NAME and not any(word.lower() in COMMON or word.isdigit() for word in words)
    if slot == "date of birth":
        return _is_date(bare)
    return any(map(str.isdigit, text)) or slot == "email address"


_ANOTHER: Final = Phrase(
    r"\b(?:another|other|different|second|new)\b.{0,25}\b(?:reservation|booking|order|policy|flight|trip|package)s?\b"
)
_LONGEST: Final = 14
_LONGEST_NAME: Final = 4
_WORDS_OF_AROUND_A_NAME = """
    yes yeah sure ok okay of course it is it's its my name this i'm im am i full hi hello the certainly
"""
_AROUND_A_NAME: Final = frozenset(_WORDS_OF_AROUND_A_NAME.split())
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _is_date(words: Sequence[str]) -> bool:
    """Day, month and year, in figures or with the month's name, or all in one number."""
    figures = [word for word in words if re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", word)]
    months = [word for word in words if word[:3].lower() in _MONTHS]
    return len(figures) + len(months) >= 3 or any(re.fullmatch(r"\d{6}|\d{8}", word) for word in words)


def of_the_person(known: Iterable[str]) -> set[str]:
    """Those of the slots that stay the same however many errands a caller has."""
    return _OF_THE_PERSON.intersection(known)


def names_another(text: str) -> bool:
    """Whether a caller turns to another thing of the kind that they spoke of."""
    return _ANOTHER.search(text) is not None


def which_kind(text: str, earlier: Sequence[str]) -> tuple[int, str] | None:
    """Where, and with which words, a caller told the kind of thing that the agent asks for; None where several were."""
    match = next((m for part in sentences(text) if (m := _WHICH.search(part)) and not _CHOOSES.search(part)), None)
    if match is None:
        return None
    thing = re.compile(rf"\b(?P<kind>[a-z]+) {match['thing']}\b", re.IGNORECASE)
    told = [(place, m) for place, said in enumerate(earlier) for m in thing.finditer(said)]
    kinds = {m["kind"].lower() for _, m in told} & _KINDS
    if len(kinds) != 1:
        return None
    return next((place, m[0]) for place, m in told if m["kind"].lower() in kinds)
