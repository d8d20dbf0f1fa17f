"""Checks across the parts of a stack: hubs, events, machines, times. Pure."""

from collections.abc import Iterator, Sequence

from capacity.machine_choice import NoMachineError, check_fits
from capacity.machines import find, regions
from capacity.packing import Seat
from capacity.zones import TABLE, zones
from events.durations import show
from events.phases import LONGEST_EXAM_DRAIN, LONGEST_LEAD
from hubs.addons import version_mistakes
from hubs.checks_hub import check_buckets, check_hub
from hubs.checks_names import check_clashes
from hubs.checks_overrides import own_nodes_mistakes, placeholder_mistakes
from hubs.cluster import ClusterConfig
from hubs.eks import EksConfig
from hubs.event import EventConfig
from hubs.existing import ExistingConfig
from hubs.freeze import freeze_mistakes
from hubs.gke import GkeConfig
from hubs.home_server import lock_mistakes
from hubs.hub import HubConfig
from hubs.mistakes import Mistake, nearest
from hubs.network import zone_mistakes
from hubs.offers import offer, offers, unknown_type
from hubs.options import option_mistakes
from hubs.readiness_checks import readiness_mistakes
from hubs.schedules import drain_seconds, lead_of, schedule, session_mistakes
from hubs.sold import check_storage
from hubs.values_groups import unknown_groups


def check(
    cluster: ClusterConfig,
    hubs: list[HubConfig],
    names: Sequence[str],
    events: Sequence[EventConfig | None],
) -> Iterator[Mistake]:
    """Yield every mistake that no single part shows; no names if they are not known."""
    yield from _cluster(cluster)
    yield from check_storage(cluster)
    yield from _repeated("hubs", names)
    yield from _repeated("events", [event.name if event else "" for event in events])
    for hub in hubs:
        yield from check_hub(cluster, hub)
    yield from check_buckets(hubs)
    yield from _grafana(cluster, hubs, names)
    by_name = {hub.name: hub for hub in hubs}
    for index, event in enumerate(events):
        if event is not None:
            yield from unlisted(f"events[{index}]", event.hub, names)
            yield from _event(f"events[{index}]", cluster, event)
            yield from lock_mistakes(f"events[{index}]", cluster, event)
            yield from _timing(f"events[{index}]", cluster, event, by_name.get(event.hub))
            if event.hub in by_name:
                yield from option_mistakes(f"events[{index}]", event, by_name[event.hub])
    yield from check_clashes(hubs, names, events)


def _cluster(cluster: ClusterConfig) -> Iterator[Mistake]:
    if isinstance(cluster, ExistingConfig):
        return
    known = regions(cluster.provider)
    if cluster.region not in known:
        near = nearest(cluster.region, known)
        yield Mistake("cluster.region", f"found {cluster.region!r}; {near}")
    yield from _zones(cluster)
    yield from _repeated("cluster.zones", cluster.zones)
    yield from _machine("cluster.corePool.machineType", cluster, cluster.core_pool.machine_type)
    if isinstance(cluster, EksConfig):
        yield from version_mistakes(cluster.kubernetes_version)
    if isinstance(cluster, GkeConfig):
        yield from _gke(cluster)


def _zones(cluster: GkeConfig | EksConfig) -> Iterator[Mistake]:
    known = zones(cluster.provider, cluster.region)
    if not known:
        return  # no such region, which is a mistake of its own
    mistakes = [
        Mistake(
            f"cluster.zones[{index}]",
            f"found {zone!r}, no zone of {cluster.region}; {nearest(zone, list(known))}; "
            f"a newer one is added to {TABLE}",
        )
        for index, zone in enumerate(cluster.zones)
        if zone not in known
    ]
    yield from mistakes
    if isinstance(cluster, EksConfig) and not mistakes:
        yield from zone_mistakes(cluster.zones)


