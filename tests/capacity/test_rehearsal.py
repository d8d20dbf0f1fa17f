"""A seat measured from a recorded run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.packing import Seat
from capacity.quantities import GIB, MIB
from capacity.recording import Metric, Sample, Series, UnreadableRecordingError
from capacity.rehearsal import (
    Measured,
    Used,
    cpu_to_ask,
    measure,
    memory_to_ask,
    misfits,
    percentile,
    with_headroom,
)


def series(server: str, metric: Metric, *values: float, step: float = 30) -> Series:
    """Return a series with evenly spaced samples."""
    samples = tuple(Sample(step * place, value) for place, value in enumerate(values))
    return Series(server=server, metric=metric, name=metric, samples=samples)


def measured(memory: int | None, cpu: int | None, step: float = 30) -> Measured:
    """Return what a run of one server used."""
    one = Used(server="a", memory=memory, cpu=cpu)
    return Measured(servers=(one,), memory=memory, cpu=cpu, starts=0, ends=60, step=step)


def test_the_greatest_server_counts_and_a_short_burst_of_cpu_does_not() -> None:
    busy = [0.2] * 95 + [0.5] + [4.0] * 4
    found = measure(
        [
            series("a", "memory", GIB, GIB * 1.5, GIB, step=20),
            series("a", "cpu", *busy),
            series("b", "memory", GIB, GIB + 0.5),
            series("b", "cpu seconds", 10, 19, 4),
            series("c", "cpu", 9),
        ]
    )

    assert found == Measured(
        servers=(
            Used(server="a", memory=GIB * 3 // 2, cpu=200),
            Used(server="b", memory=GIB + 1, cpu=300),
        ),
        memory=GIB * 3 // 2,
        cpu=300,
        starts=0,
        ends=2970,
        step=30,
    )
    assert found.seat == Seat(memory=2 * GIB, cpu=400)


@pytest.mark.parametrize("missing", ["memory", "cpu"])
def test_without_one_of_the_two_there_is_no_seat_to_ask_for(missing: str) -> None:
    metric: Metric = "cpu" if missing == "memory" else "memory"
    found = measure([series("a", metric, 1, 2)])

    assert (found.memory is None, found.cpu is None) == (missing == "memory", missing == "cpu")
    assert found.seat is None


@pytest.mark.parametrize("found", [[], [series("a", "memory", 5)], [series("a", "memory")]])
def test_a_recording_without_two_samples_is_none(found: list[Series]) -> None:
    with pytest.raises(UnreadableRecordingError) as caught:
        measure(found)
    assert caught.value.mistakes == ["has no two samples of a series; export the whole run"]


@pytest.mark.parametrize(
    ("peak", "asked"),
    [
        (1, 256 * MIB),
        (204 * MIB, 256 * MIB),
        (205 * MIB, 512 * MIB),
        (GIB * 8 // 5, 2 * GIB),
        (GIB * 8 // 5 + 1, 2 * GIB + 512 * MIB),
        (6 * GIB, 7 * GIB + 512 * MIB),
        (7 * GIB, 9 * GIB),
    ],
)
def test_memory_is_asked_for_with_a_quarter_more_in_steps(peak: int, asked: int) -> None:
    assert memory_to_ask(peak) == asked


@pytest.mark.parametrize(
    ("used", "asked"),
    [(0, 100), (1, 100), (87, 200), (869, 1000), (870, 1250), (3478, 4000), (3479, 4500)],
)
def test_cpu_is_asked_for_with_some_more_in_steps(used: int, asked: int) -> None:
    assert cpu_to_ask(used) == asked


@given(st.integers(1, 64 * GIB), st.integers(0, 64_000))
def test_what_is_asked_for_always_fits_and_is_no_more_than_a_step_above(
    memory: int, cpu: int
) -> None:
    found = measured(memory, cpu)
    assert found.seat
    assert list(misfits(found, found.seat)) == []
    assert found.seat.memory - with_headroom(memory, 25) < GIB
    assert found.seat.cpu - with_headroom(cpu, 15) <= 500


@given(st.lists(st.floats(0, 64), min_size=1), st.integers(1, 100))
def test_a_percentile_is_a_sample_that_so_many_do_not_exceed(
    values: list[float], percent: int
) -> None:
    found = percentile([Sample(0, value) for value in values], percent)

    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


SEAT = Seat(memory=2 * GIB, cpu=1000)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (measured(GIB * 8 // 5, 869), []),
        (
            measured(GIB * 8 // 5 + 1, 869),
            [
                "memory rose to 1639 MiB, with 25 % of headroom 2049 MiB, and the seat has "
                "2048 MiB; write seat.memory: 2560Mi"
            ],
        ),
        (
            measured(GIB, 870),
            [
                "CPU rose to 0.87 cores, with 15 % of headroom 1.001, and the seat has 1; write "
                "seat.cpu: 1.25"
            ],
        ),
        (
            measured(None, None),
            [
                "memory was not recorded; export container_memory_working_set_bytes, too",
                "CPU was not recorded; export container_cpu_usage_seconds_total, too",
            ],
        ),
        (measured(GIB, 500, step=120), []),
        (
            measured(GIB, 500, step=121),
            [
                "there is a sample every 121 s, and the peak lies between two of them; export "
                "with a step of 120 s or less"
            ],
        ),
    ],
)
def test_the_last_that_fits_and_the_first_that_does_not(found: Measured, told: list[str]) -> None:
    assert list(misfits(found, SEAT)) == told
