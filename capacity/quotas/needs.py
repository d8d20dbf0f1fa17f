"""Which quotas a deployment needs, on either cloud. Pure."""

from capacity.quotas.aws import aws_needs
from capacity.quotas.footprint import Footprint
from capacity.quotas.gcp import gcp_needs
from capacity.quotas.need import Need


def needs(footprint: Footprint) -> list[Need]:
    """Return how much of each quota a deployment needs at its largest.

    Raises:
        UnknownFamilyError: a machine, disk or GPU type that no quota is known for.
    """
    return list(gcp_needs(footprint) if footprint.cloud == "gke" else aws_needs(footprint))
