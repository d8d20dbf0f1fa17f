"""The whole of a hub's chart values, usual and in an event, on each provider."""

from collections.abc import Callable

import pytest

Raw = dict[str, object]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, LIVE = "2027-01-01T00:00", "2027-02-01T14:00"
SMALL = {"cpu": "50m", "memory": "64Mi"}
PULLER = {"cpu": "10m", "memory": "16777216"}
PURPOSE = "hub.jupyter.org/node-purpose"

PASSWORDS = """\
import os
c.SharedPasswordAuthenticator.user_password = os.environ["USER_PASSWORD"]
c.SharedPasswordAuthenticator.admin_password = os.environ["ADMIN_PASSWORD"]
"""
HUB: Raw = {
    "config": {
        "JupyterHub": {"authenticator_class": "shared-password"},
        "Authenticator": {"admin_users": ["teacher"], "allow_all": True},
    },
    "extraConfig": {"10-passwords": PASSWORDS},
    "extraEnv": {
        "USER_PASSWORD": {
            "valueFrom": {"secretKeyRef": {"name": "sign-in", "key": "user-password"}}
        },
        "ADMIN_PASSWORD": {
            "valueFrom": {"secretKeyRef": {"name": "sign-in", "key": "admin-password"}}
        },
    },
    "resources": {"requests": {"cpu": "200m", "memory": "512Mi"}, "limits": {"memory": "2Gi"}},
}
IN_EVENT: Raw = {"concurrentSpawnLimit": 64, "consecutiveFailureLimit": 0}
ON_EKS: Raw = {"db": {"pvc": {"storageClassName": "gp3"}}}
SINGLEUSER: Raw = {
    "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02"},
    "networkTools": {"resources": {"requests": SMALL, "limits": SMALL}},
    "initContainers": [
        {
            "name": "home-owner",
            "image": "quay.io/jupyter/base-notebook:2026-11-02",
            "command": ["chown", "1000:1000", "/home/jovyan"],
            "securityContext": {"runAsUser": 0},
            "resources": {"requests": SMALL, "limits": SMALL},
            "volumeMounts": [
                {"name": "home", "mountPath": "/home/jovyan", "subPath": "lab/{username}"}
            ],
        }
    ],
    "storage": {
        "type": "static",
        "homeMountPath": "/home/jovyan",
        "static": {"pvcName": "home", "subPath": "lab/{username}"},
    },
}
OWN_SCHEDULER: Raw = {
    "enabled": True,
    "resources": {
        "requests": {"cpu": "100m", "memory": "512Mi"},
        "limits": {"memory": "512Mi"},
    },
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


def values(parts: tuple[Raw, Raw, Raw], *, pools: bool, puller: bool, scheduler: Raw) -> Raw:
    """Return whole values from the parts that differ: hub, singleuser, placeholders."""
    hub, singleuser, placeholder = parts
    purpose = {"nodeAffinity": {"matchNodePurpose": "require" if pools else "ignore"}}
    return {
        "hub": HUB | hub,
        "proxy": {
            "service": {"type": "LoadBalancer" if pools else "ClusterIP"},
            "https": {"enabled": False},
            "chp": {
                "resources": {
                    "requests": {"cpu": "100m", "memory": "128Mi"},
                    "limits": {"memory": "512Mi"},
                }
            },
        },
        "singleuser": SINGLEUSER | singleuser,
        "scheduling": {
            "userScheduler": scheduler,
            "podPriority": {"enabled": True},
            "userPlaceholder": {"enabled": True} | placeholder,
            "corePods": purpose,
            "userPods": purpose,
        },
        "prePuller": {
            "hook": {"enabled": False},
            "continuous": {"enabled": puller},
            "resources": {"requests": PULLER, "limits": {"memory": "128Mi"}},
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
        ({}, singleuser, {"replicas": 0}), pools=True, puller=False, scheduler={"enabled": False}
    )


def test_values_of_an_event_on_gke(gke: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    event["pool"] = {"machineType": "n2-highmem-4"}
    where = {PURPOSE: "user", "readyroom/pool": "lab-intro-n2-highmem-4"}
    held = {"cpu": "3000m", "memory": "12884901888"}
    placeholder: Raw = {"replicas": 3, "resources": {"requests": held, "limits": held}}

    assert values_at(gke, hub, event, LIVE) == values(
        (IN_EVENT, in_event(where), placeholder),
        pools=True,
        puller=True,
        scheduler={"enabled": False},
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
        (ON_EKS, singleuser, {"replicas": 0}), pools=True, puller=False, scheduler=OWN_SCHEDULER
    )


def test_values_of_an_event_on_eks(eks: Raw, hub: Raw, event: Raw, values_at: ValuesAt) -> None:
    hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
    event["pool"] = {"machineType": "m5.2xlarge"}
    where = {PURPOSE: "user", "readyroom/pool": "lab-intro-m5-2xlarge"}
    held = {"cpu": "1500m", "memory": "6442450944"}
    placeholder: Raw = {"replicas": 4, "resources": {"requests": held, "limits": held}}

    assert values_at(eks, hub, event, LIVE) == values(
        (ON_EKS | IN_EVENT, in_event(where), placeholder),
        pools=True,
        puller=True,
        scheduler=OWN_SCHEDULER,
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
        ({}, singleuser, {"replicas": 0}), pools=False, puller=False, scheduler=OWN_SCHEDULER
    )


def test_values_of_an_event_on_own_nodes(
    existing: Raw, campus_hub: Raw, event: Raw, values_at: ValuesAt
) -> None:
    assert values_at(existing, campus_hub, event, LIVE) == values(
        (IN_EVENT, in_event({"pool": "users"}), {"replicas": 0}),
        pools=False,
        puller=True,
        scheduler=OWN_SCHEDULER,
    )
