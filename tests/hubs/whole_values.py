"""The whole of a hub's chart values from the parts that differ, word for word."""

from typing import NamedTuple

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
                "working_dir": "/home/jovyan",
                "k8s_api_request_timeout": 15,
                "k8s_api_request_retry_timeout": 60,
                "http_timeout": 120,
            }
        },
        "extraConfig": {},
        "networkPolicy": CLOSED,
        "pdb": {"enabled": bool(event)},
        "resources": asked("200m", "512Mi", "2Gi"),
    }
    in_event: Raw = {"concurrentSpawnLimit": 64, "consecutiveFailureLimit": 0} if event else {}
    return own | in_event


# How the world reaches a hub, by the provider.
SERVICES: dict[Provider, Raw] = {
    "gke": {"type": "LoadBalancer"},
    "eks": {
        "type": "LoadBalancer",
        "annotations": {
            "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true"
        },
    },
    "existing": {"type": "ClusterIP"},
}


def proxy_part(provider: Provider, *, kept: bool) -> Raw:
    """Return the values of the proxies."""
    return {
        "service": SERVICES[provider],
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
        "proxy": proxy_part(case.provider, kept=bool(case.event)),
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
