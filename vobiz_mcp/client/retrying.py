"""When a request is worth another try, and how long to wait before it: policy alone, without clock or I/O."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

DEADLINE_S = 20.0
"""How long one tool call may take in all: standing in line, every try, reading the bodies."""

RETRIED = frozenset({408, 429, 500, 502, 503, 504, *range(520, 525)})
"""HTTP statuses that the next try may not have."""

MOST_TRIES = 7
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 2.0
MOST_SAVED, EARNED = 20.0, 0.6


@dataclass(frozen=True)
class Pace:
    """How long a question may take, and by what its retries and the age of answers are measured.

    Attributes:
        deadline_s: for one question, without the time that it asks to wait.
        ticks: seconds on a clock that is never set, by which answers age.
        chance: a random number from 0 to 1, which spreads retries out.
    """

    deadline_s: float = DEADLINE_S
    ticks: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


USUAL_PACE = Pace()


class Budget:
    """Retries that an API's successes have paid for.

    While it fails now and then, every failure is tried again; while it is down, hardly any is, so that asking again
    never becomes most of the load that keeps it down.
    """

    def __init__(self) -> None:
        self._saved = MOST_SAVED

    def earn(self) -> None:
        """Count a success."""
        self._saved = min(MOST_SAVED, self._saved + EARNED)

    def spend(self) -> bool:
        """Whether there is a retry left; it is taken."""
        if self._saved < 1:
            return False
        self._saved -= 1
        return True


def pause(tries: int, chance: float, asked_for_s: float | None, left_s: float) -> float | None:
    """Seconds to wait after so many failed tries; None when another one is not worth it.

    Args:
        chance: a random number from 0 to 1, which spreads out those who failed together.
        asked_for_s: what the API asked to wait at least.
        left_s: until the deadline.
    """
    spread = chance * min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (tries - 1))
    wait = max(spread, asked_for_s or 0)
    return wait if tries < MOST_TRIES and wait < left_s else None


def after(tries: int, seconds: float) -> str:
    """What an error says of the tries before it: `, after 4 tries in 6 s`; "" after a single one."""
    lasted = f" in {seconds:.0f} s" if seconds >= 1 else ""
    return f", after {tries} tries{lasted}" if tries > 1 else ""
