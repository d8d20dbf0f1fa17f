"""Scenario files: what they say becomes a scene and a crowd, or every mistake at once."""

from pathlib import Path

import pytest

from capacity.crowds import (
    Bell,
    Break,
    Cohort,
    Cohorts,
    Crowd,
    Poisson,
    Recorded,
    Stay,
    Uniform,
)
from capacity.packing import Seat
from capacity.quantities import GIB
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene, always
from hubs.files import read_yaml
from hubs.scenario_scene import Scenario, read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL: dict[str, object] = {
    "users": 30,
    "arrivals": {"within": "5m"},
    "seatsPerNode": 10,
    "nodeReady": "3m",
}
SIZED: dict[str, object] = {
    "users": 30,
    "arrivals": {"within": 300},
    "seat": {"memory": "2Gi", "cpu": 0.5},
    "node": {"memory": "20Gi", "cpu": 4},
    "nodeReady": 180.0,
}


def test_the_shortest_scenario_has_the_defaults_of_the_measured_runs() -> None:
    assert read_scenario(SMALL) == Scenario(
        scene=Scene(
            seat=Seat(memory=1, cpu=1),
            room=Room(memory=10, cpu=10, pods=10),
            warm_nodes=0,
            max_nodes=3,
            warm_age=17.5,
            hub=HubRules(spawn_limit=None, start_timeout=None, failure_limit=5),
            scan=10.0,
            scheduler_rate=50,
            node_ready=always(180),
            image_pull=always(0),
            wait_limit=60.0,
        ),
        crowd=Crowd(users=30, shape=Uniform(300)),
        replicas=200,
        seed=1,
        seats_per_node=10,
    )


def test_every_key_reaches_the_simulator() -> None:
    found = read_scenario(
        SIZED
        | {
            "description": "all of it",
            "source": "made up",
            "arrivals": {"within": "5m", "shape": "bell"},
            "showUp": 0.9,
            "stay": {
                "hours": 1.5,
                "untilEnd": True,
                "spread": 0.2,
                "logsOut": 0.3,
                "cullTimeout": "10m",
            },
            "pause": {"at": "30m", "lasts": 600, "share": 0.5},
            "node": {
                "memory": "21Gi",
                "cpu": "4100m",
                "pods": 58,
                "daemonsets": {"memory": GIB, "cpu": 0.1, "pods": 8},
            },
            "warmNodes": 2,
            "warmNodesAge": "1h",
            "lead": "15m",
            "minimumUntil": 600,
            "usersBefore": 4,
            "maxNodes": 9,
            "placeholders": {"replicas": 3, "resources": {"memory": "4Gi", "cpu": "1500m"}},
            "autoscaler": {"scan": 20, "templateOverhead": {"cpu": "150m", "memory": "100Mi"}},
            "scheduler": "spreading",
            "schedulerRate": 1000,
            "spawnLimit": 64,
            "startTimeout": "10m",
            "failureLimit": 3,
            "nodeReady": {"p50": "4m", "p95": 360.5},
            "imagePull": 90.5,
            "images": 2,
            "prePuller": False,
            "podStart": 2.5,
            "scaleDown": "5m",
            "reclaimHours": 6,
            "lose": {"nodes": 1, "at": "12m"},
            "waitLimit": 30,
            "nodePrice": 0.2622001,
            "replicas": 20,
            "seed": 0,
        }
    )

    assert found.scene == Scene(
        seat=Seat(memory=2 * GIB, cpu=500),
        room=Room(
            memory=20 * GIB,
            cpu=4000,
            pods=50,
            template_memory=100 * 1024 * 1024,
            template_cpu=150,
        ),
        warm_nodes=2,
        max_nodes=9,
        warm_age=3600.0,
        lead=900,
        minimum_until=600,
        users_before=4,
        placeholders=Placeholders(replicas=3, pod=Seat(memory=4 * GIB, cpu=1500)),
        spreads=True,
        hub=HubRules(spawn_limit=64, start_timeout=600, failure_limit=3),
        scan=20.0,
        scheduler_rate=1000,
        node_ready=Duration(p50=240.0, p95=360.5),
        image_pull=Duration(p50=90.5, p95=90.5),
        images=2,
        pre_puller=False,
        pod_start=2.5,
        scale_down=300,
        reclaim_hours=6.0,
        lost_nodes=1,
        lost_at=720,
        wait_limit=30.0,
    )
    assert found.crowd == Crowd(
        users=30,
        shape=Bell(300),
        show_up_permille=900,
        stay=Stay(seconds=5400, until_end=True, logs_out_permille=300, cull=600, spread_percent=20),
        pause=Break(at=1800, lasts=600, permille=500),
    )
    assert (found.replicas, found.seed, found.seats_per_node) == (20, 0, 8)
    # Rounded up, against whoever pays.
    assert found.micro_usd_per_hour == 262_201


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ({"within": 0}, Uniform(0)),
        ({"within": 90.4}, Uniform(90)),
        ({"within": "10m", "shape": "uniform"}, Uniform(600)),
        ({"rate": {"users": 60, "every": "3m"}}, Poisson(60, 180)),
        ({"rate": 0.5}, Poisson(1, 2)),
        ({"rate": 1 / 3}, Poisson(1, 3)),
        ({"rate": 3}, Poisson(3, 1)),
        ({"rate": {"users": 3, "every": 0.2}}, Poisson(3, 1)),
    ],
)
def test_people_come_within_a_span_or_at_a_rate(written: object, shape: object) -> None:
    assert read_scenario(SMALL | {"arrivals": written}).crowd.shape == shape


