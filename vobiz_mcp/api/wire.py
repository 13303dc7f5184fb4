"""The pure meaning of HTTP: a request to be made, and a response as a record or an error. No I/O happens here.

Both APIs wrap what they send, and wrap it differently over time. The envelopes end here: callers get the object that
they asked for, or the error that the answer amounts to, also where it is an error inside a 200.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from vobiz_mcp.api import body
from vobiz_mcp.errors import (
    AccountBlocked,
    BadCredentials,
    InvalidArguments,
    NotFound,
    RateLimited,
    UnreadableAnswer,
    UpstreamBroken,
    VobizError,
    wait_advice,
)
from vobiz_mcp.ids import is_id
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.record import Record

Api: TypeAlias = Literal["telephony", "agent"]
R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Record)
K = TypeVar("K")

SANDBOX_HEADER = "x-vobiz-sandbox"
"""A response that carries this header was made up by the embedded sandbox."""


@dataclass(frozen=True)
class Request(Generic[R]):
    """One request that only reads, and how its body becomes a record.

    Attributes:
        api: which of the two APIs, and so which base URL and which keys.
        path: below the account's prefix (telephony) or the base URL (agent).
        thing: what is asked for, in words for an error: `stream 728e…`.
        read: the tree of a successful body → the record.
        parse: bytes → tree.
        if_absent: what to do when the API has no such thing; "" for the usual advice.
        body: sent as JSON by the one list that is asked for with a POST; None makes it a GET.
        max_age_s: how old an answer may be that is handed out again instead of asking.
    """

    api: Api
    path: str
    thing: str
    read: Callable[[Json], R]
    query: Mapping[str, str | int] = field(default_factory=dict)
    parse: Callable[[bytes], Json] = body.parse
    if_absent: str = ""
    body: Mapping[str, Json] | None = None
    max_age_s: float = 1.0

    @property
    def method(self) -> Literal["GET", "POST"]:
        """The HTTP method; a POST only ever carries the filter of a list."""
        return "GET" if self.body is None else "POST"


@dataclass(frozen=True)
class Together:
    """Several requests at once; an error of one is its result and does not touch the others."""

    requests: tuple[Request[Any], ...]


class Now:
    """Asks the driver for the time, in epoch seconds."""


@dataclass(frozen=True)
class Wait:
    """Asks the driver to let time pass.

    Attributes:
        seconds: how long.
        waited: how long the question has waited before, in all.
        total: how long it will wait at most, in all: with `waited`, what a person who looks on is told.
    """

    seconds: float
    waited: float
    total: float


@dataclass(frozen=True)
class Progress:
    """Lets others go on in the middle of long work.

    Attributes:
        done: what is done so far.
        words: what a person who looks on is told of it; "" where it is too little to tell.
    """

    done: float
    words: str = ""


@dataclass(frozen=True)
class Recall(Generic[K]):
    """Asks the driver for what its client keeps of a kind, as long as it lives; made when first asked for."""

    kind: Callable[[], K]


Step: TypeAlias = Request[Any] | Together | Now | Wait | Progress | Recall[Any]
"""What a question may ask of its driver."""


def ask(request: Request[R]) -> Generator[Step, Any, R]:
    """Make one request: `yield from` it gives the record or raises the error."""
    record: R = yield request
    return record


@overload
def ask_together(
    first: Request[R], second: Request[S], /
) -> Generator[Step, Any, tuple[R | VobizError, S | VobizError]]: ...
@overload
def ask_together(*requests: Request[Any]) -> Generator[Step, Any, tuple[Record | VobizError, ...]]: ...
def ask_together(*requests: Request[Any]) -> Generator[Step, Any, tuple[Any, ...]]:
    """Make several requests at once; gives each one's record or error, in the order asked."""
    outcomes: tuple[Any, ...] = yield Together(requests)
    return outcomes


def now() -> Generator[Step, Any, float]:
    """The time, in epoch seconds."""
    moment: float = yield Now()
    return moment


def wait(seconds: float, waited: float, total: float) -> Generator[Step, Any, None]:
    """Let `seconds` pass, after `waited` of `total` have passed already."""
    yield Wait(seconds, waited, total)


def progress(done: float, words: str = "") -> Generator[Step, Any, None]:
    """Let others go on, and tell who looks on how far the work has come."""
    yield Progress(done, words)


def recall(kind: Callable[[], K]) -> Generator[Step, Any, K]:
    """What the client that drives this keeps of a kind."""
    kept: K = yield Recall(kind)
    return kept


def safe_id(value: str) -> str:
    """The id, if it is one. Raises `InvalidArguments` for anything that could reach another path."""
    if not is_id(value):
        raise InvalidArguments("an id is 1 to 128 letters, digits, `_` or `-`", "Pass the id exactly as it was given.")
    return value


def decipher(request: Request[R], status: int, headers: Mapping[str, str], content: bytes) -> R:
    """A response as the record asked for. Raises the error that it amounts to.

    Args:
        headers: looked up with lower-case names.
    """
    sandbox = SANDBOX_HEADER in headers
    try:
        record = _record(request, status, headers, content)
    except VobizError as error:
        error.sandbox = sandbox
        if isinstance(error, NotFound) and request.if_absent:
            error.advice = request.if_absent
        raise
    return record.model_copy(update={"sandbox": True}) if sandbox else record


