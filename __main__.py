"""The program: read what is known, plan, build what must exist at the instant, export."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pulumi

from components.build import build
from hubs.deployment import deployment, plan_events
from hubs.files import STAND_IN, STRUCTURED
from hubs.freeze import lifted
from hubs.mistakes import MistakesError
from hubs.moments import moment
from hubs.stack import load_stack
from hubs.upgrades import upgrade_warnings

HUBS = Path(__file__).parent / "hubs"


def own_keys(variable: str, empty: str) -> list[str]:
    """Return our keys among those that the engine lists in an environment variable."""
    prefix = f"{pulumi.get_project()}:"
    listed = json.loads(os.environ.get(variable, empty))
    return [key.removeprefix(prefix) for key in listed if key.startswith(prefix)]


def main() -> None:
    """Create the resources of this stack."""
    config = pulumi.Config()
    encrypted = frozenset(own_keys("PULUMI_CONFIG_SECRET_KEYS", "[]"))
    own: dict[str, object] = dict.fromkeys(encrypted, STAND_IN)
    for key in own_keys("PULUMI_CONFIG", "{}"):
        if key not in encrypted:
            own[key] = config.get_object(key) if key in STRUCTURED else config.get(key)
    try:
        stack = load_stack(pulumi.get_stack(), own, HUBS, secrets=encrypted)
        events = plan_events(stack)
        now = moment(config.get("at"), events, datetime.now(UTC))
    except MistakesError as error:
        raise pulumi.RunError(str(error)) from None
    pulumi.log.info(f"planned for {now.isoformat(timespec='minutes')}")
    for told in lifted(events, now):
        pulumi.log.warn(f"the {told}")
    found = deployment(stack, events, now)
    for told in upgrade_warnings(found.cluster, found.events, now):
        pulumi.log.warn(told)
    secrets = {key: config.require_secret(key) for key in encrypted}
    monitoring, hubs = build(found, secrets)
    pulumi.export("grafana-admin-password", monitoring.admin_password)
    for hub in hubs:
        for key, password in hub.passwords.items():
            pulumi.export(f"{hub.namespace}-{key}", password)


main()
