"""What is derived from an object once, for everybody who has the same object."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

S = TypeVar("S")
D = TypeVar("D")


class Derived(Generic[S, D]):
    """Derives from each object when first asked, from any thread; what is derived goes with the object.

    Args:
        derive: what is derived of an object, which must not hold that object.
    """

    def __init__(self, derive: Callable[[S], D]) -> None:
        self._derive = derive
        self._by_identity: dict[int, D] = {}

    def __len__(self) -> int:
        return len(self._by_identity)

    def __call__(self, source: S) -> D:
        """What is derived of this object."""
        known = self._by_identity.get(id(source))
        if known is None:
            known = self._by_identity.setdefault(id(source), self._derive(source))
            weakref.finalize(source, self._by_identity.pop, id(source), None).atexit = False
        return known
