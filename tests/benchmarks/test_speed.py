"""The program that measures, with hardly anything to do."""

import json

import pytest

from benchmarks import speed
from benchmarks.likeness import Test as Comparison
from benchmarks.speed import Effort, Figures
from benchmarks.speed_scenes import SAME
from benchmarks.timing import Timing, Took

LITTLE = Effort(replicas=2, runs=2, peer_seconds=0, compared=3)


def figures(p: float, wall: float) -> Figures:
    timing = Timing(
        replicas=1000,
        peer_replicas=10,
        compiled=Took(wall=wall, cpu=2 * wall),
        proof=Took(wall=0.3, cpu=0.5),
        peer=Took(wall=0.4, cpu=0.4),
    )
    test = Comparison(statistic="evictions", compiled=1, peer=2, distance=0.5, p=p)
    return Figures(
        cores=2, first_call=0.5, compilation=None, timing=timing, tests={"calm": (test, test)}
    )


def test_both_ratios_are_per_replica() -> None:
    timing = figures(1, wall=0.25).timing

    assert timing.times_as_fast == pytest.approx(160)
    assert timing.times_as_fast_per_core == pytest.approx(80)


@pytest.mark.parametrize(
    ("p", "alike", "said"),
    [
        (
            0.025,
            True,
            "no difference found: the least of 2 p values is 0.0250, the threshold 0.0250",
        ),
        (
            0.024,
            False,
            "the models differ: the least of 2 p values is 0.0240, the threshold 0.0250",
        ),
    ],
)
def test_models_differ_below_the_threshold(p: float, alike: bool, said: str) -> None:  # noqa: FBT001 - a case
    found = figures(p, wall=0.25)

    assert (found.alike, speed.verdict(found)) == (alike, said)


def test_tables_say_whether_targets_are_met() -> None:
    met, missed = (
        list(speed.speed_table(figures(1, wall)).columns[2].cells) for wall in (0.25, 1.5)
    )

    assert [cell for cell in met if cell] == ["< 0.3 s, met", ">= 40, met"]
    assert [cell for cell in missed if cell] == ["< 0.3 s, missed", ">= 40, missed"]


def test_json_holds_everything(capsys: pytest.CaptureFixture[str]) -> None:
    code = speed.main(["--json"], LITTLE, SAME[:1])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert set(found) == {
        "cores",
        "first_call",
        "compilation",
        "timing",
        "tests",
        "times_as_fast",
        "times_as_fast_per_core",
        "threshold",
        "alike",
    }
    assert [test["statistic"] for test in found["tests"]["calm"]] == [
        "waiting share",
        "p95 wait, s",
        "new nodes",
        "evictions",
        "all waits, s",
    ]


def test_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code = speed.main([], LITTLE, SAME[:1])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[0].startswith("1,000 users in 10 minutes, ")
    assert lines[-1].startswith("no difference found: the least of 5 p values is ")
