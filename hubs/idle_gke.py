"""What a GKE stack costs in a month in which nobody comes, but for its nodes. Pure."""

from collections.abc import Iterator

from capacity.storage.facts import facts, services
from capacity.storage.filestore import filestore
from hubs.gke import CloudSqlConfig, FilestoreConfig, GkeConfig
from hubs.idle_lines import IdleCost, database, hourly, stored

# Cloud SQL begins with 10 GB of disk. Source: Cloud SQL Admin API, dataDiskSizeGb, 2026.
_CLOUD_SQL_GB = 10
# Forwarding rules that cost as much together as one.
# Source: cloud.google.com/load-balancing/pricing, 2026.
_RULES_TOGETHER = 5


def gke_idle(cluster: GkeConfig, hubs: int) -> Iterator[IdleCost]:
    """Yield what a cluster with so many hubs costs beside its nodes."""
    yield hourly("control plane", facts("gke")["usd_per_cluster_hour"])
    yield hourly("Cloud NAT for one node", facts("cloud-nat")["usd_per_node_hour"])
    yield hourly("address of Cloud NAT", facts("gcp-address")["usd_per_hour"])
    balancer = facts("gcp-load-balancer")
    together = min(hubs, _RULES_TOGETHER)
    yield hourly("load balancers, up to five hubs", balancer["usd_least_per_hour"])
    if hubs > together:
        more = hubs - together
        yield hourly("load balancers of further hubs", balancer["usd_per_rule_hour"], more)
    yield _filestore("homes", cluster.homes)
    if cluster.fast_storage is not None:
        yield _filestore("fast storage", cluster.fast_storage)
    if cluster.database is not None:
        yield _cloud_sql(cluster.database)


def _filestore(what: str, config: FilestoreConfig) -> IdleCost:
    return stored(what, filestore(config.tier, config.capacity_gib))


def _cloud_sql(config: CloudSqlConfig) -> IdleCost:
    service = f"cloud-sql-{config.tier}"
    hour = facts(service)["usd_per_hour"] if service in services() else None
    # Twice the price highly available: a second instance stands by in another zone.
    count = 2 if config.highly_available else 1
    disk = facts("cloud-sql")["usd_per_gb_month"]
    return database("Cloud SQL", config.tier, hour, disk, (count, _CLOUD_SQL_GB))
