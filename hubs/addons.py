"""Versions of EKS add-ons, pinned for each version of Kubernetes. Pure.

An add-on that is not pinned is upgraded by itself, and a pair of versions that EKS does not
know fails only in the update. What EKS offers:
`aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name vpc-cni`.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from hubs.mistakes import Mistake, nearest

AddonName = Literal[
    "vpc-cni",
    "kube-proxy",
    "eks-pod-identity-agent",
    "aws-ebs-csi-driver",
    "aws-efs-csi-driver",
    "aws-fsx-csi-driver",
]

# EKS' own default for 1.35 on 2026-10-02 and for 1.36 on 2026-09-28 (describe-addon-versions in
# us-east-1, kept in public repositories). EBS: named beside those defaults for both. EFS: pinned
# for 1.35 and seen running on 1.36. FSx: pinned for 1.35; for 1.36 only its driver's word, which
# asks for Kubernetes 1.20 (aws-fsx-csi-driver Chart.yaml @5b227125, 2026-04-21).
_FOR_BOTH: Mapping[AddonName, str] = {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
    "aws-efs-csi-driver": "v3.4.2-eksbuild.1",
    "aws-fsx-csi-driver": "v1.9.0-eksbuild.1",
}
_PINNED: Mapping[str, Mapping[AddonName, str]] = {
    "1.35": {**_FOR_BOTH, "kube-proxy": "v1.35.3-eksbuild.29"},
    "1.36": {**_FOR_BOTH, "kube-proxy": "v1.36.0-eksbuild.25"},
}


def addon_versions(kubernetes: str) -> Mapping[AddonName, str]:
    """Return the version of every add-on for a version of Kubernetes.

    Raises:
        KeyError: none is known; `version_mistakes` tells of it before.
    """
    return _PINNED[kubernetes]


def version_mistakes(kubernetes: str) -> Iterator[Mistake]:
    """Yield a mistake for a version of Kubernetes whose add-ons are not known."""
    if kubernetes not in _PINNED:
        told = f"found {kubernetes!r}, whose add-ons are not pinned"
        yield Mistake("cluster.kubernetesVersion", f"{told}; {nearest(kubernetes, list(_PINNED))}")
