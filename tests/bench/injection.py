"""Arguments that try to reach another path, header or query than the tool's own, for every argument of every tool."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HOSTILE = (
    "..", ".", "../..", "../../../../auth/me", "x/../../../../v1/Account/MA_OTHER", "..%2f..%2f", "%2e%2e%2f", "%252e%252e%252f",
    "..\\..\\", "x/y", "/x", "//evil.example/x", "\\\\evil.example", "x?status=live", "x?limit=1&offset=9", "x&status=queued",
    "x#fragment", "x;param=1", "x%3Fa=b", "x%23", "x%0d%0aX-Evil: 1", "x\r\nX-Evil: 1", "x\nX-Evil: 1", "x\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
    "x\x00", "x%00", "x y", " ", "", "\t", "x\u2028y", "x\u2215y", "x\uff0fy", "\uff0e\uff0e\uff0fx", "x\u202ey", "x\u0661", "\u0445",
    "@evil.example", "x@evil.example", "http://evil.example/", "https://evil.example", "file:///etc/passwd", "evil.example:80",
    "MA_OTHER", "../MA_OTHER", "{auth_id}", "${VOBIZ_AUTH_TOKEN}", "{{7*7}}", "$(id)", "`id`", "' OR 1=1 --", "<script>", "%s%n",
    "x" * 129, "x" * 100_000, "é", "\U0001f600", "\ud800", "-1", "0", "1e309", "nan", "true", "null", "[]", "{}", "2026-01-01T00:00:00Z/../x",
)  # fmt: skip
"""Strings."""

NO_STRINGS: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, 1e308, [], ["../x"], ["x", "../../auth/me"], {}, {"$ne": ""}, {"../x": "../x"}, [["x"]],
)  # fmt: skip

VALID = "c1"


def valid_arguments(schema: dict[str, Any]) -> dict[str, Any]:
    """The smallest arguments that a tool takes."""
    return {name: valid(schema["properties"][name], schema) for name in schema.get("required", [])}


def valid(field: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A value that a field takes."""
    if "$ref" in field:
        return valid(schema["$defs"][field["$ref"].rsplit("/", 1)[-1]], schema)
    if "default" in field:
        return field["default"]
    if "enum" in field or "const" in field:
        return field.get("const", field.get("enum", [None])[0])
    match field.get("type"):
        case "integer" | "number":
            return field.get("minimum", 1)
        case "array":
            return [valid(field["items"], schema)] * max(1, field.get("minItems", 1))
        case "boolean":
            return False
    return VALID


def attacks(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Arguments of which one is hostile: each in turn, and one that the tool does not have."""
    usual = valid_arguments(schema)
    for name, field in [*schema["properties"].items(), ("headers", {}), ("auth_id", {})]:
        values = [*HOSTILE, *NO_STRINGS]
        if field.get("type") == "array":
            values += [[value] for value in HOSTILE]
        for value in values:
            yield {**usual, name: value}
    yield {"../x\r\nX-Evil: 1": "x", **usual}
