"""The values of Grafana: who gets in, what it keeps, that it calls nobody. Pure.

Keys of `grafana.ini` are those of Grafana 13.2, which the chart has.
"""

import re
from collections.abc import Iterable, Sequence

from hubs.cluster import ClusterConfig
from hubs.cluster_parts import GrafanaConfig
from hubs.hub import HubConfig
from hubs.monitoring import (
    GRAFANA,
    GRAFANA_PORT,
    HUB_PORT,
    PROMETHEUS_SERVICE,
    core,
    resources,
)
from hubs.values_access import Values
from hubs.values_groups import group_names

# As JupyterHub names the OAuth client of a service, and what it serves it under.
CLIENT_ID, SUB_PATH = f"service-{GRAFANA}", f"/services/{GRAFANA}"
# What Grafana learns of who signs in: name, whether a hub's admin, groups.
SCOPES = ("read:users:name!user", "read:users:groups!user")
# The Secret that its pod reads, and its keys.
ACCESS_SECRET = "grafana-access"  # noqa: S105 - the name of a Kubernetes Secret, not its content
ADMIN_USER, ADMIN_PASSWORD, SECRET_KEY, CLIENT_SECRET = (
    "admin-user",
    "admin-password",
    "secret-key",
    "client-secret",
)
# No user of a hub has this login: theirs end with the hub's name.
ADMIN_NAME = "admin"
# Provisioned boards know the source of their data by this.
SOURCE_UID = "prometheus"
# A ConfigMap in the namespace of monitoring with this label is a board, in a folder of
# this annotation.
BOARD_LABEL, FOLDER_ANNOTATION = "grafana_dashboard", "grafana_folder"
BOARDS_ROLE = "grafana-boards"
_PLAIN = re.compile(r"[A-Za-z0-9 .:/@_=,+-]")


def grafana_hub(cluster: ClusterConfig, hubs: Iterable[HubConfig]) -> HubConfig | None:
    """Return the hub whose people see the boards; None where nobody signs in."""
    config = cluster.monitoring.grafana
    return next((hub for hub in hubs if config and hub.name == config.hub), None)


def served_at(hub: HubConfig) -> str:
    """Return where people see the boards, without a slash at the end."""
    if hub.address is None:
        raise AssertionError(hub.name)  # a mistake of the stack file, told as it is loaded
    return f"https://{hub.address.host}{SUB_PATH}"


def grafana_values(cluster: ClusterConfig, hub: HubConfig | None) -> Values:
    """Return the values of Grafana.

    Args:
        cluster: Where it runs, and who sees what.
        hub: Whose people sign in by it; None where only its admin does, by a forwarded port.
    """
    return {
        "nodeSelector": core(cluster),
        "resources": resources("50m", "256Mi", "1Gi"),
        "deploymentStrategy": {"type": "Recreate"},
        "persistence": {"enabled": True, "existingClaim": GRAFANA},
        # Its group owns the volume already.
        "initChownData": {"enabled": False},
        "securityContext": {"fsGroupChangePolicy": "OnRootMismatch"},
        "testFramework": {"enabled": False},
        "enableServiceLinks": False,
        "admin": {
            "existingSecret": ACCESS_SECRET,
            "userKey": ADMIN_USER,
            "passwordKey": ADMIN_PASSWORD,
        },
        "envValueFrom": _from_secret(hub),
        "rbac": {"namespaced": True, "useExistingRole": BOARDS_ROLE},
        "sidecar": _boards(),
        "datasources": {"datasources.yaml": {"apiVersion": 1, "datasources": [_source()]}},
        "grafana.ini": _ini(cluster.monitoring.grafana, hub),
    } | _probes(hub)


def _from_secret(hub: HubConfig | None) -> Values:
    found = {"GF_SECURITY_SECRET_KEY": SECRET_KEY}
    if hub is not None:
        found["GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET"] = CLIENT_SECRET
    return {
        variable: {"secretKeyRef": {"name": ACCESS_SECRET, "key": key}}
        for variable, key in found.items()
    }


def _boards() -> Values:
    """Return the sidecar that brings boards; Grafana itself looks for new files."""
    return {
        "resources": resources("10m", "96Mi", "192Mi"),
        "dashboards": {
            "enabled": True,
            "label": BOARD_LABEL,
            "folderAnnotation": FOLDER_ANNOTATION,
            "resource": "configmap",
            # Without it the sidecar would want the admin's password.
            "skipReload": True,
            "provider": {"foldersFromFilesStructure": True},
        },
    }


