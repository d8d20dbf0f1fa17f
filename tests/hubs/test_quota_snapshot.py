"""The file that keeps what a cloud said of its quotas."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from capacity.quotas.snapshot import Reading, Snapshot
from hubs.active import PlannedEvent
from hubs.deployment import deployment
from hubs.mistakes import Mistake, MistakesError
from hubs.quota_snapshot import (
    parse_snapshot,
    snapshot_facts,
    snapshot_json,
    snapshot_path,
    stack_snapshot,
)
from hubs.stack import Stack, load_stack

Raw = dict[str, object]
NOW = datetime(2027, 2, 1, 13, tzinfo=UTC)
GOOD: Raw = {
    "format": 1,
    "cloud": "gke",
    "region": "us-central1",
    "account": "my-project",
    "taken": "2026-11-21T13:00:00+00:00",
    "sample": False,
    "quotas": [
        {"code": "N2_CPUS", "limit": 500, "usage": 24, "own": 20, "default": False},
        {"code": "SSD_TOTAL_GB", "limit": -1, "usage": None, "own": None, "default": True},
    ],
}
READ = Snapshot(
    cloud="gke",
    region="us-central1",
    account="my-project",
    taken=datetime(2026, 11, 21, 13, tzinfo=UTC),
    origin="recorded",
    sample=False,
    readings={
        "N2_CPUS": Reading(limit=500, usage=24, own=20),
        "SSD_TOTAL_GB": Reading(limit=-1, default=True),
    },
)


def _parsed(raw: object) -> tuple[Snapshot | None, list[str]]:
    mistakes: list[Mistake] = []
    found = parse_snapshot(raw, "quotas/lab.json", ("gke", "us-central1"), mistakes)
    return found, [str(mistake) for mistake in mistakes]


def test_a_file_is_read_as_it_was_written() -> None:
    assert _parsed(GOOD) == (READ, [])
    assert snapshot_json(READ) == GOOD


def test_the_least_that_a_person_must_write() -> None:
    found, mistakes = _parsed(
        {
            "format": 1,
            "cloud": "gke",
            "region": "us-central1",
            "taken": "2026-11-21T14:00:00+01:00",
            "quotas": [{"code": "CPUS_PER_VM_FAMILY/N4", "limit": 24}],
        }
    )

    assert mistakes == []
    assert found is not None
    assert (found.account, found.sample, found.taken) == ("", False, READ.taken)
    assert found.readings == {"CPUS_PER_VM_FAMILY/N4": Reading(limit=24)}


def test_the_gate_is_told_what_was_read_and_nothing_that_was_assumed() -> None:
    assert snapshot_facts(READ) == {"N2_CPUS": {"limit": 500, "others": 4}}
    assert snapshot_facts(replace(READ, sample=True)) == {}


def test_every_mistake_of_form_is_told_at_once() -> None:
    bad = GOOD | {
        "format": 2,
        "cloud": "azure",
        "regions": "us-central1",
        "taken": "2026-11-21T13:00",
        "sample": "no",
        "quotas": [
            {"code": 7, "limit": -2, "usage": 1.5, "own": True},
            {"limit": False},
        ],
    }

    assert _parsed(bad) == (
        None,
        [
            "quotas/lab.json: format: found 2; allowed: 1",
            "quotas/lab.json: cloud: found 'azure'; allowed: gke, eks",
            "quotas/lab.json: taken: found '2026-11-21T13:00'; write an instant with offset, such "
            "as 2026-11-21T13:00:00+00:00",
            "quotas/lab.json: sample: found 'no'; write true or false",
            "quotas/lab.json: quotas[0].code: found 7; write text, in quotes if it looks like "
            "something else",
            "quotas/lab.json: quotas[0].limit: found -2; write a whole number, 0 or above",
            "quotas/lab.json: quotas[0].usage: found 1.5; write a whole number, 0 or above",
            "quotas/lab.json: quotas[0].own: found True; write a whole number, 0 or above",
            "quotas/lab.json: quotas[1].code: is missing; it has no default",
            "quotas/lab.json: quotas[1].limit: found False; write a whole number, 0 or above",
            "quotas/lab.json: regions: unknown key; allowed: format, cloud, region, account, "
            "taken, sample, quotas; nearest: region",
        ],
    )


@pytest.mark.parametrize("taken", ["yesterday", 20261121])
def test_an_instant_is_one(taken: object) -> None:
    assert _parsed(GOOD | {"taken": taken})[1] == [
        f"quotas/lab.json: taken: found {taken!r}; write an instant with offset, such as "
        "2026-11-21T13:00:00+00:00"
    ]


def test_every_mistake_of_content_is_told_at_once() -> None:
    bad = GOOD | {
        "cloud": "eks",
        "region": "us-east1",
        "quotas": [
            {"code": "L-1216C47B", "limit": 5},
            {"code": "spoons", "limit": 5},
            {"code": "L-0263D0A3", "limit": 5, "usage": 1, "own": 2},
            {"code": "L-0263D0A3", "limit": 5, "own": 1},
        ],
    }

    assert _parsed(bad) == (
        None,
        [
            "quotas/lab.json: cloud: found 'eks', and the stack's is 'gke'; read the quotas again",
            "quotas/lab.json: region: found 'us-east1', and the stack's is 'us-central1'; read "
            "the quotas again",
            "quotas/lab.json: quotas[0].code: found 'L-1216C47B', not a quota known here; "
            "nearest: L-1216C47A",
            "quotas/lab.json: quotas[1].code: found 'spoons', not a quota known here",
            "quotas/lab.json: quotas[2].own: found 2, more than usage 1; it is a part of it",
            "quotas/lab.json: quotas[3].code: found 'L-0263D0A3' twice; codes differ",
            "quotas/lab.json: quotas[3].own: found 1, more than usage 0; it is a part of it",
        ],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project's folder of hub files, with one for quotas beside it."""
    hubs = tmp_path / "hubs"
    hubs.mkdir()
    snapshot_path(hubs, "lab").parent.mkdir()
    return hubs


