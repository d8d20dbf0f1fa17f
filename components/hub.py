"""One JupyterHub: namespace, home claim, sign-in secret, release."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pulumi
import pulumi_kubernetes as k8s

from components.interface import HomeShare, retained
from components.release import ReleaseArgs, release
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
    passwords: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: JupyterHubArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Create namespace, claim and secret, then the release that uses them."""
        # The gate reads these facts; everything else it recomputes from resources.
        super().__init__("readyroom:hub:JupyterHub", name, args.hub.facts, opts)
        child = pulumi.ResourceOptions(parent=self)
        # A claim on a storage class holds the homes itself: its namespace must stay, too.
        keep = retained() if args.homes.storage_class else None
        namespace = k8s.core.v1.Namespace(
            name, metadata={"name": name}, opts=pulumi.ResourceOptions.merge(child, keep)
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        claim = home_claim(name, args.homes, namespace, inside)
        secret = sign_in_secret(name, args.hub.config, args.secrets, inside)
        self.namespace, self.passwords = name, secret.passwords
        release(
            name,
            ReleaseArgs(
                chart=replace(JUPYTERHUB, version=args.hub.config.chart_version),
                name=name,
                namespace=name,
                values=args.hub.values,
                wait=False,
            ),
            pulumi.ResourceOptions(parent=self, depends_on=[claim, *secret.resources]),
        )
        self.register_outputs({"namespace": name})
