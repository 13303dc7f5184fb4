"""Everything that can go wrong, by who can mend it.

    VobizError
    ├── NotConfigured       a setting is missing: the person who installed the server
    ├── BadCredentials      the API refuses the keys: the same person
    ├── AccountBlocked      keys are right, the account may not: whoever pays for it
    ├── NotFound            no such call, stream or record: whoever chose the id
    ├── InvalidArguments    the question itself is wrong: the model that asked
    ├── RateLimited         too many questions: wait `retry_after` seconds
    ├── UpstreamBroken      the API answered, and it was its own failure: the vendor
    ├── UpstreamUnreachable no answer came: the network, or the base URL
    ├── UnreadableAnswer    an answer came that is no record: the vendor, or this project
    ├── Overloaded          too much at once for this server: wait, or ask for less
    ├── NoAgentCall         what was saved is no agent call: whoever chose the file
    └── InternalError       a defect of this project

Messages are ours alone: no upstream text, URL or credential ever becomes part of one.
"""

from __future__ import annotations

import logging
from traceback import walk_tb
from typing import ClassVar

logger = logging.getLogger(__name__)


class VobizError(Exception):
    """A failure with a fact and a next step; `str()` gives the one line that every face of the project shows.

    Args:
        message: what happened, a sentence without its full stop.
        advice: what to do next, a whole sentence; "" takes the class's own.
    """

    code: ClassVar[str] = "error"
    usual_advice: ClassVar[str] = "Try again."
    exit_code: ClassVar[int] = 1
    """How a process ends on it: 2 where whoever started it must say something else, as for a wrong command line."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice or self.usual_advice
        self.sandbox = False

    def __str__(self) -> str:
        mark = "[sandbox] " if self.sandbox else ""
        return f"{mark}{self.code}: {self.message}. {self.advice}"


class NotConfigured(VobizError):
    """A setting that this question needs is absent."""

    code = "not_configured"
    exit_code = 2
    usual_advice = "Set it in the server's environment and start it again; `vobiz-mcp doctor` checks it."


class BadCredentials(VobizError):
    """HTTP 401, or a body that says so."""

    code = "bad_credentials"
    usual_advice = "Ask the person who runs this server to run `vobiz-mcp doctor`; asking again will not help."


class AccountBlocked(VobizError):
    """HTTP 402 and 403: an inactive account, an empty balance, a forbidden resource."""

    code = "account_blocked"
    usual_advice = "The account's owner must settle this with the vendor; asking again will not help."


class NotFound(VobizError):
    """HTTP 404, or an answer without the thing that was asked for."""

    code = "not_found"
    usual_advice = "Check the id."


class InvalidArguments(VobizError):
    """Arguments that no request was made with, or HTTP 400, 409 and 422."""

    code = "invalid_arguments"
    exit_code = 2
    usual_advice = "Correct the arguments and ask again."


def wait_advice(seconds: float | None) -> str:
    """The next step where the API asks to wait; None when it does not say how long."""
    return f"Wait {'a minute' if seconds is None else f'{seconds:.15g} s'}, then ask again."


class RateLimited(VobizError):
    """HTTP 429. `retry_after` is in seconds, None when the API did not say."""

    code = "rate_limited"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message, wait_advice(retry_after))
        self.args = (message, retry_after)
        self.retry_after = retry_after


class UpstreamBroken(VobizError):
    """HTTP 5xx, a redirect, or an error inside a success."""

    code = "upstream_broken"
    usual_advice = "Ask again in a few seconds; if it stays, look at the vendor's status page."


class UpstreamUnreachable(VobizError):
    """No answer: refused, reset, timed out, or a name that does not resolve."""

    code = "upstream_unreachable"
    usual_advice = "Ask again in a few seconds; if it stays, `vobiz-mcp doctor` tells which API is down."


class UnreadableAnswer(VobizError):
    """An answer that is no JSON, or not of a shape that any version of the API has."""

    code = "unreadable_answer"
    usual_advice = "Ask again; if it stays, the base URL may lead to something that is not this API."


class Overloaded(VobizError):
    """The API answered in time, and this server did not come to it."""

    code = "overloaded"
    usual_advice = "Ask again in a few seconds; other calls are answered meanwhile."


class NoAgentCall(VobizError):
    """What was given is no agent call; the message says what it looks like."""

    code = "no_agent_call"
    usual_advice = "An agent call is what `GET /api/calls/{callId}` answers, saved as it came."


class InternalError(VobizError):
    """A defect of this project; the details are in the server's log."""

    code = "internal_error"
    usual_advice = "This is a defect of vobiz-mcp, not of your question; the server's log names the place."


def defect(what: str, error: BaseException) -> InternalError:
    """What is told of a tool or a resource that failed by a defect of ours; the log gets the place in the code too."""
    logger.error("%s failed with %s", what, kind_and_place(error))
    return InternalError(f"{what} failed unexpectedly ({type(error).__name__})")


def kind_and_place(error: BaseException) -> str:
    """What a log or a report may say of any exception, whose own words may hold anything: `KeyError at api.wire:41`."""
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in walk_tb(error.__traceback__)]
    ours = [place for place in places if place.startswith("vobiz_mcp.")]
    return " at ".join([type(error).__name__, *(ours or places)[-1:]])
