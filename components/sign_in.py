"""The Kubernetes Secret from which a hub reads what its sign-in needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_kubernetes as k8s
import pulumi_random as random

from hubs.hub import HubConfig
from hubs.sign_in import OAuthClient, SharedPasswordConfig
from hubs.values_access import ADMIN_PASSWORD, CLIENT_SECRET, SECRET_NAME, USER_PASSWORD

# JupyterHub's shared-password authenticator wants at least 8 characters for users and 32
# for admins. Source: jupyterhub/jupyterhub authenticators/shared.py, 5.5.
_LENGTHS = {USER_PASSWORD: 12, ADMIN_PASSWORD: 32}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSecret:
    """What a release depends on, and the generated passwords by their key."""

    resources: list[pulumi.Resource] = field(default_factory=list[pulumi.Resource])
    passwords: Mapping[str, pulumi.Output[str]] = field(
        default_factory=dict[str, pulumi.Output[str]]
    )


def sign_in_secret(
    name: str,
    hub: HubConfig,
    secrets: Mapping[str, pulumi.Output[str]],
    opts: pulumi.ResourceOptions,
    *,
    password_of: str,
) -> SignInSecret:
    """Create the secret of a sign-in that has one.

    Args:
        name: The hub's name, which is its namespace's, too.
        hub: What its file says.
        secrets: Secret values by the config key that the hub file refers to.
        opts: Of every resource.
        password_of: The event for which passwords are generated; another one has others.
    """
    if isinstance(hub.sign_in, OAuthClient):
        content = {CLIENT_SECRET: secrets[hub.sign_in.client_secret.secret]}
        return SignInSecret(resources=[_secret(name, content, opts)])
    if not isinstance(hub.sign_in, SharedPasswordConfig):
        return SignInSecret()
    passwords = {
        key: random.RandomPassword(
            f"{name}-{key}",
            length=length,
            special=False,
            keepers={"event": password_of},
            opts=opts,
        ).result
        for key, length in _LENGTHS.items()
    }
    return SignInSecret(resources=[_secret(name, passwords, opts)], passwords=passwords)


def _secret(
    name: str, content: dict[str, pulumi.Output[str]], opts: pulumi.ResourceOptions
) -> k8s.core.v1.Secret:
    return k8s.core.v1.Secret(
        f"{name}-sign-in",
        metadata={"name": SECRET_NAME, "namespace": name},
        string_data=content,
        opts=opts,
    )
