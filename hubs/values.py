"""The z2jh values of a hub as plain data, with or without an event. Pure.

Memory is in integer bytes, CPU a number of cores: `1G` is two numbers in one chart, and
`1Gi` fails in the hub.
"""

from dataclasses import dataclass

from capacity.choices import profile, resources
from capacity.needs import Held
from capacity.nodes import IMAGE_PULLER, Node
from capacity.packing import Seat
from capacity.quantities import cores, show_memory
from hubs.active import EventNow
from hubs.cluster import Provider
from hubs.event import EventConfig
from hubs.hub import HubConfig, ProfilesConfig
from hubs.schedules import EXAM_CULL_EVERY, EXAM_CULL_TIMEOUT
from hubs.usual import usual_choices
from hubs.values_access import Values, https, sign_in

HOME_CLAIM = "home"
HOME_PATH = "/home/jovyan"
# Init containers have equal requests and limits: without resources a user pod could never
# be Guaranteed (zero-to-jupyterhub-k8s#2428). No more than the smallest seat, so that they
# cost nothing; enough for a container runtime to start them (runc#3986 refuses 20 MiB).
_INIT = {"cpu": "50m", "memory": "64Mi"}
INIT_RESOURCES = {"requests": _INIT, "limits": _INIT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a hub's users run: the provider, the node of their pool, its selector."""

    provider: Provider
    node: Node
    selector: dict[str, str]

    @property
    def own_pools(self) -> bool:
        """Return whether nodes carry our labels and taints."""
        return self.provider != "existing"


def helm_values(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    """Return the chart's values; `event` is the one whose settings are on, if any is."""
    return {
        "hub": _hub(hub, place, event),
        "proxy": _proxy(hub, place),
        "singleuser": _singleuser(hub, place, event),
        "scheduling": _scheduling(place, event),
        "prePuller": {
            # The hook would hold up a deployment until every node has the image.
            "hook": {"enabled": False},
            "continuous": {"enabled": event is not None},
            "resources": _puller(),
        },
        "cull": _cull(hub, event),
    }


def _equal(asked: Seat) -> Values:
    amounts = {"cpu": f"{asked.cpu}m", "memory": str(asked.memory)}
    return {"requests": amounts, "limits": dict(amounts)}


def _puller() -> Values:
    asked = {"cpu": f"{IMAGE_PULLER.cpu}m", "memory": str(IMAGE_PULLER.memory)}
    return {"requests": asked, "limits": {"memory": "128Mi"}}


def _core_selector(place: Place) -> Values:
    return {"nodeAffinity": {"matchNodePurpose": "require" if place.own_pools else "ignore"}}


def _hub(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    found: Values = {
        **sign_in(hub),
        # Hub, proxy and scheduler have no resources by default and would be evicted first.
        "resources": {
            "requests": {"cpu": "200m", "memory": "512Mi"},
            "limits": {"memory": "2Gi"},
        },
    }
    if place.provider == "eks":
        found["db"] = {"pvc": {"storageClassName": "gp3"}}
    if event is not None:
        plan = event.planned.plan
        found["concurrentSpawnLimit"] = plan.spawn_limit
        # Five failed spawns in a row would end the hub (z2jh default; 2i2c#2445).
        found["consecutiveFailureLimit"] = 0
    return found


def _proxy(hub: HubConfig, place: Place) -> Values:
    return {
        "service": {"type": "LoadBalancer" if place.own_pools else "ClusterIP"},
        "https": https(hub),
        "chp": {
            "resources": {
                "requests": {"cpu": "100m", "memory": "128Mi"},
                "limits": {"memory": "512Mi"},
            }
        },
    }


def _image(hub: HubConfig) -> Values:
    if hub.image.digest is None:
        return {"name": hub.image.name, "tag": hub.image.tag}
    # The chart joins name and tag with a colon; a digest is written name@sha256:hex.
    algorithm, digest = hub.image.digest.split(":")
    return {"name": f"{hub.image.name}@{algorithm}", "tag": digest}


def _singleuser(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    home = f"{hub.name}/{{username}}"
    found: Values = {
        "image": _image(hub),
        "nodeSelector": dict(place.selector),
        "networkTools": {"resources": INIT_RESOURCES},
        "initContainers": [_home_owner(_image(hub), home)],
        "storage": {
            "type": "static",
            "homeMountPath": HOME_PATH,
            "static": {"pvcName": HOME_CLAIM, "subPath": home},
        },
    }
    if event is None:
        return found | _usual_sizes(hub.profiles, place)
    found["startTimeout"] = event.planned.plan.start_timeout
    return found | _event_size(event.planned.config, place)


def _home_owner(image: Values, home: str) -> Values:
    """Return the init container that gives a new home directory to its user.

    The kubelet creates a sub-path as root, and a pod's fsGroup does nothing on NFS. It runs
    the user's own image, which is on the node already.
    """
    return {
        "name": "home-owner",
        "image": f"{image['name']}:{image['tag']}",
        "command": ["chown", "1000:1000", HOME_PATH],
        "securityContext": {"runAsUser": 0},
        "resources": INIT_RESOURCES,
        "volumeMounts": [{"name": "home", "mountPath": HOME_PATH, "subPath": home}],
    }


def _usual_sizes(profiles: ProfilesConfig, place: Place) -> Values:
    choices = usual_choices(profiles, place.node)
    smallest = choices[0]
    return {
        "memory": {"guarantee": smallest.memory, "limit": smallest.memory},
        "cpu": {"guarantee": cores(smallest.cpu), "limit": cores(smallest.cpu_limit)},
        "profileList": [
            profile(choice, place.selector, default=choice is smallest) for choice in choices
        ],
    }


def _event_size(event: EventConfig, place: Place) -> Values:
    seat = event.seat
    limit, cpu_limit = seat.limits
    sizes = resources(seat.memory, limit, seat.cpu, cpu_limit)
    return {
        "memory": {"guarantee": sizes["mem_guarantee"], "limit": sizes["mem_limit"]},
        "cpu": {"guarantee": sizes["cpu_guarantee"], "limit": sizes["cpu_limit"]},
        "profileList": [
            {
                "display_name": event.name,
                "description": f"{show_memory(seat.memory)} memory, {sizes['cpu_guarantee']} CPU",
                "slug": event.name,
                "default": True,
                "kubespawner_override": sizes | {"node_selector": dict(place.selector)},
            }
        ],
    }


def _placeholder(held: Held | None) -> Values:
    if held is None:
        return {"enabled": True, "replicas": 0}
    return {"enabled": True, "replicas": held.replicas, "resources": _equal(held.pod)}


def _scheduling(place: Place, event: EventNow | None) -> Values:
    # GKE packs by OPTIMIZE_UTILIZATION; elsewhere the hub's own scheduler packs.
    own = place.provider != "gke"
    scheduler: Values = {"enabled": own}
    if own:
        scheduler["resources"] = {
            "requests": {"cpu": "100m", "memory": "512Mi"},
            "limits": {"memory": "512Mi"},
        }
    held = event.planned.plan.placeholders if event else None
    return {
        "userScheduler": scheduler,
        # Without priorities placeholders take seats and are never preempted.
        "podPriority": {"enabled": True},
        "userPlaceholder": _placeholder(held),
        "corePods": _core_selector(place),
        "userPods": _core_selector(place),
    }


def _cull(hub: HubConfig, event: EventNow | None) -> Values:
    if event is None or event.planned.config.kind != "exam":
        return {"enabled": True, "timeout": hub.cull.timeout, "every": hub.cull.every}
    if event.state.draining:
        return {"enabled": True, "timeout": EXAM_CULL_TIMEOUT, "every": EXAM_CULL_EVERY}
    # Nobody's server is stopped while the exam is written.
    return {"enabled": False}
