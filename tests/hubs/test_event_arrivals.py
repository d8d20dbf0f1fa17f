"""Arrivals as a stack file says them: what is taken, and its words for what is not."""

import math
from typing import Any

import pytest
from pydantic import ValidationError

from capacity.crowds import Bell, Cohort, Cohorts, Poisson, Recorded, Uniform
from hubs.event import ArrivalsConfig, EventConfig

Raw = dict[str, object]

ONE_OF = "write exactly one of within, rate, recorded, series and cohorts, such as {within: 10m}"
RISE = "series must rise: later seconds, and never fewer users so far"
OFFSET = "write a number that is not below 0, such as 12.5"


@pytest.mark.parametrize(
    ("arrivals", "users", "curve", "seconds"),
    [
        ({"within": "10m"}, 20, Uniform(600), 600),
        ({"within": "10m", "shape": "uniform"}, 20, Uniform(600), 600),
        ({"within": "10m", "shape": "bell"}, 20, Bell(600), 600),
        ({"rate": {"users": 60, "every": "3m"}}, 240, Poisson(60, 180), 720),
        # 100 / 60 of 180 s, rounded down; never less than a second.
        ({"rate": {"users": 60, "every": "3m"}}, 1, Poisson(60, 180), 3),
        ({"rate": {"users": 60, "every": "3s"}}, 1, Poisson(60, 3), 1),
        ({"recorded": [90, 0.5, 30]}, 3, Recorded((0.5, 30.0, 90.0)), 90),
        # Twice as many users as were seen: the last of them came at 90 s.
        ({"recorded": [0, 90]}, 4, Recorded((0.0, 90.0)), 90),
        ({"recorded": [0]}, 1, Recorded((0.0,)), 1),
        # Two in the first minute, none in the second, one in the third.
        (
            {"series": [[0, 10], [60, 12], [120, 12], [180, 13]]},
            3,
            Recorded((30.0, 60.0, 180.0)),
            180,
        ),
        (
            {"cohorts": [{"users": 30, "within": "5m"}, {"users": 10, "within": "2m"}]},
            40,
            Cohorts((Cohort(30, Uniform(300)), Cohort(10, Uniform(120)))),
            300,
        ),
        (
            {
                "cohorts": [
                    {"users": 30, "within": "5m"},
                    {"users": 10, "within": "2m", "after": "4m"},
                ]
            },
            40,
            Cohorts((Cohort(30, Uniform(300)), Cohort(10, Uniform(120), 240))),
            360,
        ),
    ],
)
def test_arrivals_are_a_curve_and_a_span(
    arrivals: Raw, users: int, curve: object, seconds: int
) -> None:
    found = ArrivalsConfig.model_validate(arrivals)

    assert found.curve() == curve
    assert found.seconds(users) == seconds


@pytest.mark.parametrize(
    ("arrivals", "messages"),
    [
        ({}, [ONE_OF]),
        ({"within": "10m", "rate": {"users": 60, "every": "3m"}}, [ONE_OF]),
        ({"recorded": [1], "series": [[0, 0], [1, 1]]}, [ONE_OF]),
        ({"shape": "bell"}, [ONE_OF]),
        (
            {"rate": {"users": 60, "every": "3m"}, "shape": "bell"},
            ["shape bell belongs to within, such as {within: 10m, shape: bell}"],
        ),
        ({"series": [[0, 5], [60, 4]]}, [RISE]),
        ({"series": [[60, 4], [0, 5]]}, [RISE]),
        ({"series": [[0, 4], [0, 5]]}, [RISE]),
        # Nobody comes.
        ({"series": [[0, 4], [60, 4]]}, [RISE]),
        ({"recorded": [-1, 2]}, [f"found -1; {OFFSET}"]),
        ({"recorded": ["1s", 2]}, [f"found '1s'; {OFFSET}"]),
        ({"series": [[0, True], [1, 2], [2, 3]]}, [f"found True; {OFFSET}"]),
    ],
)
def test_what_is_no_curve_is_told(arrivals: Raw, messages: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        ArrivalsConfig.model_validate(arrivals)

    assert [error["msg"] for error in caught.value.errors()] == [
        f"Value error, {message}" for message in messages
    ]


@pytest.mark.parametrize(
    ("arrivals", "kind", "place"),
    [
        ({"recorded": []}, "too_short", ("recorded",)),
        ({"series": [[0, 1]]}, "too_short", ("series",)),
        ({"series": [[0], [1, 2], [2, 3]]}, "missing", ("series", 0, 1)),
        ({"cohorts": []}, "too_short", ("cohorts",)),
        (
            {"cohorts": [{"users": 3}, {"users": 3, "within": "5m"}]},
            "missing",
            ("cohorts", 0, "within"),
        ),
        ({"within": "10m", "shape": "peak"}, "literal_error", ("shape",)),
    ],
)
def test_what_is_too_little_is_told_with_its_place(
    arrivals: Raw, kind: str, place: tuple[Any, ...]
) -> None:
    with pytest.raises(ValidationError) as caught:
        ArrivalsConfig.model_validate(arrivals)

    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [(kind, place)]


@pytest.mark.parametrize(
    ("written", "held"), [({}, None), ({"showUp": 0.8}, 800), ({"showUp": 1}, 1000)]
)
def test_a_share_of_the_users_may_show_up(event: Raw, written: Raw, held: int | None) -> None:
    assert EventConfig.model_validate(event | written).show_up == held


@pytest.mark.parametrize("written", [80, -0.1, math.nan])
def test_more_than_all_users_do_not_show_up(event: Raw, written: float) -> None:
    with pytest.raises(ValidationError) as caught:
        EventConfig.model_validate(event | {"showUp": written})

    assert [error["msg"] for error in caught.value.errors()] == [
        f"Value error, found {written!r}; write a share from 0 to 1, such as 0.3"
    ]
