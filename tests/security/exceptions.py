"""What is found and left as it is, each with its reason."""

from dataclasses import dataclass
from fnmatch import fnmatch

from security.checks import Finding


@dataclass(frozen=True, slots=True)
class Excepted:
    """Findings that stay: of a check, of names of resources, for a reason."""

    check: str
    names: str
    reason: str

    def takes(self, finding: Finding) -> bool:
        """Return whether a finding is one of these."""
        return finding.check == self.check and fnmatch(finding.name, self.names)


_OWN_KEY = "The cloud encrypts it with its own key; a key of ours costs more and can be lost."
_DEPLOYER = "It switches the stack's events; one branch of one repository alone can be it."
_GPUS = "Not set for NVIDIA's device plugin; not tried on a node with a GPU."
_PODS = "pod security (no check of checkov's)"
_ROOT = "The plugin's socket is in a folder of the kubelet, which is root's."

EXCEPTIONS = (
    Excepted("CKV_AWS_145", "*-bucket-*", _OWN_KEY),
    Excepted("CKV_AWS_158", "*-control", _OWN_KEY),
    Excepted("CKV_AWS_184", "*-homes", _OWN_KEY),
    Excepted("CKV_AWS_190", "*-fast", _OWN_KEY),
    Excepted("CKV_AWS_161", "*-database", "The hub signs in by a generated password."),
    Excepted("CKV_AWS_21", "*-scratch", "Its files are deleted after days, as its hub says."),
    Excepted("CKV_AWS_338", "*-control", "Kept for 90 days: what an event needs."),
    Excepted(
        "CKV_AWS_355", "*-autoscaler", "Groups are made later; a condition on their tag limits it."
    ),
    Excepted("CKV_AWS_355", "*-github", _DEPLOYER),
    Excepted(
        "CKV_AWS_39", "*-cluster", "Deployed from outside of the network; the networks are listed."
    ),
    Excepted("CKV_GCP_26", "*-subnetwork", "Paid by volume, and nobody reads them."),
    Excepted("CKV_GCP_42", "*-github-*", _DEPLOYER),
    Excepted("CKV_GCP_61", "*-cluster", "It is of use to flow logs alone."),
    Excepted("CKV_GCP_62", "*-bucket-*", "Paid by volume, and nobody reads them."),
    Excepted("CKV_GCP_65", "*-cluster", "Needs a group of the organisation's own; IAM decides."),
    Excepted("CKV_GCP_66", "*-cluster", "Hubs bring images of others, which nobody has attested."),
    Excepted("CKV_GCP_78", "*-bucket-*", "What must be kept is kept by soft deletion."),
    Excepted("CKV_K8S_10, unset-cpu-requirements", "*-gpus", _GPUS),
    Excepted("CKV_K8S_11, unset-cpu-requirements", "*-gpus", _GPUS),
    Excepted(
        "CKV_K8S_11, unset-cpu-requirements",
        "*-nightly-cull",
        "A limit of CPU only makes it slower.",
    ),
    Excepted("CKV_K8S_12, unset-memory-requirements", "*-gpus", _GPUS),
    Excepted("CKV_K8S_13, unset-memory-requirements", "*-gpus", _GPUS),
    Excepted("CKV_K8S_22, no-read-only-root-fs", "*-gpus", _GPUS),
    Excepted("CKV_K8S_23, run-as-non-root", "*-gpus", _ROOT),
    Excepted("CKV_K8S_27, sensitive-host-mounts and writable-host-mount", "*-gpus", _ROOT),
    Excepted("CKV_K8S_31", "*-gpus", _GPUS),
    Excepted(
        "CKV_K8S_35, read-secret-from-env-var",
        "*-nightly-cull",
        "The hub's own way to give a service its token.",
    ),
    Excepted("CKV_K8S_43", "*-gpus", "Its version is fixed, by tag."),
    Excepted(
        "CKV_K8S_43", "*-nightly-cull", "The image of the chart's version, which fixes it by tag."
    ),
    Excepted(_PODS, "campus", "A container of servers closes the metadata server by iptables."),
    Excepted(_PODS, "monitoring-nodes", "The node exporter looks at the host."),
)
