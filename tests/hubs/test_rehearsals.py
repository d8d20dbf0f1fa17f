"""Recordings are read beside the hub files; what cannot be read is told like any mistake."""

from pathlib import Path

import pytest

from hubs.event import EventConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.rehearsals import MOST_BYTES, read_rehearsal, stack_rehearsals
from tests.hubs.exams import ROOT, Raw, raw_stack

GOOD = "time,memory of a\n1796396400,5\n1796396430,6\n"


def refused(path: Path) -> list[str]:
    """Return what is said of a file that is refused."""
    with pytest.raises(MistakesError) as caught:
        read_rehearsal(path, "run.csv")
    return [str(mistake) for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", ["run.csv: is not UTF-8 text; save it as CSV or JSON"]),
        (b"", ["run.csv: is empty; export the run with its samples"]),
        (
            b"time,memory\n1796396400,x y\nnoon,5\n",
            [
                "run.csv: row 2, column 2: found 'x y'; write a number, plain or with B, bytes, "
                "kB, KB, MB, GB, TB, Ki, Mi, Gi, Ti, KiB, MiB, GiB, TiB",
                "run.csv: row 3, column 1: found 'noon'; write seconds since 1970, or a time such "
                "as 2026-12-04T10:00:00Z",
            ],
        ),
        (
            b"time,memory\n1796396400,5\n",
            ["run.csv: has no two samples of a series; export the whole run"],
        ),
    ],
)
def test_a_file_that_is_no_recording_is_refused(
    content: bytes, told: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "run.csv"
    path.write_bytes(content)

    assert refused(path) == told


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "run.csv") == ["run.csv: No such file or directory"]
    assert refused(tmp_path) == ["run.csv: Is a directory"]


def test_fifty_megabytes_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    def never(*_: object) -> str:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "read_text", never)
    assert refused(path) == [
        f"run.csv: has 50000000 bytes, and at most {MOST_BYTES} are read; export the run alone, "
        "or fewer samples"
    ]


@pytest.mark.parametrize(("first", "sample"), [("", False), ("# SAMPLE DATA, made up\n", True)])
def test_a_recording_says_whether_its_numbers_are_made_up(
    first: str, tmp_path: Path, *, sample: bool
) -> None:
    path = tmp_path / "run.csv"
    path.write_text(first + GOOD, "utf-8")
    found = read_rehearsal(path, "run.csv")

    assert (found.file, found.sample, found.measured.memory) == ("run.csv", sample, 6)
    assert [one.server for one in found.series] == ["of a"]


def _event(**readiness: str) -> EventConfig:
    event: Raw = raw_stack()["events"][0] | {"readiness": readiness}
    return EventConfig.model_validate(event)


def test_the_recordings_that_events_name_are_read() -> None:
    mistakes: list[Mistake] = []
    bare = _event().model_copy(update={"readiness": None})
    events = [None, bare, _event(), _event(recording="sample-final.csv")]

    found = stack_rehearsals(ROOT / "hubs", events, mistakes)

    assert mistakes == []
    assert {name: one.file for name, one in found.items()} == {"final": "sample-final.csv"}


def test_a_recording_that_is_missing_is_a_mistake_of_its_file() -> None:
    mistakes: list[Mistake] = []

    assert stack_rehearsals(ROOT / "hubs", [_event(recording="none.csv")], mistakes) == {}
    assert mistakes == [Mistake("rehearsals/none.csv", "No such file or directory")]


def test_every_recording_that_is_shipped_is_marked_as_made_up() -> None:
    paths = sorted((ROOT / "rehearsals").iterdir())

    assert [path.name for path in paths] == [
        "sample-final.csv",
        "sample-midterm-eks.csv",
        "sample-midterm-gke.csv",
    ]
    assert [read_rehearsal(path, path.name).sample for path in paths] == [True] * 3
