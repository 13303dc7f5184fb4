from __future__ import annotations

import pytest

from vobiz_mcp.reviews.shares import Interval, Moments, newcombe, welch, wilson


@pytest.mark.parametrize(
    ("hits", "of", "expected"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_a_share_has_the_interval_that_wilson_published(hits: int, of: int, expected: tuple[float, float]) -> None:
    assert wilson(hits, of) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_a_difference_has_the_interval_that_newcombe_published(
    one: tuple[int, int], other: tuple[int, int], expected: tuple[float, float]
) -> None:
    assert newcombe(*one, *other) == pytest.approx(expected, abs=5e-5)


def test_of_no_calls_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert newcombe(0, 0, 5, 9) == (-1.0, 1.0)
    assert not welch(Moments.of(5), Moments.of(9)).excludes_zero


def test_a_mean_that_differs_by_more_than_chance_makes_is_told_from_one_that_does_not() -> None:
    early = sum(map(Moments.of, [600, 620, 640, 580] * 10), Moments())
    late = sum(map(Moments.of, [900, 920, 940, 880] * 10), Moments())
    found = welch(late, early)
    assert found.low < 300 < found.high
    assert found.excludes_zero
    assert not welch(early, early).excludes_zero
    assert (early.mean, round(early.variance, 1)) == (610, 512.8)


def test_to_be_surer_an_interval_is_wider() -> None:
    assert wilson(5, 50, 0.99).low < wilson(5, 50).low
    assert Interval(0.1, 0.2).excludes_zero
