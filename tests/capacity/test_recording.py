"""Series of servers: which metric, whose, and CPU in use from a counter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.recording import (
    Metric,
    Sample,
    Series,
    UnreadableRecordingError,
    cpu_in_use,
    labels_in,
    metric_of,
    of_users,
    server_of,
)


def series(server: str, *values: float, metric: Metric = "cpu seconds") -> Series:
    """Return a series with a sample every ten seconds."""
    samples = tuple(Sample(10.0 * place, value) for place, value in enumerate(values))
    return Series(server=server, metric=metric, name="", samples=samples)


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("container_memory_working_set_bytes", "memory"),
        ("Working set of alice", "memory"),
        ("container_cpu_usage_seconds_total", "cpu seconds"),
        ("alice CPU seconds", "cpu seconds"),
        ("CPU of alice", "cpu"),
        ("alice", None),
        ("", None),
    ],
)
def test_a_metric_is_told_by_its_name(name: str, metric: Metric | None) -> None:
    assert metric_of(name) == metric


def test_labels_are_read_as_prometheus_writes_them() -> None:
    name = 'container_cpu_usage_seconds_total{container="notebook", pod="jupyter-a\\"b"}'

    assert labels_in(name) == {"container": "notebook", "pod": 'jupyter-a\\"b'}
    assert labels_in("x" * 100_000 + '{pod="a"}') == {}


@pytest.mark.parametrize(
    ("labels", "name", "server"),
    [
        ({"pod": "jupyter-a", "username": "a"}, "", "jupyter-a"),
        ({"pod": "", "username": "a"}, "", "a"),
        ({}, "Memory of alice", "of alice"),
        ({}, 'container_memory_working_set_bytes{container="notebook"}', "the server"),
    ],
)
def test_a_server_is_told_by_its_labels_or_by_the_rest_of_its_name(
    labels: dict[str, str], name: str, server: str
) -> None:
    assert server_of(labels, name) == server


def test_only_servers_of_users_count_where_some_are_named_like_them() -> None:
    user, hub, empty = series("jupyter-a", 1), series("hub-0", 1), series("jupyter-b")

    assert of_users([user, hub, empty]) == [user]
    assert of_users([hub, empty]) == [hub]


def test_a_counter_that_falls_began_again_at_nothing() -> None:
    assert cpu_in_use(series("a", 5, 15, 2, 2)) == [
        Sample(10, 1.0),
        Sample(20, 0.2),
        Sample(30, 0.0),
    ]


def test_cpu_in_cores_is_taken_as_it_is() -> None:
    assert cpu_in_use(series("a", 0.5, 0.25, metric="cpu")) == [Sample(0, 0.5), Sample(10, 0.25)]


@given(st.lists(st.integers(1, 100), min_size=2), st.integers(1, 20))
def test_a_reset_anywhere_hides_some_use_and_makes_up_none(used: list[int], place: int) -> None:
    counter = [sum(used[:index]) for index in range(1, len(used) + 1)]
    lost = sum(used[:place])
    fell = [*counter[:place], *(total - lost for total in counter[place:])]

    rates = [sample.value for sample in cpu_in_use(series("a", *fell))]

    expected = [one / 10 for one in used[1:]]
    if place < len(used) and used[place] >= lost:
        expected[place - 1] = (used[place] - lost) / 10
    assert rates == expected


def test_of_many_mistakes_the_first_are_told() -> None:
    error = UnreadableRecordingError([f"row {row}" for row in (1, 1, *range(2, 12))])

    assert error.mistakes == [*(f"row {row}" for row in range(1, 9)), "and 3 more"]
    assert str(error).splitlines() == error.mistakes
