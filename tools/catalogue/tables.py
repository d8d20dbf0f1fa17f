"""Builds the tables of `capacity/data` from upstream files: same files in, same bytes out."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tools.catalogue import ec2_prices, selection, upstream_ec2, upstream_gce
from tools.catalogue.origins import Origin

MACHINES = (
    "machine_type",
    "vcpus",
    "memory_mib",
    "pods",
    "shared_core",
    "gpus",
    "gpu_model",
    "network_mbps",
    "hyperdisk_only",
    "as_of",
    "source",
)
PRICES = (
    "machine_type",
    "region",
    "micro_usd_per_hour",
    "spot_micro_usd_per_hour",
    "as_of",
    "source",
)
ACCELERATORS = (
    "accelerator",
    "model",
    "memory_gib",
    "attached_to",
    "micro_usd_per_hour",
    "spot_micro_usd_per_hour",
    "as_of",
    "source",
)
# GKE's default. Source: GKE "Configure maximum Pods per node", 2026.
_GKE_PODS = 110

Row = Sequence[object]


def tables(folder: Path, origins: dict[str, Origin]) -> dict[str, str]:
    """Return the text of every generated table, by its file name.

    Raises:
        UpstreamError: an upstream file is not of the known form.
    """
    return {
        "machines-eks.csv": _text(MACHINES, _ec2_machines(folder, origins)),
        "machines-gke.csv": _text(MACHINES, _gce_machines(folder, origins)),
        "prices-eks.csv": _text(PRICES, _ec2_prices(folder, origins)),
        "prices-gke.csv": _text(PRICES, _gce_prices(folder, origins)),
        "accelerators-gke.csv": _text(ACCELERATORS, _accelerators(folder, origins)),
    }


def micro_usd(dollars: Decimal) -> int:
    """Return dollars as millionths, rounded to the nearest."""
    return int(Decimal(dollars).scaleb(6).to_integral_value(ROUND_HALF_UP))


def _text(header: Row, rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _yes(value: object) -> str:
    return "true" if value else "false"


def _ec2_machines(folder: Path, origins: dict[str, Origin]) -> Iterable[Row]:
    sizes = upstream_ec2.sizes(folder)
    slots = upstream_ec2.pod_slots(folder)
    mbps = upstream_ec2.bandwidth(folder)
    used = [origins[name] for name in (upstream_ec2.SIZES, upstream_ec2.ADDRESSES)]
    as_of = max(origin.as_of for origin in used)
    source = "; ".join(origin.source for origin in used)
    for name in selection.ec2_names([name for name in sizes if name in slots]):
        size, family = sizes[name], selection.EC2_FAMILIES[name.partition(".")[0]]
        yield (
            name,
            size.vcpus,
            size.memory_mib,
            slots[name],
            _yes(family.bursts),
            size.gpus,
            family.gpu_model,
            mbps.get(name, ""),
            _yes(value=False),
            as_of,
            source,
        )


def _gce_machines(folder: Path, origins: dict[str, Origin]) -> Iterable[Row]:
    sizes = upstream_gce.sizes(folder)
    origin = origins[upstream_gce.SIZES]
    for name in selection.gce_names({name: size.vcpus for name, size in sizes.items()}):
        size, family = sizes[name], name.partition("-")[0]
        has_gpus = family == "g2"
        yield (
            name,
            size.vcpus,
            size.memory_mib,
            _GKE_PODS,
            _yes(size.shared_core),
            selection.G2_GPUS.get(size.vcpus, 1) if has_gpus else 0,
            selection.G2_MODEL if has_gpus else "",
            "",
            _yes(family in selection.HYPERDISK_ONLY),
            origin.as_of,
            origin.source,
        )


def _ec2_prices(folder: Path, origins: dict[str, Origin]) -> Iterable[Row]:
    home = upstream_ec2.current_prices(folder)[ec2_prices.HOME]
    dump = upstream_ec2.dumped_prices(folder)
    sizes, slots = upstream_ec2.sizes(folder), upstream_ec2.pod_slots(folder)
    now, then = origins[upstream_ec2.PRICES], origins[upstream_ec2.DUMP]
    repository, _, commit = then.source.split()
    derived = f"us-east-1 price times the ratio of the family in the region; {repository} {commit}"
    for name in selection.ec2_names([name for name in sizes if name in slots]):
        for region in selection.EC2_REGIONS:
            found = ec2_prices.price(name, region, home, dump)
            if found is None:
                continue
            # Spot prices of the dump are obsolete: that of g6.xlarge rose fourfold since.
            known = (name, region, micro_usd(found.usd), "")
            if found.derived:
                yield (*known, now.as_of, derived)
            elif region == ec2_prices.HOME:
                yield (*known, now.as_of, now.source)
            else:
                yield (*known, then.as_of, then.source)


def _gce_prices(folder: Path, origins: dict[str, Origin]) -> Iterable[Row]:
    sizes, sold_in = upstream_gce.sizes(folder), upstream_gce.sold_in(folder)
    usual, spot = upstream_gce.prices(folder)
    origin = origins[upstream_gce.PRICES]
    for name in selection.gce_names({name: size.vcpus for name, size in sizes.items()}):
        for region in selection.GCE_REGIONS:
            dollars = usual.get(region, {}).get(name)
            if not dollars or (name, region) not in sold_in:
                continue
            less = spot.get(region, {}).get(name)
            yield (
                name,
                region,
                micro_usd(dollars),
                micro_usd(less) if less else "",
                origin.as_of,
                origin.source,
            )


def _accelerators(folder: Path, origins: dict[str, Origin]) -> Iterable[Row]:
    usual, spot = upstream_gce.accelerator_prices(folder)
    origin = origins[upstream_gce.ACCELERATORS]
    for name, (model, memory_gib) in sorted(selection.N1_ACCELERATORS.items()):
        yield (
            name,
            model,
            memory_gib,
            "n1",
            micro_usd(usual[name]),
            micro_usd(spot[name]),
            origin.as_of,
            origin.source,
        )
