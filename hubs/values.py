"""The z2jh values of a hub as plain data, with or without an event. Pure.

Memory is in integer bytes, CPU a number of cores: `1G` is two numbers in one chart, and
`1Gi` fails in the hub.
"""

from hubs.active import EventNow
from hubs.confinement import OF_USERS
from hubs.hub import HubConfig
from hubs.values_access import Values, restarted_by, sign_in
from hubs.values_core import asked, kept, pre_puller, proxy, scheduling, user_priority
from hubs.values_culling import cull, nightly_access
from hubs.values_database import database
from hubs.values_joined import joined
from hubs.values_monitoring import hub_part
from hubs.values_network import core_policy, ingress, users
from hubs.values_place import Place
from hubs.values_sizes import sizes
from hubs.values_storage import INIT_RESOURCES, extra_config, storage

# A pod that took longer than 3 s to create, as the default has it, is found when it is asked for
# again, and stopped as somebody else's: in a crowd nobody's server would start. A server that
# has started is asked for an answer for longer, too.
# Source: KubeSpawner 7.0.0, spawner.py, `_make_create_pod_request`; defaults 3, 30 and 30.
_PATIENCE: Values = {
    "k8s_api_request_timeout": 15,
    "k8s_api_request_retry_timeout": 60,
    "http_timeout": 120,
}


def helm_values(
    hub: HubConfig, place: Place, event: EventNow | None, password_of: str = ""
) -> Values:
    """Return the chart's values.

    Args:
        hub: What its file says.
        place: Where its users run.
        event: The one whose settings are on, if any is.
        password_of: The event for which shared passwords were made; empty between events.
    """
    found: Values = {
        "hub": _hub(hub, place, event, password_of),
        "proxy": proxy(hub, place, event),
        "singleuser": _singleuser(hub, place, event),
        "scheduling": scheduling(place, event),
        "prePuller": pre_puller(event),
        "cull": cull(hub, event),
    }
    way_in = ingress(hub, place)
    return joined(
        found,
        {} if way_in is None else {"ingress": way_in},
        hub_part(hub, place.cluster),
    )


def _hub(hub: HubConfig, place: Place, event: EventNow | None, password_of: str) -> Values:
    own: Values = {
        "annotations": restarted_by(hub, password_of),
        "config": {"KubeSpawner": _spawner(hub)},
        "networkPolicy": core_policy(),
        "pdb": kept(event),
        "resources": asked("200m", "512Mi", "2Gi"),
    }
    if event is not None:
        own["concurrentSpawnLimit"] = event.planned.plan.spawn_limit
        # Five failed spawns in a row would end the hub (z2jh default; 2i2c#2445).
        own["consecutiveFailureLimit"] = 0
    return joined(
        own,
        sign_in(hub),
        {"extraConfig": extra_config(place.provider, hub)},
        database(hub, place),
        nightly_access(hub),
    )


def _spawner(hub: HubConfig) -> Values:
    """Return traits for which the chart has no value of its own."""
    return {
        "priority_class_name": user_priority(hub),
        # Nobody's server speaks to Kubernetes, whatever account it has.
        "automount_service_account_token": False,
        "container_security_context": OF_USERS,
        # Not every image starts where its home is: what is saved elsewhere is lost.
        "working_dir": hub.image.home,
        **_PATIENCE,
    }


def _image(hub: HubConfig) -> Values:
    if hub.image.digest is None:
        return {"name": hub.image.name, "tag": hub.image.tag}
    # The chart joins name and tag with a colon; a digest is written name@sha256:hex.
    algorithm, digest = hub.image.digest.split(":")
    return {"name": f"{hub.image.name}@{algorithm}", "tag": digest}


def _singleuser(hub: HubConfig, place: Place, event: EventNow | None) -> Values:
    return joined(
        {
            "image": _image(hub),
            "nodeSelector": dict(place.selector),
            "networkTools": {"resources": INIT_RESOURCES},
        },
        users(hub, place, event),
        storage(place.provider, hub),
        sizes(hub, place, event),
    )