def _load(folder: Path, cluster: Raw, hub: Raw, events: Sequence[Raw]) -> Stack:
    (folder / f"{hub['name']}.yaml").write_text(yaml.safe_dump(hub), "utf-8")
    own: Raw = {"cluster": cluster, "hubs": [hub["name"]], "events": list(events)}
    return load_stack("lab", own, folder)


def test_a_stack_has_the_snapshot_beside_its_hub_files(
    folder: Path, gke: Raw, hub: Raw, event: Raw
) -> None:
    assert _load(folder, gke, hub, [event]).quotas is None
    assert snapshot_path(folder, "lab") == folder.parent / "quotas" / "lab.json"

    snapshot_path(folder, "lab").write_text(json.dumps(GOOD), "utf-8")
    assert _load(folder, gke, hub, [event]).quotas == READ


def test_mistakes_in_it_stand_beside_those_of_the_stack(
    folder: Path, gke: Raw, hub: Raw, event: Raw
) -> None:
    snapshot_path(folder, "lab").write_text(json.dumps(GOOD | {"format": 2}), "utf-8")

    with pytest.raises(MistakesError) as caught:
        _load(folder, gke, hub, [event | {"users": 0}])
    assert str(caught.value).splitlines() == [
        "events[0].users: found 0; write a number above 0",
        "quotas/lab.json: format: found 2; allowed: 1",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 "
         "(char 1)"),
        ("[]", "file: found []; write a mapping with the keys format, cloud, region, account, "
         "taken, sample, quotas"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused(
    content: str, told: str, folder: Path, gke: Raw, hub: Raw
) -> None:
    snapshot_path(folder, "lab").write_text(content, "utf-8")

    with pytest.raises(MistakesError) as caught:
        _load(folder, gke, hub, [])
    assert str(caught.value) == f"quotas/lab.json: {told}"


def test_an_existing_cluster_has_none(folder: Path, existing: Raw, hub: Raw) -> None:
    snapshot_path(folder, "lab").write_text(json.dumps(GOOD), "utf-8")
    without = {key: value for key, value in hub.items() if key != "pool"}

    with pytest.raises(MistakesError) as caught:
        _load(folder, existing, without, [])
    assert str(caught.value) == "quotas/lab.json: an existing cluster has no quotas here; remove it"


def test_without_a_cluster_it_is_not_judged(folder: Path) -> None:
    path = snapshot_path(folder, "lab")
    path.write_text("{", "utf-8")

    assert stack_snapshot(path, None, []) is None


def test_every_hub_hands_it_to_the_gate(
    folder: Path, gke: Raw, hub: Raw, build: Callable[..., tuple[Stack, tuple[PlannedEvent, ...]]]
) -> None:
    stack, _ = build(gke, hub, [])
    assert "quotas" not in deployment(stack, (), NOW).hubs[0].facts

    snapshot_path(folder, "lab").write_text(json.dumps(GOOD), "utf-8")
    found = deployment(_load(folder, gke, hub, []), (), NOW).hubs[0].facts
    assert found["quotas"] == {"N2_CPUS": {"limit": 500, "others": 4}}
