"""What providers say of two properties together, which no row about one of them can say.

Each is true of a resource's inputs, or they are wrong. Sources are those of the rows in
`allowed.csv` about the same properties, if no other is named.
"""

from collections.abc import Callable, Mapping
from typing import Any

Inputs = Mapping[str, Any]
# Most exclusions of a cluster that forbid all upgrades.
# Source: [unverified] Google Cloud documentation, Maintenance windows and exclusions.
_ALL_UPGRADES = 3
_LARGE_GIB, _LARGE_STEP_GIB = 10240, 2560
_LEAST_GIB = {"BASIC_HDD": 1024, "BASIC_SSD": 2560, "ZONAL": 100, "REGIONAL": 100}
_MOST_GIB = {"BASIC_HDD": 65433, "BASIC_SSD": 65433, "ZONAL": 102400, "REGIONAL": 102400}
_PERSISTENT_2 = (125, 250, 500, 1000)


def _one_of(inputs: Inputs, *names: str) -> bool:
    """Return whether exactly one of some properties is given."""
    return sum(inputs.get(name) is not None for name in names) == 1


def _window_ends(inputs: Inputs) -> bool:
    windows = [rule["standardSchedule"]["backupWindow"] for rule in inputs["backupRules"]]
    return all(window["startHourOfDay"] < window["endHourOfDay"] for window in windows)


def _sold_filestore(inputs: Inputs) -> bool:
    """Return whether a tier is sold with a capacity. Source: pulumi-gcp 10.2.0 SDK."""
    tier, gib = inputs["tier"], inputs["fileShares"]["capacityGb"]
    stepped = tier.startswith("BASIC") or gib < _LARGE_GIB or gib % _LARGE_STEP_GIB == 0
    return _LEAST_GIB[tier] <= gib <= _MOST_GIB[tier] and stepped


def _sold_lustre(inputs: Inputs) -> bool:
    """Return whether SSD storage is sold so. Source: botocore 1.44.5, fsx.CreateFileSystem."""
    gib = inputs["storageCapacity"]
    fast = inputs["perUnitStorageThroughput"] in _PERSISTENT_2
    return (gib == 1200 or gib % 2400 == 0) and fast


def _exclusions_fit(inputs: Inputs) -> bool:
    told = inputs["maintenancePolicy"].get("maintenanceExclusions", [])
    scopes = [one["exclusionOptions"]["scope"] for one in told]
    ordered = all(one["startTime"] < one["endTime"] for one in told)
    return ordered and scopes.count("NO_UPGRADES") <= _ALL_UPGRADES


def _restorable(inputs: Inputs) -> bool:
    """Return whether a database with a standby has the backups that it needs."""
    settings = inputs["settings"]
    backups = settings["backupConfiguration"]
    kept = backups["backupRetentionSettings"]["retainedBackups"]
    enough = kept >= backups["transactionLogRetentionDays"]
    alone = settings["availabilityType"] == "ZONAL"
    return enough and (alone or (backups["enabled"] and backups["pointInTimeRecoveryEnabled"]))


def _scales(inputs: Inputs) -> bool:
    scaling = inputs["scalingConfig"]
    return scaling["minSize"] <= scaling["desiredSize"] <= scaling["maxSize"]


def _ports(inputs: Inputs) -> bool:
    """Return whether a port range is one. Source: botocore 1.44.5, ec2.IpPermission."""
    rules = [*inputs.get("ingress", []), *inputs.get("egress", [])]
    return all(rule["fromPort"] <= rule["toPort"] for rule in rules)


