"""What a stack file may say of an event. Pure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from capacity.quantities import show_memory
from hubs.fields import (
    Count,
    DateText,
    DnsLabel,
    MemoryBytes,
    MilliCpu,
    Model,
    Moment,
    Permille,
    Seconds,
    Text,
    ZoneName,
    duration,
)

Kind = Literal["workshop", "exam", "class"]


class SeatConfig(Model):
    """What one user server is promised; limits equal the guarantee unless given."""

    memory: MemoryBytes
    cpu: MilliCpu
    memory_limit: MemoryBytes | None = None
    cpu_limit: MilliCpu | None = None

    @property
    def limits(self) -> tuple[int, int]:
        """Return the limits of memory in bytes and of CPU in millicpu."""
        return self.memory_limit or self.memory, self.cpu_limit or self.cpu

    @model_validator(mode="after")
    def _limits_cover(self) -> Self:
        if self.memory_limit is not None and self.memory_limit < self.memory:
            limit, memory = show_memory(self.memory_limit), show_memory(self.memory)
            msg = f"memoryLimit {limit} is below memory {memory}; raise it"
            raise ValueError(msg)
        if self.cpu_limit is not None and self.cpu_limit < self.cpu:
            msg = f"cpuLimit {self.cpu_limit}m is below cpu {self.cpu}m; raise it"
            raise ValueError(msg)
        return self


class RateConfig(Model):
    """So many users in so much time."""

    users: Count
    every: Seconds


class ArrivalsConfig(Model):
    """How users come: all within a span, or at a rate. Exactly one of the two."""

    within: Seconds | None = None
    rate: RateConfig | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.within is None) == (self.rate is None):
            msg = "write either within or rate, such as {within: 10m}"
            raise ValueError(msg)
        return self

    def seconds(self, users: int) -> int:
        """Return the seconds in which so many users come, rounded down."""
        if self.rate is not None:
            return max(users * self.rate.every // self.rate.users, 1)
        return self.within or 1


class SessionConfig(Model):
    """One session, or several that repeat at the same local hours."""

    starts: Moment
    ends: Moment
    repeats: Literal["daily", "weekly"] | None = None
    until: DateText | None = None
    cohort: Text | None = Field(default=None, description="who, such as extra time")

    @model_validator(mode="after")
    def _repeats_end(self) -> Self:
        if (self.repeats is None) != (self.until is None):
            msg = 'repeats and until belong together, such as {repeats: daily, until: "2026-06-19"}'
            raise ValueError(msg)
        return self


class PlaceholdersConfig(Model):
    """Placeholders as the file's author wants them, instead of derived ones."""

    replicas: Count
    memory: MemoryBytes
    cpu: MilliCpu


class EventPoolConfig(Model):
    """Overrides of the event's own pool."""

    machine_type: Text | None = None
    warm_nodes: Count | None = None
    max_nodes: Count | None = None


class UsersPerNodeConfig(Model):
    """Fewer users per node than the rule of 4 allows, declared."""

    min: Count


class EventConfig(Model):
    """People coming to one hub."""

    name: DnsLabel
    hub: DnsLabel
    kind: Kind
    users: Count
    seat: SeatConfig
    arrivals: ArrivalsConfig
    timezone: ZoneName
    sessions: tuple[SessionConfig, ...] = Field(min_length=1)
    waiting_share: Permille | None = None
    wait_limit: Seconds = duration("60s", "time after which a user counts as waiting")
    node_ready: Seconds | None = None
    drain: Seconds | None = None
    users_per_node: UsersPerNodeConfig | None = None
    pool: EventPoolConfig = EventPoolConfig()
    placeholders: PlaceholdersConfig | None = None
    engineers: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _exams_wait_for_nobody(self) -> Self:
        if self.kind == "exam" and self.waiting_share:
            share = f"{self.waiting_share / 1000:g}"
            msg = f"waitingShare {share} in an exam, where nobody waits; leave it out"
            raise ValueError(msg)
        return self
