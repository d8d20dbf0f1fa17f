"""One quota and how much of it is needed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from capacity.machines import Cloud
from capacity.quantities import ceil_div
from capacity.quotas.catalogue import find_quota

# Source: 2i2c#3743, "1360 >= 512 + 20%".
HEADROOM_PERCENT = 20
# Key of the addresses for pods, which are no quota of a cloud but run out like one.
POD_ADDRESSES = "pod-addresses"


class UnknownFamilyError(ValueError):
    """No quota is known for a machine type, disk or GPU."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How much of a quota a deployment needs at its largest.

    Attributes:
        cloud: Whose quota it is.
        key: AWS quota code, or Google Cloud metric, with `/FAMILY` where it counts by family.
        name: What a reader calls it.
        unit: What is counted.
        value: How much of it, rounded up.
        because: What makes it up.
        source: Where the rule is from.
        grows: Whether it grows with nodes, so that it wants headroom.
        room: What there is in all, where no cloud need be asked.
    """

    cloud: Cloud
    key: str
    name: str
    unit: str
    value: int
    because: str
    source: str
    grows: bool = True
    room: int | None = None

    @property
    def headroom(self) -> int:
        """Return what should be free beyond the need: a fifth of it, rounded up."""
        return ceil_div(self.value * HEADROOM_PERCENT, 100) if self.grows else 0


def need(cloud: Cloud, key: str, value: int, because: str, *, grows: bool = True) -> Need:
    """Return the need of a quota of the catalogue.

    Raises:
        UnknownFamilyError: it is not in the catalogue.
    """
    quota = find_quota(cloud, key)
    if quota is None:
        msg = f"no quota {key} is known"
        raise UnknownFamilyError(msg)
    doubt = "" if quota.verified else ", unverified"
    return Need(
        cloud=cloud,
        key=key,
        name=quota.name if cloud == "eks" else key,
        unit=quota.unit,
        value=value,
        because=because,
        source=f"{quota.source}, {quota.as_of}{doubt}",
        grows=grows,
    )


def largest(found: Iterable[Iterable[Need]]) -> list[Need]:
    """Return of every quota the largest need among several, in the order first seen."""
    kept: dict[str, Need] = {}
    for needs in found:
        for one in needs:
            if one.key not in kept or one.value > kept[one.key].value:
                kept[one.key] = one
    return list(kept.values())