def _gke(cluster: GkeConfig) -> Iterator[Mistake]:
    if not cluster.authorized_networks:
        told = "found none, not even this program's, which comes by the public address; "
        yield Mistake("cluster.authorizedNetworks", f"{told}write one such as 198.51.100.0/24")
    asked = cluster.quota_check
    if asked.request and asked.contact is None:
        told = "is missing; Google Cloud answers a request by mail, such as admin@example.org"
        yield Mistake("cluster.quotaCheck.contact", told)
    if asked.live and cluster.project is None:
        told = "is missing; limits are those of a project, such as example-project"
        yield Mistake("cluster.project", told)
    elif cluster.budget is not None and cluster.project is None:
        told = "is missing; a call for a budget is paid by a project, such as example-project"
        yield Mistake("cluster.project", told)


def _grafana(
    cluster: ClusterConfig, hubs: Sequence[HubConfig], names: Sequence[str]
) -> Iterator[Mistake]:
    grafana = cluster.monitoring.grafana
    if grafana is None:
        return
    where = "cluster.monitoring.grafana.hub"
    if names and grafana.hub not in names:
        told = f"found {grafana.hub!r}, not in hubs; {nearest(grafana.hub, list(names))}"
        yield Mistake(where, told)
    for hub in hubs:
        if hub.name == grafana.hub and hub.address is None:
            told = f"found {hub.name!r}, which has no address, and boards are shown under it"
            yield Mistake(where, told)
        if hub.name == grafana.hub:
            of = "cluster.monitoring.grafana"
            yield from unknown_groups(f"{of}.admins", hub.sign_in, grafana.admins)
            yield from unknown_groups(f"{of}.editors", hub.sign_in, grafana.editors)


def _machine(where: str, cluster: ClusterConfig, machine_type: str) -> Iterator[Mistake]:
    reason = unknown_type(cluster, machine_type)
    if reason:
        yield Mistake(where, reason)


def _repeated(where: str, names: Sequence[str]) -> Iterator[Mistake]:
    for index, name in enumerate(names):
        if name and name in names[:index]:
            place = f"{where}[{index}]" + (".name" if where == "events" else "")
            yield Mistake(place, f"found {name!r} twice; names differ")


def unlisted(where: str, hub: str, names: Sequence[str]) -> Iterator[Mistake]:
    """Yield a mistake for an event's hub that is not among the names, if they are known."""
    if names and hub not in names:
        yield Mistake(f"{where}.hub", f"found {hub!r}, not in hubs; {nearest(hub, list(names))}")


def _event(where: str, cluster: ClusterConfig, event: EventConfig) -> Iterator[Mistake]:
    wanted = event.pool.machine_type
    yield from own_nodes_mistakes(where, cluster, event)
    if wanted is not None:
        reason = unknown_type(cluster, wanted)
        if reason:
            yield Mistake(f"{where}.pool.machineType", reason)
            return
        if find(wanted).shared_core:
            told = "whose CPUs burst, so that no seat can be promised; choose another"
            yield Mistake(f"{where}.pool.machineType", f"found {wanted!r}, {told}")
            return
        yield from placeholder_mistakes(where, cluster, event)
    seat = Seat(memory=event.seat.memory, cpu=event.seat.cpu)
    on_offer = [offer(cluster, wanted)] if wanted else offers(cluster)
    if not on_offer:
        return  # no such region, which is a mistake of its own
    try:
        check_fits(seat, on_offer, chosen=wanted is not None)
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
    frozen = freeze_mistakes(event, schedule(cluster, event, hub))
    yield from (Mistake(f"{where}.{place}", message) for place, message in frozen)
    prepared = readiness_mistakes(event)
    yield from (Mistake(f"{where}.{place}", message) for place, message in prepared)
    drain = drain_seconds(event, hub)
    if event.kind == "exam" and drain > LONGEST_EXAM_DRAIN.total_seconds():
        told = "more than the hour that exam settings may stay on; lower drain"
        yield Mistake(f"{where}.drain", f"found {show(drain)}, {told}")
