"""Numbers and times of exports, with and without units."""

import pytest

from capacity.recording import Metric, Sample, Series, UnreadableRecordingError
from capacity.recording_numbers import gathered, number_in, second_in


@pytest.mark.parametrize(
    ("text", "metric", "number"),
    [
        ("1571364589", "memory", 1571364589),
        ("1.5 GiB", "memory", 1.5 * 2**30),
        ("512Mi", "memory", 2**29),
        ("2 GB", "memory", 2 * 10**9),
        ("1e9", "memory", 10**9),
        (" .5 ", "cpu", 0.5),
        ("250m", "cpu", 0.25),
        ("1 core", "cpu", 1),
        ("13.31 s", "cpu seconds", 13.31),
        ("", "cpu", None),
        ("NaN", "memory", None),
        ("null", "memory", None),
        ("-", "memory", None),
        ("undefined", "memory", None),
    ],
)
def test_a_number_is_in_bytes_cores_or_seconds(
    text: str, metric: Metric, number: float | None
) -> None:
    assert number_in(text, metric) == number


BYTES = (
    "write a number, plain or with B, bytes, kB, KB, MB, GB, TB, Ki, Mi, Gi, Ti, KiB, MiB, GiB, TiB"
)
CORES = "write a number, plain or with m, core, cores, s"


@pytest.mark.parametrize(
    ("text", "metric", "message"),
    [
        ("lots", "memory", f"found 'lots'; {BYTES}"),
        ("50 %", "cpu", f"found '50 %'; {CORES}"),
        ("1 GiB", "cpu", f"found '1 GiB'; {CORES}"),
        ("-1", "memory", "found '-1'; write a number that is not below 0"),
        ("1e999", "memory", "found '1e999'; write a number that is not below 0"),
        ("+Inf", "memory", f"found '+Inf'; {BYTES}"),
        ("9" * 41, "cpu", f"found '{'9' * 40}...'; {CORES}"),
    ],
)
def test_what_is_no_number_is_refused(text: str, metric: Metric, message: str) -> None:
    with pytest.raises(ValueError, match="found") as caught:
        number_in(text, metric)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "1796396400",
        "1796396400000",
        "1796396400.0",
        "2026-12-04T15:00:00Z",
        "2026-12-04 15:00:00",
        "2026-12-04T10:00:00-05:00",
    ],
)
def test_a_time_is_read_in_every_form_in_which_it_is_exported(text: str) -> None:
    assert second_in(text) == 1796396400


@pytest.mark.parametrize("text", ["", "12", "noon", "12 s", "1e400", "9999-12-31", "1" * 50])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="found") as caught:
        second_in(text)
    shown = text if len(text) <= 40 else "1" * 40 + "..."
    assert str(caught.value) == (
        f"found {shown!r}; write seconds since 1970, or a time such as 2026-12-04T10:00:00Z"
    )


def test_samples_are_gathered_by_series_in_order_of_time() -> None:
    found = gathered(
        [
            ("memory", "b", "one", Sample(20, 1)),
            ("memory", "b", "one", Sample(10, 3)),
            ("memory", "b", "one", Sample(10, 2)),
            ("cpu", "a", "", Sample(10, 0.5)),
        ]
    )

    assert found == [
        Series(server="a", metric="cpu", name="", samples=(Sample(10, 0.5),)),
        Series(server="b", metric="memory", name="one", samples=(Sample(10, 3), Sample(20, 1))),
    ]


def test_no_sample_at_all_is_refused() -> None:
    with pytest.raises(UnreadableRecordingError) as caught:
        gathered([])
    assert caught.value.mistakes == ["has no sample; export the time of the run"]
