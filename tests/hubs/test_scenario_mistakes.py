"""Mistakes in scenario files: all at once, with their paths and what is right."""

import pytest

from hubs.mistakes import MistakesError
from hubs.scenario_scene import read_scenario

SMALL: dict[str, object] = {
    "users": 30,
    "arrivals": {"within": "5m"},
    "seatsPerNode": 10,
    "nodeReady": "3m",
}
SEAT = {"memory": "2Gi", "cpu": 0.5}
NODE = {"memory": "20Gi", "cpu": 4}


def refused(raw: object, file: str = "") -> list[str]:
    """Return every mistake that a scenario has."""
    with pytest.raises(MistakesError) as caught:
        read_scenario(raw, file)
    return [str(mistake) for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            {"placeholder": 1},
            "placeholder: unknown key; allowed: description, source, users, arrivals, cohorts, "
            "showUp, stay, pause, seatsPerNode, seat, node, warmNodes, warmNodesAge, lead, "
            "minimumUntil, usersBefore, maxNodes, placeholders, autoscaler, scheduler, "
            "schedulerRate, spawnLimit, startTimeout, failureLimit, nodeReady, imagePull, images, "
            "prePuller, podStart, scaleDown, reclaimHours, lose, waitLimit, nodePrice, replicas, "
            "seed; nearest: placeholders",
        ),
        ({"users": "many"}, "users: found 'many'; write a whole number"),
        (
            {"arrivals": {}},
            "arrivals: write exactly one of within, rate and times, such as {within: 10m}",
        ),
        (
            {"arrivals": {"within": 5, "rate": 1}},
            "arrivals: write exactly one of within, rate and times, such as {within: 10m}",
        ),
        (
            {"arrivals": {"rate": 1, "shape": "bell"}},
            "arrivals: shape belongs to within, such as {within: 10m, shape: bell}",
        ),
        (
            {"arrivals": {"within": "10 min"}},
            "arrivals.within: found '10 min'; write seconds, or a span such as 10m",
        ),
        (
            {"arrivals": {"within": None}},
            "arrivals: write exactly one of within, rate and times, such as {within: 10m}",
        ),
        (
            {"arrivals": {"within": True}},
            "arrivals.within: found True; write seconds, or a span such as 10m",
        ),
        ({"arrivals": {"within": -1}}, "arrivals.within: found -1; write from 0s to 30d"),
        ({"arrivals": {"within": "31d"}}, "arrivals.within: found '31d'; write from 0s to 30d"),
        ({"arrivals": {"rate": 0}}, "arrivals.rate: found 0; write a number above 0"),
        (
            {"arrivals": {"rate": 1e-9}},
            "arrivals.rate: found 1e-09; write at least one user in 100000 seconds",
        ),
        (
            {"arrivals": {"rate": {"users": 1, "every": 2, "ever": 2}}},
            "arrivals.rate.ever: unknown key; allowed: users, every; nearest: every",
        ),
        ({"arrivals": {"times": []}}, "arrivals.times: found a list of 0; write at least 1"),
        ({"arrivals": {"times": [1, -1]}}, "arrivals.times[1]: found -1; write from 0s to 30d"),
        ({"nodeReady": "soon"}, "nodeReady: found 'soon'; write seconds, or a span such as 10m"),
        ({"nodeReady": {"p50": 9, "p95": 8}}, "nodeReady: p95 8 is below p50 9; raise it"),
        (
            {"nodeReady": {"p50": 9, "p95": 9, "p96": 8}},
            "nodeReady.p96: unknown key; allowed: p50, p95; nearest: p95",
        ),
        ({"autoscaler": {"scan": 0.5}}, "autoscaler.scan: found 0.5; write at least 1 second"),
        (
            {"autoscaler": {"templateOverhead": "much"}},
            "autoscaler.templateOverhead: found 'much'; write cores with at most three decimals, "
            "such as 1.75, or 1750m",
        ),
        (
            {"scheduler": "packs"},
            "scheduler: found 'packs'; allowed: packing, spreading; nearest: packing",
        ),
        ({"seed": -1}, "seed: found -1; write a whole number, at least 0"),
        ({"startTimeout": 0}, "startTimeout: found 0; write a number above 0"),
        ({"reclaimHours": "6"}, "reclaimHours: found '6'; write a number above 0"),
        ({"stay": {}}, "stay: write either hours or seconds, such as {hours: 3}"),
        ({"placeholders": {"seats": 1}}, "placeholders.replicas: is missing; it has no default"),
        (
            {"placeholders": {"replicas": 1, "seats": 1, "resources": {"memory": "1Gi", "cpu": 1}}},
            "placeholders: write either seats or resources, such as {replicas: 32, seats: 1}",
        ),
        (
            {"placeholders": {"replicas": 1, "resources": {"memory": "1Gi", "cpu": 1}}},
            "placeholders.resources: needs seat and node; with seatsPerNode write seats",
        ),
        (
            {"placeholders": {"replicas": 100_001}, "maxNodes": 5},
            "placeholders.replicas: found 100001; write at most 100000",
        ),
        ({"warmNodes": 2, "maxNodes": 1}, "maxNodes: found 1, below warmNodes 2; raise it"),
        (
            {"maxNodes": 5001},
            "maxNodes: 5001 nodes; Kubernetes is made for at most 5000; write fewer",
        ),
        (
            {"users": 200_000, "maxNodes": 9},
            "replicas: 200 of 200000 users are 40000000 arrivals; at most 20000000 are drawn; "
            "write fewer",
        ),
        (
            {"warmNodes": 1, "usersBefore": 11},
            "usersBefore: found 11, and 10 seats on warmNodes 1",
        ),
        (
            {"lose": {"nodes": 1, "at": 5}},
            "lose.nodes: found 1, and warmNodes 0; only warm nodes are lost",
        ),
        (
            {"cohorts": [{"users": 1, "arrivals": {"within": 1}}], "users": 1},
            "arrivals: each cohort has its own; leave it out",
        ),
    ],
)
def test_a_mistake_is_told_with_its_path_and_what_is_right(
    written: dict[str, object], told: str
) -> None:
    assert refused(SMALL | written) == [told]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            {"users": 4, "arrivals": {"times": [1, 2]}},
            ["users: found 4, and 2 in arrivals.times; leave it out"],
        ),
        (
            {"users": 4, "cohorts": [{"users": 1, "arrivals": {"within": 1}}]},
            ["users: found 4, and 1 in cohorts; leave it out"],
        ),
        (
            {"cohorts": [{"users": 1, "arrivals": {"times": [1]}}]},
            [
                "cohorts[0].arrivals.times: unknown key; allowed: within, shape, rate",
            ],
        ),
        (
            {"cohorts": [{"users": 1, "arrivals": {"rate": 1, "within": 1}}]},
            ["cohorts[0].arrivals: write exactly one of within and rate, such as {within: 10m}"],
        ),
        (
            {},
            [
                "arrivals: is missing; it has no default; write arrivals or cohorts",
                "users: is missing; it has no default",
            ],
        ),
    ],
)
def test_people_are_said_once(written: dict[str, object], told: list[str]) -> None:
    assert refused({"seatsPerNode": 2, "nodeReady": 9} | written) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({}, ["seatsPerNode: is missing; it has no default; write it, or seat and node"]),
        ({"seat": SEAT}, ["node: is missing; it has no default beside seat"]),
        ({"node": NODE}, ["seat: is missing; it has no default beside node"]),
        (
            {"seatsPerNode": 2, "seat": SEAT, "node": NODE},
            [
                "node: write either seatsPerNode, or seat and node",
                "seat: write either seatsPerNode, or seat and node",
            ],
        ),
        (
            {
                "seat": SEAT,
                "node": {"memory": "2Gi", "cpu": 1, "daemonsets": {"memory": "3Gi"}},
            },
            [
                "node: has 0.0 MiB, 1 CPU and 110 pod slots for users, too little for a seat "
                "of 2.00 GiB and 0.5 CPU"
            ],
        ),
    ],
)
def test_sizes_are_said_once_and_fit(written: dict[str, object], told: list[str]) -> None:
    assert refused({"users": 1, "arrivals": {"within": 60}} | written) == told


