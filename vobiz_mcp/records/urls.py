"""URLs as they may be shown: where something goes, never what lets one in."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urlsplit

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:(?P<escape>\\{0,8})/\\{0,8}/(?:[^\s\"'<>\\]|\\{1,8}/)+")
"""Also with the slashes escaped, as JSON inside a string of JSON may have them."""
_SLASH = re.compile(r"\\*/")
_SECRET_NAME = re.compile(r"(?i)(access[_-]?)?(token|key|secret|auth|jwt|sig|signature|password|api[_-]?key)s?")
_PREFIXES = ("sk_", "s3cr3t_", "eyJ")
"""How the keys of the agent API and web tokens begin."""
_LONG = 16
"""Path segments from this length on are taken for tokens when they mix letters and digits; words are rarely so long."""

HIDDEN = "…"


def without_secrets(text: str) -> str:
    """The text with every URL in it cut down to scheme, host, port and harmless path; what was cut is marked `…`.

    Query, fragment, user information and parameters go, and so do path segments that look like tokens: long ones that
    mix letters with digits, and anything after `token`, `key`, `secret` and the like.
    """
    return _URL.sub(_harmless, text)


def may_hold_url(text: str) -> bool:
    """Whether there may be a URL in a text; quick."""
    return "://" in text or ":\\" in text


def _harmless(match: re.Match[str]) -> str:
    return _shown(_SLASH.sub("/", match.group())).replace("/", match["escape"] + "/")


def _shown(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return HIDDEN
    segments = pairwise(["", *parts.path.split("/")])
    path = "/".join(HIDDEN if _is_secret(segment, before) else segment for before, segment in segments)
    cut = f"?{HIDDEN}" if parts.query or parts.fragment else ""
    user = f"{HIDDEN}@" if "@" in parts.netloc else ""
    return f"{parts.scheme}://{user}{host}{path}{cut}"


def _is_secret(segment: str, before: str) -> bool:
    if not segment:
        return False
    if _SECRET_NAME.fullmatch(before) or segment.startswith(_PREFIXES) or any(mark in segment for mark in "=;:@%"):
        return True
    mixed = re.search(r"\d", segment) and re.search(r"[A-Za-z]", segment)
    return len(segment) > 2 * _LONG or bool(len(segment) >= _LONG and mixed)
