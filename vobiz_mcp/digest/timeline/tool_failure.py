"""Whether what a tool answered is a failure, whatever the platform says about it.

JSON is judged by the few keys that APIs put their verdict in, never by the data beside them; text by how it begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from vobiz_mcp.digest.timeline.end_reasons import named
from vobiz_mcp.digest.timeline.failure_words import is_failing_text
from vobiz_mcp.records.json_value import Json

_VERDICTS = frozenset(["success", "successful", "succeeded", "is_success", "is_successful", "ok", "is_ok"])
_FLAGS = frozenset(["is_error", "failed", "has_error", "is_failed"])
_ERRORS = frozenset(
    [
        "error",
        "errors",
        "err",
        "exception",
        "fault",
        "error_message",
        "error_msg",
        "error_code",
        "error_type",
        "error_description",
        "error_detail",
        "error_details",
        "error_text",
        "error_reason",
    ]
)
_CODES = frozenset(["status", "status_code", "http_status", "http_status_code", "http_code", "response_code", "code"])
_STATES = frozenset(["status", "state", "result", "outcome"])
_FAILED_STATES = frozenset(
    [
        "error",
        "errored",
        "fail",
        "failed",
        "failure",
        "unsuccessful",
        "not_successful",
        "exception",
        "timeout",
        "timed_out",
        "not_found",
        "unauthorized",
        "forbidden",
        "bad_request",
        "internal_error",
        "server_error",
    ]
)
_GOOD_STATES = frozenset(
    ["ok", "success", "successful", "succeeded", "completed", "complete", "done", "found", "200", "201"]
)
_WRAPPERS = frozenset(["data", "result", "results", "response", "body", "output", "payload"])
_MESSAGES = _WRAPPERS | frozenset(["message", "msg", "detail", "details", "text", "content"])
_WORDS = frozenset(["message", "msg", "reason", "detail"])
_NO_ERROR = frozenset(
    ["none", "null", "nil", "no", "false", "ok", "n_a", "success", "no_error", "no_errors", "undefined"]
)
_TELLING_ANYWHERE = _VERDICTS | _ERRORS
_TELLING = _TELLING_ANYWHERE | _FLAGS | _CODES | _STATES | _MESSAGES
_TEXT_PART = frozenset(["type", "text"])
_FEW = 3
"""Items of a list that are looked at."""
_DEPTH = 3
_DECODER = json.JSONDecoder(strict=False)


def failure(content: str, tree: object = None) -> str | None:
    """What in a tool's answer says that it failed, as one short piece of it; None when nothing does.

    Args:
        tree: the answer as it was read before, if it was: mostly no field of it tells, and then it is not read again.
    """
    if isinstance(tree, dict | list) and not _may_tell(tree, _TELLING, _DEPTH):
        return None
    return next(_signs(_parsed(content), "", is_wrapped=True, depth=_DEPTH), None)


def _may_tell(tree: dict[str, object] | list[object], telling: frozenset[str], depth: int) -> bool:
    """Whether a tree has a field of these names, or further inside one that tells of a failure wherever it stands."""
    if isinstance(tree, dict):
        if not telling.isdisjoint(map(named, tree)):
            return True
        inside = [value for value in tree.values() if isinstance(value, dict | list)]
    else:
        items = [item for item in tree[:_FEW] if isinstance(item, dict)]
        if any(item.keys() >= _TEXT_PART for item in items):
            return True
        inside = [*items] if len(tree) == 1 else []
    return depth > 0 and any(_may_tell(value, _TELLING_ANYWHERE, depth - 1) for value in inside)


def _parsed(text: str) -> Json:
    if text.lstrip()[:1] not in ("{", "[", '"'):
        return text
    try:
        tree: Json = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return text
    return tree


def _signs(tree: Json, path: str, *, is_wrapped: bool, depth: int) -> Iterator[str]:
    """Signs of failure in a tree. `is_wrapped`: it is the answer itself, not a thing that the answer tells about."""
    if isinstance(tree, str) and is_wrapped:
        inner = _parsed(tree)
        if inner != tree and depth:
            yield from _signs(inner, path, is_wrapped=True, depth=depth - 1)
        elif inner == tree and is_failing_text(tree):
            yield f"{path.rstrip('.')}: {tree}" if path else tree
    elif isinstance(tree, list) and depth:
        for item in tree[:_FEW]:
            is_text = isinstance(item, dict) and item.keys() >= _TEXT_PART
            if is_text or (len(tree) == 1 and isinstance(item, dict)):
                yield from _signs(item, path, is_wrapped=is_text, depth=depth - 1)
    elif isinstance(tree, dict):
        yield from _verdicts(tree, path, is_wrapped=is_wrapped)
        yield from _deeper(tree, path, is_wrapped=is_wrapped, depth=depth)


def _verdicts(answer: dict[str, Json], path: str, *, is_wrapped: bool) -> Iterator[str]:
    """The verdict that stands in the answer itself, with the error's own words where it has some."""
    wrong = {key: value for key, value in answer.items() if _is_bad(key, value, answer, is_wrapped=is_wrapped)}
    if wrong:
        has_words = any(isinstance(value, str) for value in wrong.values())
        words = {} if has_words else {key: value for key, value in answer.items() if named(key) in _WORDS and value}
        told = [f"{path}{key} {json.dumps(value, ensure_ascii=False)}" for key, value in (wrong | words).items()]
        yield ", ".join(told[:3])


def _is_bad(key: str, value: Json, answer: dict[str, Json], *, is_wrapped: bool) -> bool:
    name = named(key)
    if name in _VERDICTS:
        return value is False or (isinstance(value, str) and value.strip().lower() == "false")
    if name in _ERRORS:
        return _is_set(value) and not (name == "errors" and isinstance(value, int | float))
    if not is_wrapped:
        return False
    if name in _FLAGS:
        return _is_set(value)
    if name in _CODES and _is_http_failure(value):
        return name != "code" or bool(_MESSAGES & answer.keys())
    return name in _STATES and isinstance(value, str) and named(value) in _FAILED_STATES


def _deeper(answer: dict[str, Json], path: str, *, is_wrapped: bool, depth: int) -> Iterator[str]:
    is_good = any(_affirms(key, value) for key, value in answer.items())
    for key, value in answer.items():
        name = named(key)
        if isinstance(value, str):
            if is_wrapped and not is_good and name in _MESSAGES:
                yield from _signs(value, f"{path}{key}.", is_wrapped=True, depth=depth)
        elif depth and name not in _ERRORS:
            inside = is_wrapped and (name in _WRAPPERS or name == "content")
            yield from _signs(value, f"{path}{key}.", is_wrapped=inside, depth=depth - 1)


def _affirms(key: str, value: Json) -> bool:
    name = named(key)
    if name in _VERDICTS:
        return value is True or value == "true"
    return name in _CODES | _STATES and named(str(value)) in _GOOD_STATES


def _is_set(value: Json) -> bool:
    """Whether an error field tells of an error: not null, zero, empty or a word for none."""
    if isinstance(value, str):
        name = named(value)
        return (
            bool(value.strip()) and name not in _NO_ERROR and not name.startswith("no_error") and name.strip("0") != ""
        )
    if isinstance(value, dict):
        return any(_is_set(inner) for inner in value.values())
    return bool(value)


def _is_http_failure(value: Json) -> bool:
    if isinstance(value, str):
        return re.match(r"\s*[45]\d\d(\s|$)", value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and 400 <= value < 600