def test_all_mistakes_come_at_once_with_the_file() -> None:
    raw = SMALL | {"users": 0, "seed": 1.5, "nodeReady": {"p50": 1}}

    assert refused(raw, "class.yaml") == [
        "class.yaml: nodeReady.p95: is missing; it has no default",
        "class.yaml: seed: found 1.5; write a whole number, at least 0",
        "class.yaml: users: found 0; write a number above 0",
    ]
    assert refused(SMALL | {"seatsPerNode": 1, "maxNodes": 6000, "usersBefore": 9}, "a.yaml") == [
        "a.yaml: maxNodes: 6000 nodes; Kubernetes is made for at most 5000; write fewer",
        "a.yaml: usersBefore: found 9, and 0 seats on warmNodes 0",
    ]


@pytest.mark.parametrize(
    "written", [{"lead": "10m"}, {"lose": {"nodes": 1, "at": 60}}, {"maxNodes": 2}]
)
def test_a_node_that_can_come_has_a_time(written: dict[str, object]) -> None:
    raw: dict[str, object] = {"users": 5, "arrivals": {"within": 60}, "seatsPerNode": 10}
    raw |= {"warmNodes": 1, "maxNodes": 1} | written

    assert refused(raw) == [
        "nodeReady: is missing; it has no default where nodes can come "
        f"(maxNodes {raw['maxNodes']}, warmNodes 1)"
    ]
