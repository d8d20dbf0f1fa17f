"""Which machine types and regions the catalogue holds, and what upstream files leave out."""

import re
from dataclasses import dataclass

# In the order of the tables.
EC2_REGIONS = (
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ca-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-central-1",
    "eu-north-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
)
GCE_REGIONS = (
    "us-central1",
    "us-east1",
    "us-east4",
    "us-west1",
    "us-west2",
    "northamerica-northeast1",
    "europe-west1",
    "europe-west2",
    "europe-west3",
    "europe-west4",
    "australia-southeast1",
    "asia-southeast1",
    "asia-south1",
    "southamerica-east1",
)

# Sizes that hold 4 to 100 users: from two CPUs to 64.
_EC2_SIZES = ("large", "xlarge", *(f"{count}xlarge" for count in (2, 4, 8, 9, 12, 16)))
_FEWEST_CPUS, _MOST_CPUS = 2, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Ec2Family:
    """A family of EC2 types.

    Attributes:
        bursts: Whether its CPUs are promised only in part: credits (t3), or a baseline of
            40 % (flex). Source: EC2 user guide, "Burstable" and "Flex" instances.
        gpu_model: What its accelerators are. Source: the family pages of EC2, 2026.
        ratio_of: The family whose regional price ratio stands in for its own.
        smallest: Smallest size that is sensible for user servers.
    """

    bursts: bool = False
    gpu_model: str = ""
    ratio_of: str = ""
    smallest: str = "large"


EC2_FAMILIES = {
    "c5": Ec2Family(),
    "c6i": Ec2Family(),
    "c7i": Ec2Family(),
    "g4dn": Ec2Family(gpu_model="NVIDIA T4", smallest="xlarge"),
    "g5": Ec2Family(gpu_model="NVIDIA A10G", smallest="xlarge"),
    "g6": Ec2Family(gpu_model="NVIDIA L4", smallest="xlarge"),
    "m5": Ec2Family(),
    "m6a": Ec2Family(),
    "m6i": Ec2Family(),
    "m7a": Ec2Family(),
    "m7i": Ec2Family(),
    "m7i-flex": Ec2Family(bursts=True),
    "m8i": Ec2Family(ratio_of="m7i"),
    "m8i-flex": Ec2Family(bursts=True, ratio_of="m7i-flex"),
    "r5": Ec2Family(),
    "r6a": Ec2Family(),
    "r6i": Ec2Family(),
    "r7a": Ec2Family(),
    "r7i": Ec2Family(),
    "r8i": Ec2Family(ratio_of="r7i"),
    "r8i-flex": Ec2Family(bursts=True, ratio_of="r7i"),
    "t3": Ec2Family(bursts=True),
}
# The smallest t3 carry core pods of small clusters.
_EC2_EXTRA = ("t3.small", "t3.medium")

# Regions in which a family with a stand-in ratio is known to be sold (autumn 2025).
# Source: skypilot-org/skypilot-catalog v8 aws/vms.csv @e385a0d3.
STAND_IN_REGIONS = ("us-east-1", "us-east-2", "us-west-2")

# The 2024 dump has only prices of dedicated tenancy here: 6.5 % above those of autumn 2025.
# Source: skypilot-org/skypilot-catalog v8 aws/vms.csv @e385a0d3.
DEDICATED_ONLY = {("g4dn", "eu-west-1")}

GCE_FAMILIES = ("c2", "c3", "c4", "e2", "g2", "n1", "n2", "n2d", "n4", "t2d")
# Source: GKE documentation on Hyperdisk, 2026: these take no persistent disk to boot from.
HYPERDISK_ONLY = ("c4", "n4")
# L4 accelerators of a g2 type by its CPUs; one where not named.
# Source: Compute Engine "G2 machine series", 2026; the steps of the prices agree.
G2_GPUS = {24: 2, 48: 4, 96: 8}
G2_MODEL = "NVIDIA L4"
# Accelerators that are attached to n1 machines. Source: Compute Engine "GPU machine types".
N1_ACCELERATORS = {"nvidia-tesla-t4": ("NVIDIA T4", 16)}

_GCE_NAME = re.compile(r"(?P<family>[a-z0-9]+)-(?P<shape>standard|highmem|highcpu)-\d+")
# The smallest ones carry core pods of small clusters.
_GCE_EXTRA = ("e2-small", "e2-medium", "n1-standard-1")


def ec2_names(known: list[str]) -> list[str]:
    """Return the EC2 types that the catalogue holds, of those known, in table order."""
    return sorted(filter(_ec2_is_held, known), key=_ec2_order)


def _ec2_is_held(name: str) -> bool:
    family, _, size = name.partition(".")
    if name in _EC2_EXTRA:
        return True
    if family not in EC2_FAMILIES or size not in _EC2_SIZES:
        return False
    smallest = EC2_FAMILIES[family].smallest
    return _EC2_SIZES.index(size) >= _EC2_SIZES.index(smallest)


def _ec2_order(name: str) -> tuple[str, int]:
    family, _, size = name.partition(".")
    sizes = ("small", "medium", *_EC2_SIZES)
    return family, sizes.index(size)


def gce_names(cpus: dict[str, int]) -> list[str]:
    """Return the Compute Engine types that the catalogue holds, in table order.

    `cpus` gives the virtual CPUs of every type known.
    """
    held = [name for name, count in cpus.items() if _gce_is_held(name, count)]
    return sorted(held, key=lambda name: (name.rpartition("-")[0], cpus[name], name))


def _gce_is_held(name: str, cpus: int) -> bool:
    if name in _GCE_EXTRA:
        return True
    match = _GCE_NAME.fullmatch(name)
    return bool(match) and match["family"] in GCE_FAMILIES and _FEWEST_CPUS <= cpus <= _MOST_CPUS
