"""Checks across the parts of a stack: hubs, events, machines, times. Pure."""

from collections.abc import Iterator, Sequence

from capacity.machine_choice import NoMachineError, check_fits
from capacity.machines import regions
from capacity.packing import Seat
from events.phases import LONGEST_LEAD, overlap
from hubs.cluster import ClusterConfig, ExistingConfig
from hubs.event import EventConfig
from hubs.hub import HubConfig
from hubs.mistakes import Mistake, nearest
from hubs.offers import offer, offers, unknown_type
from hubs.schedules import lead_of, schedule, session_mistakes


def check(
    cluster: ClusterConfig,
    hubs: list[HubConfig],
    names: Sequence[str],
    events: Sequence[EventConfig | None],
) -> Iterator[Mistake]:
    """Yield every mistake that no single part shows."""
    yield from _cluster(cluster)
    yield from _repeated("hubs", names)
    yield from _repeated("events", [event.name if event else "" for event in events])
    for hub in hubs:
        yield from _hub(cluster, hub)
    by_name = {hub.name: hub for hub in hubs}
    for index, event in enumerate(events):
        if event is not None:
            yield from _event(f"events[{index}]", cluster, event, names)
            yield from _timing(f"events[{index}]", cluster, event, by_name.get(event.hub))
    yield from _overlaps(cluster, events, by_name)


def _cluster(cluster: ClusterConfig) -> Iterator[Mistake]:
    if isinstance(cluster, ExistingConfig):
        return
    known = regions(cluster.provider)
    if cluster.region not in known:
        near = nearest(cluster.region, known)
        yield Mistake("cluster.region", f"found {cluster.region!r}; {near}")
    for index, zone in enumerate(cluster.zones):
        if not zone.startswith(cluster.region) or zone == cluster.region:
            yield Mistake(
                f"cluster.zones[{index}]",
                f"found {zone!r}, not a zone of {cluster.region}",
            )
    yield from _machine("cluster.corePool.machineType", cluster, cluster.core_pool.machine_type)


def _machine(where: str, cluster: ClusterConfig, machine_type: str) -> Iterator[Mistake]:
    reason = unknown_type(cluster, machine_type)
    if reason:
        yield Mistake(where, reason)


def _repeated(where: str, names: Sequence[str]) -> Iterator[Mistake]:
    for index, name in enumerate(names):
        if name and name in names[:index]:
            place = f"{where}[{index}]" + ("" if where == "hubs" else ".name")
            yield Mistake(place, f"found {name!r} twice; names differ")


def _hub(cluster: ClusterConfig, hub: HubConfig) -> Iterator[Mistake]:
    file = f"hubs/{hub.name}.yaml"
    if isinstance(cluster, ExistingConfig):
        if hub.pool is not None:
            yield Mistake(f"{file}: pool", "an existing cluster has no pools; leave it out")
    elif hub.pool is None:
        yield Mistake(f"{file}: pool", "is missing; the hub's usual users need nodes")
    else:
        yield from _machine(f"{file}: pool.machineType", cluster, hub.pool.machine_type)


def _event(
    where: str, cluster: ClusterConfig, event: EventConfig, names: Sequence[str]
) -> Iterator[Mistake]:
    if event.hub not in names:
        near = nearest(event.hub, list(names))
        yield Mistake(f"{where}.hub", f"found {event.hub!r}, not in hubs; {near}")
    wanted = event.pool.machine_type
    if wanted is not None:
        reason = unknown_type(cluster, wanted)
        if reason:
            yield Mistake(f"{where}.pool.machineType", reason)
            return
    seat = Seat(memory=event.seat.memory, cpu=event.seat.cpu)
    try:
        check_fits(seat, [offer(cluster, wanted)] if wanted else offers(cluster) or [])
    except NoMachineError as error:
        yield Mistake(f"{where}.seat", str(error))


def _timing(
    where: str, cluster: ClusterConfig, event: EventConfig, hub: HubConfig | None
) -> Iterator[Mistake]:
    mistakes = list(session_mistakes(event))
    yield from (Mistake(f"{where}.{place}", message) for place, message in mistakes)
    if mistakes or hub is None:
        return
    lead = lead_of(cluster, event, hub)
    if event.kind == "exam" and lead.span > LONGEST_LEAD:
        yield Mistake(
            where,
            f"lead is {lead.because}, more than the 12h that exam settings may be on before; "
            "lower nodeReady or the image's size",
        )


def _overlaps(
    cluster: ClusterConfig,
    events: Sequence[EventConfig | None],
    hubs: dict[str, HubConfig],
) -> Iterator[Mistake]:
    placed = [
        (index, event)
        for index, event in enumerate(events)
        if event is not None and event.hub in hubs and not list(session_mistakes(event))
    ]
    for later, (index, event) in enumerate(placed):
        for earlier, other in placed[:later]:
            if other.hub != event.hub:
                continue
            hub = hubs[event.hub]
            both = overlap(schedule(cluster, event, hub), schedule(cluster, other, hub))
            if both is not None:
                yield Mistake(
                    f"events[{index}].sessions",
                    f"overlaps events[{earlier}] on hub {event.hub} from "
                    f"{both.starts:%Y-%m-%d %H:%M} to {both.ends:%H:%M}; one event at a time "
                    "on a hub, with lead and drain",
                )
