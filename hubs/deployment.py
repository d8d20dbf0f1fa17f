"""What must exist for a stack at an instant, as plain data for components. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from capacity.machine_choice import NoMachineError
from hubs import readiness
from hubs.active import EventNow, PlannedEvent, at, on_hub
from hubs.charts import Chart, jupyterhub, source
from hubs.cluster import ClusterConfig
from hubs.confinement import hub_level
from hubs.core_pods import beside_users
from hubs.event_cost import with_event_costs
from hubs.freeze import frozen_facts
from hubs.home_times import size_at
from hubs.hub import HubConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.names import cost_labels
from hubs.places import place_of
from hubs.planning import crowds, planned
from hubs.pools import Pool, pools
from hubs.quota_snapshot import snapshot_facts
from hubs.stack import Stack
from hubs.storage import storage_facts
from hubs.values import helm_values
from hubs.values_access import Values
from hubs.values_core import Budget, budgets
from hubs.values_culling import NightlyCull, nightly_cull


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A hub's release and what its gate must know.

    Attributes:
        config: What its file says.
        values: Of its chart.
        facts: What the gate must know of it.
        chart: Its chart, and where it comes from.
        nightly: The look at idle servers once a night, if it is wanted.
        budgets: Pods that nobody may move now.
        password_of: The event for which shared passwords were made; empty between events.
        pod_security: The level of Pod Security Standards that its namespace enforces, if any.
    """

    config: HubConfig
    values: Values
    facts: Values
    chart: Chart
    nightly: NightlyCull | None = None
    budgets: tuple[Budget, ...] = ()
    password_of: str = ""
    pod_security: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Everything that must exist at an instant.

    Attributes:
        stack: What the files say.
        now: The instant.
        pools: Every node pool.
        hubs: Every hub.
        events: Every event as it is then.
        homes: MiB/s of EFS or GiB of Filestore, where events raise and lower it.
    """

    stack: Stack
    now: datetime
    pools: tuple[Pool, ...]
    hubs: tuple[Hub, ...]
    events: tuple[EventNow, ...] = field(default=())
    homes: int | None = None

    @property
    def cluster(self) -> ClusterConfig:
        """Return the stack's cluster."""
        return self.stack.cluster

    def labels(self, hub: str | None = None, event: str | None = None) -> dict[str, str]:
        """Return the cloud labels or tags of what bears a cost."""
        return cost_labels(self.stack.name, hub, event, self.cluster.cost_centre)


def plan_events(stack: Stack) -> tuple[PlannedEvent, ...]:
    """Return every event with its plan, whatever the time.

    Raises:
        MistakesError: no node of the cluster can hold one of them within its rules.
    """
    found: list[PlannedEvent] = []
    mistakes: list[Mistake] = []
    cluster = stack.cluster
    together = {
        hub.name: crowds(cluster, hub, [event for event in stack.events if event.hub == hub.name])
        for hub in stack.hubs
    }
    beside = beside_users(cluster, stack.hubs)
    for index, event in enumerate(stack.events):
        own = together[event.hub].get(event.name, [])
        try:
            found.append(planned(cluster, stack.hub(event.hub), event, own, beside))
        except NoMachineError as error:
            mistakes.append(Mistake(f"events[{index}].usersPerNode", str(error)))
    if mistakes:
        raise MistakesError(mistakes)
    return with_event_costs(found, cluster)


def deployment(stack: Stack, events: tuple[PlannedEvent, ...], now: datetime) -> Deployment:
    """Return what must exist at an instant: the one place where plan and time meet."""
    current = tuple(at(event, now) for event in events)
    on = {hub.name: on_hub(hub, current) for hub in stack.hubs}
    return Deployment(
        stack=stack,
        now=now,
        pools=pools(stack.cluster, stack.hubs, current, on),
        hubs=tuple(
            _hub(stack, hub, current, on[hub.name], _frozen(stack, hub, events, now))
            for hub in stack.hubs
        ),
        events=current,
        homes=size_at(stack.cluster, events, now),
    )


def _hub(
    stack: Stack,
    hub: HubConfig,
    events: tuple[EventNow, ...],
    on: EventNow | None,
    frozen: Values,
) -> Hub:
    place = place_of(stack.cluster, hub, on)
    password_of = _password_of(hub, events)
    return Hub(
        config=hub,
        values=helm_values(hub, place, on, password_of),
        facts={
            "name": hub.name,
            "release": hub.name,
            "image": hub.image.size,
            "event": _facts(on) | readiness.facts(stack, on, events) if on else None,
        }
        | _quotas(stack)
        | frozen,
        chart=source(jupyterhub(hub.chart_version), stack.cluster.charts),
        nightly=nightly_cull(hub, place, on),
        budgets=budgets(hub, place, on),
        password_of=password_of,
        pod_security=hub_level(stack.cluster.provider),
    )


def _frozen(stack: Stack, hub: HubConfig, events: Sequence[PlannedEvent], now: datetime) -> Values:
    return frozen_facts(hub, events, now, lambda: _hub(stack, hub, (), None, {}).values)


def _password_of(hub: HubConfig, events: tuple[EventNow, ...]) -> str:
    """Return the event whose passwords a hub has: the first to begin of those that are there.

    The next one is staged while this one may still be on, and nobody is locked out by that.
    """
    present = [event.planned for event in events if _brings(event, hub)]
    first = min(present, key=lambda event: event.place, default=None)
    return first.config.name if first else ""


def _brings(event: EventNow, hub: HubConfig) -> bool:
    return event.is_there and event.planned.hub is hub


def _quotas(stack: Stack) -> Values:
    return {} if stack.quotas is None else {"quotas": snapshot_facts(stack.quotas)}


def _facts(event: EventNow) -> Values:
    """Return what is known of an event, for policies that recompute the rest."""
    config, plan = event.planned.config, event.planned.plan
    fewest = config.users_per_node.min if config.users_per_node else None
    return {
        "name": config.name,
        "kind": config.kind,
        "users": config.users,
        "fewestPerNode": fewest,
        "warmNodes": plan.warm_nodes,
        **storage_facts(config, event.planned.hub),
        **({"options": sorted(config.options)} if config.options else {}),
    }
