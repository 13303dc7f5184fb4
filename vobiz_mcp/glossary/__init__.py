"""Every code and word that an answer may use, explained once: for `explain`, `vobiz://glossary` and the docs."""

from __future__ import annotations

import re
from difflib import get_close_matches

from vobiz_mcp.errors import NotFound
from vobiz_mcp.glossary.contradictions import CONTRADICTIONS
from vobiz_mcp.glossary.endings import CAUSES, REASONS
from vobiz_mcp.glossary.entry import Entry
from vobiz_mcp.glossary.errors import ERRORS
from vobiz_mcp.glossary.findings import FINDINGS
from vobiz_mcp.glossary.states import STATES
from vobiz_mcp.glossary.words import ANSWERS, LATENCY, SEVERITIES, TELEPHONY

__all__ = ["GLOSSARY", "Entry", "entry_of", "glossary_page"]

GLOSSARY: dict[str, tuple[Entry, ...]] = {
    "How bad a finding is": SEVERITIES,
    "Findings on an agent call": FINDINGS,
    "What does not fit between carrier, streams and agent call": CONTRADICTIONS,
    "States": STATES,
    "Why an agent call ended (disconnection_reason)": REASONS,
    "Why the carrier ended a call (hangup_cause, hangup_cause_code)": CAUSES,
    "Telephony": TELEPHONY,
    "Latency": LATENCY,
    "Words of an answer": ANSWERS,
    "Errors": ERRORS,
}
"""Entries under their headings, in the order in which a page has them."""


def _spelling(word: str) -> str:
    """A word as it is looked up: case, and what stands between its parts, do not matter."""
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())


_BY_SPELLING = {
    _spelling(word): entry for entries in GLOSSARY.values() for entry in entries for word in (entry.word, *entry.also)
}


_FORMS = (
    (re.compile(r"t\d+"), "t14"),
    (re.compile(r"\d+(?::\d\d){1,2}(?:\.\d)?"), "1:36"),
    (re.compile(r"\[card ·\d{4}(?: \d+)?\]"), "[card]"),
    (re.compile(r"\[(?:code|pin|cvv|aadhaar|pan|phone|email|name) \d+\]"), "[card]"),
    (re.compile(r"\[not examined\]"), "[card]"),
)
"""Forms of which the glossary has one example each: any turn, any place in a call, any mark."""


def entry_of(word: str) -> Entry:
    """The entry of a word, in any case and with `_`, `-` or a space between its parts.

    Raises:
        NotFound: names the words that are nearest to it.
    """
    asked = _spelling(word)
    shown = next((example for form, example in _FORMS if form.fullmatch(asked)), asked)
    if shown in _BY_SPELLING:
        return _BY_SPELLING[shown]
    near = [f"'{_BY_SPELLING[each].word}'" for each in get_close_matches(asked, _BY_SPELLING)]
    advice = f"Did you mean {' or '.join(dict.fromkeys(near))}?" if near else "`vobiz-mcp explain` lists every word."
    raise NotFound("the glossary has no such word", advice)


def glossary_page() -> str:
    """The whole glossary as Markdown: a heading for each group, an item for each word."""
    groups = (f"## {title}\n\n{''.join(map(_item, entries))}" for title, entries in GLOSSARY.items())
    return "# Glossary\n\nEvery code and word that an answer may use.\n\n" + "\n".join(groups)


def _item(entry: Entry) -> str:
    also = f" (also {', '.join(f'`{word}`' for word in entry.also)})" if entry.also else ""
    advice = f" *What to do:* {entry.advice}" if entry.advice else ""
    return f"- **`{entry.word}`**{also}: {entry.meaning}{advice}\n"
