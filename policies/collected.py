"""Collects the known inputs of resources by URN, for stack policies to judge.

On the first preview of a new cluster a stack policy sees no Kubernetes inputs at all,
and touching an unknown would turn a mandatory rule into an advisory one. A resource
policy sees all inputs. The engine starts a pack for every operation; a preview asks one pack
of several instants, so what is collected is of the program that began last.
"""

from dataclasses import dataclass
from typing import Any

from pulumi_policy import ReportViolation, ResourceValidationArgs, ResourceValidationPolicy
from pulumi_policy.proxy import UnknownValueError

from hubs.shapes import is_list, is_mapping

# Every program registers it before all else, which is in it.
STACK = "pulumi:pulumi:Stack"
HUB = "readyroom:hub:JupyterHub"
EXISTING = "readyroom:existing:ExistingCluster"
RELEASE = "kubernetes:helm.sh/v3:Release"
QUOTA_CHECK = "readyroom:quota_check:QuotaCheck"
LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
GKE_POOL = "gcp:container/nodePool:NodePool"
EKS_POOL = "aws:eks/nodeGroup:NodeGroup"
FILESTORE = "gcp:filestore/instance:Instance"
EFS = "aws:efs/fileSystem:FileSystem"
STASH = "pulumi:index:Stash"
_WANTED = frozenset(
    {
        HUB,
        EXISTING,
        RELEASE,
        GKE_POOL,
        EKS_POOL,
        LAUNCH_TEMPLATE,
        QUOTA_CHECK,
        FILESTORE,
        EFS,
        STASH,
    }
)


class Unknown:
    """Stands for a value that a preview cannot know."""

    def __repr__(self) -> str:
        """Return what a message may say of it."""
        return "(not known yet)"


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource's plain inputs; what is not known yet is `UNKNOWN`."""

    urn: str
    type: str
    props: dict[str, Any]


collected: dict[str, Resource] = {}


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a plain copy of a policy's proxy, with `UNKNOWN` where it would raise."""
    if is_mapping(value):
        return {str(key): _known(value, key) for key in value}
    if is_list(value):
        return [_known(value, index) for index in range(len(value))]
    return value


def _known(holder: Any, key: Any) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return plain(holder[key])
    except UnknownValueError:
        return UNKNOWN


def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
    """Keep the inputs of what the rules read; reports nothing."""
    del report
    if args.resource_type == STACK:
        collected.clear()
    if args.resource_type in _WANTED:
        collected[args.urn] = Resource(
            urn=args.urn, type=args.resource_type, props=plain(args.props)
        )


collect = ResourceValidationPolicy(
    name="collect",
    description="Reads what is registered for the rules that judge it.",
    validate=validate,
)
