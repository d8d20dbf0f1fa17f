"""When something exists already, and the command that takes it into the state."""

import shlex

import pytest

from hubs.import_ids import ImportId
from hubs.recovery import Belongs, advice, child_urn, exists_already, import_command, parent_of

STACK = "urn:pulumi:lab::readyroom::pulumi:pulumi:Stack::readyroom-lab"
COMPONENT = "urn:pulumi:lab::readyroom::readyroom:eks:EksCluster::lab"
INNER = "urn:pulumi:lab::readyroom::readyroom:eks:EksCluster$eks:index:Cluster::lab-cluster"
GROUP = Belongs(
    stack="lab",
    type="aws:eks/nodeGroup:NodeGroup",
    name="core-m5-xlarge",
    parent=INNER,
    provider="urn:pulumi:lab::readyroom::pulumi:providers:aws::lab-aws",
)
RELEASE = "kubernetes:helm.sh/v3:Release"
ROLE = "aws:iam/role:Role"


# As clouds said it in public reports.
@pytest.mark.parametrize(
    ("type_", "error", "exists"),
    [
        (
            "aws:eks/nodeGroup:NodeGroup",
            "creating EKS Node Group (lab:core): operation error EKS: CreateNodegroup, https "
            "response error StatusCode: 409, ResourceInUseException: NodeGroup already exists "
            "with name core and cluster name lab",
            True,
        ),
        (
            ROLE,
            "creating IAM Role (lab): operation error IAM: CreateRole, EntityAlreadyExists: Role "
            "with name lab already exists.",
            True,
        ),
        (
            "aws:ec2/subnet:Subnet",
            "InvalidSubnet.Conflict: The CIDR '10.0.0.0/20' conflicts with another subnet",
            True,
        ),
        (
            "aws:ec2/routeTableAssociation:RouteTableAssociation",
            "Resource.AlreadyAssociated: the specified association for route table rtb-1 "
            "conflicts with an existing association",
            True,
        ),
        (
            "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
            "Resource.AlreadyAssociated: resource igw-1 is already attached to network vpc-1",
            True,
        ),
        (
            "aws:servicequotas/serviceQuota:ServiceQuota",
            "ResourceAlreadyExistsException: Only one open service quota increase request is "
            "allowed per quota.",
            True,
        ),
        (
            "aws:s3/bucket:Bucket",
            "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded "
            "and you already own it.",
            True,
        ),
        (
            "gcp:container/nodePool:NodePool",
            "error creating NodePool: googleapi: Error 409: Already exists: "
            "projects/p/locations/l/clusters/lab/nodePools/core., alreadyExists",
            True,
        ),
        (
            "kubernetes:core/v1:Namespace",
            "resource lab was not successfully created by the Kubernetes API server: namespaces "
            '"lab" already exists',
            True,
        ),
        (RELEASE, "cannot re-use a name that is still in use", True),  # codespell:ignore
        (RELEASE, f"AlreadyExists: {RELEASE} 'lab/lab'", True),
        # Something that a chart makes: an import of the release would not help.
        (
            RELEASE,
            'rendered manifests contain a resource that already exists. Unable to continue with "'
            'install: Service "hub" in namespace "lab" exists and cannot be imported into the '
            "current release",
            False,
        ),
        (ROLE, "AccessDenied: User is not authorized to perform: iam:CreateRole", False),
        (ROLE, "simcloud fault: create was done, its answer was lost", False),
    ],
)
def test_only_what_is_there_already_can_be_imported(
    type_: str, error: str, *, exists: bool
) -> None:
    assert exists_already(type_, [error]) is exists


def test_the_newest_error_counts() -> None:
    assert exists_already(ROLE, ["timed out", "EntityAlreadyExists"]) is False
    assert exists_already(ROLE, []) is False


def test_the_command_names_parent_provider_and_stack() -> None:
    found = import_command(GROUP, ImportId(text="lab:core-m5-xlarge"))

    assert found == (
        "pulumi import aws:eks/nodeGroup:NodeGroup core-m5-xlarge lab:core-m5-xlarge --stack lab "
        f"--parent 'parent={INNER}' "
        "--provider provider=urn:pulumi:lab::readyroom::pulumi:providers:aws::lab-aws "
        "--protect=false --generate-code=false"
    )
    # The types in a URN are kept apart by what a shell takes for a variable.
    assert f"parent={INNER}" in shlex.split(found)


def test_what_is_protected_stays_so_and_what_is_at_the_top_has_no_parent() -> None:
    top = Belongs(stack="a b", type=ROLE, name="lab nodes", protect=True)

    assert import_command(top, ImportId(text="", lookup="aws it")) == (
        "pulumi import aws:iam/role:Role 'lab nodes' \"$(aws it)\" --stack 'a b' "
        "--generate-code=false"
    )


def test_a_look_at_it_comes_before_an_import() -> None:
    told = advice(GROUP, ImportId(text="lab:core-m5-xlarge")).splitlines()

    assert told == [
        "core-m5-xlarge exists already, and this stack's state does not have it. If an earlier "
        "run made it and its answer was lost, take it into the state and run up again:",
        import_command(GROUP, ImportId(text="lab:core-m5-xlarge")),
        "Look at it first: what is imported is changed to what the program says, and goes when "
        "the stack goes.",
    ]


@pytest.mark.parametrize(
    ("parent", "urn"),
    [
        (STACK, f"urn:pulumi:lab::readyroom::{ROLE}::x"),
        (COMPONENT, f"urn:pulumi:lab::readyroom::readyroom:eks:EksCluster${ROLE}::x"),
        (
            INNER,
            f"urn:pulumi:lab::readyroom::readyroom:eks:EksCluster$eks:index:Cluster${ROLE}::x",
        ),
    ],
)
def test_a_childs_urn_is_the_one_that_the_engine_gives(parent: str, urn: str) -> None:
    assert child_urn(parent, ROLE, "x") == urn


def test_the_stack_itself_is_no_parent_to_name() -> None:
    assert [parent_of(urn) for urn in (STACK, "", COMPONENT, INNER)] == ["", "", COMPONENT, INNER]
