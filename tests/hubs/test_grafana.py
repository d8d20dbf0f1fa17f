"""The whole of the values of Grafana, and which role a hub's people have in it."""

import re
from collections.abc import Sequence
from typing import Any

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from hubs.cluster import ClusterConfig
from hubs.grafana import grafana_hub, grafana_values, role_path
from hubs.hub import HubConfig

Raw = dict[str, object]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
CORE = {"hub.jupyter.org/node-purpose": "core"}
ADDRESS = {"host": "lab.example.org", "contact": "teacher@example.org"}
GITHUB: Raw = {
    "kind": "github",
    "clientId": "a-client",
    "clientSecret": {"secret": "aSecret"},
    "organizations": ["School"],
    "admins": ["first"],
}
SECRET = {"name": "grafana-access"}
# What Helm's templates, Grafana's expansions or an INI file would make something else of.
CHANGED_ON_THE_WAY = re.compile(r"[^ -~]|[#;$%{}]")


def seen_by(hub: Raw, cluster: Raw, **grafana: object) -> dict[str, Any]:
    """Return the values of a Grafana whose boards people of a hub see."""
    config = HubConfig.model_validate(hub | {"address": ADDRESS})
    wanted = {"monitoring": {"grafana": {"hub": config.name} | grafana}}
    parsed = CLUSTER.validate_python(cluster | wanted)
    return grafana_values(parsed, grafana_hub(parsed, [config]))


@pytest.mark.parametrize(("provider", "core"), [("gke", CORE), ("eks", CORE), ("existing", {})])
def test_without_sign_in_grafana_is_for_its_admin_at_a_forwarded_port(
    provider: str, core: dict[str, str], request: pytest.FixtureRequest
) -> None:
    cluster = CLUSTER.validate_python(request.getfixturevalue(provider))

    assert grafana_values(cluster, None) == {
        "nodeSelector": core,
        "resources": {
            "requests": {"cpu": "50m", "memory": "256Mi"},
            "limits": {"memory": "1Gi"},
        },
        "deploymentStrategy": {"type": "Recreate"},
        "persistence": {"enabled": True, "existingClaim": "grafana"},
        "initChownData": {"enabled": False},
        "securityContext": {"fsGroupChangePolicy": "OnRootMismatch"},
        "testFramework": {"enabled": False},
        "enableServiceLinks": False,
        "admin": {
            "existingSecret": "grafana-access",
            "userKey": "admin-user",
            "passwordKey": "admin-password",
        },
        "envValueFrom": {
            "GF_SECURITY_SECRET_KEY": {"secretKeyRef": SECRET | {"key": "secret-key"}}
        },
        "rbac": {"namespaced": True, "useExistingRole": "grafana-boards"},
        "sidecar": {
            "resources": {
                "requests": {"cpu": "10m", "memory": "96Mi"},
                "limits": {"memory": "192Mi"},
            },
            "dashboards": {
                "enabled": True,
                "label": "grafana_dashboard",
                "folderAnnotation": "grafana_folder",
                "resource": "configmap",
                "skipReload": True,
                "provider": {"foldersFromFilesStructure": True},
            },
        },
        "datasources": {
            "datasources.yaml": {
                "apiVersion": 1,
                "datasources": [
                    {
                        "name": "Prometheus",
                        "uid": "prometheus",
                        "type": "prometheus",
                        "access": "proxy",
                        "url": "http://prometheus-server",
                        "isDefault": True,
                        "editable": False,
                        "jsonData": {"httpMethod": "POST", "timeInterval": "1m"},
                    }
                ],
            }
        },
        "grafana.ini": {
            "analytics": {
                "reporting_enabled": False,
                "check_for_updates": False,
                "check_for_plugin_updates": False,
                "feedback_links_enabled": False,
            },
            "news": {"news_feed_enabled": False},
            "plugins": {
                "preinstall_disabled": True,
                "preinstall_auto_update": False,
                "plugin_admin_enabled": False,
                "public_key_retrieval_disabled": True,
            },
            "snapshots": {"external_enabled": False},
            "metrics": {"enabled": False},
            "users": {"allow_sign_up": False},
            "server": {"domain": "localhost", "root_url": "http://localhost:3000/"},
            "security": {"disable_gravatar": True},
        },
    }


def test_people_of_a_hub_sign_in_by_it_under_its_address(hub: Raw, gke: Raw) -> None:
    found = seen_by(hub | {"signIn": GITHUB}, gke, admins=["School:Ops"], editors=["School:TAs"])
    without = grafana_values(CLUSTER.validate_python(gke), None)

    changed = {key: it for key, it in found.items() if without.get(key) != it}
    ini = changed.pop("grafana.ini")
    probe = {"httpGet": {"path": "/services/grafana/api/health"}}
    assert changed == {
        "envValueFrom": {
            "GF_SECURITY_SECRET_KEY": {"secretKeyRef": SECRET | {"key": "secret-key"}},
            "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET": {
                "secretKeyRef": SECRET | {"key": "client-secret"}
            },
        },
        "readinessProbe": probe,
        "livenessProbe": probe,
    }
    usual = without["grafana.ini"]
    assert isinstance(usual, dict)
    assert {key: it for key, it in ini.items() if usual.get(key) != it} == {
        "server": {
            "domain": "lab.example.org",
            "root_url": "https://lab.example.org/services/grafana/",
            "serve_from_sub_path": True,
        },
        "security": {"disable_gravatar": True, "cookie_secure": True},
        "auth": {
            "disable_login_form": True,
            "signout_redirect_url": "https://lab.example.org/hub/home",
            "login_maximum_lifetime_duration": "1d",
            "oauth_allow_insecure_email_lookup": True,
        },
        "feature_toggles": {"oauthRequireSubClaim": False},
        "auth.generic_oauth": {
            "enabled": True,
            "name": "JupyterHub",
            "auto_login": True,
            "allow_sign_up": True,
            "client_id": "service-grafana",
            "scopes": "read:users:name!user read:users:groups!user",
            "auth_url": "https://lab.example.org/hub/api/oauth2/authorize",
            "token_url": "http://hub.lab:8081/hub/api/oauth2/token",
            "api_url": "http://hub.lab:8081/hub/api/user",
            "auth_style": "InParams",
            "login_attribute_path": "join('@', [name, 'lab'])",
            "email_attribute_path": "join('@', [name, 'lab'])",
            "name_attribute_path": "name",
            # A hub writes teams of GitHub in lower case.
            "role_attribute_path": (
                "(admin || contains(groups, `\"school:ops\"`)) && 'Admin' || "
                "(contains(groups, `\"school:tas\"`)) && 'Editor' || 'Viewer'"
            ),
            "role_attribute_strict": True,
            "allow_assign_grafana_admin": False,
        },
    }
    assert [key for key in usual if key not in ini] == []


