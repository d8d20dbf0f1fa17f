"""Options with nodes of their own, and directories on the disk of a node."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from hubs.hub import HubConfig
from hubs.values_storage import fast_override

Raw = dict[str, Any]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, LIVE = "2027-01-01T00:00", "2027-02-01T14:00"
LARGE = {"name": "large", "title": "A whole node", "machineType": "n2-standard-8", "maxNodes": 4}
HALF = {"name": "half", "machineType": "n2-standard-8", "maxNodes": 4, "perNode": 2}
GPU = {"name": "gpu", "machineType": "g2-standard-8", "maxNodes": 2}
GPUS = {"name": "gpus", "machineType": "g2-standard-24", "maxNodes": 2}
TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
MOUNT = {"name": "scratch", "mountPath": "/scratch"}


@pytest.fixture
def single(gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> Callable[..., Raw]:
    """Return the singleuser values of a hub with more keys, at a time."""

    def found(time: str = USUAL, changed: Raw | None = None, **more: object) -> Raw:
        cluster = gke | {"fastStorage": {"tier": "BASIC_SSD", "capacity": "2560Gi"}}
        return values_at(cluster, hub | more, event | (changed or {}), time)["singleuser"]

    return found


def option(entries: list[Raw], slug: str) -> Raw:
    """Return the profile of a slug."""
    [found] = [entry for entry in entries if entry["slug"] == slug]
    return found


def amounts(memory: int, cpu: float, cpu_limit: float, pool: str) -> Raw:
    """Return the override of a size on a pool."""
    return {
        "mem_guarantee": memory,
        "mem_limit": memory,
        "cpu_guarantee": cpu,
        "cpu_limit": cpu_limit,
        "node_selector": {"hub.jupyter.org/node-purpose": "user", "readyroom/pool": pool},
    }


def gpus(count: str) -> Raw:
    """Return the override of so many GPUs, as Kubernetes wants both."""
    return {
        "extra_resource_limits": {"nvidia.com/gpu": count},
        "extra_resource_guarantees": {"nvidia.com/gpu": count},
    }


def volume(size: str) -> Raw:
    """Return a directory on the node's disk."""
    return {"name": "scratch", "emptyDir": {"sizeLimit": size}}


@pytest.mark.parametrize(
    ("config", "entry"),
    [
        (
            LARGE,
            {
                "display_name": "A whole node",
                "description": "26.42 GiB memory; 7.23 CPU",
                "kubespawner_override": amounts(
                    28_374_287_155, 7.23, 7.23, "lab-large-n2-standard-8"
                ),
            },
        ),
        (
            HALF,
            {
                "display_name": "13.21 GiB memory, 3.615 CPU",
                "description": "13.21 GiB memory; 3.615 CPU, up to 7.23",
                "kubespawner_override": amounts(
                    14_187_143_577, 3.615, 7.23, "lab-half-n2-standard-8"
                ),
            },
        ),
        (
            GPU,
            {
                "display_name": "26.23 GiB memory, 7.23 CPU",
                "description": "26.23 GiB memory; 7.23 CPU; 1 GPU",
                "kubespawner_override": amounts(28_169_450_321, 7.23, 7.23, "lab-gpu-g2-standard-8")
                | gpus("1"),
            },
        ),
    ],
)
def test_an_option_is_a_share_of_a_node_of_its_own_pool(
    config: Raw, entry: Raw, single: Callable[..., Raw]
) -> None:
    found = single(options=[config])["profileList"]

    assert found[-1] == entry | {"slug": config["name"], "default": False}
    assert [one["default"] for one in found] == [True, False, False]


def test_users_of_a_node_share_its_gpus(single: Callable[..., Raw]) -> None:
    found = single(options=[GPUS, GPUS | {"name": "one-each", "perNode": 2}])["profileList"]

    both, one = option(found, "gpus"), option(found, "one-each")
    assert both["description"].endswith("; 2 GPUs")
    assert both["kubespawner_override"]["extra_resource_limits"] == {"nvidia.com/gpu": "2"}
    assert one["description"].endswith("; 1 GPU")
    assert one["kubespawner_override"]["extra_resource_limits"] == {"nvidia.com/gpu": "1"}


