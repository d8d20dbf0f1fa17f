"""What a deployment needs of AWS quotas. Pure."""

import re
from collections.abc import Iterator

from capacity.quantities import ceil_div
from capacity.quotas.catalogue import interfaces
from capacity.quotas.footprint import Footprint, PoolSize
from capacity.quotas.need import POD_ADDRESSES, Need, UnknownFamilyError, need

ADDRESSES, GP3, GP2 = "L-0263D0A3", "L-7A658B76", "L-D18FCD1D"
CLUSTERS, NODE_GROUPS, NODES_PER_GROUP = "L-1194D53C", "L-6D54EA21", "L-BD136A63"
FILE_SYSTEMS, CLASSIC_BALANCERS = "L-848C634D", "L-E9E9831D"
VPCS, NAT_GATEWAYS, INTERFACES = "L-F678F1CE", "L-FE5A380F", "L-DF5E4CA3"
_DISKS = {"gp3": GP3, "gp2": GP2}
_GIB_PER_TIB = 1024
_STANDARD = ("L-1216C47A", "L-34B43A08")
_GRAPHICS = ("L-DB2E81BA", "L-3819A6DF")
# Letters before the generation of a type -> quota of its vCPUs on demand, and as spot.
# Source: AWS EC2 user guide, On-Demand Instance quotas, and several public repositories.
_FAMILIES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("a", "c", "d", "h", "i", "im", "is", "m", "r", "t", "z"), _STANDARD),
    **dict.fromkeys(("g", "gr", "vt"), _GRAPHICS),
    "p": ("L-417A185B", "L-7212CCBC"),
    "f": ("L-74FC7D96", "L-88CF9481"),
    "inf": ("L-1945791B", "L-B5D1601B"),
    "trn": ("L-2C3B7624", "L-6B0D517C"),
    "x": ("L-7295265B", "L-E3A00192"),
    "u": ("L-43DA4232", None),
}


def vcpu_quota(machine_type: str, *, spot: bool) -> str:
    """Return the code of the quota that counts a type's vCPUs.

    Raises:
        UnknownFamilyError: no such quota is known.
    """
    letters = re.match(r"[a-z]*", machine_type)
    codes = _FAMILIES.get(letters[0] if letters else "")
    code = codes[spot] if codes else None
    if code is None:
        kind = "spot" if spot else "on demand"
        msg = f"no vCPU quota is known for {machine_type} {kind}"
        raise UnknownFamilyError(msg)
    return code


def aws_needs(footprint: Footprint) -> Iterator[Need]:
    """Yield what a deployment needs of each quota, nodes first; nothing that it needs none of.

    Raises:
        UnknownFamilyError: a machine or disk type that no quota is known for.
    """
    pools = [pool for pool in footprint.pools if pool.max_nodes]
    for code in dict.fromkeys(vcpu_quota(pool.machine_type, spot=pool.spot) for pool in pools):
        counted = [pool for pool in pools if vcpu_quota(pool.machine_type, spot=pool.spot) == code]
        total = sum(pool.max_nodes * pool.vcpus for pool in counted)
        yield need("eks", code, total, _sum_of(counted, "vCPU"))
    yield from _disks(footprint, pools)
    yield from _network(footprint, pools)
    if pools:
        most = max(pool.max_nodes for pool in pools)
        yield need("eks", NODE_GROUPS, len(pools), f"{len(pools)} node groups", grows=False)
        yield need("eks", NODES_PER_GROUP, most, "the largest node group", grows=False)
    yield from _fixed(footprint)


def _sum_of(pools: list[PoolSize], unit: str) -> str:
    parts = [
        f"{pool.name} {pool.max_nodes} x {pool.vcpus if unit == 'vCPU' else pool.disk_gb}"
        for pool in pools
    ]
    return f"{' + '.join(parts)} {unit}"


def _disks(footprint: Footprint, pools: list[PoolSize]) -> Iterator[Need]:
    for kind in dict.fromkeys(pool.disk_type for pool in pools):
        if kind not in _DISKS:
            msg = f"no quota is known for disks of type {kind}"
            raise UnknownFamilyError(msg)
        counted = [pool for pool in pools if pool.disk_type == kind]
        total = sum(pool.max_nodes * pool.disk_gb for pool in counted)
        because = f"boot disks: {_sum_of(counted, 'GiB')}"
        if kind == "gp3" and footprint.volume_gb:
            total += footprint.volume_gb
            because += f" + {footprint.volume_gb} GiB of hubs and monitoring"
        yield need("eks", _DISKS[kind], ceil_div(total, _GIB_PER_TIB), because)


def _network(footprint: Footprint, pools: list[PoolSize]) -> Iterator[Need]:
    known = [(pool, interfaces()[pool.machine_type]) for pool in pools if _is_known(pool)]
    if known:
        total = sum(pool.max_nodes * most.count for pool, most in known)
        parts = " + ".join(f"{pool.max_nodes} x {most.count}" for pool, most in known)
        yield need("eks", INTERFACES, total, f"{parts} interfaces, all that the types can have")
    if known and footprint.pod_addresses is not None:
        yield Need(
            cloud="eks",
            key=POD_ADDRESSES,
            name="Addresses of pods and nodes in the subnet",
            unit="addresses",
            value=sum(pool.max_nodes * most.count * most.addresses for pool, most in known),
            because=" + ".join(
                f"{pool.max_nodes} x {most.count} interfaces x {most.addresses}"
                for pool, most in known
            )
            + ", taken whether pods use them or not",
            source="awslabs/amazon-eks-ami instance-info.jsonl @81fec2e8; hubs/network.py",
            room=footprint.pod_addresses,
        )


def _is_known(pool: PoolSize) -> bool:
    return pool.machine_type in interfaces()


def _fixed(footprint: Footprint) -> Iterator[Need]:
    wanted = (
        (ADDRESSES, footprint.nat_gateways, "one for each NAT gateway"),
        (NAT_GATEWAYS, ceil_div(footprint.nat_gateways, footprint.zones), "NAT gateways in a zone"),
        (CLASSIC_BALANCERS, footprint.load_balancers, "one for the proxy of each hub"),
        (FILE_SYSTEMS, footprint.file_systems, "homes"),
        (CLUSTERS, footprint.clusters, "the cluster"),
        (VPCS, footprint.clusters, "the cluster's network"),
    )
    for code, value, because in wanted:
        if value:
            yield need("eks", code, value, because, grows=False)
