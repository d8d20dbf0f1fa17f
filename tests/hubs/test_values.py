"""The whole of a hub's chart values, usual and in an event, on each provider."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from contexts import CONFINED, LOCKED_DOWN
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.cluster_parts import Provider
from hubs.hub import HubConfig
from hubs.values_access import sign_in
from hubs.values_joined import joined
from hubs.values_monitoring import hub_part
from hubs.values_storage import storage

Raw = dict[str, object]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, LIVE = "2027-01-01T00:00", "2027-02-01T14:00"
SMALL = {"cpu": "50m", "memory": "64Mi"}
PULLER = {"cpu": "10m", "memory": "16777216"}
PURPOSE = "hub.jupyter.org/node-purpose"

CLOSED = {"enabled": True, "egressAllowRules": {"cloudMetadataServer": False}}


def asked(cpu: str, memory: str, limit: str) -> Raw:
    """Return resources of a pod that may always have the CPU that nobody uses."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": limit}}


def hub_values(event: str) -> Raw:
    """Return the values of the hub itself; `event` is the one that is on, if any is."""
    own: Raw = {
        "annotations": {"readyroom/passwords-of": event},
        "config": {
            "KubeSpawner": {
                "priority_class_name": "lab-users",
                "automount_service_account_token": False,
                "container_security_context": CONFINED | {"capabilities": {"drop": ["ALL"]}},
            }
        },
        "extraConfig": {},
        "networkPolicy": CLOSED,
        "pdb": {"enabled": bool(event)},
        "resources": asked("200m", "512Mi", "2Gi"),
    }
    in_event: Raw = {"concurrentSpawnLimit": 64, "consecutiveFailureLimit": 0} if event else {}
    return own | in_event


def proxy_part(service: str, *, kept: bool) -> Raw:
    """Return the values of the proxies."""
    return {
        "service": {"type": service},
        "https": {"enabled": False},
        "chp": {
            "networkPolicy": CLOSED,
            "pdb": {"enabled": kept},
            "resources": asked("100m", "128Mi", "512Mi"),
            "extraPodSpec": {"securityContext": CONFINED, "automountServiceAccountToken": False},
        },
        "traefik": {
            "networkPolicy": CLOSED,
            "pdb": {"enabled": False},
            "resources": asked("50m", "128Mi", "512Mi"),
            "extraPodSpec": {"securityContext": CONFINED},
        },
        "secretSync": {"resources": asked("10m", "64Mi", "128Mi")},
    }


ON_EKS: Raw = {"db": {"pvc": {"storageClassName": "gp3"}}}
SINGLEUSER: Raw = {
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02"},
    "networkTools": {"resources": {"requests": SMALL, "limits": SMALL}},
    "networkPolicy": {
        "enabled": True,
        "egressAllowRules": {
            "cloudMetadataServer": False,
            "dnsPortsCloudMetadataServer": True,
            "dnsPortsKubeSystemNamespace": True,
            "dnsPortsPrivateIPs": True,
            "nonPrivateIPs": True,
            "privateIPs": False,
        },
        "egress": [],
    },
}
OWN_SCHEDULER: Raw = {
    "enabled": True,
    "resources": {
        "requests": {"cpu": "100m", "memory": "512Mi"},
        "limits": {"memory": "512Mi"},
    },
    "extraPodSpec": {"securityContext": CONFINED},
}
# Ten minutes for a node and 64 s for 1 GiB of image at 16 MiB/s, and half as much again.
START_TIMEOUT = 996


def profile(
    name: tuple[str, str, str], sizes: tuple[int, float, float], selector: object, *, default: bool
) -> Raw:
    """Return a profile whose memory guarantee is its limit."""
    memory, cpu, cpu_limit = sizes
    return {
        "display_name": name[0],
        "description": name[1],
        "slug": name[2],
        "default": default,
        "kubespawner_override": {
            "mem_guarantee": memory,
            "mem_limit": memory,
            "cpu_guarantee": cpu,
            "cpu_limit": cpu_limit,
            "node_selector": selector,
        },
    }


class Case(NamedTuple):
    """What differs between clusters and times."""

    provider: Provider
    event: str
    hub: Raw
    singleuser: Raw
    placeholder: Raw


CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)


def values(case: Case, hub: Raw, cluster: Raw) -> Raw:
    """Return whole values from the parts that differ; others' parts are what they say."""
    config = HubConfig.model_validate(hub)
    watched = hub_part(config, CLUSTER.validate_python(cluster))
    return joined(_without_watching(case, config), watched)


def _without_watching(case: Case, config: HubConfig) -> Raw:
    own = case.provider == "existing"
    purpose = {"nodeAffinity": {"matchNodePurpose": "ignore" if own else "require"}}
    return {
        "hub": joined(hub_values(case.event), sign_in(config), case.hub),
        "proxy": proxy_part("ClusterIP" if own else "LoadBalancer", kept=bool(case.event)),
        "singleuser": joined(
            SINGLEUSER,
            {"cloudMetadata": {"blockWithIptables": own}},
            storage(case.provider, config),
            case.singleuser,
        ),
        "scheduling": {
            "userScheduler": {"enabled": False} if case.provider == "gke" else OWN_SCHEDULER,
            "podPriority": {"enabled": True, "defaultPriority": 10},
            "userPlaceholder": {
                "enabled": True,
                "extraPodSpec": {"securityContext": CONFINED},
                "containerSecurityContext": LOCKED_DOWN,
            }
            | case.placeholder,
            "corePods": purpose,
            "userPods": purpose,
        },
        "prePuller": {
            "hook": {"enabled": False},
            "continuous": {"enabled": bool(case.event)},
            "resources": {"requests": PULLER, "limits": {"memory": "128Mi"}},
            "containerSecurityContext": LOCKED_DOWN,
            "pause": {"containerSecurityContext": LOCKED_DOWN},
        },
        "cull": {"enabled": True, "timeout": 3600, "every": 600},
    }


def in_event(selector: object) -> Raw:
    """Return the singleuser values of an event with seats of 2 GiB and half a core."""
    name = ("intro", "2.00 GiB memory, 0.5 CPU", "intro")
    return {
        "nodeSelector": selector,
        "startTimeout": START_TIMEOUT,
        "memory": {"guarantee": 2_147_483_648, "limit": 2_147_483_648},
        "cpu": {"guarantee": 0.5, "limit": 0.5},
        "profileList": [profile(name, (2_147_483_648, 0.5, 0.5), selector, default=True)],
    }


def usual(selector: object, small: Raw, big: Raw, cpu: Raw, memory: int) -> Raw:
    """Return the singleuser values of a hub with two usual sizes."""
    return {
        "nodeSelector": selector,
        "startTimeout": START_TIMEOUT,
        "memory": {"guarantee": memory, "limit": memory},
        "cpu": cpu,
        "profileList": [small, big],
    }


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
    )

    assert values_at(existing, campus_hub, event, USUAL) == values(
        Case("existing", "", {}, singleuser, {"replicas": 0}), campus_hub, existing
    )


def test_values_of_an_event_on_own_nodes(
    existing: Raw, campus_hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    assert values_at(existing, campus_hub, event, LIVE) == values(
        Case("existing", "intro", {}, in_event({"pool": "users"}), {"replicas": 0}),
        campus_hub,
        existing,
    )
