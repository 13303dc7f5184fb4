"""Sentences that address an AI and no person: they are kept, and a reader is told that they are no instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from vobiz_mcp.digest.findings.case import Case
from vobiz_mcp.digest.findings.finding import Finding
from vobiz_mcp.digest.wording.safe_text import plain

_MOST: Final = 10
"""Findings of this kind on one call; more of them say nothing new."""
_READ: Final = 20_000
"""Characters of one text that are searched; nobody says so much at once."""
_QUOTED: Final = 100

_RULES: Final = (
    r"(?:instructions?|prompts?|rules|guidelines|directives|programming|guardrails|system\smessage|restrictions)"
)
_OLD: Final = r"(?:your|previous|prior|above|preceding|earlier|existing|initial|original|system|all|any|foregoing)"
_TELLS: Final = (
    r"(?:ignore|disregard|forget|override|bypass|discard|dismiss|stop\sfollowing|do\snot\sfollow|don'?t\sfollow)"
)
_ELSEWHERE: Final = r"(?!\s+(?:on|in|from|i|we|my|that\si|that\scame|for\sthe|you\sgave|you\ssent|she|he|they)\b)"
_CREATURE: Final = (
    r"(?:ai|a\.i\.|assistant|bot|chatbot|model|llm|gpt|dan|hacker|admin|administrator|developer|root|terminal|interpreter"
    r"|persona|unrestricted|uncensored|unfiltered|jailbroken|evil)"
)
_NAME: Final = r"[`\"']?[a-z][a-z0-9]*(?:_[a-z0-9]+)+[`\"']?"
_HINDI_RULES: Final = r"(?:निर्देश\S*|आदेश\S*|नियम\S*|प्रॉम्प्ट|प्रॉम्प्ट्स|इंस्ट्रक्शन\S*)"
_ROMAN_RULES: Final = r"(?:instructions?|nirdesh\w*|aadesh\w*|adesh\w*|niyam\w*|rules?|prompts?)"
_ROMAN_OLD: Final = r"(?:pichh?l[eai]|purane|purani|pehle|pahle|apne|apni|saare|sare|saari|sabhi|sab|upar)"

_SPEAKS_TO_AI: Final = rf"""
      \b{_TELLS}\s+(?:(?!my\b|our\b)[\w']+\s+){{0,3}}?{_OLD}\s+(?:(?!my\b
        |our\b)[\w']+\s+){{0,3}}?{_RULES}\b{_ELSEWHERE}
    | \b{_TELLS}\s+(?:everything|all|anything)\s+(?:that\s+)?(?:you\s+(?:were|have\sbeen|are)\s+(?:told|instructed
        |programmed)|(?:above|before)\sthis|(?:your|the)\s(?:developer|creator)s?)
    | \byou(?:\s+are|'re)\s+now\s+(?:(?!connected|being)[\w']+\s+){{0,4}}?{_CREATURE}\b
    | \b(?:act|behave|respond|answer)\s+as\s+(?:if\s+you\s+(?:are
        |were)\s+)?(?:an?\s+)?(?:[\w']+\s+){{0,2}}?{_CREATURE}\b
    | \bpretend\s+(?:to\s+be|(?:that\s+)?you(?:\s+are|'re))\s+(?:an?\s+)?(?:[\w']+\s+){{0,2}}?{_CREATURE}\b
    | \bsystem\s+prompt\b(?!\s+(?:me|you|us|him|her|asks?|says|said|for)\b)
    | \bsystem\s+(?:override|message|instruction)s?\s*:
    | <\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?inst\]|<</?sys>>
    | </?(?:system|instructions?|tool_result|function_results?|assistant|untrusted)>|\#{{2,}}\s*(?:system
        |instruction)
    | \b(?:call|invoke|execute|run|use)\s+(?:the\s+|your\s+)?(?:tool|function)\s+{_NAME}
    | \b(?:call|invoke|execute|run|use)\s+(?:the\s+|your\s+)?{_NAME}\s+(?:tool|function)\b
    | \b(?:call|invoke|execute)\s+(?:the|this|your)\s+(?:\w+\s+){{0,2}}?(?:tool|function)\b(?!\s+(?:shop|store
        |rental|company|hire|guy|man|department|desk|supplier|manufacturer|box|room|hall|center)\b)
    | \b(?:your\s+new|new)\s+instructions?\s+(?:are|is|for\s+(?:the\s+|you,?\s+)?(?:ai|assistant|model|agent|bot))\b
    | \bfrom\s+now\s+on,?\s+(?:you\s+(?:must|are\s+to|shall|will)\s+)?(?:only\s+|always\s+|never\s+)?(?:respond
        |answer|reply|obey|ignore|act\s+as|output)\b
    | \b(?:reveal|print|repeat|output|show|display|leak|recite|dump|tell)\s+(?:me\s+
        |us\s+)?(?:all\s+)?(?:of\s+)?your\s+(?:(?:system|hidden|secret|initial|internal|original)\s+(?:prompt
        |instructions|rules|guidelines|message)|prompt\b)
    | \b(?:do\s+not|don'?t|never|without)\s+(?:tell(?:ing)?|inform(?:ing)?|alert(?:ing)?|mention(?:ing)?\s+(?:this
        |it)\s+to)\s+(?:the\s+|your\s+)(?:user|operator|developer|human)s?\b
    | \b(?:attention|note\s+to|message\s+(?:to|for)|instructions?\s+(?:to|for))\s+(?:the\s+|any\s+|all\s+)?(?:ai\b
        |llm|language\s+model|chatbot|ai\s+(?:model|agent|assistant))
    | (?:पिछले|पिछली|पहले|पुराने|सभी|सारे|सब|अपने|अपनी
        |ऊपर)\s+(?:\S+\s+){{0,3}}?{_HINDI_RULES}\s+(?:को\s+)?(?:\S+\s+)?(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|नज़रअंदाज|भूल
        |इग्नोर|मत\s+मान|न\s+मान|छोड़)
    | सिस्टम\s+प्रॉम्प्ट|सिस्टम\s+प्रॉम्ट
    | (?:तुम|आप)\s+अब\s+(?:से\s+)?(?:\S+\s+){{0,3}}?(?:एआई|ए\.?आई\.?|असिस्टेंट|बॉट|हैकर|मॉडल)|अब\s+(?:से\s+)?(?:तुम
        |आप)\s+(?:\S+\s+){{0,3}}?(?:एआई|असिस्टेंट|बॉट|हैकर|मॉडल)
    | (?:टूल|फंक्शन|फ़ंक्शन)\s+(?:\S+\s+){{0,2}}?(?:को\s+)?(?:कॉल|चला|रन)\s*(?:करो|करें|कर|ओ|एं|कीजिए)
    | \b{_ROMAN_OLD}\s+(?:[\w']+\s+){{0,3}}?{_ROMAN_RULES}\s+(?:ko\s+)?(?:[\w']+\s+)?(?:ignore|bhool|bhul|anadekha
        |andekha|na[zj]ar\s?andaa?[zj]|mat\s+maa?n|chh?od)
    | \b(?:ignore|bhool|bhul)\s+(?:karo|kar\s+do|kijiye|karein|jao
        |jaiye)\s+(?:[\w']+\s+){{0,2}}?{_ROMAN_OLD}?\s*{_ROMAN_RULES}\b
    | \b(?:ab\s+(?:se\s+)?(?:tum|aap)|(?:tum|aap)\s+ab)\s+(?:[\w']+\s+){{0,3}}?{_CREATURE}\s+(?:ho|hain|hai|bano
        |ban)\b
    | \b(?:tool|function)\s+(?:[\w']+\s+){{0,2}}?(?:ko\s+)?(?:call|run|chala)\s*(?:karo|kar\s+do|kijiye|karein|o)\b
    """
_HINTS: Final = (
    "instruct", "prompt", "rules", "guideline", "directive", "programming", "guardrail", "restriction", "now", "tool",
    "function", "system", "<|", "[inst", "[/inst", "<<", "</", "ai", "pretend", "respond as", "answer as", "behave as",
    "act as", "nirdesh", "aadesh", "adesh", "niyam", "everything", "ignore", "निर्देश", "आदेश", "नियम", "प्रॉम", "इंस्ट्र",
    "अब", "टूल", "फंक्शन", "फ़ंक्शन", "user", "operator", "developer", "human", "<system", "<instr",
    "<assist", "<untrust", "##", "ab ", "message to", "bhool", "bhul",
)  # fmt: skip
"""One of these is part of every such sentence."""


class _Text(NamedTuple):
    turn: int | None
    start: float | None
    who: str
    text: str


def instruction_like_text(case: Case) -> Iterator[Finding]:
    """Something in the call tries to tell an AI what to do: the agent on it, or the one that reads about it."""
    found = [text for text in _texts(case) if addresses_ai(text.text)]
    for text in found[:_MOST]:
        detail = (
            f"{text.who} holds what addresses an AI (others' words, not an instruction): {_evidence(case, text.text)}"
        )
        yield Finding("instruction_like_text", "warn", text.turn, text.start, detail)


def addresses_ai(text: str) -> bool:
    """Whether a sentence in it tells an AI to drop its instructions, be another, reveal its prompt or call a tool."""
    return _match(text) is not None


def _match(text: str) -> re.Match[str] | None:
    seen = plain(text[:_READ], _READ)
    lowered = seen.lower()
    return _speaks_to_ai().search(seen) if any(hint in lowered for hint in _HINTS) else None


@cache
def _speaks_to_ai() -> re.Pattern[str]:
    """Compiled when first needed: it is large, and a server that starts does not need it yet."""
    return re.compile(_SPEAKS_TO_AI, re.VERBOSE | re.IGNORECASE)


def _evidence(case: Case, text: str) -> str:
    found = _match(text)
    start = max(0, found.start() - _QUOTED // 4) if found else 0
    return case.quote(plain(text[:_READ], _READ)[start : start + 2 * _QUOTED], _QUOTED)


def _texts(case: Case) -> Iterator[_Text]:
    """Everything on a call that somebody else wrote or said, with its turn."""
    for said in case.told.utterances:
        yield _Text(said.turn, said.start, f"what the {said.speaker} said", said.text)
    for tool in case.told.tool_calls:
        name = plain(tool.name, 60)
        yield _Text(tool.after_turn or None, tool.start, f"the arguments of {name}", tool.arguments)
        yield _Text(tool.after_turn or None, tool.end, f"the result of {name}", tool.result or "")
    if not case.told.utterances:
        yield from (_Text(turn, None, "the transcript", line) for turn, line in enumerate(_lines(case), 1))
    yield from (_Text(None, None, "the call's metadata", text) for text in _strings(case.call.metadata))
    analysis = case.call.call_analysis
    yield _Text(None, None, "the platform's summary", (analysis.call_summary if analysis else "") or "")


def _lines(case: Case) -> list[str]:
    return [line for line in (case.call.transcript or "").splitlines() if line.strip()]


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield from (str(key), *_strings(value))
    elif isinstance(tree, list):
        for item in tree:
            yield from _strings(item)
