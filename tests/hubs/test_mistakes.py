"""Mistakes: all at once, in order, each with its path and the nearest right word."""

from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter

from hubs.event import ArrivalsConfig
from hubs.mistakes import Mistake, MistakesError, nearest, nearest_of
from hubs.parsing import parsed, shown


def test_every_mistake_is_told_once_and_in_order() -> None:
    second, first = Mistake("b", "is missing"), Mistake("a[0]", "found 1")

    error = MistakesError([second, first, Mistake("b", "is missing")])

    assert error.mistakes == [first, second]
    assert str(error) == "a[0]: found 1\nb: is missing"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("cluster",), "cluster"),
        (("events", 0, "seat", "memory"), "events[0].seat.memory"),
        (("events", 10, 2), "events[10][2]"),
    ],
)
def test_a_path_is_shown_as_people_write_it(path: tuple[str | int, ...], text: str) -> None:
    assert shown(path) == text


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("exams", "allowed: workshop, exam, class; nearest: exam"),
        ("lecture", "allowed: workshop, exam, class"),
        ("", "allowed: workshop, exam, class"),
    ],
)
def test_the_nearest_word_is_told_if_one_is_near(word: str, told: str) -> None:
    assert nearest(word, ["workshop", "exam", "class"]) == told


def test_what_is_right_is_returned_and_adds_no_mistake() -> None:
    mistakes: list[Mistake] = []

    found = parsed(TypeAdapter(ArrivalsConfig), {"within": "10m"}, ("arrivals",), mistakes)

    assert found == ArrivalsConfig(within="10m")  # pyright: ignore[reportArgumentType] - as written
    assert mistakes == []


def test_a_mistake_in_a_hub_file_names_the_file() -> None:
    mistakes: list[Mistake] = []

    found = parsed(TypeAdapter(ArrivalsConfig), {"rate": {}}, (), mistakes, file="hubs/lab.yaml")

    assert found is None
    assert [str(mistake) for mistake in mistakes] == [
        "hubs/lab.yaml: rate.users: is missing; it has no default",
        "hubs/lab.yaml: rate.every: is missing; it has no default",
    ]


def test_a_mistake_of_a_whole_file_says_so() -> None:
    mistakes: list[Mistake] = []

    parsed(TypeAdapter(ArrivalsConfig), "10m", (), mistakes)

    assert mistakes == [
        Mistake(
            "file",
            "found '10m'; write a mapping with the keys within, shape, rate, recorded, series, "
            "cohorts",
        )
    ]


def test_a_kind_of_mistake_without_words_of_ours_is_told_in_the_librarys() -> None:
    mistakes: list[Mistake] = []
    adapter: TypeAdapter[Mapping[int, int]] = TypeAdapter(Mapping[int, int])

    parsed(adapter, {"a": 1}, ("amounts",), mistakes)

    assert mistakes == [
        Mistake(
            "amounts.a",
            "found 'a'; input should be a valid integer, unable to parse string as an integer",
        )
    ]


def test_keys_are_known_below_names_that_are_free() -> None:
    mistakes: list[Mistake] = []
    adapter: TypeAdapter[dict[str, ArrivalsConfig]] = TypeAdapter(dict[str, ArrivalsConfig])

    parsed(adapter, {"a": {"withn": "10m"}}, (), mistakes)

    assert [str(mistake) for mistake in mistakes] == [
        "a.withn: unknown key; allowed: within, shape, rate, recorded, series, cohorts; "
        "nearest: within"
    ]


@pytest.mark.parametrize(
    ("found", "allowed", "said"),
    [
        (10, ["1", "7", "14", "30"], "allowed: 1, 7, 14, 30; nearest: 7"),
        (3.9, ["1", "7"], "allowed: 1, 7; nearest: 1"),
        (True, ["1", "7"], "allowed: 1, 7"),
        ("17", ["1", "7"], "allowed: 1, 7; nearest: 7"),
        (2, ["1"], "allowed: 1"),
        (2, ["2x", "y"], "allowed: 2x, y; nearest: 2x"),
    ],
)
def test_the_nearest_number_is_so_by_value(found: object, allowed: list[str], said: str) -> None:
    assert nearest_of(found, allowed) == said
