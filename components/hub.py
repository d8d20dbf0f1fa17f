"""One JupyterHub: namespace, claims, secrets, account of its users, release."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pulumi
import pulumi_kubernetes as k8s

from components.interface import ClassVolume, HubParts
from components.kept import kept
from components.nightly import nightly_job
from components.release import ReleaseArgs, release
from components.service_tokens import services_secret
from components.sign_in import sign_in_secret
from components.storage import hub_claims, hub_volumes
from hubs.buckets import USERS
from hubs.confinement import POD_SECURITY
from hubs.deployment import Hub
from hubs.values_core import USER_PRIORITY, Budget, user_priority
from hubs.values_database import CONNECTION, DATABASE_SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class JupyterHubArgs:
    """Arguments of `JupyterHub`.

    Attributes:
        hub: What must exist, plain and validated.
        parts: What the cluster has made for it.
        secrets: Secret values by the config key that the hub file refers to.
        tokens: Of its services, by the service's name.
        replace: Names of what config allows to be replaced.
    """

    hub: Hub
    parts: HubParts
    secrets: Mapping[str, pulumi.Output[str]]
    tokens: Mapping[str, pulumi.Output[str]]
    replace: AbstractSet[str] = frozenset()


class JupyterHub(pulumi.ComponentResource):
    """A z2jh release in a namespace of its own, and what it needs there.

    Destroying it keeps the home directories and a database of its cluster; the file that is
    a hub's database otherwise, its list of users, is lost.
    """

    namespace: str
    passwords: Mapping[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: JupyterHubArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Create namespace, claims and secrets, then the release that uses them."""
        # The gate reads these facts; everything else it recomputes from resources.
        super().__init__("readyroom:hub:JupyterHub", name, args.hub.facts, opts)
        hub, parts = args.hub, args.parts
        outside = pulumi.ResourceOptions(parent=self)
        volumes = hub_volumes(name, parts.volumes, outside, args.replace)
        namespace = self._namespace(name, args, volumes)
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        secret = sign_in_secret(name, hub.config, args.secrets, inside, password_of=hub.password_of)
        self.namespace, self.passwords = name, secret.passwords
        needed = [
            *parts.ready,
            *hub_claims(name, parts.volumes, namespace, inside, args.replace),
            *secret.resources,
            services_secret(name, args.tokens, inside),
            *_database(name, args, inside),
            *_users(name, hub, parts, inside),
        ]
        released = release(
            name,
            ReleaseArgs(chart=hub.chart, name=name, namespace=name, values=hub.values, wait=False),
            pulumi.ResourceOptions(parent=self, depends_on=needed),
        )
        if hub.nightly is not None:
            after = pulumi.ResourceOptions(parent=self, depends_on=[released])
            nightly_job(name, hub.nightly, after)
        self.register_outputs({"namespace": name})

    def _namespace(
        self, name: str, args: JupyterHubArgs, volumes: list[pulumi.Resource]
    ) -> k8s.core.v1.Namespace:
        # A claim on a storage class holds the homes itself: its namespace must stay, too.
        holds = any(isinstance(it, ClassVolume) for it in args.parts.volumes.values())
        child = pulumi.ResourceOptions(parent=self, depends_on=volumes)
        keep = kept(child, args.replace) if holds else child
        level = args.hub.pod_security
        told = k8s.meta.v1.ObjectMetaArgs(
            name=name, labels={POD_SECURITY: level} if level is not None else None
        )
        return k8s.core.v1.Namespace(name, metadata=told, opts=keep)


def _database(
    name: str, args: JupyterHubArgs, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create the secret from which a hub reads how it reaches its database, if it has one.

    None of it ever changes, unless another database takes its place; not even where its
    address is unknown in a preview.
    """
    database = args.parts.database
    if database is None:
        return []
    told_once = [] if args.replace else ["stringData"]
    same = pulumi.ResourceOptions(ignore_changes=told_once)
    told = (
        database.host,
        str(database.port),
        database.user,
        database.password,
        database.name,
    )
    secret = k8s.core.v1.Secret(
        f"{name}-database",
        metadata={"name": DATABASE_SECRET, "namespace": name},
        string_data=dict(zip(CONNECTION, told, strict=True)),
        opts=pulumi.ResourceOptions.merge(opts, same),
    )
    return [secret]


def _users(
    name: str, hub: Hub, parts: HubParts, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Create what user servers have together: priority and account; and budgets in an event."""
    found: list[pulumi.Resource] = [
        k8s.scheduling.v1.PriorityClass(
            f"{name}-users",
            metadata={"name": user_priority(hub.config)},
            value=USER_PRIORITY,
            description=f"User servers of {name}: below its core, above placeholders.",
            opts=opts,
        )
    ]
    if hub.config.buckets:
        found.append(
            k8s.core.v1.ServiceAccount(
                f"{name}-users",
                metadata={"name": USERS, "namespace": name, "annotations": parts.identity},
                automount_service_account_token=False,
                opts=opts,
            )
        )
    return found + [_budget(name, budget, opts) for budget in hub.budgets]


def _budget(
    hub: str, budget: Budget, opts: pulumi.ResourceOptions
) -> k8s.policy.v1.PodDisruptionBudget:
    return k8s.policy.v1.PodDisruptionBudget(
        f"{hub}-{budget.name}",
        metadata={"name": budget.name, "namespace": hub},
        spec={
            "min_available": budget.least,
            "selector": {"match_labels": {"component": budget.component}},
            # One that does not run serves nobody, and would hold up its node.
            "unhealthy_pod_eviction_policy": "AlwaysAllow",
        },
        opts=opts,
    )
