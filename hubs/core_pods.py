"""What this program runs beside users: hubs, proxies, schedulers, monitoring. Pure.

It is read from the values that the charts are given, so that no request is said twice. Pods of
DaemonSets are no part of it: they are taken off each node (`capacity.nodes`).
"""

from collections.abc import Callable, Mapping, Sequence

from capacity.beside import Pod
from capacity.quantities import kubernetes_memory, kubernetes_millis
from hubs import charts
from hubs.cluster import ClusterConfig
from hubs.existing import ExistingConfig
from hubs.grafana import grafana_hub, grafana_values
from hubs.hub import HubConfig
from hubs.monitoring import PROMETHEUS_SERVICE, STATE_METRICS, prometheus_values
from hubs.names import MONITORING
from hubs.places import place_of
from hubs.shapes import is_mapping
from hubs.values import helm_values
from hubs.values_culling import NIGHTLY, NIGHTLY_CPU, NIGHTLY_MEMORY

Given = Mapping[str, object]
# Source: zero-to-jupyterhub-k8s 4.4.0, values.yaml, scheduling.userScheduler.replicas.
_SCHEDULERS = 2


def beside_users(cluster: ClusterConfig, hubs: Sequence[HubConfig]) -> tuple[Pod, ...]:
    """Return the pods of ours that run on the nodes of users, and are not in their count yet.

    None where core nodes are apart, and none where a file says what nodes leave to users.
    """
    if not isinstance(cluster, ExistingConfig) or cluster.nodes.sold is None:
        return ()
    names = [hub.name for hub in hubs]
    found = [
        *of_prometheus(prometheus_values(cluster, names)),
        *of_grafana(grafana_values(cluster, grafana_hub(cluster, hubs))),
    ]
    for hub in hubs:
        found += of_hub(hub.name, helm_values(hub, place_of(cluster, hub, None), None))
    return tuple(found)


def of_hub(name: str, values: Given) -> list[Pod]:
    """Return the pods of a hub's release, and of the job that looks at it once a night.

    Raises:
        ValueError: a request that is none.
    """
    found = [
        _pod(f"hub of {name}", values, "hub.resources"),
        _pod(f"proxy of {name}", values, "proxy.chp.resources"),
    ]
    if _at(values, "proxy.https.enabled"):
        tls = ("proxy.traefik.resources", "proxy.secretSync.resources")
        found.append(_pod(f"autohttps of {name}", values, *tls))
    if _at(values, "scheduling.userScheduler.enabled"):
        where = "scheduling.userScheduler.resources"
        found += [_pod(f"user-scheduler of {name}", values, where)] * _SCHEDULERS
    if _at(values, f"hub.services.{NIGHTLY}"):
        asked = {"requests": {"cpu": NIGHTLY_CPU, "memory": NIGHTLY_MEMORY}}
        found.append(_pod(f"{NIGHTLY} of {name}", {"resources": asked}, "resources"))
    return found


def of_prometheus(values: Given) -> list[Pod]:
    """Return the pods of the release of Prometheus.

    Raises:
        ValueError: a request that is none.
    """
    server = ("server.resources", "configmapReload.prometheus.resources")
    return [
        _pod(PROMETHEUS_SERVICE, values, *server),
        _pod(STATE_METRICS, values, "kube-state-metrics.resources"),
    ]


def of_grafana(values: Given) -> list[Pod]:
    """Return the pod of Grafana, with the sidecar that brings boards.

    Raises:
        ValueError: a request that is none.
    """
    return [_pod(charts.GRAFANA.name, values, "resources", "sidecar.resources")]


def of_autoscaler(values: Given) -> list[Pod]:
    """Return the pod of Cluster Autoscaler.

    Raises:
        ValueError: a request that is none.
    """
    return [_pod(charts.AUTOSCALER.name, values, "resources")]


# By namespace and name of a release that is no hub's.
RELEASES: Mapping[tuple[str, str], Callable[[Given], list[Pod]]] = {
    (MONITORING, charts.PROMETHEUS.name): of_prometheus,
    (MONITORING, charts.GRAFANA.name): of_grafana,
    ("kube-system", charts.AUTOSCALER.name): of_autoscaler,
}


def _pod(name: str, values: Given, *containers: str) -> Pod:
    """Return a pod whose containers have their resources at some paths."""
    memory = [_amount(values, f"{at}.requests.memory", kubernetes_memory) for at in containers]
    cpu = [_amount(values, f"{at}.requests.cpu", kubernetes_millis) for at in containers]
    return Pod(name=name, memory=sum(memory), cpu=sum(cpu))


def _amount(values: Given, path: str, read: Callable[[object], int | None]) -> int:
    """Return the request at a path; nothing where none is written, as the charts have it."""
    written = _at(values, path)
    amount = 0 if written is None else read(written)
    if amount is None:
        msg = f"{path} is {written!r}, not an amount"
        raise ValueError(msg)
    return amount


def _at(values: Given, path: str) -> object:
    """Return what is at a path; None where a key of it is missing.

    Raises:
        ValueError: something on the way that has no keys.
    """
    here: object = values
    for key in path.split("."):
        if not is_mapping(here):
            msg = f"{path} cannot be found in {here!r}"
            raise ValueError(msg)
        here = here.get(key)
        if here is None:
            return None
    return here
