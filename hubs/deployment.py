"""What must exist for a stack at an instant, as plain data for components. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from capacity.allocatable import Allocatable, allocatable, node_memory
from capacity.machine_choice import NoMachineError
from capacity.machines import find
from hubs.active import EventNow, PlannedEvent, at, planned
from hubs.cluster import ClusterConfig, ExistingConfig
from hubs.hub import HubConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.names import Taint, pool_labels, pool_name, user_taint
from hubs.offers import declared, offer
from hubs.quota_snapshot import snapshot_facts
from hubs.stack import Stack
from hubs.storage import storage_facts
from hubs.values import Place, helm_values
from hubs.values_access import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A node pool (GKE) or managed node group (EKS); its machine type never changes.

    Attributes:
        name: Physical name; ends in the machine type.
        purpose: `core`, or `user` for user servers only.
        machine_type: The cloud's name of the type.
        min_nodes: Fewest nodes; of a user pool on EKS always 0, where placeholders hold nodes.
        max_nodes: Most nodes.
        labels: Kubernetes labels of its nodes.
        taint: What keeps others off; None on core nodes.
        hub: Whose users it serves.
        event: The event that brought it.
        allocatable: What the autoscaler must believe of a node that is not there yet.
    """

    name: str
    purpose: str
    machine_type: str
    min_nodes: int
    max_nodes: int
    labels: dict[str, str]
    taint: Taint | None
    hub: str | None
    event: str | None
    allocatable: Allocatable

    @property
    def boot_disk(self) -> str:
        """Return what its nodes boot from on GKE; some types boot only from a Hyperdisk."""
        only = find(self.machine_type).hyperdisk_only
        return "hyperdisk-balanced" if only else "pd-balanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A hub's release and what its gate must know."""

    config: HubConfig
    values: Values
    facts: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Everything that must exist at an instant."""

    stack: Stack
    now: datetime
    pools: tuple[Pool, ...]
    hubs: tuple[Hub, ...]
    events: tuple[EventNow, ...] = field(default=())

    @property
    def cluster(self) -> ClusterConfig:
        """Return the stack's cluster."""
        return self.stack.cluster


def plan_events(stack: Stack) -> tuple[PlannedEvent, ...]:
    """Return every event with its plan, whatever the time.

    Raises:
        MistakesError: no node of the cluster can hold one of them within its rules.
    """
    found: list[PlannedEvent] = []
    mistakes: list[Mistake] = []
    for index, event in enumerate(stack.events):
        try:
            found.append(planned(stack.cluster, event, stack.hub(event.hub)))
        except NoMachineError as error:
            mistakes.append(Mistake(f"events[{index}].usersPerNode", str(error)))
    if mistakes:
        raise MistakesError(mistakes)
    return tuple(found)


def deployment(stack: Stack, events: tuple[PlannedEvent, ...], now: datetime) -> Deployment:
    """Return what must exist at an instant: the one place where plan and time meet."""
    current = tuple(at(event, now) for event in events)
    return Deployment(
        stack=stack,
        now=now,
        pools=tuple(_pools(stack, current)),
        hubs=tuple(_hub(stack, hub, current) for hub in stack.hubs),
        events=current,
    )


def _believed(machine_type: str) -> Allocatable:
    machine = find(machine_type)
    return allocatable(machine, node_memory(machine).capacity)


def _pools(stack: Stack, events: tuple[EventNow, ...]) -> list[Pool]:
    cluster = stack.cluster
    if isinstance(cluster, ExistingConfig):
        return []
    core = cluster.core_pool
    core_name = pool_name(cluster.provider, core.machine_type, "core")
    found = [
        Pool(
            name=core_name,
            purpose="core",
            machine_type=core.machine_type,
            min_nodes=1,
            max_nodes=core.max_nodes,
            labels=pool_labels("core", core_name),
            taint=None,
            hub=None,
            event=None,
            allocatable=_believed(core.machine_type),
        )
    ]
    found += [_usual_pool(cluster, hub) for hub in stack.hubs]
    found += [_event_pool(cluster, event) for event in events if event.has_pool]
    return found


def _user_pool(
    cluster: ClusterConfig, machine_type: str, bounds: tuple[int, int], *owners: str
) -> Pool:
    name = pool_name(cluster.provider, machine_type, *owners)
    return Pool(
        name=name,
        purpose="user",
        machine_type=machine_type,
        min_nodes=bounds[0],
        max_nodes=bounds[1],
        labels=pool_labels("user", name),
        taint=user_taint(cluster.provider),
        hub=owners[0],
        event=owners[1] if owners[1:] else None,
        allocatable=_believed(machine_type),
    )


def _usual_pool(cluster: ClusterConfig, hub: HubConfig) -> Pool:
    if hub.pool is None:
        raise AssertionError(hub.name)  # the loader has refused such a file
    return _user_pool(cluster, hub.pool.machine_type, (0, hub.pool.max_nodes), hub.name)


def _event_pool(cluster: ClusterConfig, event: EventNow) -> Pool:
    plan, config = event.planned.plan, event.planned.config
    warm = plan.warm_nodes if event.is_on and cluster.provider == "gke" else 0
    bounds = (min(warm, plan.max_nodes), plan.max_nodes)
    return _user_pool(cluster, plan.node.name, bounds, config.hub, config.name)


def _hub(stack: Stack, hub: HubConfig, events: tuple[EventNow, ...]) -> Hub:
    on = next((event for event in events if event.is_on and event.planned.hub is hub), None)
    place = _place(stack.cluster, hub, on)
    return Hub(
        config=hub,
        values=helm_values(hub, place, on),
        facts={"name": hub.name, "release": hub.name, "event": _facts(on) if on else None}
        | _quotas(stack),
    )


def _quotas(stack: Stack) -> Values:
    return {} if stack.quotas is None else {"quotas": snapshot_facts(stack.quotas)}


def _place(cluster: ClusterConfig, hub: HubConfig, event: EventNow | None) -> Place:
    if isinstance(cluster, ExistingConfig):
        node, selector = declared(cluster.nodes), dict(cluster.nodes.labels)
        return Place(provider=cluster.provider, node=node, selector=selector)
    pool = _usual_pool(cluster, hub) if event is None else _event_pool(cluster, event)
    return Place(
        provider=cluster.provider,
        node=offer(cluster, pool.machine_type).node,
        selector=pool.labels,
    )


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
    }
