"""Small versions of what the scripts beside this file do at full size."""

from __future__ import annotations

import asyncio
import gc
import random
from collections.abc import Iterator

import pytest
from faulty import FAULTS, faulty_upstream
from mutated import BODIES, attack
from outages import brown_out, independent, outage
from scripted import MOST_MB, met
from soak import soak_async, soak_sync

from vobiz_mcp.client import Pace

ENDLESS = {"silent", "slow-header", "slow-body", "slow-chunks", "endless-100-continue"}
"""Faults that only the deadline ends."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with faulty_upstream() as running:
        yield running


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_ends_in_what_it_amounts_to_and_the_next_call_works(name: str, port: int) -> None:
    pace = Pace(deadline_s=0.5 if name in ENDLESS else 10, chance=lambda: 0.0)
    for outcome in met(name, port, pace):
        assert (outcome.ended_in, outcome.next_works) == (FAULTS[name].ends_in, True)
        assert outcome.megabytes < MOST_MB


def test_nearly_every_call_is_answered_while_three_requests_of_ten_fail() -> None:
    share, load = independent(1_000)
    assert share >= 0.999
    assert load <= 1.45


def test_an_outage_is_not_made_worse_and_calls_fail_at_once() -> None:
    load, slow = outage(1_500)
    assert load <= 1.05
    assert slow < 0.1


def test_a_brown_out_is_hardly_made_worse_and_is_over_when_it_is_over() -> None:
    during, after = brown_out(0.25, seconds=20)
    assert during >= 0.85
    assert after >= 0.98


def test_mutated_bodies_end_in_an_answer_or_an_error_and_lose_nothing_in_silence() -> None:
    told: list[str] = []
    ended = attack(40 * len(BODIES), show=told.append)
    assert told == []
    assert ended["answer"] > 20 * len(BODIES)


@pytest.mark.long
def test_nor_do_many_bodies_that_were_mutated_otherwise() -> None:
    told: list[str] = []
    seed = random.randrange(2**32)
    attack(400 * len(BODIES), seed, told.append)
    assert told == [], f"seed {seed}"


@pytest.fixture
def nothing_old_to_collect() -> Iterator[None]:
    """What the suite holds is not gone through each time that a test wants to know what it holds itself."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("nothing_old_to_collect")
def test_many_calls_at_five_per_cent_faults_leave_nothing_behind(port: int) -> None:
    ended, held = asyncio.run(soak_async(port, 500))
    assert set(ended) == {"right"}
    assert {moment.tasks for moment in held} == {1}
    assert max(moment.descriptors for moment in held) <= held[0].descriptors + 22
    ended, held = soak_sync(port, 500)
    assert set(ended) == {"right"}
    assert max(moment.descriptors for moment in held) <= held[0].descriptors + 30
