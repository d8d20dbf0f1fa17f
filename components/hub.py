"""One JupyterHub: namespace, home claim, sign-in secret, release."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
import pulumi_kubernetes as k8s

from components.interface import HomeShare
from components.release import release
from components.sign_in import sign_in_secret
from components.storage import home_claim
from hubs.deployment import Hub
from hubs.monitoring import JUPYTERHUB


@dataclass(frozen=True, slots=True, kw_only=True)
class JupyterHubArgs:
    """Arguments of `JupyterHub`.

    Attributes:
        hub: What must exist, plain and validated.
        homes: Where home directories live.
        secrets: Secret values by the config key that the hub file refers to.
    """

    hub: Hub
    homes: HomeShare
    secrets: Mapping[str, pulumi.Output[str]]


class JupyterHub(pulumi.ComponentResource):
    """A z2jh release in a namespace of its own.

    Destroying it keeps the home directories, and loses the hub's list of users.
    """

    namespace: str
    password: pulumi.Output[str] | None

    def __init__(
        self, name: str, args: JupyterHubArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Create namespace, claim and secret, then the release that uses them."""
        # The gate reads these facts; everything else it recomputes from resources.
        super().__init__("readyroom:hub:JupyterHub", name, args.hub.facts, opts)
        child = pulumi.ResourceOptions(parent=self)
        namespace = k8s.core.v1.Namespace(name, metadata={"name": name}, opts=child)
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        claim = home_claim(name, args.homes, inside)
        secret = sign_in_secret(name, args.hub.config, args.secrets, inside)
        self.namespace, self.password = name, secret.user_password
        release(
            name,
            chart=replace(JUPYTERHUB, version=args.hub.config.chart_version),
            release_name=name,
            namespace=name,
            values=args.hub.values,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[claim, *secret.resources]),
        )
        self.register_outputs({"namespace": name})
