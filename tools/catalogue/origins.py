"""Where each upstream file comes from, and of which commit and date a copy is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from hubs.mistakes import Mistake, MistakesError
from tools.catalogue import upstream_ec2, upstream_gce

MANIFEST = "manifest.json"
# Repository of each file, and its name or path as the tables write it.
ORIGINS = {
    upstream_ec2.SIZES: "kubernetes/autoscaler ec2_instance_types.go",
    upstream_ec2.ADDRESSES: "awslabs/amazon-eks-ami instance-info.jsonl",
    upstream_ec2.BANDWIDTH: "aws/karpenter-provider-aws zz_generated.bandwidth.go",
    upstream_ec2.PRICES: "aws/karpenter-provider-aws zz_generated.pricing_aws.go",
    upstream_ec2.DUMP: "coroot/cloud-pricing cloud-pricing.json.gz",
    upstream_gce.SIZES: "Cyclenerd/google-cloud-pricing-cost-calculator tools/machinetypes.csv",
    upstream_gce.SOLD_IN: "Cyclenerd/google-cloud-pricing-cost-calculator "
    "tools/machinetyperegion.csv",
    upstream_gce.PRICES: "cloudpilot-ai/karpenter-provider-gcp initial-prices.json",
    upstream_gce.ACCELERATORS: "kubernetes/autoscaler gce_price_info.go",
}
_EXAMPLE = '{"commit": "55c37cd5", "date": "2026-01-22"}'


_MAPPING = TypeAdapter(dict[str, object])


class _Dated(BaseModel):
    """A line of the manifest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commit: str = Field(min_length=7)
    as_of: date = Field(alias="date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The source of a row: where from, at which commit, of which day (ISO 8601)."""

    source: str
    as_of: str


def origins(folder: Path) -> dict[str, Origin]:
    """Return the origin of every upstream file of a folder, by file name.

    Raises:
        MistakesError: every file that is missing, or that the manifest does not date.
    """
    manifest = _manifest(folder)
    mistakes = [
        Mistake(str(folder / name), f"not there; it is {ORIGINS[name]}")
        for name in ORIGINS
        if not (folder / name).is_file()
    ]
    found: dict[str, Origin] = {}
    for name, origin in ORIGINS.items():
        try:
            dated = _Dated.model_validate(manifest.get(name))
        except ValidationError:
            where = f"{folder / MANIFEST}: {name}"
            mistakes.append(Mistake(where, f"found {manifest.get(name)!r}; write it as {_EXAMPLE}"))
        else:
            found[name] = Origin(source=f"{origin} @{dated.commit}", as_of=dated.as_of.isoformat())
    if mistakes:
        raise MistakesError(mistakes)
    return found


def _manifest(folder: Path) -> dict[str, object]:
    path = folder / MANIFEST
    try:
        return _MAPPING.validate_json(path.read_bytes())
    except OSError as error:
        raise MistakesError([Mistake(str(path), f"cannot be read: {error.strerror}")]) from error
    except ValidationError as error:
        told = f"not JSON that maps file names to {_EXAMPLE}"
        raise MistakesError([Mistake(str(path), told)]) from error
