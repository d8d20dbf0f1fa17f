"""Tokens by which Prometheus and Grafana know a hub, and the secrets that they are in."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_kubernetes as k8s
import pulumi_random as random

from hubs.grafana import (
    ACCESS_SECRET,
    ADMIN_NAME,
    ADMIN_PASSWORD,
    ADMIN_USER,
    CLIENT_SECRET,
    SECRET_KEY,
)
from hubs.hub import HubConfig
from hubs.monitoring import GRAFANA, HUB_TOKENS, PROMETHEUS
from hubs.names import MONITORING
from hubs.values_monitoring import SERVICES_SECRET

# Of each hub, by the hub's name: the token of each service, by the service's name.
Tokens = Mapping[str, Mapping[str, pulumi.Output[str]]]
_LENGTH, _PASSWORD_LENGTH = 64, 32


def service_tokens(
    hubs: Sequence[HubConfig], shown: HubConfig | None, opts: pulumi.ResourceOptions
) -> Tokens:
    """Create the tokens of every hub's services.

    Args:
        hubs: All; each has a token for Prometheus.
        shown: The one under whose address Grafana is, if any; its token is what Grafana proves
            itself by when somebody signs in.
        opts: Of every resource.
    """
    found: dict[str, Mapping[str, pulumi.Output[str]]] = {}
    for hub in hubs:
        services = [PROMETHEUS, *([GRAFANA] if hub is shown else [])]
        found[hub.name] = {
            service: _password(f"{hub.name}-{service}-token", _LENGTH, opts) for service in services
        }
    return found


def services_secret(
    hub: str, tokens: Mapping[str, pulumi.Output[str]], opts: pulumi.ResourceOptions
) -> k8s.core.v1.Secret:
    """Create the secret from which a hub reads the tokens of its services."""
    return _secret(f"{hub}-services", SERVICES_SECRET, hub, tokens, opts)


def hub_tokens_secret(
    name: str, tokens: Tokens, opts: pulumi.ResourceOptions
) -> k8s.core.v1.Secret:
    """Create the secret from which Prometheus reads a token for every hub.

    It is one for all, so that another hub does not start Prometheus again.
    """
    content = {hub: services[PROMETHEUS] for hub, services in tokens.items()}
    return _secret(f"{name}-{HUB_TOKENS}", HUB_TOKENS, MONITORING, content, opts)


def access_secret(
    name: str, tokens: Tokens, shown: HubConfig | None, opts: pulumi.ResourceOptions
) -> tuple[k8s.core.v1.Secret, pulumi.Output[str]]:
    """Create what Grafana's pod reads, and return its admin's password, too.

    The chart's key for what Grafana encrypts in its database is known to everybody.
    """
    password = _password(f"{name}-{GRAFANA}-admin", _PASSWORD_LENGTH, opts)
    content: dict[str, pulumi.Input[str]] = {
        ADMIN_USER: ADMIN_NAME,
        ADMIN_PASSWORD: password,
        SECRET_KEY: _password(f"{name}-{GRAFANA}-key", _PASSWORD_LENGTH, opts),
    }
    if shown is not None:
        content[CLIENT_SECRET] = tokens[shown.name][GRAFANA]
    return _secret(f"{name}-{ACCESS_SECRET}", ACCESS_SECRET, MONITORING, content, opts), password


def _password(logical: str, length: int, opts: pulumi.ResourceOptions) -> pulumi.Output[str]:
    return random.RandomPassword(logical, length=length, special=False, opts=opts).result


def _secret(
    logical: str,
    name: str,
    namespace: str,
    content: Mapping[str, pulumi.Input[str]],
    opts: pulumi.ResourceOptions,
) -> k8s.core.v1.Secret:
    return k8s.core.v1.Secret(
        logical,
        metadata={"name": name, "namespace": namespace},
        string_data=content,
        opts=opts,
    )