def test_the_public_sees_boards_where_the_stack_says_so(hub: Raw, gke: Raw) -> None:
    closed, public = (seen_by(hub, gke, public=it)["grafana.ini"] for it in (False, True))

    assert public == closed | {
        "auth.anonymous": {"enabled": True, "org_role": "Viewer", "hide_version": True}
    }


def test_the_order_of_groups_changes_nothing(hub: Raw, gke: Raw) -> None:
    one = seen_by(hub, gke, admins=["a", "b"], editors=["c", "d"])
    other = seen_by(hub, gke, admins=["b", "a"], editors=["d", "c"])

    assert one == other


@pytest.mark.parametrize(("named", "found"), [("lab", "lab"), ("other", None)])
def test_boards_are_shown_by_the_hub_that_the_stack_names(
    hub: Raw, gke: Raw, named: str, found: str | None
) -> None:
    cluster = CLUSTER.validate_python(gke | {"monitoring": {"grafana": {"hub": named}}})
    shown = grafana_hub(cluster, [HubConfig.model_validate(hub)])

    assert (shown.name if shown else None) == found


def test_boards_are_shown_by_no_hub_where_the_stack_names_none(hub: Raw, gke: Raw) -> None:
    config = HubConfig.model_validate(hub)

    assert grafana_hub(CLUSTER.validate_python(gke), [config]) is None


def test_a_hub_without_an_address_cannot_show_boards(hub: Raw, gke: Raw) -> None:
    cluster = CLUSTER.validate_python(gke | {"monitoring": {"grafana": {"hub": "lab"}}})

    with pytest.raises(AssertionError, match=r"^lab$"):
        grafana_values(cluster, HubConfig.model_validate(hub))


def role(groups: Sequence[str], *, admin: bool, path: str) -> object:
    """Return the role of a user of whom the hub says this."""
    found: Any = jmespath.search(path, {"name": "one", "admin": admin, "groups": list(groups)})
    return found


@pytest.mark.parametrize(
    ("groups", "admin", "expected"),
    [
        ([], False, "Viewer"),
        (["students"], False, "Viewer"),
        ([], True, "Admin"),
        (["teachers"], True, "Admin"),
        (["ops"], False, "Admin"),
        (["teachers"], False, "Editor"),
        (["students", "teachers", "ops"], False, "Admin"),
        # A part of a name is not the name.
        (["ops-students", "teacher"], False, "Viewer"),
    ],
)
def test_a_role_follows_from_groups_and_a_hubs_admins_have_the_highest(
    groups: list[str], *, admin: bool, expected: str
) -> None:
    assert role(groups, admin=admin, path=role_path(["ops"], ["teachers"])) == expected


@pytest.mark.parametrize(("admin", "expected"), [(True, "Admin"), (False, "Viewer")])
def test_without_groups_there_are_admins_and_viewers(*, admin: bool, expected: str) -> None:
    assert role_path([], []) == "(admin) && 'Admin' || 'Viewer'"
    assert role(["any"], admin=admin, path=role_path([], [])) == expected


@pytest.mark.parametrize(
    ("group", "written"),
    [
        ("/teachers", "/teachers"),
        ("cn=ops,ou=hub", "cn=ops,ou=hub"),
        ("urn:mace:x#aai", r"urn:mace:x\u0023aai"),
        ("a`b'c\"d\\e", r"a\u0060b\u0027c\u0022d\u005ce"),
        ("${HOME};{{x}}", r"\u0024\u007bHOME\u007d\u003b\u007b\u007bx\u007d\u007d"),
        ("été", r"\u00e9t\u00e9"),
        ("\U0001f600", r"\ud83d\ude00"),
    ],
)
def test_a_group_of_any_name_reaches_grafana_as_it_is(group: str, written: str) -> None:
    path = role_path([], [group])

    assert (
        path == f"(admin) && 'Admin' || (contains(groups, `\"{written}\"`)) && 'Editor' || 'Viewer'"
    )
    assert role([group], admin=False, path=path) == "Editor"


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(admins=st.lists(names), editors=st.lists(names), own=st.lists(names))
def test_nothing_on_the_way_to_grafana_changes_a_rule(
    admins: list[str], editors: list[str], own: list[str]
) -> None:
    path = role_path(admins, editors)
    expected = "Viewer"
    if set(own) & set(editors):
        expected = "Editor"
    if set(own) & set(admins):
        expected = "Admin"

    assert CHANGED_ON_THE_WAY.findall(path) == []
    assert role(own, admin=False, path=path) == expected
