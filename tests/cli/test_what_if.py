"""`readyroom what-if`: what breaks each event's plan first."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

import cli.what_if
import preview.picture_plan
from capacity.needs import Need
from capacity.planned import Plan
from capacity.proof import CAUSES
from capacity.what_if import Verdict
from hubs.active import PlannedEvent
from preview.loaded import Loaded

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]
Load = Callable[[str], Loaded]

OWN_NODES = ["users150", "users200", "image300", "slowNodes"]
KEYS = ["name", "label", "holds", "breaksFirst", "proof", "advice", "survivor"]
PROOF = [
    *("replicas", "seed", "users", "waitingShare", "waitingShareOf95Events"),
    *("waitP50", "waitP95", "waitMax", "newNodes", "mostNodes", "evictions"),
    *("nodeHours", "restarts", "unserved", "causes"),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, loaded: Load) -> list[tuple[int, int]]:
    """Have nothing tried; tell the users of every event asked for, and in how many zones."""
    told: list[tuple[int, int]] = []

    def none(need: Need, _: Plan, zones: int) -> Iterator[Verdict]:
        told.append((need.users, zones))
        yield from ()

    monkeypatch.setattr(cli.what_if, "verdicts_of", none)
    monkeypatch.setattr(cli.what_if, "loaded_with_notes", loaded)
    return told


def test_people_read_a_row_per_shock(invoke: Invoke) -> None:
    result = invoke("what-if", "campus")

    lines = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[0].rstrip() == (
        "What if, for demo: at most 30 % may wait over 60 s; as planned 0.0 % in 95 of 100 events"
    )
    assert " ".join(lines[1].split()) == (
        "what if there are waiting 95 of 100 longest breaks first to survive $/session more"
    )
    assert [line.split("  ")[0] for line in lines[2:] if line[:1].strip()] == [
        "1.5 times the users",
        "2 times the users",
        "an image three times as big",
        "nodes twice as slow to start",
    ]


def test_machines_read_every_verdict_of_every_event(invoke: Invoke) -> None:
    result = invoke("what-if", "campus", "--json")
    found = json.loads(result.stdout)

    assert (result.exit_code, list(found)) == (0, ["demo"])
    assert [verdict["name"] for verdict in found["demo"]] == OWN_NODES
    for verdict in found["demo"]:
        assert list(verdict) == KEYS
        assert list(verdict["proof"]) == PROOF
        assert list(verdict["proof"]["causes"]) == list(CAUSES)
    # 21 seats for 32 and for 42 people.
    assert [
        (verdict["holds"], verdict["breaksFirst"], verdict["proof"]["waitingShare"]["mean"])
        for verdict in found["demo"][:4]
    ] == [
        (False, "most nodes: 3", 11 / 32),
        (False, "most nodes: 3", 0.5),
        (True, None, 0.0),
        (True, None, 0.0),
    ]


def test_machines_read_what_survives(invoke: Invoke) -> None:
    verdict, *_ = json.loads(invoke("what-if", "exam", "--json").stdout)["final"]
    survivor = verdict["survivor"]

    # 150 people on nodes of 15 seats, and a spare.
    assert list(survivor) == [
        *("warmNodes", "maxNodes", "microUsdPerSession"),
        *("extraMicroUsdPerSession", "waitingShare"),
    ]
    assert (survivor["warmNodes"], survivor["maxNodes"], survivor["waitingShare"]) == (11, 11, 0.0)
    costs = (survivor["microUsdPerSession"], survivor["extraMicroUsdPerSession"])
    assert [type(cost) for cost in costs] == [int, int]
    # Three nodes more than the eight planned, at the price of a node of either plan.
    assert costs[1] * 8 == pytest.approx((costs[0] - costs[1]) * 3, rel=1e-6)


@pytest.mark.parametrize(("stack", "zones"), [("campus", 1), ("exam", 1), ("icesat2", 2)])
def test_a_zone_is_lost_where_the_cluster_has_several(
    stack: str, zones: int, asked: list[tuple[int, int]], invoke: Invoke, loaded: Load
) -> None:
    result = invoke("what-if", stack)

    assert result.exit_code == 0
    assert asked == [(event.need.users, zones) for event in loaded(stack).events]


def test_only_one_event_is_tried_if_it_is_named(
    asked: list[tuple[int, int]], invoke: Invoke, loaded: Load
) -> None:
    result = invoke("what-if", "datahub", "--event", "section", "--json")

    [event] = [it for it in loaded("datahub").events if it.config.name == "section"]
    assert json.loads(result.stdout) == {"section": []}
    assert [users for users, _ in asked] == [event.need.users]


def test_all_events_are_tried_if_none_is_named(
    asked: list[tuple[int, int]], invoke: Invoke
) -> None:
    result = invoke("what-if", "datahub", "--json")

    assert json.loads(result.stdout) == {"lab": [], "lecture": [], "section": []}
    assert len(asked) == 3


def test_the_workshop_is_tried_by_default(asked: list[tuple[int, int]], invoke: Invoke) -> None:
    assert json.loads(invoke("what-if", "--json").stdout) == {"intro": []}
    assert [users for users, _ in asked] == [240]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sectoin", "allowed: lab, lecture, section; nearest: section"),
        ("xyz", "allowed: lab, lecture, section"),
    ],
)
def test_an_unknown_event_is_refused_with_the_nearest(
    name: str, told: str, asked: list[tuple[int, int]], command: Command
) -> None:
    assert command("what-if", "datahub", "--event", name) == (
        2,
        "",
        f"--event: found {name!r}; {told}\n",
    )
    assert asked == []


def test_an_unknown_stack_is_refused_with_the_nearest(command: Command) -> None:
    assert command("what-if", "campsu") == (
        2,
        "",
        "stack: no file Pulumi.campsu.yaml; allowed: campus, datahub, exam, full-eks, "
        "full-gke, icesat2, workshop; nearest: campus\n",
    )


@pytest.mark.usefixtures("asked")
def test_pictures_are_written_where_they_are_wanted(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(event: PlannedEvent, verdicts: list[Verdict], folder: Path) -> Path:
        assert (verdicts, folder.is_dir()) == ([], True)
        return Path(f"{event.config.name}.png")

    monkeypatch.setattr(preview.picture_plan, "save_what_if", drawn)
    result = invoke("what-if", "campus", "--json", "--pictures", str(tmp_path / "new" / "folder"))

    assert json.loads(result.stdout) == {"demo": []}
    assert result.stderr == "wrote demo.png\n"


@pytest.mark.usefixtures("asked")
def test_a_file_is_no_folder_for_pictures(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()

    assert command("what-if", "campus", "--pictures", str(path)) == (
        2,
        "",
        f"--pictures: found {str(path)!r}; File exists, name a folder\n",
    )