def _source() -> Values:
    return {
        "name": "Prometheus",
        "uid": SOURCE_UID,
        "type": "prometheus",
        "access": "proxy",
        "url": f"http://{PROMETHEUS_SERVICE}",
        "isDefault": True,
        "editable": False,
        # How often it asks for metrics.
        "jsonData": {"httpMethod": "POST", "timeInterval": "1m"},
    }


def _probes(hub: HubConfig | None) -> Values:
    """Return probes under the path that Grafana is served at: any other one is redirected."""
    if hub is None:
        return {}
    probe: Values = {"httpGet": {"path": f"{SUB_PATH}/api/health"}}
    return {"readinessProbe": probe, "livenessProbe": probe}


def _ini(config: GrafanaConfig | None, hub: HubConfig | None) -> Values:
    found: Values = {
        "analytics": {
            "reporting_enabled": False,
            "check_for_updates": False,
            "check_for_plugin_updates": False,
            "feedback_links_enabled": False,
        },
        "news": {"news_feed_enabled": False},
        "plugins": {
            # What the image brings stays; nothing else is fetched.
            "preinstall_disabled": True,
            "preinstall_auto_update": False,
            "plugin_admin_enabled": False,
            "public_key_retrieval_disabled": True,
        },
        "snapshots": {"external_enabled": False},
        # Else whoever reaches it reads its own metrics.
        "metrics": {"enabled": False},
        "users": {"allow_sign_up": False},
    }
    if config is None or hub is None:
        return found | {
            "server": {"domain": "localhost", "root_url": f"http://localhost:{GRAFANA_PORT}/"},
            "security": {"disable_gravatar": True},
        }
    return found | _by_hub(config, hub)


def _by_hub(config: GrafanaConfig, hub: HubConfig) -> Values:
    address = served_at(hub)
    host = address.removesuffix(SUB_PATH)
    found: Values = {
        "server": {
            "domain": host.removeprefix("https://"),
            "root_url": f"{address}/",
            "serve_from_sub_path": True,
        },
        "security": {"disable_gravatar": True, "cookie_secure": True},
        "auth": {
            "disable_login_form": True,
            "signout_redirect_url": f"{host}/hub/home",
            # So often the hub is asked anew who is in which group.
            "login_maximum_lifetime_duration": "1d",
            # A hub has no `sub` for its users, so that Grafana knows them again by `email`,
            # which is ours: nobody but the hub can say it.
            "oauth_allow_insecure_email_lookup": True,
        },
        "feature_toggles": {"oauthRequireSubClaim": False},
        "auth.generic_oauth": _oauth(config, hub, host),
    }
    if config.public:
        found["auth.anonymous"] = {"enabled": True, "org_role": "Viewer", "hide_version": True}
    return found


def _oauth(config: GrafanaConfig, hub: HubConfig, host: str) -> Values:
    # Where a browser goes it needs the hub's address; Grafana itself stays in the cluster.
    inside = f"http://hub.{hub.name}:{HUB_PORT}/hub/api"
    # Another hub's people are others, whatever they are called there.
    known_by = f"join('@', [name, '{hub.name}'])"
    admins = group_names(hub.sign_in, config.admins)
    editors = group_names(hub.sign_in, config.editors)
    return {
        "enabled": True,
        "name": "JupyterHub",
        "auto_login": True,
        "allow_sign_up": True,
        "client_id": CLIENT_ID,
        "scopes": " ".join(SCOPES),
        "auth_url": f"{host}/hub/api/oauth2/authorize",
        "token_url": f"{inside}/oauth2/token",
        "api_url": f"{inside}/user",
        # The hub reads a client's secret from the body alone.
        "auth_style": "InParams",
        "login_attribute_path": known_by,
        "email_attribute_path": known_by,
        "name_attribute_path": "name",
        "role_attribute_path": role_path(admins, editors),
        "role_attribute_strict": True,
        "allow_assign_grafana_admin": False,
    }


def role_path(admins: Sequence[str], editors: Sequence[str]) -> str:
    """Return the JMESPath by which Grafana finds a role in what a hub says of a user."""
    rules = [f"({' || '.join(['admin', *map(_member, admins)])}) && 'Admin'"]
    if editors:
        rules.append(f"({' || '.join(map(_member, editors))}) && 'Editor'")
    return " || ".join([*rules, "'Viewer'"])


def _member(group: str) -> str:
    """Return the condition of a group, in a form that neither Helm nor an INI file changes."""
    written = "".join(it if _PLAIN.fullmatch(it) else _escaped(it) for it in group)
    return f'contains(groups, `"{written}"`)'


def _escaped(character: str) -> str:
    """Return a character as JSON writes it in ASCII: its halves in UTF-16, by their numbers."""
    halves = character.encode("utf-16-be")
    return "".join(f"\\u{halves[at : at + 2].hex()}" for at in range(0, len(halves), 2))
