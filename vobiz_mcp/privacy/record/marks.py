"""The words that stand where a secret stood: the same for the same value, so that a reader can follow it."""

from __future__ import annotations

from collections.abc import Iterable

from vobiz_mcp.privacy.reading.text import Secret


class Marks:
    """The marks of one record, given in the order in which its secrets are met."""

    def __init__(self) -> None:
        self.by_value: dict[str, str] = {}
        self.has_letters = False
        """Whether any value is more than digits."""
        self.is_waiting = False
        """Whether digits are held back that may become a secret."""
        self._given: dict[str, int] = {}

    def of(self, kind: str, value: str) -> str:
        """`[card ·4242]` with the digits that every receipt shows; `[code]`, and `[code 2]` for the next one."""
        if kind == "digits":
            self.is_waiting = True
            return "[digits]"
        if value not in self.by_value:
            self.has_letters = self.has_letters or not value.isdigit()
            name = f"card ·{value[-4:]}" if kind == "card" else kind
            count = self._given[name] = self._given.get(name, 0) + 1
            self.by_value[value] = f"[{name}]" if count == 1 else f"[{name} {count}]"
        return self.by_value[value]

    def written(self, text: str, found: Iterable[Secret]) -> str:
        """The text with marks for these secrets."""
        parts: list[str] = []
        end = 0
        for secret in sorted(found, key=lambda secret: (secret.start, -secret.end)):
            if secret.start >= end:
                mark = self.of(secret.kind, secret.value)
                parts += text[end : secret.start], f'"{mark}"' if _is_bare(text, secret) else mark
                end = secret.end
        return "".join((*parts, text[end:]))


def _is_bare(text: str, secret: Secret) -> bool:
    """Whether it is a number of JSON, which must become a string for the text to stay JSON."""
    before = text[max(0, secret.start - 3) : secret.start].rstrip()[-1:]
    after = text[secret.end : secret.end + 3].lstrip()[:1]
    return text[:9].lstrip()[:1] in ("{", "[") and before in (":", ",", "[") and after in (",", "}", "]")
