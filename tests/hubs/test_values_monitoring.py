"""What of monitoring lies in a hub's own values, and what JupyterHub itself makes of it."""

from typing import Any

import pytest
from jupyterhub.app import JupyterHub
from jupyterhub.roles import get_default_roles
from jupyterhub.scopes import scope_definitions
from jupyterhub.services.service import Service
from pydantic import TypeAdapter
from traitlets.config import Config

from hubs.cluster import ClusterConfig
from hubs.grafana import CLIENT_ID, SUB_PATH, grafana_hub, grafana_values
from hubs.hub import HubConfig
from hubs.values_monitoring import hub_part

Raw = dict[str, Any]

CLUSTER: TypeAdapter[ClusterConfig] = TypeAdapter(ClusterConfig)
NAMESPACE = {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}
PROMETHEUS = {"app.kubernetes.io/name": "prometheus", "app.kubernetes.io/component": "server"}
GRAFANA = {"app.kubernetes.io/name": "grafana"}


def hub_values(config: HubConfig, cluster: ClusterConfig) -> Raw:
    """Return the `hub` values of our part."""
    found: Raw = hub_part(config, cluster)
    return found["hub"]


def peer(labels: dict[str, str]) -> Raw:
    """Return a peer of a network policy."""
    return {"namespaceSelector": NAMESPACE, "podSelector": {"matchLabels": labels}}


def ports(port: int) -> list[Raw]:
    """Return the ports of a rule of a network policy."""
    return [{"port": port, "protocol": "TCP"}]


def token_of(service: str) -> Raw:
    """Return an environment variable that comes from the secret of a hub's services."""
    return {"valueFrom": {"secretKeyRef": {"name": "services", "key": service}}}


@pytest.fixture
def config(hub: Raw) -> HubConfig:
    """A hub with an address."""
    address = {"host": "lab.example.org", "contact": "teacher@example.org"}
    return HubConfig.model_validate(hub | {"address": address})


@pytest.fixture
def cluster(gke: Raw) -> ClusterConfig:
    """A cluster where people of that hub see the boards."""
    return CLUSTER.validate_python(gke | {"monitoring": {"grafana": {"hub": "lab"}}})


@pytest.mark.parametrize("grafana", [None, {"hub": "other"}])
def test_prometheus_is_a_service_of_every_hub(
    config: HubConfig, gke: Raw, grafana: Raw | None
) -> None:
    cluster = CLUSTER.validate_python(gke | {"monitoring": {"grafana": grafana}})
    found: Raw = hub_part(config, cluster)

    text = found["hub"].pop("extraConfig")
    assert list(text) == ["20-services"]
    assert found == {
        "hub": {
            "service": {"annotations": {"prometheus.io/scrape": "false"}},
            "services": {"prometheus": {"name": "prometheus"}},
            "loadRoles": {"prometheus": {"scopes": ["read:metrics"], "services": ["prometheus"]}},
            "extraEnv": {"SERVICE_TOKEN_PROMETHEUS": token_of("prometheus")},
            "networkPolicy": {"ingress": [{"from": [peer(PROMETHEUS)], "ports": ports(8081)}]},
        }
    }


def test_grafana_is_a_service_of_the_hub_whose_people_see_it(
    config: HubConfig, cluster: ClusterConfig
) -> None:
    found: Raw = hub_part(config, cluster)

    to_grafana = {"to": [peer(GRAFANA)], "ports": ports(3000)}
    found["hub"].pop("extraConfig")
    assert found == {
        "hub": {
            "service": {"annotations": {"prometheus.io/scrape": "false"}},
            "services": {
                "prometheus": {"name": "prometheus"},
                "grafana": {
                    "name": "grafana",
                    "url": "http://grafana.monitoring",
                    "oauth_redirect_uri": (
                        "https://lab.example.org/services/grafana/login/generic_oauth"
                    ),
                    "oauth_client_allowed_scopes": [
                        "read:users:name!user",
                        "read:users:groups!user",
                    ],
                    "oauth_no_confirm": True,
                },
            },
            "loadRoles": {
                "prometheus": {"scopes": ["read:metrics"], "services": ["prometheus"]},
                "user": {"scopes": ["self", "access:services!service=grafana"]},
            },
            "extraEnv": {
                "SERVICE_TOKEN_PROMETHEUS": token_of("prometheus"),
                "SERVICE_TOKEN_GRAFANA": token_of("grafana"),
            },
            "networkPolicy": {
                "ingress": [
                    {"from": [peer(PROMETHEUS)], "ports": ports(8081)},
                    {"from": [peer(GRAFANA)], "ports": ports(8081)},
                ],
                "egress": [to_grafana],
            },
        },
        "proxy": {"chp": {"networkPolicy": {"egress": [to_grafana]}}},
    }


@pytest.fixture
def services(
    config: HubConfig, cluster: ClusterConfig, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Raw]:
    """The services of a hub, as the chart's `jupyterhub_config.py` and our part of it list them."""
    monkeypatch.setenv("SERVICE_TOKEN_PROMETHEUS", "of-prometheus")
    monkeypatch.setenv("SERVICE_TOKEN_GRAFANA", "of-grafana")
    part = hub_values(config, cluster)
    found = Config()
    # Source: zero-to-jupyterhub-k8s 4.4.0, files/hub/jupyterhub_config.py; another of the hub's
    # services keeps what the chart gives it.
    known = part["services"] | {"nightly-cull": {}}
    found.JupyterHub.services = [
        service | {"name": name, "api_token": "of-the-chart"} for name, service in known.items()
    ]
    for _, text in sorted(part["extraConfig"].items()):
        exec(text, {"c": found})  # noqa: S102 - the hub runs it just so
    listed: list[Raw] = found.JupyterHub.services
    return {service["name"]: service for service in listed}


def test_services_that_others_are_have_a_token_that_others_know(services: dict[str, Raw]) -> None:
    assert {name: service["api_token"] for name, service in services.items()} == {
        "prometheus": "of-prometheus",
        "grafana": "of-grafana",
        "nightly-cull": "of-the-chart",
    }


def test_jupyterhub_knows_every_word_of_a_service(
    services: dict[str, Raw], config: HubConfig, cluster: ClusterConfig
) -> None:
    made = Service(parent=JupyterHub(), base_url="/", **services["grafana"])
    settings: Raw = grafana_values(cluster, grafana_hub(cluster, [config]))
    oauth = settings["grafana.ini"]["auth.generic_oauth"]

    words = Service.class_traits(input=True)
    assert [word for word in services["grafana"] if word not in words] == []
    assert made.prefix == f"{SUB_PATH}/"
    assert made.oauth_client_id == oauth["client_id"] == CLIENT_ID
    assert oauth["scopes"].split() == made.oauth_client_allowed_scopes
    assert settings["grafana.ini"]["server"]["root_url"].endswith(made.prefix)


def test_jupyterhub_knows_every_scope_and_users_keep_theirs(
    config: HubConfig, cluster: ClusterConfig
) -> None:
    part = hub_values(config, cluster)
    scopes = [
        *part["services"]["grafana"]["oauth_client_allowed_scopes"],
        *(scope for one in part["loadRoles"].values() for scope in one["scopes"]),
    ]
    [usual] = [one["scopes"] for one in get_default_roles() if one["name"] == "user"]

    assert [scope for scope in scopes if scope.split("!")[0] not in scope_definitions] == []
    assert part["loadRoles"]["user"]["scopes"] == [*usual, "access:services!service=grafana"]
