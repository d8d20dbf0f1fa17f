"""What stands beside the hubs of a cluster: Prometheus, and the autoscaler of EKS. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from capacity.nodes import NODE_EXPORTER
from capacity.quantities import GIB, ceil_div
from hubs.cluster import ClusterConfig
from hubs.cluster_parts import days
from hubs.confinement import CONFINED, LOCKED_DOWN
from hubs.existing import ExistingConfig
from hubs.names import NODE_METRICS, PURPOSE_LABEL
from hubs.values_access import Values

PROMETHEUS, GRAFANA = "prometheus", "grafana"
PROMETHEUS_SERVICE = "prometheus-server"
# What has no namespace needs a name of ours: a cluster may have a Prometheus of its own.
PROMETHEUS_ROLE, STATE_METRICS = "readyroom-prometheus", "readyroom-kube-state-metrics"
PROMETHEUS_PORT, GRAFANA_PORT, STATE_METRICS_PORT, HUB_PORT = 9090, 3000, 8080, 8081
# Labels of pods. Source: charts prometheus 29.27.0, grafana 12.11.1, their `_helpers.tpl`.
PROMETHEUS_PODS = {"app.kubernetes.io/name": "prometheus", "app.kubernetes.io/component": "server"}
GRAFANA_PODS = {"app.kubernetes.io/name": "grafana"}
STATE_METRICS_PODS = {"app.kubernetes.io/name": "kube-state-metrics"}
# Source: zero-to-jupyterhub-k8s 4.4.0, templates/_helpers.tpl.
HUB_PODS = {"app": "jupyterhub", "component": "hub"}
PROXY_PODS = {"app": "jupyterhub", "component": "proxy"}
# A Secret with the token of every hub, by the hub's name.
HUB_TOKENS, TOKENS_PATH = "hub-tokens", "/etc/hub-tokens"
# Where rules for alerts belong; Prometheus reads them from there.
ALERTING_RULES = "alerting_rules.yml"
# The chart's own size of Grafana's volume.
_GRAFANA_GIB = 10
# Prometheus deletes its oldest blocks before the volume is full; the rest is for new data.
# Source: prometheus.io, "Storage", 2026: at most 80-85% of the disk.
_FILLED_PERCENT = 80
# Who owns nothing. Source: kubernetes/autoscaler, cluster-autoscaler chart 9.59.0, values.yaml.
_NOBODY = 65534
# Labels and annotations without which JupyterHub's boards show nothing.
# Source: jupyterhub/grafana-dashboards @ef44b4e, docs/tutorials/deploy.md and queries.
_POD_LABELS = (
    "app",
    "component",
    "app.kubernetes.io/component",
    "hub.jupyter.org/servername",
    "hub.jupyter.org/username",
)
# No board asks for these; a few would let it read every secret of the cluster.
_NOT_COLLECTED = (
    "certificatesigningrequests",
    "configmaps",
    "leases",
    "mutatingwebhookconfigurations",
    "secrets",
    "validatingwebhookconfigurations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim on a volume of one pod.

    Attributes:
        name: Its name in the namespace of monitoring.
        gib: Its size; a bound claim grows with it.
        storage_class: Who makes the volume; None for the cluster's default class.
    """

    name: str
    gib: int
    storage_class: str | None


def claims(cluster: ClusterConfig) -> tuple[Claim, ...]:
    """Return the claims that hold metrics, and what people make in Grafana."""
    wanted = storage_class(cluster)
    return (
        Claim(name=PROMETHEUS, gib=_prometheus_gib(cluster), storage_class=wanted),
        Claim(name=GRAFANA, gib=_GRAFANA_GIB, storage_class=wanted),
    )


def storage_class(cluster: ClusterConfig) -> str | None:
    """Return the class of volumes that one pod mounts; None for the cluster's default class.

    Both clouds' classes encrypt, and let a volume grow. Sources: `components.eks.addons`;
    Google Cloud, "Using the Compute Engine persistent disk CSI Driver", 2026.
    """
    if isinstance(cluster, ExistingConfig):
        return cluster.storage_class
    return {"gke": "standard-rwo", "eks": "gp3"}[cluster.provider]


def _prometheus_gib(cluster: ClusterConfig) -> int:
    return ceil_div(cluster.monitoring.storage, GIB)


def core(cluster: ClusterConfig) -> dict[str, str]:
    """Return the selector of core nodes; empty where nodes are somebody else's."""
    return {} if isinstance(cluster, ExistingConfig) else {PURPOSE_LABEL: "core"}