@pytest.mark.parametrize("users", [{}, {"users": 3}])
def test_recorded_arrivals_are_taken_as_they_are(users: dict[str, int]) -> None:
    raw = {"arrivals": {"times": [0.48, "1m", 3]}, "seatsPerNode": 1, "nodeReady": 1} | users

    assert read_scenario(raw).crowd == Crowd(users=3, shape=Recorded((0.48, 3.0, 60.0)))


def test_cohorts_come_one_after_the_other() -> None:
    raw = {
        "seatsPerNode": 10,
        "nodeReady": 60,
        "cohorts": [
            {"users": 20, "arrivals": {"within": "5m"}},
            {"users": 5, "after": "10m", "arrivals": {"rate": {"users": 1, "every": 60}}},
        ],
    }

    assert read_scenario(raw).crowd == Crowd(
        users=25, shape=Cohorts((Cohort(20, Uniform(300), 0), Cohort(5, Poisson(1, 60), 600)))
    )


@pytest.mark.parametrize(
    ("written", "pod"),
    [
        ({"replicas": 4}, Seat(memory=2 * GIB, cpu=500)),
        ({"replicas": 4, "seats": 4}, Seat(memory=8 * GIB, cpu=2000)),
    ],
)
def test_placeholders_are_of_seats(written: object, pod: Seat) -> None:
    found = read_scenario(SIZED | {"placeholders": written}).scene

    assert found.placeholders == Placeholders(replicas=4, pod=pod)


@pytest.mark.parametrize(
    ("written", "nodes"),
    [
        ({}, 4),
        ({"users": 33}, 5),
        ({"warmNodes": 2}, 6),
        ({"warmNodes": 2, "usersBefore": 16}, 8),
        ({"placeholders": {"replicas": 3, "seats": 4}}, 6),
        # They fit no node, and so force none.
        ({"placeholders": {"replicas": 3, "seats": 12}}, 4),
        ({"placeholders": {"replicas": 0, "seats": 1}}, 4),
        ({"maxNodes": 1}, 1),
    ],
)
def test_by_default_there_may_be_nodes_for_everybody(
    written: dict[str, object], nodes: int
) -> None:
    # Eight seats of 0.5 CPU on a node of 4 CPU.
    assert read_scenario(SIZED | written).scene.max_nodes == nodes


@pytest.mark.parametrize(
    ("written", "cpu", "memory"),
    [
        ({}, 100, 0),
        ({"templateOverhead": "250m"}, 250, 0),
        ({"templateOverhead": 0.1}, 100, 0),
        ({"templateOverhead": 100}, 100, 0),
        ({"templateOverhead": 10}, 10, 0),
        ({"templateOverhead": 2}, 2000, 0),
        ({"templateOverhead": 0}, 0, 0),
        ({"templateOverhead": {"memory": "1Gi"}}, 0, GIB),
    ],
)
def test_the_autoscalers_template_hides_a_tenth_of_a_core_unless_told(
    written: object, cpu: int, memory: int
) -> None:
    room = read_scenario(SIZED | {"autoscaler": written}).scene.room

    assert (room.template_cpu, room.template_memory) == (cpu, memory)


def test_without_sizes_the_template_hides_nothing() -> None:
    room = read_scenario(SMALL | {"autoscaler": {"templateOverhead": 500}}).scene.room

    assert (room.template_cpu, room.template_memory) == (0, 0)


def test_where_no_node_can_come_none_has_a_time() -> None:
    raw = {"users": 5, "arrivals": {"within": 60}, "seatsPerNode": 10, "warmNodes": 1}

    assert read_scenario(raw | {"maxNodes": 1}).scene.node_ready == always(0)


def test_replicas_and_seed_may_be_given_anew() -> None:
    found = read_scenario(SMALL, replicas=3, seed=0)

    assert (found.replicas, found.seed) == (3, 0)


def test_a_length_of_stay_may_be_in_seconds() -> None:
    crowd = read_scenario(SMALL | {"stay": {"seconds": "90m"}}).crowd

    assert crowd.stay == Stay(seconds=5400)


def test_every_scenario_of_ours_is_read_and_names_its_source() -> None:
    paths = sorted(SCENARIOS.glob("*.yaml"))

    assert [path.stem for path in paths] == [
        "burst-450",
        "event-32x1",
        "event-none",
        "merced",
        "placeholders-1x32",
        "placeholders-32x1",
        "slow-1x32-default",
        "slow-1x32-most",
        "slow-32x1-default",
        "slow-32x1-most",
        "throughput-most",
    ]
    for path in paths:
        raw = read_yaml(path)
        assert isinstance(raw, dict)
        assert raw["source"]
        assert read_scenario(raw, path.name).replicas == 200