def test_gpu_nodes_are_tolerated_only_where_an_option_has_them(single: Callable[..., Raw]) -> None:
    assert single(options=[GPU])["extraTolerations"] == TOLERATED
    assert "extraTolerations" not in single(options=[LARGE])
    assert "extraTolerations" not in single()


def test_the_order_of_options_in_a_file_means_nothing(single: Callable[..., Raw]) -> None:
    found = [single(options=list(options)) for options in permutations([GPU, LARGE, HALF])]

    assert [entry["slug"] for entry in found[0]["profileList"][2:]] == ["half", "gpu", "large"]
    assert all(one == found[0] for one in found)


def test_an_event_hides_the_options_that_it_does_not_keep_and_what_they_need(
    single: Callable[..., Raw],
) -> None:
    found = single(LIVE, options=[GPU, LARGE])

    assert [entry["slug"] for entry in found["profileList"]] == ["intro"]
    assert "extraTolerations" not in found


def test_fast_storage_is_mounted_where_an_option_wants_it(
    hub: Raw, single: Callable[..., Raw]
) -> None:
    options = [LARGE | {"storage": "fast"}, HALF]
    found = single(options=options)["profileList"]

    override = option(found, "large")["kubespawner_override"]
    expected = fast_override(HubConfig.model_validate(hub | {"options": options}))
    assert {key: override[key] for key in expected} == expected
    assert not set(expected) & set(option(found, "half")["kubespawner_override"])


@pytest.mark.parametrize(
    ("time", "per_user", "own"),
    [
        (USUAL, None, None),
        (LIVE, None, None),
        (LIVE, "20Gi", "21474836480"),
        (LIVE, "1Gi", None),
        (USUAL, "20Gi", None),
    ],
)
def test_everybody_has_a_limited_directory_on_the_nodes_disk(
    time: str, per_user: str | None, own: str | None, single: Callable[..., Raw]
) -> None:
    changed = {"storage": {"scratchPerUser": per_user}} if per_user else {}

    found = single(time, changed, scratch="10Gi")

    assert found["storage"]["extraVolumes"]["scratch"] == volume("10737418240")
    assert found["storage"]["extraVolumeMounts"]["scratch"] == MOUNT
    override = found["profileList"][0]["kubespawner_override"]
    assert override.get("volumes") == ({"scratch": volume(own)} if own else None)


def test_an_event_may_be_the_only_one_to_want_scratch(single: Callable[..., Raw]) -> None:
    changed = {"storage": {"scratchPerUser": "5Gi"}}
    live, usual = single(LIVE, changed), single(USUAL, changed)

    override = live["profileList"][0]["kubespawner_override"]
    assert override["volumes"] == {"scratch": volume("5368709120")}
    assert override["volume_mounts"] == {"scratch": MOUNT}
    assert live["storage"] == usual["storage"]
    assert "scratch" not in usual["storage"].get("extraVolumes", {})


def test_an_options_own_scratch_takes_the_place_of_the_hubs(single: Callable[..., Raw]) -> None:
    found = single(scratch="10Gi", options=[LARGE | {"scratch": "100Gi"}, HALF])["profileList"]

    large, half = option(found, "large"), option(found, "half")
    assert large["kubespawner_override"]["volumes"] == {"scratch": volume("107374182400")}
    assert large["kubespawner_override"]["volume_mounts"] == {"scratch": MOUNT}
    assert large["description"].endswith("; 100.00 GiB of scratch")
    # Mappings of an override are merged with the hub's by key, so it needs none of its own.
    assert not {"volumes", "volume_mounts"} & set(half["kubespawner_override"])
    assert half["description"].endswith("; 10.00 GiB of scratch")


@pytest.mark.parametrize(("node_ready", "seconds"), [(None, 996), ("20m", 1896), ("1s", 300)])
def test_a_start_outlasts_a_node_and_an_image_outside_of_events_too(
    node_ready: str | None, seconds: int, gke: Raw, single: Callable[..., Raw]
) -> None:
    if node_ready:
        gke["nodeReady"] = node_ready

    # 600 s for a node and 64 s for 1 GiB of image at 16 MiB/s, and half as much again.
    assert single()["startTimeout"] == seconds
