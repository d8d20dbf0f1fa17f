"""What the values of an exam have that other events do not, and how an image is named."""

from collections.abc import Callable

import pytest
from contexts import CONFINED, LOCKED_DOWN

Raw = dict[str, object]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

DIGEST = "4f8b52e3a1d0c96b7e2f1a0d3c5b4e6f708192a3b4c5d6e7f8091a2b3c4d5e6f"
USUAL_CULL: Raw = {"enabled": True, "timeout": 3600, "every": 600}


@pytest.fixture
def exam(event: Raw) -> Raw:
    """An exam of twenty on a machine type of its own; lead 27 minutes, drain 30."""
    return event | {"kind": "exam", "pool": {"machineType": "n2-highmem-4"}}


@pytest.mark.parametrize(
    ("time", "cull"),
    [
        ("2027-02-01T13:32", USUAL_CULL),
        ("2027-02-01T13:33", {"enabled": False}),
        ("2027-02-01T15:59", {"enabled": False}),
        ("2027-02-01T16:00", {"enabled": True, "timeout": 600, "every": 600}),
        ("2027-02-01T16:29", {"enabled": True, "timeout": 600, "every": 600}),
        ("2027-02-01T16:30", USUAL_CULL),
    ],
)
def test_nobody_is_culled_while_an_exam_is_written_and_all_soon_after(
    gke: Raw, hub: Raw, exam: Raw, values_at: ValuesAt, time: str, cull: Raw
) -> None:
    assert values_at(gke, hub, exam, time)["cull"] == cull


@pytest.mark.parametrize("kind", ["workshop", "class"])
@pytest.mark.parametrize("time", ["2027-02-01T15:59", "2027-02-01T16:00"])
def test_other_events_cull_as_usual(
    gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt, kind: str, time: str
) -> None:
    hub["cull"] = {"timeout": "45m", "every": "5m"}

    values = values_at(gke, hub, event | {"kind": kind}, time)

    assert values["cull"] == {"enabled": True, "timeout": 2700, "every": 300}


def test_an_exam_holds_every_seat(gke: Raw, hub: Raw, exam: Raw, values_at: ValuesAt) -> None:
    scheduling = values_at(gke, hub, exam, "2027-02-01T14:00")["scheduling"]

    # Six seats fit a node by CPU, 3.32 / 0.5: four nodes for 20 users, and one to spare.
    held = {"cpu": "3000m", "memory": "12884901888"}
    assert scheduling == {
        "userScheduler": {"enabled": False},
        "podPriority": {"enabled": True, "defaultPriority": 10},
        "userPlaceholder": {
            "enabled": True,
            "replicas": 5,
            "extraPodSpec": {"securityContext": CONFINED},
            "containerSecurityContext": LOCKED_DOWN,
            "resources": {"requests": held, "limits": held},
        },
        "corePods": {"nodeAffinity": {"matchNodePurpose": "require"}},
        "userPods": {"nodeAffinity": {"matchNodePurpose": "require"}},
    }


def test_a_limit_above_the_guarantee_is_passed_on_for_the_gate_to_judge(
    gke: Raw, hub: Raw, exam: Raw, values_at: ValuesAt
) -> None:
    exam["seat"] = {"memory": "2Gi", "memoryLimit": "3Gi", "cpu": "250m", "cpuLimit": 2}

    single = values_at(gke, hub, exam, "2027-02-01T14:00")["singleuser"]

    assert isinstance(single, dict)
    assert single["memory"] == {"guarantee": 2_147_483_648, "limit": 3_221_225_472}
    assert single["cpu"] == {"guarantee": 0.25, "limit": 2}
    assert [entry["kubespawner_override"] for entry in single["profileList"]] == [
        {
            "mem_guarantee": 2_147_483_648,
            "mem_limit": 3_221_225_472,
            "cpu_guarantee": 0.25,
            "cpu_limit": 2,
            "node_selector": single["nodeSelector"],
        }
    ]


@pytest.mark.parametrize(
    ("pinned", "image"),
    [
        (
            {"tag": "2026-11-02"},
            {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02"},
        ),
        (
            {"digest": f"sha256:{DIGEST}"},
            # The chart joins both with a colon: name@sha256:digest.
            {"name": "quay.io/jupyter/base-notebook@sha256", "tag": DIGEST},
        ),
    ],
)
def test_an_image_is_named_by_tag_or_digest(
    gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt, pinned: Raw, image: Raw
) -> None:
    hub["image"] = {"name": "quay.io/jupyter/base-notebook", "size": "1Gi"} | pinned

    single = values_at(gke, hub, event, "2027-01-01T00:00")["singleuser"]

    assert isinstance(single, dict)
    assert single["image"] == image


def test_halvings_offer_sizes_each_half_of_the_next(
    existing: Raw, hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    del hub["pool"]
    hub["profiles"] = {"halvings": 3}

    single = values_at(existing, hub, event, "2027-01-01T00:00")["singleuser"]

    assert isinstance(single, dict)
    assert [
        (entry["kubespawner_override"]["mem_guarantee"], entry["default"])
        for entry in single["profileList"]
    ] == [(4 * 2**30, True), (8 * 2**30, False), (16 * 2**30, False)]
