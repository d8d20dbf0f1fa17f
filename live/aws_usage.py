"""What is in use of AWS quotas, in all and by one stack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from capacity.quantities import ceil_div
from capacity.quotas import aws
from capacity.quotas.need import UnknownFamilyError
from live.asked import Asked
from live.aws_clients import Clients

_GIB_PER_TIB = 1024
# What EKS tags the instances of a managed node group with, and we tag all that we own with.
_CLUSTER_TAG, _STACK_TAG = "eks:cluster-name", "readyroom-stack"

Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is in use of a quota, in all and by the stack; None where its share is not known."""

    total: int
    own: int | None


def usage(asked: Asked, clients: Clients) -> dict[str, Use]:
    """Return what is in use, by quota code; codes that cannot be counted are left out."""
    instances = list(_instances(clients))
    own = {it["InstanceId"] for it in instances if _tag(it, _CLUSTER_TAG) == asked.cluster}
    found = _vcpus(clients, instances, own)
    found |= _disks(clients, own)
    interfaces = list(_all(clients, "ec2", "describe_network_interfaces", "NetworkInterfaces"))
    found[aws.INTERFACES] = Use(
        total=len(interfaces),
        own=sum(it.get("Attachment", {}).get("InstanceId") in own for it in interfaces),
    )
    addresses = clients("ec2").describe_addresses()["Addresses"]
    # The stack has no address of its own.
    found[aws.ADDRESSES] = Use(total=len(addresses), own=0)
    return found | _tagged(asked, clients) | _clusters(asked, clients)


def _all(
    clients: Clients, service: str, operation: str, key: str, **asked: object
) -> Iterator[Any]:
    for page in clients(service).get_paginator(operation).paginate(**asked):
        yield from page[key]


def _tag(item: Item, key: str) -> str | None:
    return next((tag["Value"] for tag in item.get("Tags", []) if tag["Key"] == key), None)


def _instances(clients: Clients) -> Iterator[Item]:
    """Yield the running instances: others do not count. Source: AWS EC2 user guide."""
    running = [{"Name": "instance-state-name", "Values": ["running"]}]
    pages = _all(clients, "ec2", "describe_instances", "Reservations", Filters=running)
    for reservation in pages:
        yield from reservation["Instances"]


def _vcpus(clients: Clients, instances: list[Item], own: set[str]) -> dict[str, Use]:
    types = sorted({it["InstanceType"] for it in instances})
    vcpus = {
        it["InstanceType"]: it["VCpuInfo"]["DefaultVCpus"]
        for start in range(0, len(types), 100)
        for it in clients("ec2").describe_instance_types(InstanceTypes=types[start : start + 100])[
            "InstanceTypes"
        ]
    }
    families = ("m5", "g4dn", "p3", "f1", "inf1", "trn1", "x1", "u-6tb1")
    found = {code: Use(total=0, own=0) for code in _codes(families)}
    for it in instances:
        try:
            code = aws.vcpu_quota(it["InstanceType"], spot=it.get("InstanceLifecycle") == "spot")
        except UnknownFamilyError:
            continue
        count, before = vcpus[it["InstanceType"]], found[code]
        mine = count if it["InstanceId"] in own else 0
        found[code] = Use(total=before.total + count, own=(before.own or 0) + mine)
    return found


def _codes(families: tuple[str, ...]) -> Iterator[str]:
    for family in families:
        yield aws.vcpu_quota(family, spot=False)
        if not family.startswith("u"):
            yield aws.vcpu_quota(family, spot=True)


def _disks(clients: Clients, own: set[str]) -> dict[str, Use]:
    volumes = list(_all(clients, "ec2", "describe_volumes", "Volumes"))
    found: dict[str, Use] = {}
    for kind, code in (("gp3", aws.GP3), ("gp2", aws.GP2)):
        sizes = [(it["Size"], _is_on(it, own)) for it in volumes if it["VolumeType"] == kind]
        total, mine = sum(size for size, _ in sizes), sum(size for size, held in sizes if held)
        found[code] = Use(total=ceil_div(total, _GIB_PER_TIB), own=mine // _GIB_PER_TIB)
    return found


def _is_on(volume: Item, own: set[str]) -> bool:
    return any(attached.get("InstanceId") in own for attached in volume.get("Attachments", []))


def _tagged(asked: Asked, clients: Clients) -> dict[str, Use]:
    def count(service: str, operation: str, key: str) -> Use:
        found = list(_all(clients, service, operation, key))
        own = sum(_tag(item, _STACK_TAG) == asked.label for item in found)
        return Use(total=len(found), own=own)

    balancers = _all(clients, "elb", "describe_load_balancers", "LoadBalancerDescriptions")
    return {
        aws.VPCS: count("ec2", "describe_vpcs", "Vpcs"),
        aws.FILE_SYSTEMS: count("efs", "describe_file_systems", "FileSystems"),
        aws.CLASSIC_BALANCERS: Use(total=sum(1 for _ in balancers), own=None),
    }


def _clusters(asked: Asked, clients: Clients) -> dict[str, Use]:
    clusters = list(_all(clients, "eks", "list_clusters", "clusters"))
    is_there = asked.cluster in clusters
    groups = 0
    if is_there:
        listed = _all(clients, "eks", "list_nodegroups", "nodegroups", clusterName=asked.cluster)
        groups = sum(1 for _ in listed)
    return {
        aws.CLUSTERS: Use(total=len(clusters), own=int(is_there)),
        # Counted within the cluster, and within a group: nobody else has a share.
        aws.NODE_GROUPS: Use(total=groups, own=groups),
        aws.NODES_PER_GROUP: Use(total=0, own=0),
    }
