"""The whole of a hub's chart values, usual and in an event, on each provider."""

from collections.abc import Callable

import pytest

from tests.hubs.whole_values import ON_EKS, PURPOSE, Case, Raw, in_event, profile, usual, values

ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, LIVE = "2027-01-01T00:00", "2027-02-01T14:00"


def test_usual_values_on_gke(gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    where = {PURPOSE: "user", "readyroom/pool": "lab-n2-highmem-4"}
    small = (
        "6.59 GiB memory, 0.83 CPU",
        "0.83 CPU guaranteed, up to 3.32 CPU; 4 to a node",
        "mem-7077662986-cpu-830m",
    )
    big = (
        "26.36 GiB memory, 3.32 CPU",
        "3.32 CPU guaranteed; 1 to a node",
        "mem-28310651944-cpu-3320m",
    )
    singleuser = usual(
        where,
        profile(small, (7_077_662_986, 0.83, 3.32), where, default=True),
        profile(big, (28_310_651_944, 3.32, 3.32), where, default=False),
        {"guarantee": 0.83, "limit": 3.32},
        7_077_662_986,
    )

    assert values_at(gke, hub, event, USUAL) == values(
        Case("gke", "", {}, singleuser, {"replicas": 0}), hub, gke
    )


def test_values_of_an_event_on_gke(gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    event["pool"] = {"machineType": "n2-highmem-4"}
    where = {PURPOSE: "user", "readyroom/pool": "lab-intro-n2-highmem-4"}
    held = {"cpu": "3000m", "memory": "12884901888"}
    placeholder: Raw = {"replicas": 3, "resources": {"requests": held, "limits": held}}

    assert values_at(gke, hub, event, LIVE) == values(
        Case("gke", "intro", {}, in_event(where), placeholder), hub, gke
    )


def test_usual_values_on_eks(eks: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    where = {PURPOSE: "user", "readyroom/pool": "lab-m5-2xlarge"}
    small = (
        "7.09 GiB memory, 1.868 CPU",
        "1.868 CPU guaranteed, up to 7.472 CPU; 4 to a node",
        "mem-7619167251-cpu-1868m",
    )
    big = (
        "28.38 GiB memory, 7.472 CPU",
        "7.472 CPU guaranteed; 1 to a node",
        "mem-30476669005-cpu-7472m",
    )
    singleuser = usual(
        where,
        profile(small, (7_619_167_251, 1.868, 7.472), where, default=True),
        profile(big, (30_476_669_005, 7.472, 7.472), where, default=False),
        {"guarantee": 1.868, "limit": 7.472},
        7_619_167_251,
    )

    assert values_at(eks, hub, event, USUAL) == values(
        Case("eks", "", ON_EKS, singleuser, {"replicas": 0}), hub, eks
    )


def test_values_of_an_event_on_eks(eks: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    event["pool"] = {"machineType": "m5.2xlarge"}
    where = {PURPOSE: "user", "readyroom/pool": "lab-intro-m5-2xlarge"}
    held = {"cpu": "1500m", "memory": "6442450944"}
    placeholder: Raw = {"replicas": 4, "resources": {"requests": held, "limits": held}}

    assert values_at(eks, hub, event, LIVE) == values(
        Case("eks", "intro", ON_EKS, in_event(where), placeholder), hub, eks
    )


@pytest.fixture
def campus_hub(hub: Raw) -> Raw:
    """The hub file on a cluster that has its nodes already."""
    del hub["pool"]
    return hub


def test_usual_values_on_own_nodes(
    existing: Raw, campus_hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    where = {"pool": "users"}
    small = (
        "4.00 GiB memory, 1 CPU",
        "1 CPU guaranteed, up to 4 CPU; 4 to a node",
        "mem-4294967296-cpu-1000m",
    )
    big = ("16.00 GiB memory, 4 CPU", "4 CPU guaranteed; 1 to a node", "mem-17179869184-cpu-4000m")
    singleuser = usual(
        where,
        profile(small, (4_294_967_296, 1, 4), where, default=True),
        profile(big, (17_179_869_184, 4, 4), where, default=False),
        {"guarantee": 1, "limit": 4},
        4_294_967_296,
    ) | {"startTimeout": 300}

    assert values_at(existing, campus_hub, event, USUAL) == values(
        Case("existing", "", {}, singleuser, {"replicas": 0}), campus_hub, existing
    )


def test_values_of_an_event_on_own_nodes(
    existing: Raw, campus_hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    # The nodes are there, and an image of 1 GiB is on them within the chart's own time.
    singleuser = in_event({"pool": "users"}) | {"startTimeout": 300}

    assert values_at(existing, campus_hub, event, LIVE) == values(
        Case("existing", "intro", {}, singleuser, {"replicas": 0}),
        campus_hub,
        existing,
    )
