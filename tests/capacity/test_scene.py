"""A scene as the inner loop counts it: milliseconds, and a number for what never comes."""

import math

import pytest

from capacity.packing import Seat
from capacity.scene import Duration, HubRules, Placeholders, Room, Scene, always, rules_of
from capacity.simulation.layout import NEVER, Rules

PLAIN = Scene(
    seat=Seat(memory=100, cpu=10),
    room=Room(memory=1000, cpu=100),
    warm_nodes=1,
    max_nodes=2,
    node_ready=always(60),
    image_pull=always(30),
)


def test_a_duration_has_its_percentiles() -> None:
    duration = Duration(p50=60, p95=120)

    assert duration.quantile(0) == 60
    assert duration.quantile(1.6448536269514722) == pytest.approx(120)
    assert duration.sigma == pytest.approx(math.log(2) / 1.6448536269514722)


@pytest.mark.parametrize(("p50", "p95"), [(60, 60), (60, 50), (0, 0), (0, 10)])
def test_a_duration_without_spread(p50: float, p95: float) -> None:
    assert Duration(p50=p50, p95=p95).sigma == 0
    assert Duration(p50=p50, p95=p95).quantile(3) == p50


def _told(rules: Rules, *names: str) -> list[float]:
    return [getattr(rules, name) for name in names]


def test_what_is_not_set_never_comes() -> None:
    rules = rules_of(PLAIN, 5, 0)

    never = ("minimum_until", "spawn_limit", "start_timeout", "loss_at")
    assert _told(rules, *never) == [NEVER] * 4
    assert _told(rules, "lead", "reclaim_mean", "replicas", "template_cpu") == [-1, 0, 0, 0]
    assert _told(rules, "horizon", "sample_every", "node_pods") == [5, 0, 110]


def test_what_is_set_is_in_milliseconds() -> None:
    scene = Scene(
        seat=PLAIN.seat,
        room=Room(memory=9, cpu=8, pods=7, template_memory=6, template_cpu=5),
        warm_nodes=1,
        max_nodes=2,
        warm_age=17.5,
        lead=600,
        minimum_until=900,
        users_before=3,
        placeholders=Placeholders(replicas=4, pod=Seat(memory=50, cpu=51)),
        spreads=True,
        hub=HubRules(spawn_limit=64, start_timeout=300, failure_limit=6, restart=61, retry=(1, 2)),
        scan=20.0,
        scheduler_rate=100,
        node_ready=Duration(p50=60, p95=120),
        image_pull=always(30),
        images=3,
        pre_puller=False,
        pod_start=2.5,
        scale_down=601,
        reclaim_hours=1.5,
        lost_nodes=2,
        lost_at=40,
    )
    rules = rules_of(scene, 5, 6)

    assert {name: getattr(rules, name) for name in Rules.__annotations__} == {
        "users_before": 3,
        "seat_cpu": 10,
        "seat_memory": 100,
        "node_cpu": 8,
        "node_memory": 9,
        "node_pods": 7,
        "template_cpu": 5,
        "template_memory": 6,
        "held_cpu": 51,
        "held_memory": 50,
        "replicas": 4,
        "warm_nodes": 1,
        "warm_age": 17_500,
        "lead": 600_000,
        "minimum_until": 900_000,
        "max_nodes": 2,
        "spreads": 1,
        "spawn_limit": 64,
        "start_timeout": 300_000,
        "failure_limit": 6,
        "hub_restart": 61_000,
        "retry_least": 1_000,
        "retry_most": 2_000,
        "scan": 20_000,
        "bind_cost": 10_000,
        "bind_burst": 1_990_000,
        "preempt_cost": 25_714,
        "boot_p50": 60_000,
        "boot_sigma": scene.node_ready.sigma,
        "pull_p50": 30_000,
        "pull_sigma": 0,
        "images": 3,
        "pre_puller": 0,
        "pod_start": 2_500,
        "scale_down": 601_000,
        "reclaim_mean": 5_400_000,
        "loss_at": 40_000,
        "loss_nodes": 2,
        "horizon": 5,
        "sample_every": 6,
    }


def test_more_warm_nodes_than_there_may_be_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^3 warm nodes, and at most 2 nodes$"):
        Scene(
            seat=Seat(memory=1, cpu=1),
            room=Room(memory=2, cpu=2),
            warm_nodes=3,
            max_nodes=2,
            node_ready=always(1),
            image_pull=always(1),
        )
