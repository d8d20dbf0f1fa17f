"""Limits are read while previewing, told to the gate, and asked to be raised on request only."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import RecordingMonitor

Ran = Callable[[str], RecordingMonitor]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]
Recorded = Callable[[str, str], RecordingMonitor]

PROGRAM = """
import pulumi
from capacity.quotas.catalogue import find_quota
from capacity.quotas.need import need
from components.quota_check import QuotaCheck, QuotaCheckArgs
from hubs.quota_check import AskedQuota

LIMITS = {"L-1216C47A": 64, "L-7A658B76": None}

def read(one):
    if one.need.key not in LIMITS:
        raise RuntimeError("access denied")
    return LIMITS[one.need.key]

def request(one, value, opts):
    pulumi.ComponentResource("test:asked", one.need.key, {"value": value}, opts)

asked = tuple(
    AskedQuota(need=need("eks", key, 100, "nodes"), quota=find_quota("eks", key), dimensions={},
               others=0)
    for key in ("L-1216C47A", "L-7A658B76", "L-1194D53C")
)
QuotaCheck("dev-quotas", QuotaCheckArgs(asked=asked, read=read, request=WANTED and request))
"""


@pytest.mark.parametrize(("wanted", "more"), [("None", {}), ("True", {"L-1216C47A": 120})])
def test_what_is_read_is_told_and_what_is_short_is_asked_for_on_request(
    wanted: str, more: dict[str, int], ran: Ran, raw: Raw
) -> None:
    monitor = ran(PROGRAM.replace("WANTED", wanted))

    found = {request.type: raw(request) for _, request in monitor.requests}
    told = found["readyroom:quota_check:QuotaCheck"]["quotas"]
    # What could not be read, and what the cloud does not say, has no limit.
    assert {key: one.get("limit") for key, one in told.items()} == {
        "L-1216C47A": 64,
        "L-7A658B76": None,
        "L-1194D53C": None,
    }
    asked = {
        request.name: raw(request)["value"]
        for _, request in monitor.requests
        if request.type == "test:asked"
    }
    assert asked == more


@pytest.mark.parametrize(
    ("stack", "fewest", "key"), [("full-gke", 5, "N2_CPUS"), ("full-eks", 5, "L-1216C47A")]
)
def test_without_a_cloud_nothing_is_read_and_nothing_is_asked_for(
    stack: str, fewest: int, key: str, recorded: Recorded, raw: Raw
) -> None:
    monitor = recorded(stack, "event")

    [check] = [
        raw(request)["quotas"]
        for _, request in monitor.requests
        if request.type == "readyroom:quota_check:QuotaCheck"
    ]
    assert len(check) >= fewest
    assert check[key]["need"] > 0
    assert {one.get("limit") for one in check.values()} == {None}
    kinds = {request.type for _, request in monitor.requests}
    assert not kinds & {
        "aws:servicequotas/serviceQuota:ServiceQuota",
        "gcp:cloudquota/sQuotaPreference:SQuotaPreference",
    }
