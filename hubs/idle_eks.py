"""What an EKS stack costs in a month in which nobody comes, but for its nodes. Pure."""

from collections.abc import Iterator

from capacity.storage.efs import efs
from capacity.storage.facts import facts, services
from capacity.storage.lustre import lustre
from hubs.databases import RDS_GIB
from hubs.eks import EksConfig, RdsConfig
from hubs.idle_lines import IdleCost, database, hourly, stored


def eks_idle(cluster: EksConfig, hubs: int, databases: int) -> Iterator[IdleCost]:
    """Yield what a cluster costs beside its nodes, with so many hubs and databases of theirs."""
    zones = len(cluster.zones)
    gateways = zones if cluster.nat_gateways == "perZone" else 1
    yield hourly("control plane", facts("eks")["usd_per_cluster_hour"])
    key = facts("kms-key")["usd_per_month"]
    yield IdleCost(
        what="key of the cluster's secrets",
        micro_usd_per_month=int(key.value * 10**6),
        because=f"1 x {float(key.value):g} {key.unit}",
        verified=key.verified,
    )
    yield hourly("NAT gateways", facts("aws-nat")["usd_per_hour"], gateways)
    yield hourly("load balancers of hubs", facts("aws-load-balancer")["usd_per_hour"], hubs)
    # A load balancer has an address in every zone.
    addresses = gateways + hubs * zones
    yield hourly("public addresses", facts("aws-address")["usd_per_hour"], addresses)
    homes = cluster.homes
    yield stored("homes, empty", efs(homes.throughput_mode, homes.throughput or 0, 0))
    fast = cluster.fast_storage
    if fast is not None:
        kind = f"persistent-2-{fast.throughput_per_tib}"
        yield stored("fast storage", lustre(kind, fast.capacity_gib))
    if cluster.database is not None and databases:
        yield _rds(cluster.database, databases)


def _rds(config: RdsConfig, databases: int) -> IdleCost:
    service = f"rds-{config.instance_class}"
    hour = facts(service)["usd_per_hour"] if service in services() else None
    # Twice the price in two zones: a second instance stands by.
    count = 2 * databases if config.highly_available else databases
    disk = facts("rds")["usd_per_gib_month"]
    return database("RDS", config.instance_class, hour, disk, (count, RDS_GIB))
