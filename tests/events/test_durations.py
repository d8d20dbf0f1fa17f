"""Spans of time as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.durations import seconds, show


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("10m", 600),
        ("1h30m", 5_400),
        ("90s", 90),
        ("2d", 172_800),
        ("1d1h1m1s", 90_061),
        ("90m", 5_400),
        ("0s", 0),
        (" 45s ", 45),
    ],
)
def test_a_span_is_read_as_seconds(written: str, expected: int) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize(
    ("written", "near"),
    [
        (10, ", such as 10m"),
        ("10", ", such as 10m"),
        ("", ", such as 10m or 1h30m"),
        ("m", ", such as 10m or 1h30m"),
        ("1.5h", ", such as 10m or 1h30m"),
        ("-5m", ", such as 10m or 1h30m"),
        (-5, ", such as 10m or 1h30m"),
        ("30m1h", ", such as 10m or 1h30m"),
        ("1h 30m", ", such as 10m or 1h30m"),
        ("10min", ", such as 10m or 1h30m"),
        (1.5, ", such as 10m or 1h30m"),
        (True, ", such as 10m or 1h30m"),
        (None, ", such as 10m or 1h30m"),
    ],
)
def test_what_is_not_a_span_with_its_unit_is_refused(written: object, near: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        seconds(written)
    assert str(caught.value) == f"found {written!r}; write a span with its unit{near}"


@pytest.mark.parametrize(
    ("total", "shown"),
    [
        (0, "0s"),
        (45, "45s"),
        (60, "1m"),
        (600, "10m"),
        (256, "4m16s"),
        (3_600, "1h"),
        (5_400, "1h30m"),
        (86_399, "23h59m59s"),
        (86_400, "1d"),
        (90_061, "1d1h1m1s"),
        (864_000, "10d"),
    ],
)
def test_a_span_is_shown_without_empty_parts(total: int, shown: str) -> None:
    assert show(total) == shown


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_span_round_trips(total: int) -> None:
    assert seconds(show(total)) == total
