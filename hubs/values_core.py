"""z2jh values for what a hub cannot do without: hub, proxies, schedulers, pullers. Pure."""

from dataclasses import dataclass

from capacity.needs import Held
from capacity.nodes import IMAGE_PULLER
from capacity.packing import Seat
from hubs.active import EventNow
from hubs.confinement import CONFINED, LOCKED_DOWN
from hubs.hub import HubConfig
from hubs.options import on_offer, servers
from hubs.values_access import Values, https
from hubs.values_network import core_policy, ingress, service
from hubs.values_place import Place

# Above users, who have none (0): without core nodes the hub would wait for one of them to leave.
# The chart has pullers at -5 and placeholders at -10.
CORE_PRIORITY, USER_PRIORITY = 10, 0
# The chart confines containers, and pods only by this key.
CONFINED_POD: Values = {"securityContext": CONFINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many pods of a component nobody may move: not to upgrade a node, nor to save one.

    Attributes:
        name: Its own.
        component: Of the chart, as its pods are labelled.
        least: Pods that stay.
    """

    name: str
    component: str
    least: int


def user_priority(hub: HubConfig) -> str:
    """Return the name of the priority class of a hub's user servers.

    The chart has one class for core pods and users; its `extraPodSpec` would write the key of
    a class a second time. So the chart's class is the core's, and users get one of ours.
    """
    return f"{hub.name}-users"


def asked(cpu: str, memory: str, limit: str) -> Values:
    """Return resources of a core pod: it may always have the CPU that nobody uses.

    Without any the chart's pods are BestEffort, and the first to be evicted.
    """
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": limit}}


def kept(event: EventNow | None) -> Values:
    """Return the disruption budget of a pod of which there is one: nobody moves it in an event.

    At other times it would hold up every upgrade of its node.
    """
    return {"enabled": event is not None}


def budgets(hub: HubConfig, place: Place, event: EventNow | None) -> tuple[Budget, ...]:
    """Return the disruption budgets that the chart does not have; none between events.

    Of user servers as many stay as the event's nodes and those of its options can have: their
    pods have no controller, so that a budget knows neither a share nor how many may be missing.
    What ends TLS has a budget in the chart, but under the name of the proxy's, and two of one
    name cannot be.
    Sources: kubernetes.io, "Specifying a Disruption Budget for your Application", 2026;
    zero-to-jupyterhub-k8s 4.4.0, templates/proxy/autohttps/pdb.yaml.
    """
    if event is None:
        return ()
    plan, config = event.planned.plan, event.planned.config
    seats = max(config.users, plan.max_nodes * plan.chosen.seats.seats)
    seats += servers(on_offer(hub, config))
    found = [Budget(name="users", component="singleuser-server", least=seats)]
    if hub.address is not None and ingress(hub, place) is None:
        found.append(Budget(name="autohttps", component="autohttps", least=1))
    return tuple(found)


def proxy(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    """Return the `proxy` values; an ingress ends TLS where there is one."""
    return {
        "service": service(place),
        "https": {"enabled": False} if ingress(hub, place) else https(hub),
        "chp": {
            "networkPolicy": core_policy(),
            "pdb": kept(event),
            "resources": asked("100m", "128Mi", "512Mi"),
            # It does not speak to Kubernetes.
            "extraPodSpec": CONFINED_POD | {"automountServiceAccountToken": False},
        },
        "traefik": {
            "networkPolicy": core_policy(),
            # See `budgets`.
            "pdb": {"enabled": False},
            "resources": asked("50m", "128Mi", "512Mi"),
            "extraPodSpec": CONFINED_POD,
        },
        "secretSync": {"resources": asked("10m", "64Mi", "128Mi")},
    }


def scheduling(place: Place, event: EventNow | None) -> Values:
    """Return the `scheduling` values: packing, priorities, placeholders, purposes of nodes."""
    # GKE packs by OPTIMIZE_UTILIZATION; elsewhere the hub's own scheduler packs.
    own = place.provider != "gke"
    scheduler: Values = {"enabled": own}
    if own:
        scheduler |= {
            "resources": asked("100m", "512Mi", "512Mi"),
            "extraPodSpec": CONFINED_POD,
        }
    purpose: Values = {
        "nodeAffinity": {"matchNodePurpose": "require" if place.own_pools else "ignore"}
    }
    return {
        "userScheduler": scheduler,
        # Without priorities placeholders take seats and are never preempted.
        "podPriority": {"enabled": True, "defaultPriority": CORE_PRIORITY},
        "userPlaceholder": _placeholder(event.planned.plan.placeholders if event else None),
        "corePods": purpose,
        "userPods": purpose,
    }


def _placeholder(held: Held | None) -> Values:
    pods: Values = {
        "enabled": True,
        "replicas": held.replicas if held else 0,
        "extraPodSpec": CONFINED_POD,
        "containerSecurityContext": LOCKED_DOWN,
    }
    return pods | {"resources": _equal(held.pod)} if held else pods


def _equal(seat: Seat) -> Values:
    amounts = {"cpu": f"{seat.cpu}m", "memory": str(seat.memory)}
    return {"requests": amounts, "limits": dict(amounts)}


def pre_puller(event: EventNow | None) -> Values:
    """Return the `prePuller` values: on for an event, and never in the way of a deployment."""
    return {
        # The hook would hold up a deployment until every node has the image.
        "hook": {"enabled": False},
        "continuous": {"enabled": event is not None},
        "resources": asked(f"{IMAGE_PULLER.cpu}m", str(IMAGE_PULLER.memory), "128Mi"),
        "containerSecurityContext": LOCKED_DOWN,
        "pause": {"containerSecurityContext": LOCKED_DOWN},
    }
