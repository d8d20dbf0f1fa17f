"""What a scenario file may say: a cluster, a hub and a crowd, without a stack. Pure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from hubs.fields import Count, MemoryBytes, MilliCpu, Model, Permille, Switch, Text
from hubs.scenario_fields import (
    AmountConfig,
    Natural,
    NumberAbove0,
    Overhead,
    Rate,
    Scan,
    Span,
    Varying,
    VaryingConfig,
    WholeSpan,
    WholeSpanAbove0,
)

_AT_ONCE = VaryingConfig(p50=0, p95=0)


class SpreadArrivalsConfig(Model):
    """How people come: all within a span, or at a rate."""

    within: WholeSpan | None = None
    shape: Literal["uniform", "bell"] | None = Field(
        default=None, description="of within: evenly at random, or seven tenths in the first third"
    )
    rate: Rate | None = Field(default=None, description="users per second, or {users, every}")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len([way for way in self.ways() if way is not None]) != 1:
            msg = f"write exactly one of {self.words()}, such as {{within: 10m}}"
            raise ValueError(msg)
        if self.shape is not None and self.within is None:
            msg = "shape belongs to within, such as {within: 10m, shape: bell}"
            raise ValueError(msg)
        return self

    def ways(self) -> tuple[object, ...]:
        """Return what was written of the ways to come."""
        return self.within, self.rate

    def words(self) -> str:
        """Return the keys of the ways to come."""
        return "within and rate"


class ArrivalsConfig(SpreadArrivalsConfig):
    """How people come: all within a span, at a rate, or exactly at these seconds."""

    times: tuple[Span, ...] | None = Field(
        default=None, min_length=1, description="seconds of every arrival, taken as they are"
    )

    def ways(self) -> tuple[object, ...]:
        """Return what was written of the ways to come."""
        return self.within, self.rate, self.times

    def words(self) -> str:
        """Return the keys of the ways to come."""
        return "within, rate and times"


class CohortConfig(Model):
    """A part of the crowd that comes in its own way."""

    users: Count
    after: WholeSpan = 0
    arrivals: SpreadArrivalsConfig


class StayConfig(Model):
    """How long people stay."""

    hours: NumberAbove0 | None = None
    seconds: WholeSpanAbove0 | None = None
    until_end: Switch = Field(
        default=False, description="counted from the first second for all, not from each arrival"
    )
    spread: Permille = Field(default=0, description="how much a single stay differs, at most")
    logs_out: Permille = Field(default=0, description="of those leaving, who free seats at once")
    cull_timeout: WholeSpan = Field(default=3600, description="after which the others' seats are")

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.hours is None) == (self.seconds is None):
            msg = "write either hours or seconds, such as {hours: 3}"
            raise ValueError(msg)
        return self

    @property
    def length(self) -> int:
        """Return the seconds of a stay."""
        return self.seconds or round((self.hours or 0) * 3600)


class PauseConfig(Model):
    """A break, after which a share comes back to a server that was culled."""

    at: WholeSpan
    lasts: WholeSpanAbove0
    share: Permille


class SeatConfig(Model):
    """What one user server is guaranteed."""

    memory: MemoryBytes
    cpu: MilliCpu


class DaemonsetsConfig(AmountConfig):
    """What runs on every node beside user servers."""

    pods: Natural = 0


class NodeConfig(Model):
    """What a node has: its allocatable, of which daemonsets take a part."""

    memory: MemoryBytes
    cpu: MilliCpu
    pods: Count = 110
    daemonsets: DaemonsetsConfig = DaemonsetsConfig()


class PlaceholdersConfig(Model):
    """Pods that hold room: of so many seats each, or of given resources."""

    replicas: Natural
    seats: Count | None = None
    resources: SeatConfig | None = None

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        if self.seats is not None and self.resources is not None:
            msg = "write either seats or resources, such as {replicas: 32, seats: 1}"
            raise ValueError(msg)
        return self


class AutoscalerConfig(Model):
    """How Cluster Autoscaler looks at the cluster."""

    scan: Scan = Field(default=10, description="seconds between its loops")
    template_overhead: Overhead | None = Field(
        default=None,
        description="what its node template has less than a node, by default 100m of CPU; "
        "a bare whole number from 10 on is millicores",
    )


class LossConfig(Model):
    """Warm nodes that are lost at once."""

    nodes: Count
    at: WholeSpan


class ScenarioFile(Model):
    """A cluster, a hub, and people who come."""

    description: Text | None = None
    source: Text | None = None
    users: Count | None = None
    arrivals: ArrivalsConfig | None = None
    cohorts: tuple[CohortConfig, ...] | None = Field(default=None, min_length=1)
    show_up: Permille = Field(default=1, description="share of the users who come")
    stay: StayConfig | None = None
    pause: PauseConfig | None = None
    seats_per_node: Count | None = None
    seat: SeatConfig | None = None
    node: NodeConfig | None = None
    warm_nodes: Natural = 0
    warm_nodes_age: Span = Field(
        default=17.5, description="for which warm nodes were Ready when the first could come"
    )
    lead: WholeSpan | None = Field(default=None, description="at which warm nodes are asked for")
    minimum_until: WholeSpan | None = Field(
        default=None, description="when warm nodes and placeholders are no longer kept"
    )
    users_before: Natural = 0
    max_nodes: Count | None = None
    placeholders: PlaceholdersConfig | None = None
    autoscaler: AutoscalerConfig = AutoscalerConfig()
    scheduler: Literal["packing", "spreading"] = "packing"
    scheduler_rate: Count = Field(default=50, description="binds per second")
    spawn_limit: Count | None = None
    start_timeout: WholeSpanAbove0 | None = None
    failure_limit: Count = 5
    node_ready: Varying | None = None
    image_pull: Varying = _AT_ONCE
    images: Count = 1
    pre_puller: Switch = True
    pod_start: Span = 0
    scale_down: WholeSpan = 600
    reclaim_hours: NumberAbove0 | None = Field(
        default=None, description="mean life of a spot node; left out, nodes stay"
    )
    lose: LossConfig | None = None
    wait_limit: Span = 60
    node_price: NumberAbove0 | None = Field(default=None, description="dollars an hour, of a node")
    replicas: Count = Field(default=200, description="how many such events are simulated")
    seed: Natural = 1
