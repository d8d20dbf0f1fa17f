"""Every size on offer fits a node: the last that is passed, the first that is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from capacity.quantities import GIB
from policies.sizes_fit import sizes_fit

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

OVERRIDE = "release.values.singleuser.profileList.0.kubespawner_override"
# Of n2-highmem-4: 26.36 GiB and 3.32 CPU are left to users.
MEMORY, MILLIS = 28_310_651_944, 3320


@pytest.fixture
def offered(gke: Resources, eks: Resources, existing: Resources) -> dict[str, Resources]:
    """A hub on each kind of cluster, without an event."""
    found = {"gke": gke, "eks": eks, "existing": existing}
    for resources in found.values():
        resources["hub"] |= {"image": GIB, "event": None}
    return found


@pytest.mark.parametrize("cloud", ["gke", "eks", "existing"])
def test_sizes_that_fit_are_passed_in_silence(
    cloud: str, offered: dict[str, Resources], judge: Judge
) -> None:
    assert judge(sizes_fit, offered[cloud]) == []


@pytest.mark.parametrize(
    ("key", "last", "first", "asked"),
    [
        ("mem_guarantee", MEMORY, MEMORY + 1, "26.36 GiB and 0.5"),
        ("cpu_guarantee", MILLIS / 1000, (MILLIS + 1) / 1000, "4.00 GiB and 3.321"),
    ],
)
def test_a_size_larger_than_a_node_is_refused(  # noqa: PLR0913, PLR0917 - one case in all its parts
    offered: dict[str, Resources],
    key: str,
    last: float,
    first: float,
    asked: str,
    change: Change,
    judge: Judge,
) -> None:
    change(offered["gke"], f"{OVERRIDE}.{key}", last)
    assert judge(sizes_fit, offered["gke"]) == []

    change(offered["gke"], f"{OVERRIDE}.{key}", first)
    assert judge(sizes_fit, offered["gke"]) == [
        f"Hub course: size 'intro' asks for {asked} CPU, and a node of n2-highmem-4 has 26.36 GiB "
        "and 3.32 CPU for users; lower the size or choose a bigger machineType."
    ]


@pytest.mark.parametrize(
    ("cloud", "path", "nodes"),
    [
        ("gke", "gke.nodeConfig.guestAccelerators", [{"type": "nvidia-l4", "count": 1}]),
        ("eks", "eks.instanceTypes", ["g4dn.2xlarge"]),
    ],
)
def test_more_gpus_than_a_node_has_are_refused(
    offered: dict[str, Resources],
    cloud: str,
    path: str,
    nodes: list[object],
    change: Change,
    judge: Judge,
) -> None:
    change(offered[cloud], path, nodes)
    change(offered[cloud], f"{OVERRIDE}.extra_resource_limits", {"nvidia.com/gpu": "1"})
    assert judge(sizes_fit, offered[cloud]) == []

    change(offered[cloud], f"{OVERRIDE}.extra_resource_limits", {"nvidia.com/gpu": "2"})
    assert judge(sizes_fit, offered[cloud]) == [
        "Hub course: size 'intro' asks for 2 GPUs, and a node has 1; choose a machineType with "
        "more."
    ]


def test_a_gpu_on_nodes_without_any_is_refused(
    offered: dict[str, Resources], change: Change, judge: Judge
) -> None:
    change(offered["gke"], f"{OVERRIDE}.extra_resource_limits", {"nvidia.com/gpu": "1"})

    assert judge(sizes_fit, offered["gke"]) == [
        "Hub course: size 'intro' asks for 1 GPUs, and a node has 0; choose a machineType with "
        "more."
    ]


def _scratch(amount: int) -> Resources:
    return {"scratch": {"name": "scratch", "emptyDir": {"sizeLimit": str(amount)}}}


# Four users to a node of m5.2xlarge; of a disk of 100 GiB 89 are left, an image takes a part.
@pytest.mark.parametrize("of", ["hub", "size"])
def test_scratch_beyond_the_disk_is_refused(
    offered: dict[str, Resources], of: str, change: Change, judge: Judge
) -> None:
    change(offered["eks"], "eks.diskSize", 100)
    change(offered["eks"], "release.values.singleuser.storage", {})

    def give(amount: int) -> None:
        path = (
            f"{OVERRIDE}.volumes"
            if of == "size"
            else ("release.values.singleuser.storage.extraVolumes")
        )
        change(offered["eks"], path, _scratch(amount))

    # 89 GiB less 3 GiB of the image, a quarter for each.
    last = (89 * GIB - 3 * GIB) // 4
    give(last)
    assert judge(sizes_fit, offered["eks"]) == []

    give(last + 1)
    assert judge(sizes_fit, offered["eks"]) == [
        "Hub course: size 'intro' gives 4 users to a node 21.50 GiB of scratch each, which wants "
        "89.00 GiB with the image, and a disk of 100 GiB has room for 89.00 GiB; raise bootDisk or "
        "lower scratch."
    ]


def test_a_sizes_own_scratch_comes_before_that_of_all(
    offered: dict[str, Resources], change: Change, judge: Judge
) -> None:
    change(offered["eks"], "eks.diskSize", 100)
    change(offered["eks"], "release.values.singleuser.storage", {})
    change(offered["eks"], "release.values.singleuser.storage.extraVolumes", _scratch(900 * GIB))
    change(offered["eks"], f"{OVERRIDE}.volumes", _scratch(GIB))

    assert judge(sizes_fit, offered["eks"]) == []


def test_own_nodes_have_disks_and_gpus_of_their_own(
    offered: dict[str, Resources], change: Change, judge: Judge
) -> None:
    change(offered["existing"], f"{OVERRIDE}.extra_resource_limits", {"nvidia.com/gpu": "8"})
    change(offered["existing"], f"{OVERRIDE}.volumes", _scratch(900 * GIB))

    assert judge(sizes_fit, offered["existing"]) == []


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("hub.image", ..., "image is missing"),
        ("hub.release", "other", "release other in namespace other is missing"),
        (
            f"{OVERRIDE}.node_selector",
            {"readyroom/pool": "gone"},
            "no pool has nodes with readyroom/pool=gone",
        ),
        (
            "eks.instanceTypes",
            ["m5.huge"],
            "machine type 'm5.huge' is not in the catalogue; nearest: m5.large, m5.xlarge",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(
    offered: dict[str, Resources],
    path: str,
    value: object,
    what: str,
    change: Change,
    judge: Judge,
) -> None:
    change(offered["eks"], path, value)

    assert judge(sizes_fit, offered["eks"]) == [
        f"Hub course: cannot be judged, {what}; make it plain in the program."
    ]
