"""Options that an event keeps on offer: the same entries, on the same nodes, as usual."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as fixed
from hypothesis import strategies as st

from hubs.active import EventNow, at, on_hub
from hubs.cluster import ClusterConfig
from hubs.hub import HubConfig
from hubs.places import place_of
from hubs.values_sizes import sizes
from tests.hubs.kept import LIVE, OPTIONS, STAGED, Planned, single, slugs

Raw = dict[str, Any]
Keeping = Callable[..., Planned]

TOLERATED = [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
NAMES = sorted(option["name"] for option in OPTIONS)


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A hub with options of every kind, and what is on at it while its event is."""

    cluster: ClusterConfig
    hub: HubConfig
    event: EventNow

    def keeping(self, names: Sequence[str]) -> EventNow:
        """Return the event as it is when it keeps some options."""
        config = self.event.planned.config.model_copy(update={"options": tuple(names)})
        return replace(self.event, planned=replace(self.event.planned, config=config))

    def sizes(self, event: EventNow | None) -> Raw:
        """Return the values of sizes, with an event or without one."""
        found = sizes(self.hub, place_of(self.cluster, self.hub, event), event)
        return dict(found)


@pytest.fixture
def lab(keeping: Keeping) -> Lab:
    """Return the hub, and its event while it is on."""
    stack, events = keeping()
    [hub] = stack.hubs
    on = on_hub(hub, [at(one, LIVE) for one in events])
    assert on is not None
    return Lab(cluster=stack.cluster, hub=hub, event=on)


def test_an_event_offers_its_own_seat_first_and_then_the_options_it_keeps(
    keeping: Keeping,
) -> None:
    planned = keeping("large", "gpu")
    usual, live = single(planned, STAGED), single(planned, LIVE)
    alone = single(keeping(), LIVE)

    assert slugs(live) == ["intro", "gpu", "large"]
    assert [entry["default"] for entry in live["profileList"]] == [True, False, False]
    assert live["profileList"][0] == alone["profileList"][0]
    kept = [entry for entry in usual["profileList"] if entry["slug"] in ("gpu", "large")]
    assert live["profileList"][1:] == kept
    # Nothing else of a server is another one.
    assert live == alone | {"profileList": live["profileList"], "extraTolerations": TOLERATED}


@fixed(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(st.sampled_from(NAMES), unique=True))
def test_whatever_is_kept_is_as_usual_and_in_the_usual_order(lab: Lab, kept: list[str]) -> None:
    usual, found = lab.sizes(None), lab.sizes(lab.keeping(kept))

    assert found["profileList"][1:] == [
        entry for entry in usual["profileList"] if entry["slug"] in kept
    ]
    assert ("extraTolerations" in found) == bool({"gpu", "gpus"} & set(kept))
    assert found == lab.sizes(lab.keeping(kept[::-1]))
    alone = lab.sizes(lab.event)
    assert {key: alone[key] for key in alone if key != "profileList"} == {
        key: found[key] for key in found if key not in ("profileList", "extraTolerations")
    }


def test_where_people_share_a_node_nobodys_cpu_is_used_by_others_in_an_event(
    keeping: Keeping,
) -> None:
    planned = keeping("half")
    [usual] = [one for one in single(planned, STAGED)["profileList"] if one["slug"] == "half"]
    _, live = single(planned, LIVE)["profileList"]

    expected = deepcopy(usual)
    expected["description"] = "13.21 GiB memory; 3.615 CPU; 10.00 GiB of scratch"
    expected["kubespawner_override"]["cpu_limit"] = 3.615
    assert usual["kubespawner_override"]["cpu_limit"] == 7.23
    assert live == expected


@pytest.mark.parametrize(
    ("asked", "own"),
    [("5Gi", None), ("10Gi", None), ("20Gi", "21474836480")],
)
def test_scratch_for_an_event_is_its_own_seats_alone(
    asked: str, own: str | None, keeping: Keeping
) -> None:
    planned = keeping("gpu", storage={"scratchPerUser": asked})
    live = single(planned, LIVE)
    seat, gpu = (entry["kubespawner_override"] for entry in live["profileList"])

    volume = {"name": "scratch", "emptyDir": {"sizeLimit": own}}
    expected = {"scratch": volume} if own else None
    assert seat.get("volumes") == expected
    mounted = {"scratch": {"name": "scratch", "mountPath": "/scratch"}}
    assert seat.get("volume_mounts") == (mounted if own else None)
    assert "volumes" not in gpu
    assert live["storage"] == single(planned, STAGED)["storage"]
    assert live["storage"]["extraVolumes"]["scratch"]["emptyDir"] == {"sizeLimit": "10737418240"}


def test_an_events_lock_holds_for_its_options_as_well(keeping: Keeping) -> None:
    lock = {"allow": ["192.0.2.0/28"]}
    kept, alone = (
        single(keeping(*names, egressLock=lock), LIVE) for names in (["gpu", "large"], [])
    )

    assert kept["networkPolicy"] == alone["networkPolicy"]
    assert kept["networkPolicy"]["egressAllowRules"]["nonPrivateIPs"] is False
    # No option has a policy, an account or labels of its own.
    known = set(kept["profileList"][0]["kubespawner_override"]) | {
        "extra_resource_limits", "extra_resource_guarantees", "volumes", "volume_mounts",
        "init_containers",
    }  # fmt: skip
    assert {key for entry in kept["profileList"] for key in entry["kubespawner_override"]} == known
