"""What a stack file may say of an event. Pure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from capacity.crowds import (
    Bell,
    Cohort,
    Cohorts,
    Poisson,
    Recorded,
    Uniform,
    is_counter,
    last_arrival,
    of_series,
)
from capacity.quantities import show_memory
from hubs.fields import (
    Cidr,
    Count,
    DateText,
    DnsLabel,
    MemoryBytes,
    MilliCpu,
    Model,
    Moment,
    Offset,
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


# A day: later arrivals belong to another session.
_LONGEST_WAY_IN = 86_400


class CohortConfig(Model):
    """A part of the users that comes in its own time."""

    users: Count
    within: Seconds
    after: Seconds | None = Field(default=None, description="time after the session starts")


class ArrivalsConfig(Model):
    """How users come. Exactly one of within, rate, recorded, series and cohorts."""

    within: Seconds | None = None
    shape: Literal["uniform", "bell"] | None = Field(
        default=None, description="of within: evenly, or 70 % in the first third"
    )
    rate: RateConfig | None = None
    recorded: tuple[Offset, ...] | None = Field(
        default=None, min_length=1, description="seconds after the start at which users came"
    )
    series: tuple[tuple[Offset, Offset], ...] | None = Field(
        default=None,
        min_length=2,
        description="seconds and users so far, as a Prometheus counter has them",
    )
    cohorts: tuple[CohortConfig, ...] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _one_of_all(self) -> Self:
        given = (self.within, self.rate, self.recorded, self.series, self.cohorts)
        if sum(one is not None for one in given) != 1:
            msg = (
                "write exactly one of within, rate, recorded, series and cohorts, such as "
                "{within: 10m}"
            )
            raise ValueError(msg)
        if self.shape is not None and self.within is None:
            msg = f"shape {self.shape} belongs to within, such as {{within: 10m, shape: bell}}"
            raise ValueError(msg)
        if self.series is not None and not is_counter(self.series):
            msg = "series must rise: later seconds, and never fewer users so far"
            raise ValueError(msg)
        last = max(self.recorded or (0.0,))
        if last > _LONGEST_WAY_IN:
            msg = (
                f"recorded ends {last:g} s after the start; write seconds from the start of the "
                f"session, at most {_LONGEST_WAY_IN}"
            )
            raise ValueError(msg)
        return self

    def curve(self) -> Uniform | Bell | Poisson | Recorded | Cohorts:
        """Return how the arrivals lie in time."""
        if self.rate is not None:
            return Poisson(self.rate.users, self.rate.every)
        if self.recorded is not None:
            return Recorded(tuple(sorted(self.recorded)))
        if self.series is not None:
            return of_series(self.series)
        if self.cohorts is not None:
            return Cohorts(
                tuple(
                    Cohort(part.users, Uniform(part.within), part.after or 0)
                    for part in self.cohorts
                )
            )
        return Bell(self.within or 1) if self.shape == "bell" else Uniform(self.within or 1)

    def seconds(self, users: int) -> int:
        """Return the seconds in which so many users come, rounded down, at least one."""
        return last_arrival(self.curve(), users)


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
    boot_disk: MemoryBytes | None = Field(
        default=None, description="default: derived from image and scratch"
    )


class EgressLockConfig(Model):
    """From warm to the end, users' servers reach the hub and nothing else but these."""

    allow: tuple[Cidr, ...] = Field(default=(), description="networks that stay open")


class UsersPerNodeConfig(Model):
    """Fewer users per node than the rule of 4 allows, declared."""

    min: Count


class StorageConfig(Model):
    """What each user moves to and from storage; all of it within a time after coming."""

    shared_read_per_user: MemoryBytes | None = Field(
        default=None, description="read from the shared directory"
    )
    home_write_per_user: MemoryBytes | None = Field(
        default=None, description="written to the home directory"
    )
    scratch_per_user: MemoryBytes | None = Field(
        default=None, description="written to the disk of the node"
    )
    within: Seconds | None = Field(
        default=None, description="time after coming; default: the time in which all come"
    )

    @model_validator(mode="after")
    def _moves_something(self) -> Self:
        if not (self.shared_read_per_user or self.home_write_per_user or self.scratch_per_user):
            msg = (
                "write at least one of sharedReadPerUser, homeWritePerUser and scratchPerUser, "
                "such as {sharedReadPerUser: 5Gi}"
            )
            raise ValueError(msg)
        return self


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
    show_up: Permille | None = Field(
        default=None, description="share of the users who come; room is made for all"
    )
    waiting_share: Permille | None = None
    wait_limit: Seconds = duration("60s", "time after which a user counts as waiting")
    node_ready: Seconds | None = None
    drain: Seconds | None = None
    users_per_node: UsersPerNodeConfig | None = None
    pool: EventPoolConfig = EventPoolConfig()
    placeholders: PlaceholdersConfig | None = None
    storage: StorageConfig | None = None
    egress_lock: EgressLockConfig | None = None
    engineers: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _somebody_comes(self) -> Self:
        if self.show_up == 0:
            msg = "showUp 0, so nobody comes; write a share above 0, or leave the event out"
            raise ValueError(msg)
        cohorts = self.arrivals.cohorts or ()
        together = sum(part.users for part in cohorts)
        if cohorts and together != self.users:
            msg = f"arrivals.cohorts have {together} users together, and users is {self.users}"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _exams_wait_for_nobody(self) -> Self:
        if self.kind == "exam" and self.waiting_share:
            share = f"{self.waiting_share / 1000:g}"
            msg = f"waitingShare {share} in an exam, where nobody waits; leave it out"
            raise ValueError(msg)
        return self