def resources(cpu: str, memory: str, limit: str) -> Values:
    """Return resources of a pod that may always have the CPU that nobody uses."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": limit}}


def prometheus_values(cluster: ClusterConfig, hubs: Iterable[str]) -> Values:
    """Return the values of Prometheus, which asks hubs, nodes and Kubernetes once a minute.

    Args:
        cluster: Where it runs, how long it keeps what, and on how much storage.
        hubs: Names of hubs; each has a token for it.
    """
    return {
        "server": _server(cluster),
        "configmapReload": {
            "prometheus": {
                "resources": resources("10m", "32Mi", "64Mi"),
                "containerSecurityContext": LOCKED_DOWN,
            }
        },
        "scrapeConfigs": _scrapes(hubs),
        "serverFiles": {ALERTING_RULES: {"groups": []}},
        "alertmanager": {"enabled": False},
        "prometheus-pushgateway": {"enabled": False},
        "kube-state-metrics": {
            "fullnameOverride": STATE_METRICS,
            "nodeSelector": core(cluster),
            "resources": resources("20m", "64Mi", "256Mi"),
            "collectorsExclude": list(_NOT_COLLECTED),
            "metricLabelsAllowlist": [
                f"pods=[{','.join(_POD_LABELS)}]",
                # Few, and whichever names a pool: ours, or the cloud's own.
                "nodes=[*]",
                "services=[app,component]",
            ],
            # In a label a user's name is escaped.
            "metricAnnotationsAllowList": ["pods=[hub.jupyter.org/username]"],
        },
        "prometheus-node-exporter": _node_exporter(cluster),
    }


def _server(cluster: ClusterConfig) -> Values:
    filled = _prometheus_gib(cluster) * GIB * _FILLED_PERCENT // 100
    return {
        "fullnameOverride": PROMETHEUS_SERVICE,
        "clusterRoleNameOverride": PROMETHEUS_ROLE,
        "retention": f"{days(cluster.monitoring.retention)}d",
        "retentionSize": f"{filled}B",
        "nodeSelector": core(cluster),
        "persistentVolume": {"existingClaim": PROMETHEUS},
        "resources": resources("200m", "1Gi", "4Gi"),
        # After a restart it reads its log first, which takes minutes.
        "startupProbe": {"enabled": True, "periodSeconds": 10, "failureThreshold": 60},
        "enableServiceLinks": False,
        "securityContext": {"fsGroupChangePolicy": "OnRootMismatch"} | CONFINED,
        "containerSecurityContext": LOCKED_DOWN,
        "extraSecretMounts": [
            {
                "name": HUB_TOKENS,
                "mountPath": TOKENS_PATH,
                "secretName": HUB_TOKENS,
                "readOnly": True,
            }
        ],
    }


def _scrapes(hubs: Iterable[str]) -> Values:
    """Return the chart's jobs that are of no use here, switched off, and one for every hub.

    The others find nodes, kubelets with their volumes, and whatever has an annotation.
    """
    unused: Values = {
        # Many series, and no board asks for one.
        "kubernetes-api-servers": {"enabled": False},
        # For exporters that are not installed.
        "kubernetes-services": {"enabled": False},
        "prometheus-pushgateway": {"enabled": False},
    }
    return unused | {f"hub-{hub}": _hub_scrape(hub) for hub in sorted(hubs)}


def _hub_scrape(hub: str) -> Values:
    return {
        "metrics_path": "/hub/metrics",
        "authorization": {"credentials_file": f"{TOKENS_PATH}/{hub}"},
        # JupyterHub's boards tell hubs apart by their namespace.
        "static_configs": [{"targets": [f"hub.{hub}:{HUB_PORT}"], "labels": {"namespace": hub}}],
    }


def _node_exporter(cluster: ClusterConfig) -> Values:
    """Return the values of node exporter, which is on every node.

    On the network of its host only where no other can have its port 9100 already; elsewhere it
    would wait for that port for good. What it tells of networks is then that of its own pod.
    Source: prometheus/node_exporter issue 2007: the netdev collector reads its own namespace.
    """
    asked = {"cpu": f"{NODE_EXPORTER.cpu}m", "memory": str(NODE_EXPORTER.memory)}
    return {
        # It looks at the host, which no other pod of monitoring may.
        "namespaceOverride": NODE_METRICS,
        "resources": {"requests": asked, "limits": {"memory": asked["memory"]}},
        # The host's `/proc` is mounted, which tells of its processes by itself.
        "hostPID": False,
        "hostNetwork": not isinstance(cluster, ExistingConfig),
        "securityContext": CONFINED,
        "containerSecurityContext": LOCKED_DOWN,
        # Every node, those of users too.
        "tolerations": [{"operator": "Exists", "effect": "NoSchedule"}],
    }


def autoscaler_values(cluster: str, region: str) -> Values:
    """Return the values of Cluster Autoscaler for the node groups of an EKS cluster."""
    return {
        "autoDiscovery": {"clusterName": cluster},
        "awsRegion": region,
        "cloudProvider": "aws",
        "nodeSelector": {PURPOSE_LABEL: "core"},
        # Prometheus asks pods that say so.
        "podAnnotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8085"},
        "rbac": {"serviceAccount": {"name": "cluster-autoscaler"}},
        "fullnameOverride": "cluster-autoscaler",
        "resources": resources("100m", "512Mi", "1Gi"),
        # The chart's own example; its image is made for no user in particular.
        "securityContext": {"runAsUser": _NOBODY, "runAsGroup": _NOBODY} | CONFINED,
        "containerSecurityContext": LOCKED_DOWN,
        # Placeholders have priority -10 and must count as wanting a node.
        "extraArgs": {"expendable-pods-priority-cutoff": -10},
    }
