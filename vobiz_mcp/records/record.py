"""What every record shares: tolerance, and the one door from a tree of JSON values to a typed record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from vobiz_mcp.errors import UnreadableAnswer
from vobiz_mcp.records.json_value import Json
from vobiz_mcp.records.speech import spans
from vobiz_mcp.records.urls import may_hold_url, without_secrets

Path: TypeAlias = tuple[str | int, ...]

DEEPEST = 200
"""Levels of nesting that a body may have; pydantic writes no JSON of more than 255."""


class Part(BaseModel):
    """An object inside a body, typed and tolerant.

    Every field may be absent; a missing key and a null are the same `None`. Vobiz's own words stay strings, so a state
    that nobody documented passes through. Unknown fields are kept in `model_extra`. Who asks the same is given the same
    one: nobody changes it, nor the lists in it; `model_copy` makes another.
    """

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        frozen=True,
        ser_json_inf_nan="null",
        # A server that never reads a stream never pays for its schema; it shows in the time to the first answer.
        defer_build=True,
    )


class Record(Part):
    """What an API sent, whole."""

    warnings: list[str] = []
    """Fields of the body that had a type nobody can use: each is left out of the record and named here by its path."""

    mismatch: str = ""
    """Where the body names another thing than was asked for: `the API answered about 77aa…, not 5d0c…`."""

    sandbox: bool = False
    """Whether the embedded sandbox made this up."""

    @property
    def is_final(self) -> bool:
        """Whether it is of something that is over and that the API will not change any more."""
        return False

    def compared(self, asked: str, *told: object) -> Self:
        """This record, with a `mismatch` where the ids that its body tells are all others than the one asked for.

        Args:
            told: ids as sent, which a field that no record knows may hold in any type.
        """
        ids = [str(one).strip() for one in told if one and isinstance(one, str | int)]
        if ids and asked not in ids:
            return self.model_copy(update={"mismatch": f"the API answered about {ids[0]}, not {asked}"})
        return self

    @classmethod
    def read(cls, tree: Json) -> Self:
        """The record of a tree; a wrong-typed field loses only itself.

        Raises:
            UnreadableAnswer: the tree is no object at all, or nested beyond reason.
        """
        sent = _clean(tree)
        lost: set[Path] = set()
        while True:
            usable = _without(sent, lost)
            try:
                record = cls.model_validate(usable)
            except ValidationError as error:
                places = {_deepest(usable, problem["loc"]) for problem in error.errors(include_input=False)}
                wrong = {_as_sent(path, lost) for path in places}
                if () in wrong or wrong <= lost:  # what is lost cannot be wrong again: this ends in any case
                    raise UnreadableAnswer("the API's answer has none of the shapes that are known") from None
                lost |= wrong
            else:
                warnings = sorted(_dotted(path) for path in lost if not _is_inside(path, lost))
                return record.model_copy(update={"warnings": warnings}) if warnings else record


def _clean(tree: Json, levels: int = DEEPEST) -> Json:
    """Without nulls, which mean absence, without the secret parts of URLs, and with spans of speech for words."""
    if isinstance(tree, str):
        return without_secrets(tree) if may_hold_url(tree) else tree
    if not levels:
        raise UnreadableAnswer("the API's answer is nested too deeply")
    if isinstance(tree, list):
        return [item if type(item) in _PLAIN else _clean(item, levels - 1) for item in tree]
    if isinstance(tree, dict):
        # Most of a long call's time in this function is spent right here, so the common values are judged in place.
        clean = {
            key: value
            if value.__class__ in _PLAIN
            or (value.__class__ is str and ":" not in value)
            or (key in _TIMES and isinstance(value, list))
            else _clean(value, levels - 1)
            for key, value in tree.items()
            if value is not None
        }
        if "words" in clean:
            clean["words"] = spans(clean["words"])
        return clean
    return tree


_PLAIN = frozenset({int, float, bool, type(None)})
_TIMES = frozenset({"words", "speech"})


def _deepest(tree: Json, location: Path) -> Path:
    """The longest beginning of pydantic's error location that is a real place in the tree."""
    path: Path = ()
    for step in location:
        places = dict(enumerate(tree)) if isinstance(tree, list) else tree if isinstance(tree, dict) else {}
        if step not in places:
            break
        tree = places[step]  # type: ignore[index] # a step that is in there is of the right type
        path = (*path, step)
    return path


def _as_sent(path: Path, lost: set[Path]) -> Path:
    """Where a place of the usable tree was in the tree as sent, before list items were taken out."""
    sent: Path = ()
    for step in path:
        place = step
        if isinstance(place, int):
            gone = sorted(p[-1] for p in lost if p[:-1] == sent and isinstance(p[-1], int))
            for index in gone:
                place += index <= place
        sent = (*sent, place)
    return sent


def _without(tree: Json, paths: Iterable[Path]) -> Json:
    """The tree without the places named, sharing what is untouched with the original."""
    below: dict[str | int, list[Path]] = {}
    for head, *rest in paths:
        below.setdefault(head, []).append(tuple(rest))
    if isinstance(tree, dict):
        return {k: _keep(v, below.get(k)) for k, v in tree.items() if () not in below.get(k, [])}
    if isinstance(tree, list):
        return [_keep(v, below.get(i)) for i, v in enumerate(tree) if () not in below.get(i, [])]
    return tree


def _keep(value: Json, paths: list[Path] | None) -> Json:
    return _without(value, paths) if paths else value


def _is_inside(path: Path, lost: set[Path]) -> bool:
    return any(path[:end] in lost for end in range(len(path)))


def _dotted(path: Path) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