def may_be_kept(content: bytes) -> bool:
    """Whether a body may be handed out again: one with a call whose speech is not to be stored is forgotten at once."""
    lower = content.lower()
    return not any(pattern.search(lower) for pattern in _OPTED_OUT)


_OPTED_OUT = [
    re.compile(name + rb"[a-z_ -]{0,40}\"\s*:\s*(?!false\b|null\b|\"everything\"|\s)")
    for name in (rb"opt(?:ed)?[_ -]?out", rb"data[_ -]?storage")
]
"""Wider than what `AgentCall` takes for an opt-out: what is not kept for a minute costs one request.

Each begins with letters in one case, by which a body is gone through ten times as fast as by both in any case.
"""


def _record(request: Request[R], status: int, headers: Mapping[str, str], content: bytes) -> R:
    if not 200 <= status < 300:
        raise _refusal(request.thing, status, headers, _tree_or_none(content))
    tree = request.parse(content)
    if isinstance(tree, dict) and _carries_error(tree):
        raise _error_inside(request.thing, headers, tree)
    return request.read(tree)


def _tree_or_none(content: bytes) -> Json:
    try:
        return body.parse(content)
    except UnreadableAnswer:
        return None


def _carries_error(tree: dict[str, Json]) -> bool:
    # A stream or a call may have the status `error` itself; an envelope comes with a message.
    failed = str(tree.get("status")).lower() == "error" and "message" in tree
    return bool(tree.get("error")) or failed or tree.get("success") is False


KNOWN_CODES: Mapping[str, tuple[type[VobizError], str]] = {
    "INVALID_CREDENTIALS": (BadCredentials, "the API does not accept the keys"),
    "TOKEN_EXPIRED": (BadCredentials, "the access token has expired"),
    "INSUFFICIENT_BALANCE": (AccountBlocked, "the account's balance is too low"),
    "ACCOUNT_INACTIVE": (AccountBlocked, "the account is inactive"),
    "VALIDATION_ERROR": (InvalidArguments, "the API finds the arguments invalid"),
}
"""Machine-readable codes that the documentation names, in our words."""


def _refusal(thing: str, status: int, headers: Mapping[str, str], tree: Json) -> VobizError:
    if status == 429:
        return _too_fast(headers, tree)
    error = _by_code(headers, tree) or _by_status(thing, status)
    seconds = _wait(headers, tree) if status >= 500 else None
    if seconds is not None:
        error.advice = wait_advice(seconds)
    return error


def _too_fast(headers: Mapping[str, str], tree: Json) -> VobizError:
    return RateLimited("the API limits how fast it may be asked", _wait(headers, tree))


def _by_code(headers: Mapping[str, str], tree: Json) -> VobizError | None:
    error = tree.get("error") if isinstance(tree, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if code == "RATE_LIMIT_EXCEEDED":
        return _too_fast(headers, tree)
    known = KNOWN_CODES.get(code) if isinstance(code, str) else None
    return known[0](known[1]) if known else None


def _by_status(thing: str, status: int) -> VobizError:
    match status:
        case 401:
            return BadCredentials("the API does not accept the keys (or the path's case, which it answers alike)")
        case 402 | 403:
            return AccountBlocked(f"the API refuses this account (HTTP {status})")
        case 404 | 410:
            return NotFound(f"the API has no {thing}")
        case 400 | 405 | 406 | 409 | 422:
            return InvalidArguments(f"the API finds the request invalid (HTTP {status})")
        case _ if 300 <= status < 400:
            return UpstreamBroken(
                f"the API redirects elsewhere (HTTP {status}), which is never followed",
                "Check the base URL's host and scheme.",
            )
        case _:
            return UpstreamBroken(f"the API failed (HTTP {status})")


def _error_inside(thing: str, headers: Mapping[str, str], tree: dict[str, Json]) -> VobizError:
    """An error inside a success: what it says decides, as far as it says something known."""
    known = _by_code(headers, tree)
    if known:
        return known
    said = " ".join(str(tree.get(key, "")) for key in ("error", "message")).lower()
    if "not found" in said or "does not exist" in said:
        return NotFound(f"the API has no {thing}")
    if "credential" in said or "unauthor" in said:
        return BadCredentials("the API does not accept the keys")
    return UpstreamBroken("the API answered with an error inside a success")


_LONGEST_WAIT_S = 86_400


def retry_after(headers: Mapping[str, str], content: bytes) -> float | None:
    """Seconds that a response asks to wait before the next request; None where it does not say."""
    return _wait(headers, _tree_or_none(content))


def _wait(headers: Mapping[str, str], tree: Json) -> float | None:
    """Seconds to wait: the header as seconds or as a date (after the answer's own), else the body's `retryAfter`."""
    header = headers.get("retry-after", "")
    if re.fullmatch(r"\s*\d{1,9}(\.\d*)?\s*", header):
        return float(header)
    until, sent = _http_date(header), _http_date(headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - sent).total_seconds()) if until else _retry_after_in_body(tree)


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _retry_after_in_body(tree: Json) -> float | None:
    error = tree.get("error") if isinstance(tree, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    seconds = details.get("retryAfter") if isinstance(details, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and 0 <= seconds <= _LONGEST_WAIT_S else None
