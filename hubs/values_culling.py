"""When idle servers are stopped: the chart's culler, and a stricter look once a night. Pure."""

from dataclasses import dataclass

from hubs.active import EventNow
from hubs.hub import HubConfig
from hubs.names import PURPOSE_LABEL
from hubs.schedules import EXAM_CULL_EVERY, EXAM_CULL_TIMEOUT
from hubs.values_access import Values
from hubs.values_place import Place

NIGHTLY = "nightly-cull"
# What its pod asks for.
NIGHTLY_CPU, NIGHTLY_MEMORY = "10m", "64Mi"
# What a culler may do. Source: jupyterhub-idle-culler 1.4.0, README, "Permissions".
_SCOPES = ("list:users", "read:users:activity", "read:servers", "delete:servers")
# The chart's own Secret, and the key at which it keeps the token that it makes for a service.
# Source: zero-to-jupyterhub-k8s 4.4.0, templates/hub/secret.yaml.
TOKEN_SECRET, TOKEN_KEY = "hub", f"hub.services.{NIGHTLY}.apiToken"
# The chart's Service in the hub's namespace.
HUB_API = "http://hub:8081/hub/api"
# The culler's program looks again and again; its function looks once, and fails if the hub
# does not answer. Source: jupyterhub-idle-culler 1.4.0, `cull_idle`.
CULL_ONCE = """\
import asyncio, logging, os
from jupyterhub_idle_culler import cull_idle

logging.basicConfig(level=logging.INFO)
asyncio.run(
    cull_idle(
        url=os.environ["JUPYTERHUB_API_URL"],
        api_token=os.environ["JUPYTERHUB_API_TOKEN"],
        inactive_limit=int(os.environ["IDLE_SECONDS"]),
    )
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyCull:
    """A look at all servers once a night, by the culler that the hub's own image has.

    Attributes:
        schedule: When, as cron writes it.
        timezone: Where it is that time. A time that the change of the clock skips is left out.
        idle: Seconds after which an idle server is stopped.
        image: What it runs from.
        suspended: Whether it sleeps: people of an event may take a break.
        selector: Nodes that it may run on.
    """

    schedule: str
    timezone: str
    idle: int
    image: str
    suspended: bool
    selector: dict[str, str]


def cull(hub: HubConfig, event: EventNow | None) -> Values:
    """Return the `cull` values; nobody's server is stopped while an exam is written.

    Nor is one for its age alone in any event.
    """
    usual: Values = {"enabled": True, "timeout": hub.cull.timeout, "every": hub.cull.every}
    if event is None:
        age = hub.cull.max_age
        return usual if age is None else usual | {"maxAge": age}
    if event.planned.config.kind != "exam":
        return usual
    if event.state.draining:
        return {"enabled": True, "timeout": EXAM_CULL_TIMEOUT, "every": EXAM_CULL_EVERY}
    return {"enabled": False}


def nightly_access(hub: HubConfig) -> Values:
    """Return the `hub` values that let the nightly culler in; none where it is not wanted."""
    if hub.cull.nightly is None:
        return {}
    return {
        "services": {NIGHTLY: {"name": NIGHTLY}},
        "loadRoles": {NIGHTLY: {"scopes": list(_SCOPES), "services": [NIGHTLY]}},
    }


def nightly_cull(hub: HubConfig, place: Place, event: EventNow | None) -> NightlyCull | None:
    """Return a hub's nightly look at idle servers; None where it is not wanted."""
    config = hub.cull.nightly
    if config is None:
        return None
    hour, minute = (int(part) for part in config.at.split(":"))
    return NightlyCull(
        schedule=f"{minute} {hour} * * *",
        timezone=config.timezone,
        idle=config.timeout,
        image=f"quay.io/jupyterhub/k8s-hub:{hub.chart_version}",
        suspended=event is not None,
        selector={PURPOSE_LABEL: "core"} if place.own_pools else {},
    )
