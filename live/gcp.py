"""Reads the quotas of a Google Cloud project, and what is in use of them."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from capacity.machines import UnknownMachineError, find
from capacity.quotas.catalogue import quotas
from capacity.quotas.footprint import Footprint, PoolSize
from capacity.quotas.gcp import BY_FAMILY, FILESTORE_QUOTAS
from capacity.quotas.needs import needs
from capacity.quotas.snapshot import Reading, Snapshot
from live.asked import Asked, UnreachableError

# What GKE labels a cluster's nodes with.
_CLUSTER_LABEL = "goog-k8s-cluster-name"
# Pools of the program have no other boot disk; an attached disk does not tell its type.
_BOOT_DISK = "pd-balanced"
# What of ours only nodes use: without any of them our share is 0, and not unknown.
_OF_NODES = frozenset({"vCPU", "GB", "VMs"})


class MetricQuota(Protocol):
    """A metric of a region or project."""

    metric: str
    limit: float
    usage: float


class HasQuotas(Protocol):
    """A region, or a project."""

    quotas: Sequence[MetricQuota]


class Regions(Protocol):
    """What is used of `compute_v1.RegionsClient`."""

    def get(self, *, project: str, region: str) -> HasQuotas:
        """Return a region with its quotas."""
        ...


class Projects(Protocol):
    """What is used of `compute_v1.ProjectsClient`."""

    def get(self, *, project: str) -> HasQuotas:
        """Return a project with its quotas."""
        ...


class Instances(Protocol):
    """What is used of `compute_v1.InstancesClient`."""

    def aggregated_list(self, request: dict[str, str]) -> Iterable[tuple[str, Any]]:
        """Return zones with the instances in each."""
        ...


class QuotaInfos(Protocol):
    """What is used of `cloudquotas_v1.CloudQuotasClient`."""

    def list_quota_infos(self, *, parent: str) -> Iterable[Any]:
        """Return every quota of a service."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """The four clients that a reading takes."""

    regions: Regions
    projects: Projects
    instances: Instances
    infos: QuotaInfos


def connect() -> Clients:
    """Return clients with the application default credentials.

    Raises:
        UnreachableError: there are none.
    """
    with warnings.catch_warnings():
        # Of the Python versions that the libraries will stop to support.
        warnings.simplefilter("ignore", FutureWarning)
        compute: Any = import_module("google.cloud.compute_v1")
        cloudquotas: Any = import_module("google.cloud.cloudquotas_v1")
    refused = import_module("google.auth.exceptions").GoogleAuthError
    try:
        return Clients(
            regions=cast("Regions", compute.RegionsClient()),
            projects=cast("Projects", compute.ProjectsClient()),
            instances=cast("Instances", compute.InstancesClient()),
            infos=cast("QuotaInfos", cloudquotas.CloudQuotasClient()),
        )
    except refused as error:
        msg = f"quotas cannot be read from Google Cloud: {error}"
        raise UnreachableError(msg) from None


def read(asked: Asked, clients: Clients) -> Snapshot:
    """Return every quota of the catalogue that the project has in the region, with its use.

    Raises:
        UnreachableError: no rights, or no answer.
    """
    errors = (
        import_module("google.api_core.exceptions").GoogleAPIError,
        import_module("google.auth.exceptions").GoogleAuthError,
    )
    try:
        readings = _metrics(asked, clients)
    except errors as error:
        place = f"project {asked.project} in {asked.region}"
        msg = f"quotas cannot be read from Google Cloud for {place}: {error}"
        raise UnreachableError(msg) from None
    # The Cloud Quotas API is off in many projects: newer families and Filestore then stay unread.
    for others in (_families, _filestore):
        with suppress(*errors):
            readings |= dict(others(asked, clients))
    return Snapshot(
        cloud="gke",
        region=asked.region,
        account=asked.project,
        taken=asked.now,
        origin="live",
        sample=False,
        readings=readings,
    )


def _metrics(asked: Asked, clients: Clients) -> dict[str, Reading]:
    known = quotas("gke")
    project = clients.projects.get(project=asked.project).quotas
    region = clients.regions.get(project=asked.project, region=asked.region).quotas
    own = _own(asked, clients)
    # Some metrics are there twice; a region's own comes last and counts.
    return {
        it.metric: _reading(
            it, own.get(it.metric, 0 if known[it.metric].unit in _OF_NODES else None)
        )
        for it in (*project, *region)
        if it.metric in known
    }


def _reading(found: MetricQuota, own: int | None) -> Reading:
    used = -int(-found.usage // 1)
    share = None if own is None else min(own, used)
    return Reading(limit=int(found.limit), usage=used, own=share)


def _own(asked: Asked, clients: Clients) -> dict[str, int]:
    """Return what the nodes of the stack's cluster have in use, by metric."""
    request = {"project": asked.project, "filter": f"labels.{_CLUSTER_LABEL}={asked.cluster}"}
    pools = [
        pool
        for zone, found in clients.instances.aggregated_list(request=request)
        if zone.startswith(f"zones/{asked.region}-")
        for instance in found.instances
        for pool in _as_pool(instance)
    ]
    used = needs(Footprint(cloud="gke", pools=tuple(pools), public_nodes=False))
    return {need.key: need.value for need in used if need.grows}


def _as_pool(instance: Any) -> Iterator[PoolSize]:  # noqa: ANN401 - a message of the library
    try:
        machine = find(instance.machine_type.rpartition("/")[2])
    except UnknownMachineError:
        return
    yield PoolSize(
        name=instance.name,
        machine_type=machine.name,
        vcpus=machine.vcpus,
        max_nodes=1,
        spot=instance.scheduling.provisioning_model == "SPOT",
        disk_gb=sum(disk.disk_size_gb for disk in instance.disks if disk.boot),
        disk_type=_BOOT_DISK,
    )


def _families(asked: Asked, clients: Clients) -> Iterator[tuple[str, Reading]]:
    """Yield the limits of VM families that have no metric; their use is not told.

    A value for the region comes after, and replaces, one for all regions.
    """
    wanted = quotas("gke")[BY_FAMILY].quota_id
    parent = f"projects/{asked.project}/locations/global/services/compute.googleapis.com"
    infos = [it for it in clients.infos.list_quota_infos(parent=parent) if it.quota_id == wanted]
    rows = [row for info in infos for row in info.dimensions_infos]
    for region in ("", asked.region):
        for row in rows:
            family = row.dimensions.get("vm_family", "")
            if family and row.dimensions.get("region", "") == region:
                yield f"{BY_FAMILY}/{family}", Reading(limit=int(row.details.value))


def _filestore(asked: Asked, clients: Clients) -> Iterator[tuple[str, Reading]]:
    """Yield the limits of Filestore, whose quotas have ids and no metrics; use is not told.

    A value for the region comes after, and replaces, one that applies there among others.
    """
    known = {quotas("gke")[key].quota_id: key for key in sorted(FILESTORE_QUOTAS)}
    parent = f"projects/{asked.project}/locations/global/services/file.googleapis.com"
    rows = [
        (known[info.quota_id], row)
        for info in clients.infos.list_quota_infos(parent=parent)
        if info.quota_id in known
        for row in info.dimensions_infos
        if asked.region in (row.applicable_locations or [asked.region])
    ]
    for region in ("", asked.region):
        for key, row in rows:
            if row.dimensions.get("region", "") == region:
                yield key, Reading(limit=int(row.details.value))
