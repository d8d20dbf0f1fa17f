"""What the twelve events cost by hand and at least, to the cent."""

import pytest

from benchmarks.clairvoyant import clairvoyant
from benchmarks.events import SEED, dollars, lines
from benchmarks.practice import practice
from benchmarks.scenarios import events

# Name, dollars by hand, dollars of the lower bound for the seed of the benchmark.
COSTS = [
    ("guide-workshop", "204.39", "21.69"),
    ("guide-exam", "318.37", "12.39"),
    ("big-exam", "622.58", "27.86"),
    ("icesat2", "569.09", "362.36"),
    ("merced", "45.36", "10.07"),
    ("burst-450", "92.24", "13.45"),
    ("scipy", "73.37", "13.87"),
    ("ramp-140", "598.76", "219.36"),
    ("heavy-200", "1058.40", "299.36"),
    ("weekly-class", "26.21", "3.67"),
    ("half-come", "576.58", "39.65"),
    ("small-private", "180.48", "112.09"),
]


def test_every_event_is_priced() -> None:
    assert [name for name, *_ in COSTS] == list(events())


@pytest.mark.parametrize(("name", "by_hand", "at_least"), COSTS)
def test_an_event_costs_this_much_by_hand_and_at_least(
    name: str, by_hand: str, at_least: str
) -> None:
    event = events()[name]

    assert dollars(practice(event).micro_usd) == by_hand
    assert dollars(clairvoyant(event, SEED).micro_usd) == at_least


def test_the_lines_hold_the_same_figures() -> None:
    assert [tuple(line.split()) for line in lines()] == COSTS


@pytest.mark.parametrize(
    ("micro_usd", "shown"),
    [(0, "0.00"), (1, "0.01"), (10_000, "0.01"), (10_001, "0.02"), (1_999_999_999, "2000.00")],
)
def test_dollars_are_shown_rounded_up_to_the_cent(micro_usd: int, shown: str) -> None:
    assert dollars(micro_usd) == shown
