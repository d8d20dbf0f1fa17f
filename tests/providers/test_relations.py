"""Each relation of two properties is one that wrong inputs break."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.providers.conftest import Provided
from tests.providers.relations import RELATIONS, unrelated

Stacks = Callable[[str, str], tuple[Provided, ...]]
# Of each relation the path of a property and a value of it that breaks the relation.
BREAKS: dict[tuple[str, str], tuple[str, object]] = {
    ("gcp:backupdisasterrecovery/backupPlan:BackupPlan", "a window ends later"): (
        "backupRules/0/standardSchedule/backupWindow/endHourOfDay",
        0,
    ),
    ("gcp:billing/budget:Budget", "people are told by channels where nobody is by role"): (
        "allUpdatesRule/monitoringNotificationChannels",
        [],
    ),
    ("gcp:billing/budget:Budget", "one period"): ("budgetFilter/customPeriod", {}),
    ("gcp:compute/routerNat:RouterNat", "most ports are more than fewest"): ("maxPortsPerVm", 1024),
    ("gcp:container/cluster:Cluster", "one kind of window"): (
        "maintenancePolicy/dailyMaintenanceWindow",
        {"startTime": "03:00"},
    ),
    ("gcp:container/cluster:Cluster", "exclusions are as many as allowed"): (
        "maintenancePolicy/maintenanceExclusions/0/endTime",
        "2026-01-01T00:00:00Z",
    ),
    ("gcp:container/nodePool:NodePool", "no fewer nodes at most than at least"): (
        "autoscaling/totalMaxNodeCount",
        -1,
    ),
    ("gcp:container/nodePool:NodePool", "an upgrade can move"): ("upgradeSettings/maxSurge", 0),
    ("gcp:filestore/instance:Instance", "a tier is sold with a capacity"): (
        "fileShares/capacityGb",
        99,
    ),
    ("gcp:filestore/instance:Instance", "only a regional one is in a region"): (
        "location",
        "us-central1-f",
    ),
    ("gcp:sql/databaseInstance:DatabaseInstance", "backups suffice"): (
        "settings/backupConfiguration/pointInTimeRecoveryEnabled",
        False,
    ),
    ("aws:efs/fileSystem:FileSystem", "throughput is told where it is provisioned"): (
        "throughputMode",
        "elastic",
    ),
    ("aws:eks/nodeGroup:NodeGroup", "the desired size is between the others"): (
        "scalingConfig/desiredSize",
        99,
    ),
    ("aws:eks/nodeGroup:NodeGroup", "one measure of what is unavailable"): ("updateConfig", {}),
    ("aws:eks/nodeGroup:NodeGroup", "a template by its name or by its id"): (
        "launchTemplate/id",
        "lt-0",
    ),
    ("aws:eks/nodeGroup:NodeGroup", "no warm pool of spot instances"): ("capacityType", "SPOT"),
    ("aws:ec2/securityGroup:SecurityGroup", "a port range begins before its end"): (
        "ingress",
        [{"fromPort": 2, "toPort": 1}],
    ),
    ("aws:ec2/route:Route", "one way"): ("gatewayId", None),
    ("aws:fsx/lustreFileSystem:LustreFileSystem", "it is sold so"): ("storageCapacity", 3600),
    ("aws:rds/instance:Instance", "a last snapshot has a name"): ("finalSnapshotIdentifier", None),
    ("aws:rds/instance:Instance", "storage can grow by a tenth"): ("maxAllocatedStorage", 21),
    (
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "one kind of expiration",
    ): ("rules/0/expiration", {"days": 1, "expiredObjectDeleteMarker": True}),
    ("eks:index:Cluster", "networks are told where the endpoint is public"): (
        "publicAccessCidrs",
        [],
    ),
}


def _with(inputs: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    changed = deepcopy(inputs)
    inner: Any = changed
    *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in way:
        inner = inner[part]
    inner[last] = value
    return changed


@pytest.mark.parametrize(("of", "what"), [(of, what) for of, what, _ in RELATIONS])
def test_wrong_inputs_break_a_relation(provided: Stacks, of: str, what: str) -> None:
    path, value = BREAKS[of, what]
    resources = [it for stack in ("full-gke", "full-eks") for it in provided(stack, "event")]

    told = [unrelated(of, _with(it.inputs, path, value)) for it in resources if it.type == of]

    assert any(what in one for one in told)


@pytest.mark.parametrize(
    ("tier", "gib", "sold"),
    [
        ("BASIC_HDD", 1023, False),
        ("BASIC_HDD", 1024, True),
        ("BASIC_SSD", 2559, False),
        ("BASIC_SSD", 65433, True),
        ("BASIC_SSD", 65434, False),
        ("ZONAL", 10239, True),
        ("ZONAL", 10241, False),
        ("ZONAL", 12800, True),
        ("REGIONAL", 102400, True),
        ("REGIONAL", 104960, False),
    ],
)
def test_filestore_is_sold_by_tier(tier: str, gib: int, *, sold: bool) -> None:
    place = "us-central1" if tier == "REGIONAL" else "us-central1-b"
    inputs = {"tier": tier, "location": place, "fileShares": {"capacityGb": gib}}

    wrong = unrelated("gcp:filestore/instance:Instance", inputs)

    assert wrong == ([] if sold else ["a tier is sold with a capacity"])
