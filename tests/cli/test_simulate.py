"""`readyroom simulate`: a scenario file, for people, for machines and as a picture."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]

# Three people and two seats: the third waits for the node that is asked for with it.
CLASS = """\
arrivals: {times: [0, 10, 20]}
seatsPerNode: 2
warmNodes: 1
nodeReady: 2m
replicas: 2
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A small class."""
    path = tmp_path / "class.yaml"
    path.write_text(CLASS, "utf-8")
    return path


def _squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _both(value: float) -> dict[str, float]:
    return {"mean": value, "low": value, "high": value}


def test_a_scenario_is_told_with_reasons(invoke: Invoke, scenario: Path) -> None:
    result = invoke("simulate", str(scenario), "--seed", "7", "--trace")

    assert result.exit_code == 0
    lines = _squeezed(result.stdout)
    assert lines[0] == (
        "1 of 3 people waits longer than a minute; the longest 2 min. "
        "Most of them wait for a new node (machine) that is still starting."
    )
    assert lines[2:5] == [
        "figure mean 95 % interval because",
        "waiting share 33.3% 33.3% to 33.3% people whose server runs later than 1m after asking "
        "(waitLimit); mean of 2 events",
        "median wait 0.00 s 0.00 s to 0.00 s of all waits; mean of 2 events",
    ]
    assert lines[7:9] == [
        "new nodes 1.0 1.0 to 1.0 added to 1 warm ones (warmNodes); at most 3 in all",
        "evictions 0.0 0.0 to 0.0 of 0 placeholders, those that users preempted",
    ]
    assert lines[9].startswith("node hours 0.0")
    assert lines[9].endswith(" of all nodes, from the first second until the last server runs")
    assert lines[11:13] == [
        "of all people wait too long for see",
        "33.3% a new node (machine) that is still starting warmNodes, nodeReady",
    ]
    assert lines[14] == "user arrival wait cause"
    assert lines[17].startswith("3 20.00 s 2m")
    assert lines[17].endswith(" nodeBoot")
    assert lines[-1] == "Replicas: 2, seed: 7."


def test_for_machines_every_figure_has_its_interval(invoke: Invoke, scenario: Path) -> None:
    result = invoke("simulate", str(scenario), "--json", "--trace", "--replicas", "1")

    found = json.loads(result.stdout)
    assert list(found) == [
        "replicas",
        "seed",
        "waitLimit",
        "came",
        "waitingShare",
        "waitingShareOf95",
        "waitP50",
        "waitP95",
        "waitMax",
        "newNodes",
        "mostNodes",
        "evictions",
        "nodeHours",
        "failedStarts",
        "unserved",
        "causes",
        "trace",
    ]
    assert (found["replicas"], found["seed"], found["waitLimit"]) == (1, 1, 60)
    assert found["came"] == _both(3)
    assert found["waitingShare"] == _both(0.333333)
    assert (found["waitP50"], found["newNodes"], found["mostNodes"]) == (
        _both(0),
        _both(1),
        _both(2),
    )
    assert 120 <= found["waitMax"]["mean"] <= 131
    assert found["causes"] == {
        "spawnLimit": 0,
        "nodeBoot": 0.333333,
        "maxNodes": 0,
        "scheduler": 0,
        "imagePull": 0,
        "notServed": 0,
    }
    assert found["trace"][:2] == [
        {"user": 1, "arrival": 0, "wait": 0, "cause": None},
        {"user": 2, "arrival": 10, "wait": 0, "cause": None},
    ]
    assert found["trace"][2] == {
        "user": 3,
        "arrival": 20,
        "wait": found["waitMax"]["mean"],
        "cause": "nodeBoot",
    }


def test_the_same_seed_gives_the_same_answer(invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "drawn.yaml"
    path.write_text(
        "{users: 20, arrivals: {within: 5m}, seatsPerNode: 4, nodeReady: {p50: 60, p95: 90}}"
    )
    once, again, other = (
        invoke("simulate", str(path), "--json", "--replicas", "3", "--seed", seed).stdout
        for seed in ("5", "5", "6")
    )

    assert once == again
    assert json.loads(once)["waitP50"] != json.loads(other)["waitP50"]


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_picture_is_drawn_beside_the_answer(
    ending: str, begins: bytes, invoke: Invoke, scenario: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"class.{ending}"
    result = invoke("simulate", str(scenario), "--picture", str(path))

    assert result.exit_code == 0
    assert result.stdout.startswith("1 of 3 people waits longer than a minute")
    assert path.read_bytes().startswith(begins)


def test_a_picture_of_another_kind_is_refused(command: Command, scenario: Path) -> None:
    assert command("simulate", str(scenario), "--picture", "class.gif") == (
        2,
        "",
        "--picture: found 'class.gif'; write a file that ends in .png or .svg\n",
    )


def test_a_picture_that_cannot_be_written_is_told(
    command: Command, scenario: Path, tmp_path: Path
) -> None:
    path = tmp_path / "none" / "class.png"

    assert command("simulate", str(scenario), "--picture", str(path)) == (
        2,
        "",
        f"{path}: No such file or directory\n",
    )


def test_every_mistake_of_a_file_is_told(command: Command, scenario: Path) -> None:
    scenario.write_text("users: 3\narrivalz: {within: 5}\nseatsPerNode: 0\n", "utf-8")

    code, out, err = command("simulate", str(scenario))
    first, second = err.splitlines()
    assert (code, out) == (2, "")
    assert first.startswith(f"{scenario}: arrivalz: unknown key; allowed: description, source, ")
    assert first.endswith("; nearest: arrivals")
    assert second == f"{scenario}: seatsPerNode: found 0; write a number above 0"


def test_a_file_that_is_not_there_is_told(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"

    assert command("simulate", str(path)) == (2, "", f"{path}: No such file or directory\n")


def test_other_verbs_never_import_the_simulator(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("preview.simulated", "preview.picture"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    assert invoke("machine", "n2-highmem-4").exit_code == 0
    assert "preview.simulated" not in sys.modules
    assert "preview.picture" not in sys.modules


def _pair(cell: str) -> tuple[float, float]:
    measured, told = (part.strip().removesuffix(" s") for part in cell.split(r"\|"))
    return float(measured), float(told)


def test_the_docs_compare_what_is_simulated_with_what_was_measured(
    invoke: Invoke, root: Path
) -> None:
    # Source: kube-scheduler 1.36.3 and cluster-autoscaler 1.36.1, measured; see the scenarios.
    text = (root / "docs" / "simulate.md").read_text("utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if r"\|" in line]

    assert len(rows) == 7
    for name, *cells in rows:
        scenario = name.strip("| `")
        found = json.loads(invoke("simulate", f"scenarios/{scenario}.yaml", "--json").stdout)
        keys = ("waitP50", "waitP95", "waitMax", "newNodes", "evictions")
        for key, cell in zip(keys, cells, strict=True):
            measured, told = _pair(cell.strip("| "))
            assert found[key]["mean"] == pytest.approx(told, rel=0.05, abs=0.05), (scenario, key)
            assert found[key]["mean"] == pytest.approx(measured, rel=0.15, abs=0.8), (scenario, key)


def test_the_docs_name_every_key(root: Path) -> None:
    text = (root / "docs" / "simulate.md").read_text("utf-8")
    schema = json.loads((root / "hubs" / "schemas" / "scenario.schema.json").read_text("utf-8"))

    assert [key for key in schema["properties"] if f"`{key}`" not in text] == []


def test_the_example_of_the_docs_runs(invoke: Invoke, root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "simulate.md").read_text("utf-8")
    path = tmp_path / "example.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], "utf-8")

    result = invoke("simulate", str(path), "--replicas", "2")

    assert result.exit_code == 0
    assert " of 240 people wait longer than a minute; " in result.stdout
