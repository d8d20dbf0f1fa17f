"""What carries a stack's tag, listed from a simulated account and from a recorded answer.

The simulation lists EC2 and EFS; of EKS the answer is recorded in the API's own form.
"""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from hubs.orphans import Thing
from live.asked import UnreachableError
from live.aws_clients import Client, Clients, connect
from live.aws_tagged import GLOBAL_REGION, read
from live.orphans_asked import Carrying

CARRYING = Carrying(region="us-west-2", label="lab", prefixes=("readyroom-", "lab-cluster-"))
OURS = [{"Key": "readyroom-stack", "Value": "lab"}, {"Key": "Name", "Value": "lab"}]
THEIRS = [{"Key": "readyroom-stack", "Value": "other"}]
GROUP = "arn:aws:eks:us-west-2:123456789012:nodegroup/readyroom-lab/core/8ec4"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest uses it
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


class Pages:
    """Recorded pages of any operation; remembers what it was asked."""

    def __init__(self, *pages: dict[str, Any]) -> None:
        """Keep the pages."""
        self._pages, self.asked = pages, [dict[str, object]()]

    def get_paginator(self, operation: str) -> "Pages":
        """Return itself for the one operation there is."""
        assert operation == "get_resources"
        return self

    def paginate(self, **asked: object) -> list[dict[str, Any]]:
        """Return the pages."""
        self.asked.append(asked)
        return list(self._pages)


def _vpc(region: str, tags: list[dict[str, str]]) -> str:
    specified = [{"ResourceType": "vpc", "Tags": tags}]
    made = boto3.client("ec2", region_name=region).create_vpc(
        CidrBlock="10.0.0.0/16", TagSpecifications=specified
    )
    return made["Vpc"]["VpcId"]


def _role(name: str, tags: list[dict[str, str]]) -> None:
    iam = boto3.client("iam", region_name="us-east-1")
    iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}", Tags=tags)


def _read(carrying: Carrying = CARRYING, regional: Clients | None = None) -> list[Thing]:
    return read(carrying, regional or connect(carrying.region), connect(GLOBAL_REGION))


def test_things_of_the_region_and_of_none_are_listed_by_tag() -> None:
    ours, worldwide = _vpc("us-west-2", OURS), _vpc("us-east-1", OURS)
    _vpc("us-west-2", THEIRS)
    _vpc("eu-west-1", OURS)

    found = {it.named.id: it for it in _read()}
    assert set(found) == {ours, worldwide}
    assert found[ours].listed == f"arn:aws:ec2:us-west-2:123456789012:vpc/{ours}"
    assert dict(found[ours].tags) == {"readyroom-stack": "lab", "Name": "lab"}
    assert found[ours].since == ""
    assert found[worldwide].named.delete == (
        f"aws ec2 delete-vpc --vpc-id {worldwide} --region us-east-1"
    )


def test_a_stack_where_things_without_a_region_are_is_listed_once() -> None:
    ours = _vpc("us-east-1", OURS)

    found = _read(Carrying(region="us-east-1", label="lab"))
    assert [it.named.id for it in found] == [ours]


def test_roles_are_read_by_name_and_counted_by_tag() -> None:
    _role("readyroom-lab-nodes", OURS)
    _role("lab-cluster-eksRole-role-1", OURS)
    _role("readyroom-other-nodes", THEIRS)
    _role("readyroom-lab-untagged", [])
    _role("somebody-lab", OURS)

    found = sorted(_read(), key=lambda it: it.named.id)
    assert [(it.named.type, it.named.id) for it in found] == [
        ("aws:iam/role:Role", "lab-cluster-eksRole-role-1"),
        ("aws:iam/role:Role", "readyroom-lab-nodes"),
    ]
    assert found[0].since[:4].isdigit()
    assert found[0].since.endswith("+00:00")


def test_every_page_counts() -> None:
    row = {"ResourceARN": GROUP, "Tags": OURS}
    pages = Pages({"ResourceTagMappingList": [row]}, {"ResourceTagMappingList": []})

    def made(service: str) -> Client:
        assert service == "resourcegroupstaggingapi"
        return pages  # pyright: ignore[reportReturnType] - a stand-in

    [found] = _read(regional=made)
    assert (found.named.type, found.named.id) == (
        "aws:eks/nodeGroup:NodeGroup",
        "readyroom-lab:core",
    )
    assert pages.asked[1:] == [{"TagFilters": [{"Key": "readyroom-stack", "Values": ["lab"]}]}]


def test_a_refusal_is_told_in_one_line() -> None:
    def refused(service: str) -> Client:
        from botocore.exceptions import NoCredentialsError  # noqa: PLC0415 - only here

        assert service
        raise NoCredentialsError

    with pytest.raises(UnreachableError) as caught:
        _read(regional=refused)
    assert str(caught.value) == (
        "tagged resources cannot be listed on AWS in us-west-2: Unable to locate credentials"
    )