RELATIONS: tuple[tuple[str, str, Callable[[Inputs], bool]], ...] = (
    ("gcp:backupdisasterrecovery/backupPlan:BackupPlan", "a window ends later", _window_ends),
    (
        "gcp:billing/budget:Budget",
        "people are told by channels where nobody is by role",
        lambda it: bool(it["allUpdatesRule"]["monitoringNotificationChannels"]),
    ),
    (
        "gcp:billing/budget:Budget",
        "one period",
        lambda it: _one_of(it["budgetFilter"], "calendarPeriod", "customPeriod"),
    ),
    (
        "gcp:compute/routerNat:RouterNat",
        "most ports are more than fewest",
        lambda it: it["minPortsPerVm"] < it["maxPortsPerVm"],
    ),
    (
        "gcp:container/cluster:Cluster",
        "one kind of window",
        lambda it: _one_of(
            it["maintenancePolicy"],
            "dailyMaintenanceWindow",
            "recurringWindow",
            "recurringMaintenanceWindow",
        ),
    ),
    ("gcp:container/cluster:Cluster", "exclusions are as many as allowed", _exclusions_fit),
    (
        "gcp:container/nodePool:NodePool",
        "no fewer nodes at most than at least",
        lambda it: it["autoscaling"]["totalMinNodeCount"] <= it["autoscaling"]["totalMaxNodeCount"],
    ),
    (
        "gcp:container/nodePool:NodePool",
        "an upgrade can move",
        lambda it: it["upgradeSettings"]["maxSurge"] + it["upgradeSettings"]["maxUnavailable"] > 0,
    ),
    ("gcp:filestore/instance:Instance", "a tier is sold with a capacity", _sold_filestore),
    (
        "gcp:filestore/instance:Instance",
        "only a regional one is in a region",
        lambda it: (it["tier"] == "REGIONAL") != bool(it["location"][-2:-1] == "-"),
    ),
    ("gcp:sql/databaseInstance:DatabaseInstance", "backups suffice", _restorable),
    (
        "aws:efs/fileSystem:FileSystem",
        "throughput is told where it is provisioned",
        lambda it: (
            (it["throughputMode"] == "provisioned")
            == (it.get("provisionedThroughputInMibps") is not None)
        ),
    ),
    ("aws:eks/nodeGroup:NodeGroup", "the desired size is between the others", _scales),
    (
        "aws:eks/nodeGroup:NodeGroup",
        "one measure of what is unavailable",
        lambda it: _one_of(it["updateConfig"], "maxUnavailable", "maxUnavailablePercentage"),
    ),
    (
        "aws:eks/nodeGroup:NodeGroup",
        "a template by its name or by its id",
        lambda it: _one_of(it["launchTemplate"], "name", "id"),
    ),
    (
        "aws:eks/nodeGroup:NodeGroup",
        "no warm pool of spot instances",
        lambda it: it.get("warmPoolConfig") is None or it["capacityType"] == "ON_DEMAND",
    ),
    ("aws:ec2/securityGroup:SecurityGroup", "a port range begins before its end", _ports),
    (
        "aws:ec2/route:Route",
        "one way",
        lambda it: _one_of(it, "gatewayId", "natGatewayId"),
    ),
    ("aws:fsx/lustreFileSystem:LustreFileSystem", "it is sold so", _sold_lustre),
    (
        "aws:rds/instance:Instance",
        "a last snapshot has a name",
        lambda it: it["skipFinalSnapshot"] != (it.get("finalSnapshotIdentifier") is not None),
    ),
    (
        "aws:rds/instance:Instance",
        "storage can grow by a tenth",
        lambda it: it["maxAllocatedStorage"] * 10 >= it["allocatedStorage"] * 11,
    ),
    (
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "one kind of expiration",
        lambda it: all(
            _one_of(rule["expiration"], "days", "date", "expiredObjectDeleteMarker")
            for rule in it["rules"]
        ),
    ),
    (
        "eks:index:Cluster",
        "networks are told where the endpoint is public",
        lambda it: it["endpointPublicAccess"] == bool(it.get("publicAccessCidrs")),
    ),
)


def unrelated(token: str, inputs: Inputs) -> list[str]:
    """Return which relations of a resource's inputs do not hold."""
    return [what for of, what, holds in RELATIONS if of == token and not holds(inputs)]
