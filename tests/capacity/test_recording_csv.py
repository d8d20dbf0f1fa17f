"""CSV of a recorded run: wide and long, with Grafana's habits, and every mistake in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capacity.recording import Sample, Series, UnreadableRecordingError
from capacity.recording_csv import read_csv

MEMORY = 'container_memory_working_set_bytes{pod="jupyter-a"}'
CPU = 'container_cpu_usage_seconds_total{pod="jupyter-a"}'
SUCH = 'container_memory_working_set_bytes{pod="jupyter-first"}'
TWO = (Sample(1796396400, 100), Sample(1796396430, 200))


def one(name: str, server: str = "jupyter-a") -> Series:
    """Return the memory of a server at two instants."""
    return Series(server=server, metric="memory", name=name, samples=TWO)


def quoted(name: str) -> str:
    """Return a name as CSV has it."""
    return '"' + name.replace('"', '""') + '"'


def mistakes(text: str) -> list[str]:
    """Return what is said of a file that is refused."""
    with pytest.raises(UnreadableRecordingError) as caught:
        read_csv(text)
    return caught.value.mistakes


@pytest.mark.parametrize(
    "text",
    [
        f"Time,{quoted(MEMORY)}\n2026-12-04 15:00:00,100\n2026-12-04 15:00:30,200\n",
        f"# SAMPLE DATA\n\nTime;{quoted(MEMORY)}\n1796396400;100\n1796396430;200\n",
        f"sep=;\nTime;{quoted(MEMORY)}\n1796396400000;100 B\n1796396430000;200 B\n",
        f"sep=,\ntime,{quoted(MEMORY)},\n1796396430,200\n1796396400,100\n1796396410,NaN\n",
        f"Time\t{quoted(MEMORY)}\n1796396400\t100\n1796396430\t200\n1796396440\n",
        f"Series;Time;Value\n{quoted(MEMORY)};1796396400;100\n{quoted(MEMORY)};1796396430;200\n",
    ],
    ids=["wide", "semicolons", "Excel", "Excel with commas", "tabs", "series as rows"],
)
def test_every_form_says_the_same(text: str) -> None:
    assert read_csv(text) == [one(MEMORY)]


def test_a_column_of_its_own_may_say_the_metric() -> None:
    text = "time,pod,metric,value\n1796396400,alice,memory,100\n1796396430,alice,memory,200\n"

    assert read_csv(text) == [one("alice", "alice")]


def test_containers_of_one_pod_are_series_of_one_server() -> None:
    names = [f'cpu{{container="{name}", pod="jupyter-a"}}' for name in ("notebook", "")]
    text = f"time,{quoted(names[0])},{quoted(names[1])}\n1796396400,0.5,0.6\n"

    assert {(found.server, found.name, found.metric) for found in read_csv(text)} == {
        ("jupyter-a", names[0], "cpu"),
        ("jupyter-a", names[1], "cpu"),
    }


NO_METRIC = "does not say whether it is memory or CPU"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a,b\n1,2\n",
            ["row 1: found the columns a, b; write one named time, and one for each series"],
        ),
        (
            f"#\n\nwhen,{quoted(MEMORY)}\n",
            [
                f"row 3: found the columns when, {MEMORY}; write one named time, and one for each "
                "series"
            ],
        ),
        ("time,alice\n", [f"column 2: 'alice' {NO_METRIC}; name it such as {SUCH}"]),
        (
            "time,value\n1796396400,5\n",
            ["found no column that says whose sample it is, such as series"],
        ),
        (
            "time,pod,value\n1796396400,alice,5\n",
            [f"row 2: series 'alice' {NO_METRIC}; add a column metric, or write {SUCH}"],
        ),
        (
            "time,memory\nnoon,5\n1796396400,x\n",
            [
                "row 2, column 1: found 'noon'; write seconds since 1970, or a time such as "
                "2026-12-04T10:00:00Z",
                "row 3, column 2: found 'x'; write a number, plain or with B, bytes, kB, KB, MB, "
                "GB, TB, Ki, Mi, Gi, Ti, KiB, MiB, GiB, TiB",
            ],
        ),
        (
            "time,pod,metric,value\nnoon,alice,memory,1\n",
            [
                "row 2, column 1: found 'noon'; write seconds since 1970, or a time such as "
                "2026-12-04T10:00:00Z"
            ],
        ),
        ("time,memory\n", ["has no sample; export the time of the run"]),
        ("time,memory\n1796396400,NaN\n", ["has no sample; export the time of the run"]),
        ("# nothing\n", ["has no rows; export the time of the run"]),
        ("sep=;\n", ["has no rows; export the time of the run"]),
        (
            f"time,memory\n1796396400,{'9' * 140_000}\n",
            ["is not CSV: field larger than field limit (131072)"],
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, told: list[str]) -> None:
    assert mistakes(text) == told


@pytest.mark.parametrize("header", ["time,memory", "time,pod,metric,value"])
def test_a_file_of_mistakes_ends_early(header: str) -> None:
    row = "noon,5" if header == "time,memory" else "noon,a,memory,5"

    assert len(mistakes("\n".join([header, *[row] * 100_000]))) == 9


@given(st.text(alphabet='time,;\t"\n#sep=memory 0123456789.-%{}', max_size=200))
def test_no_text_is_answered_with_anything_but_series_or_words(text: str) -> None:
    try:
        found = read_csv(text or "x")
        told = list[str]()
    except UnreadableRecordingError as error:
        found, told = [], error.mistakes
    assert (found == []) == (told != [])
    assert all(series.samples for series in found)
