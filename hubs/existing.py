"""What a stack file may say of a cluster that exists already. Pure."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from hubs.cluster_parts import Capacity, ClusterPart, SecretRef
from hubs.fields import Count, MemoryBytes, MilliCpu, Model, Text, like


class NodeAmount(Model):
    """Resources of one node."""

    memory: MemoryBytes
    cpu: MilliCpu
    pods: Count = 110


class DeclaredNodes(Model):
    """Nodes that exist already: how many, and what each leaves to users or is sold with."""

    count: Count
    left: NodeAmount | None = Field(
        default=None, description="what users may have once hubs and monitoring run, too"
    )
    sold: NodeAmount | None = Field(
        default=None, description="what the machine has; the rest is taken off"
    )
    labels: dict[Text, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.left is None) == (self.sold is None):
            msg = "write either left or sold, such as left: {memory: 14Gi, cpu: 3.5}"
            raise ValueError(msg)
        return self


class ExistingHomesConfig(Capacity):
    """The home directories on a storage class that many nodes may mount, or on an NFS server."""

    storage_class: Text | None = None
    server: Text | None = Field(default=None, description="address of an NFS server")
    path: Annotated[
        Text, AfterValidator(like("/.*", "what the server exports, such as /homes"))
    ] = "/"
    throughput: Count | None = Field(
        default=None, description="MiB/s that reads and writes share, for events with storage"
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.storage_class is None) == (self.server is None):
            msg = "write either storageClass or server, such as {server: 192.0.2.10, path: /homes}"
            raise ValueError(msg)
        return self


class PostgresConfig(Model):
    """A PostgreSQL server that exists already, with a database for every hub that wants one."""

    host: Text
    port: Count = 5432
    user: Text
    password: SecretRef


class ExistingConfig(ClusterPart):
    """A cluster that exists already, by a kubeconfig."""

    provider: Literal["existing"]
    context: Text | None = Field(default=None, description="default: the current context")
    kubeconfig: SecretRef | None = Field(default=None, description="default: the ambient one")
    nodes: DeclaredNodes
    homes: ExistingHomesConfig
    database: PostgresConfig | None = None
    storage_class: Text | None = Field(
        default=None, description="of databases and metrics; default: the cluster's own"
    )
    service: Literal["ClusterIP", "NodePort", "LoadBalancer"] = Field(
        default="ClusterIP", description="how a hub's proxy is reached"
    )
    ingress_class: Text | None = Field(
        default=None, description="of an ingress for every hub that has an address"
    )
