"""A cluster and a storage are replaced only if they are named, event or no event."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import (
    EnforcementLevel,
    PolicyResource,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.policy import PolicyCustomTimeouts, PolicyResourceOptions
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from hubs.identity import CLAIM, EFS, EKS, FILESTORE, GKE, LUSTRE
from policies.no_replacement import no_replacement

Resources = dict[str, Any]
Collect = Callable[[Resources], None]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

STASH = "pulumi:index:Stash"
MADE = {"name": "lab-homes", "location": "us-central1-a", "tier": "BASIC_HDD"}
OPTIONS = PolicyResourceOptions(
    protect=False,
    ignore_changes=[],
    delete_before_replace=None,
    aliases=[],
    custom_timeouts=PolicyCustomTimeouts(0, 0, 0),
    additional_secret_outputs=[],
)


def _stash(
    token: str, made: dict[str, str], now: dict[str, str], name: str = "lab-homes"
) -> Resources:
    told = {"name": name, "type": token, "made": dict(made), "now": dict(now)}
    return {f"{STASH} {name}-identity": {"input": told}}


def test_it_is_mandatory_and_describes_itself() -> None:
    assert no_replacement.name == "no-replacement"
    assert no_replacement.enforcement_level is EnforcementLevel.MANDATORY
    assert no_replacement.description == (
        "A cluster or a storage is replaced only if readyroom:replace names it."
    )


@pytest.mark.parametrize(
    ("token", "now", "message"),
    [
        (FILESTORE, MADE, []),
        # Known of it now and not then, or then and not now: no change.
        (FILESTORE, MADE | {"kmsKeyName": "key"}, []),
        (FILESTORE, {}, []),
        (
            FILESTORE,
            MADE | {"tier": "ZONAL"},
            [
                "lab-homes would be replaced by an empty one: tier from BASIC_HDD to ZONAL; "
                "change it back, or add lab-homes to readyroom:replace for one update; the name "
                "lab-homes is taken until the old one is gone."
            ],
        ),
        (
            FILESTORE,
            MADE | {"tier": "REGIONAL", "location": "us-central1"},
            [
                "lab-homes would be replaced by an empty one: location from us-central1-a to "
                "us-central1, tier from BASIC_HDD to REGIONAL; change it back, or add lab-homes "
                "to readyroom:replace for one update."
            ],
        ),
    ],
)
def test_storage_is_what_it_was_made_as(
    token: str, now: dict[str, str], message: list[str], judge: Judge
) -> None:
    assert judge(no_replacement, _stash(token, MADE, now)) == message


@pytest.mark.parametrize("token", [GKE, EKS])
def test_a_cluster_is_what_it_was_made_as(token: str, judge: Judge) -> None:
    made, now = {"name": "lab", "region": "us-west-2"}, {"name": "lab", "region": "us-east-1"}

    assert judge(no_replacement, _stash(token, made, made, "lab-cluster")) == []
    assert judge(no_replacement, _stash(token, made, now, "lab-cluster")) == [
        "lab-cluster would be replaced by a new one, without all that runs in it: region from "
        "us-west-2 to us-east-1; change it back, or add lab-cluster to readyroom:replace for one "
        "update."
    ]


WEST = {"name": "lab", "region": "us-west-2", "coreZone": "us-west-2b"}


@pytest.mark.parametrize(
    ("made", "now", "message"),
    [
        (WEST, WEST, []),
        # A cluster that was made before the zone was remembered.
        ({"name": "lab", "region": "us-west-2"}, WEST, []),
        (
            WEST,
            WEST | {"coreZone": "us-west-2a"},
            [
                "lab-cluster would have its core nodes in us-west-2a instead of us-west-2b, where "
                "the volumes of hubs and metrics stay: their pods would wait for ever; change "
                "cluster.zones so that us-west-2b is the first by name, or add lab-cluster to "
                "readyroom:replace for one update."
            ],
        ),
        # Of a cluster that goes nothing stays.
        (
            WEST,
            WEST | {"region": "us-east-1", "coreZone": "us-east-1a"},
            [
                "lab-cluster would be replaced by a new one, without all that runs in it: region "
                "from us-west-2 to us-east-1; change it back, or add lab-cluster to "
                "readyroom:replace for one update."
            ],
        ),
    ],
    ids=["as it was", "not told before", "another zone", "another region"],
)
def test_core_nodes_stay_with_their_volumes(
    made: dict[str, str], now: dict[str, str], message: list[str], judge: Judge
) -> None:
    assert judge(no_replacement, _stash(EKS, made, now, "lab-cluster")) == message


def test_every_one_that_changed_is_told_of(judge: Judge) -> None:
    resources = {
        **_stash(EFS, {"encrypted": "true"}, {"encrypted": "false"}, "lab-homes"),
        **_stash(LUSTRE, {"storageType": "SSD"}, {"storageType": "SSD"}, "lab-fast"),
        **_stash(CLAIM, {"spec.storageClassName": "a"}, {"spec.storageClassName": "b"}, "lab-home"),
    }

    found = judge(no_replacement, resources)

    assert [message.split(" would ")[0] for message in found] == ["lab-home", "lab-homes"]


def test_an_event_makes_no_difference(gke: Resources, judge: Judge) -> None:
    stash = _stash(FILESTORE, MADE, MADE | {"tier": "ZONAL"})

    assert judge(no_replacement, gke) == []
    assert len(judge(no_replacement, gke | stash)) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("input", ...),
        ("input", "text"),
        ("input", UNKNOWN_STRING_VALUE),
        ("input.made", ...),
        ("input.made", "text"),
        ("input.made", UNKNOWN_STRING_VALUE),
        ("input.made.tier", UNKNOWN_STRING_VALUE),
        ("input.made.tier", 1),
        ("input.now", ...),
        ("input.now.tier", UNKNOWN_STRING_VALUE),
    ],
)
def test_what_a_stash_does_not_tell_is_no_change(
    path: str, value: object, judge: Judge, change: Change
) -> None:
    resources = _stash(FILESTORE, MADE, MADE | {"tier": "ZONAL"})
    [key] = resources
    change(resources[key], path, value)

    assert judge(no_replacement, resources) == []


def _resource(token: str, name: str) -> PolicyResource:
    urn = f"urn:pulumi:dev::readyroom::{token}::{name}"
    return PolicyResource(token, {}, urn, name, OPTIONS, None, None, [], {})


@pytest.mark.parametrize(
    ("resources", "urn"),
    [
        (
            [_resource(FILESTORE, "other"), _resource(FILESTORE, "lab-homes")],
            f"urn:pulumi:dev::readyroom::{FILESTORE}::lab-homes",
        ),
        (
            [_resource(EFS, "lab-homes")],
            f"urn:pulumi:dev::readyroom::{STASH}::lab-homes-identity",
        ),
    ],
    ids=["there", "not there"],
)
def test_it_is_reported_on_what_would_be_replaced(
    resources: list[PolicyResource], urn: str, collect: Collect
) -> None:
    collect(_stash(FILESTORE, MADE, MADE | {"tier": "ZONAL"}))
    found: list[str | None] = []

    def report(message: str, urn: str | None = None) -> None:
        assert message.startswith("lab-homes would be replaced by an empty one: ")
        found.append(urn)

    no_replacement.validate(StackValidationArgs(resources), report)

    assert found == [urn]
