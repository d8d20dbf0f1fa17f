"""AWS quotas and their use, read from a simulated account.

It does not prove that AWS still has these codes: that takes an account.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from capacity.quotas.snapshot import Reading
from hubs.eks import EksConfig
from live.asked import Asked, UnreachableError
from live.aws import read
from live.aws_clients import Client, Clients, connect
from live.aws_usage import Use, usage
from live.quotas import read_quotas

IMAGE = "ami-12c6146b"
STANDARD, STANDARD_SPOT, GRAPHICS = "L-1216C47A", "L-34B43A08", "L-DB2E81BA"
VPCS, INTERFACES, CLUSTERS, GROUPS = "L-F678F1CE", "L-DF5E4CA3", "L-1194D53C", "L-6D54EA21"


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest uses it
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


class Limits:
    """Service Quotas with defaults, which the simulation has not got: a recorded answer each."""

    def __init__(self, inner: Any, applied: dict[str, float]) -> None:  # noqa: ANN401 - a boto3 client
        """Keep the simulated client, and the values that were applied by code."""
        self.exceptions = inner.exceptions
        self._inner, self._applied = inner, applied

    def get_service_quota(self, **asked: str) -> dict[str, Any]:
        """Return an applied value, or what the simulation knows."""
        code = asked["QuotaCode"]
        if code in self._applied:
            return {"Quota": {"QuotaCode": code, "Value": self._applied[code]}}
        return self._inner.get_service_quota(**asked)

    def get_aws_default_service_quota(self, **asked: str) -> dict[str, Any]:
        """Return one default; there is no other."""
        if asked["QuotaCode"] == GRAPHICS:
            return {"Quota": {"QuotaCode": GRAPHICS, "Value": 0.0}}
        raise self.exceptions.NoSuchResourceException({}, "GetAWSDefaultServiceQuota")


def _clients(applied: dict[str, float]) -> Clients:
    inner = connect("us-west-2")

    def made(service: str) -> Client:
        client: Any = inner(service)
        return Limits(client, applied) if service == "service-quotas" else client  # pyright: ignore[reportReturnType] - a stand-in

    return made


def _ec2() -> Any:  # noqa: ANN401 - a boto3 client
    return boto3.client("ec2", region_name="us-west-2")


def _run(machine_type: str, cluster: str | None = None, **more: object) -> list[str]:
    tags = [{"Key": "eks:cluster-name", "Value": cluster}] if cluster else []
    specified = [{"ResourceType": "instance", "Tags": tags}] if tags else []
    found = _ec2().run_instances(
        ImageId=IMAGE,
        InstanceType=machine_type,
        MinCount=1,
        MaxCount=1,
        TagSpecifications=specified,
        **more,
    )
    return [it["InstanceId"] for it in found["Instances"]]


def test_the_applied_value_counts_and_aws_own_is_flagged_as_a_default(asked: Asked) -> None:
    found = read(asked, _clients({STANDARD: 640.0}))

    assert (found.cloud, found.region, found.account) == ("eks", "us-west-2", "123456789012")
    assert (found.taken, found.origin, found.sample) == (asked.now, "live", False)
    assert found.readings[STANDARD] == Reading(limit=640, usage=0, own=0)
    assert found.readings[GRAPHICS] == Reading(limit=0, usage=0, own=0, default=True)
    # The simulation knows the quotas of the VPC; it has one VPC of its own.
    assert found.readings[VPCS] == Reading(limit=5, usage=1, own=0)
    # Neither applied nor a default: not read.
    assert STANDARD_SPOT not in found.readings


def test_vcpus_of_running_nodes_count_by_family_and_by_whose_they_are(asked: Asked) -> None:
    _run("m5.2xlarge", asked.cluster)
    _run("r5.xlarge", "another")
    _run("t3.large")
    _run("g4dn.xlarge", asked.cluster)
    _run("m5.large", InstanceMarketOptions={"MarketType": "spot"})
    _run("mac1.metal")
    _ec2().stop_instances(InstanceIds=_run("m5.4xlarge"))

    found = usage(asked, connect("us-west-2"))
    assert found[STANDARD] == Use(total=14, own=8)
    assert found[STANDARD_SPOT] == Use(total=2, own=0)
    assert found[GRAPHICS] == Use(total=4, own=4)
    assert found["L-417A185B"] == Use(total=0, own=0)


def test_disks_count_in_tebibytes_ours_by_the_node_they_are_on(asked: Asked) -> None:
    ec2 = _ec2()
    [node] = _run("m5.large", asked.cluster)
    for size, kind in ((1500, "gp3"), (100, "gp3"), (10, "gp2")):
        volume = ec2.create_volume(Size=size, VolumeType=kind, AvailabilityZone="us-west-2a")
        if size == 1500:
            ec2.attach_volume(VolumeId=volume["VolumeId"], InstanceId=node, Device="/dev/sdx")

    found = usage(asked, connect("us-west-2"))
    # All is rounded up, our share down.
    assert found["L-7A658B76"] == Use(total=2, own=1)
    assert found["L-D18FCD1D"] == Use(total=1, own=0)


def test_interfaces_and_addresses_are_counted(asked: Asked) -> None:
    ec2 = _ec2()
    _run("m5.large", asked.cluster)
    _run("m5.large")
    ec2.allocate_address(Domain="vpc")

    found = usage(asked, connect("us-west-2"))
    assert found[INTERFACES] == Use(total=2, own=1)
    assert found["L-0263D0A3"] == Use(total=1, own=0)


def test_what_carries_the_stacks_tag_is_its_own(asked: Asked) -> None:
    ec2 = _ec2()
    tagged = [{"ResourceType": "vpc", "Tags": [{"Key": "readyroom-stack", "Value": asked.label}]}]
    ec2.create_vpc(CidrBlock="10.64.0.0/16", TagSpecifications=tagged)

    found = usage(asked, connect("us-west-2"))
    assert found[VPCS] == Use(total=2, own=1)
    assert found["L-848C634D"] == Use(total=0, own=0)
    assert found["L-E9E9831D"] == Use(total=0, own=None)


def test_clusters_and_the_node_groups_of_ours_are_counted(asked: Asked) -> None:
    assert usage(asked, connect("us-west-2"))[GROUPS] == Use(total=0, own=0)
    eks = boto3.client("eks", region_name="us-west-2")
    for name in (asked.cluster, "another"):
        eks.create_cluster(
            name=name,
            version="1.35",
            roleArn="arn:aws:iam::123456789012:role/eks",
            resourcesVpcConfig={},
        )
    for name in ("core", "users"):
        eks.create_nodegroup(
            clusterName=asked.cluster,
            nodegroupName=name,
            nodeRole="arn:aws:iam::123456789012:role/node",
            subnets=["subnet-1"],
        )

    found = usage(asked, connect("us-west-2"))
    assert found[CLUSTERS] == Use(total=2, own=1)
    assert found[GROUPS] == Use(total=2, own=2)
    assert found["L-BD136A63"] == Use(total=0, own=0)


class Refused:
    """A client that is not allowed anything."""

    def __init__(self, inner: Any) -> None:  # noqa: ANN401 - a boto3 client
        """Take its errors from a simulated client."""
        self.exceptions = inner.exceptions

    def get_caller_identity(self) -> dict[str, Any]:
        """Refuse."""
        told = {"Error": {"Code": "ExpiredToken", "Message": "the token has expired"}}
        raise self.exceptions.ClientError(told, "GetCallerIdentity")


def test_a_refusal_is_told_in_one_line(asked: Asked) -> None:
    inner: Any = connect("us-west-2")

    with pytest.raises(UnreachableError) as caught:
        read(asked, lambda service: Refused(inner(service)))  # pyright: ignore[reportArgumentType] - a stand-in
    assert str(caught.value) == (
        "quotas cannot be read from AWS in us-west-2: An error occurred (ExpiredToken) when "
        "calling the GetCallerIdentity operation: the token has expired"
    )


def test_a_stack_on_eks_is_asked_for_by_its_names(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Asked] = []
    nothing = read(asked, _clients({}))

    def answer(found: Asked, clients: Clients) -> object:
        assert clients("sts").get_caller_identity()["Account"] == "123456789012"
        seen.append(found)
        return nothing

    monkeypatch.setattr("live.aws.read", answer)
    core = {"machineType": "m5.xlarge", "maxNodes": 3}
    cluster = EksConfig.model_validate(
        {
            "provider": "eks",
            "authorizedNetworks": [],
            "region": "us-west-2",
            "zones": ["a", "b"],
            "corePool": core,
        }
    )

    assert read_quotas("lab", cluster, asked.now, {}) is nothing
    assert seen == [replace(asked, project="")]
