"""Whatever events share a hub, and whenever: all that they switch on goes off again."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from hubs.active import PlannedEvent, at, on_hub
from hubs.cluster import ClusterConfig
from hubs.deployment import Deployment, deployment, plan_events
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.schedules import session_mistakes
from hubs.settings import OFF, changes, instants
from hubs.settings import settings as settings_of
from hubs.stack import Stack
from hubs.timeline import stages

Raw = dict[str, Any]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
CLUSTERS: dict[str, ClusterConfig] = {
    name: TypeAdapter[ClusterConfig](ClusterConfig).validate_python(raw)
    for name, raw in {
        "gke": {
            "provider": "gke",
            "authorizedNetworks": ["198.51.100.0/24"],
            "region": "us-central1",
            "zones": ["us-central1-b"],
            "corePool": {"machineType": "n2-highmem-2", "maxNodes": 3},
            "homes": {"tier": "BASIC_HDD", "capacity": "1Ti"},
        },
        "eks": {
            "provider": "eks",
            "authorizedNetworks": ["198.51.100.0/24"],
            "region": "us-west-2",
            "zones": ["us-west-2a", "us-west-2b"],
            "corePool": {"machineType": "m5.xlarge", "maxNodes": 3},
        },
    }.items()
}
TYPES = {"gke": "n2-highmem-4", "eks": "r5.xlarge"}


def _hub(name: str, provider: str) -> HubConfig:
    return HubConfig.model_validate(
        {
            "name": name,
            "image": {"name": "quay.io/jupyter/base-notebook", "tag": "2026-11-02", "size": "1Gi"},
            "signIn": {"kind": "sharedPassword", "admins": ["teacher"]},
            "pool": {"machineType": TYPES[provider], "maxNodes": 5},
            "profiles": {"perNode": [4, 1]},
        }
    )


def _session(draw: st.DrawFn) -> Raw:
    # The clocks of Berlin go back on the second night; times are in UTC, repeats are local.
    starts = datetime(2026, 10, 24, 7) + draw(st.integers(0, 96)) * 30 * MINUTE  # noqa: DTZ001 - local
    lasts = draw(st.sampled_from([60, 120]))
    return {
        "starts": f"{starts:%Y-%m-%dT%H:%M}Z",
        "ends": f"{starts + lasts * MINUTE:%Y-%m-%dT%H:%M}Z",
        "users": draw(st.none() | st.just(5)),
        "repeats": draw(st.sampled_from([None, "FREQ=DAILY;INTERVAL=3;COUNT=2"])),
    }


class Drawn(NamedTuple):
    """A stack with its plans, shown as its events were written."""

    stack: Stack
    events: tuple[PlannedEvent, ...]

    def __repr__(self) -> str:
        """Return the provider and the events in short."""
        told = [one.model_dump(exclude_unset=True, exclude={"seat"}) for one in self.stack.events]
        return f"{self.stack.cluster.provider}: {told}"


@st.composite
def stacks(draw: st.DrawFn) -> Drawn:
    """Draw up to four events on two hubs, that overlap or do not."""
    provider = draw(st.sampled_from(sorted(CLUSTERS)))
    hubs = tuple(_hub(name, provider) for name in ("lab", "other"))
    events = [
        EventConfig.model_validate(
            {
                "name": name,
                "hub": draw(st.sampled_from(["lab", "lab", "other"])),
                "kind": draw(st.sampled_from(["workshop", "exam"])),
                "users": draw(st.sampled_from([10, 20])),
                "seat": {"memory": draw(st.sampled_from(["2Gi", "4Gi"])), "cpu": 0.5},
                "arrivals": {"within": "10m"},
                "timezone": draw(st.sampled_from(["Europe/Berlin", "America/New_York"])),
                "sessions": [_session(draw) for _ in range(draw(st.integers(1, 2)))],
                "pool": {"machineType": TYPES[provider]},
            }
        )
        for name in draw(st.permutations("abcd"))[: draw(st.integers(1, 4))]
    ]
    # An hour shown twice, and the like: refused when a file is read.
    assume(not any([*session_mistakes(event)] for event in events))
    stack = Stack(name="small", cluster=CLUSTERS[provider], hubs=hubs, events=tuple(events))
    return Drawn(stack, plan_events(stack))


def _made(found: Deployment) -> tuple[object, ...]:
    """Return what is made of a deployment, without the instant it is for."""
    return sorted(found.pools, key=lambda pool: pool.name), found.hubs


@settings(deadline=None, max_examples=12)
@given(stacks())
def test_a_stack_is_over_as_it_was_quiet(planned: Drawn) -> None:
    stack, events = planned
    first, *_, last = instants(events, stack.cluster)
    quiet = deployment(stack, events, first - MINUTE)

    for late in (last, last + timedelta(days=365)):
        over = deployment(stack, events, late)
        assert _made(over) == _made(quiet)
        for hub in stack.hubs:
            assert settings_of(hub, over.events, stack.cluster.provider) == {}
            assert settings_of(hub, quiet.events, stack.cluster.provider) == {}


@settings(deadline=None, max_examples=12)
@given(stacks())
def test_every_setting_that_goes_on_goes_off(planned: Drawn) -> None:
    stack, events = planned
    left: dict[str, dict[str, str]] = {hub.name: {} for hub in stack.hubs}
    for change in changes(events, stack.cluster):
        on = left[change.hub.name]
        for name, value in change.switched.items():
            assert on.get(name, OFF) != value
            if value == OFF:
                del on[name]
            else:
                on[name] = value
        now = [at(event, change.at) for event in events]
        assert on == settings_of(change.hub, now, stack.cluster.provider)
    assert left == {hub.name: {} for hub in stack.hubs}


@settings(deadline=None, max_examples=12)
@given(stacks(), st.lists(st.integers(-11_000, 8_000), min_size=1, max_size=6))
def test_nothing_changes_between_two_instants_of_the_timeline(
    planned: Drawn, minutes: list[int]
) -> None:
    stack, events = planned
    start = datetime(2026, 10, 24, tzinfo=UTC)
    found = stages(events, stack.cluster)
    for count in minutes:
        now = start + count * MINUTE
        made = _made(deployment(stack, events, now))
        before = [stage.starts for stage in found if stage.starts <= now]
        since = before[-1] if before else found[0].starts - MINUTE
        assert made == _made(deployment(stack, events, since))


@settings(deadline=None, max_examples=6)
@given(stacks(), st.integers(0, 3))
def test_the_changes_of_settings_are_those_that_looking_every_minute_finds(
    planned: Drawn, days: int
) -> None:
    stack, events = planned
    provider = stack.cluster.provider
    start = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(days=days)
    minutes = [start + count * MINUTE for count in range(2 * 1440)]
    for hub in stack.hubs:
        own = [event for event in events if event.hub is hub]
        seen = [settings_of(hub, [at(one, now) for one in own], provider) for now in minutes]
        found = [
            (now, here)
            for (before, here), now in zip(pairwise(seen), minutes[1:], strict=True)
            if before != here
        ]
        told = [
            change
            for change in changes(own, stack.cluster)
            if minutes[0] < change.at <= minutes[-1] and change.switched
        ]
        assert [change.at for change in told] == [now for now, _ in found]


@settings(deadline=None, max_examples=12)
@given(stacks())
def test_seats_are_guaranteed_near_the_sessions_of_exams_only(planned: Drawn) -> None:
    stack, events = planned
    exams = [event for event in events if event.config.kind == "exam"]
    for instant in instants(events, stack.cluster):
        for now in (instant, instant - timedelta(microseconds=1)):
            for hub in stack.hubs:
                states = [at(event, now) for event in events]
                near = any(
                    one.starts - 12 * HOUR <= now < one.ends + HOUR
                    for event in exams
                    if event.hub is hub
                    for one in event.schedule.sessions
                )
                guaranteed = "QoS" in settings_of(hub, states, stack.cluster.provider)
                assert near or not guaranteed
                on = any(
                    one.is_on and one.planned in exams for one in states if one.planned.hub is hub
                )
                assert guaranteed is on


@settings(deadline=None, max_examples=12)
@given(stacks())
def test_the_order_of_events_decides_nothing(planned: Drawn) -> None:
    stack, events = planned
    backwards = Stack(
        name=stack.name, cluster=stack.cluster, hubs=stack.hubs, events=stack.events[::-1]
    )
    again = plan_events(backwards)

    assert again[::-1] == events
    for now in instants(events, stack.cluster):
        assert _made(deployment(backwards, again, now)) == _made(deployment(stack, events, now))


@settings(deadline=None, max_examples=12)
@given(stacks())
def test_whoever_is_expected_has_a_seat_in_a_pool_that_is_there_until_they_have_left(
    planned: Drawn,
) -> None:
    stack, events = planned
    ends = {event.config.name: event.schedule.windows[-1].ends for event in events}
    for stage in stages(events, stack.cluster):
        pools = deployment(stack, events, stage.starts).pools
        for hub in stack.hubs:
            on = on_hub(hub, stage.events)
            if on is None:
                continue
            [pool] = [one for one in pools if one.event == on.planned.owner]
            assert all(ends[pool.event or ""] >= ends[it.planned.config.name] for it in on.members)
            assert (
                on.state.users
                == on.planned.config.users
                == sum(it.state.users for it in on.members)
            )
            assert pool.max_nodes * on.planned.plan.chosen.seats.seats >= on.state.users
            assert pool.machine_type == on.planned.plan.node.name
