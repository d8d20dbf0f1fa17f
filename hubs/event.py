"""What a stack file may say of an event. Pure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from capacity.quantities import show_memory
from hubs.arrivals import ArrivalsConfig
from hubs.fields import (
    CalendarFile,
    Cidr,
    Count,
    DnsLabel,
    MemoryBytes,
    MilliCpu,
    Model,
    Permille,
    Seconds,
    StorageBytes,
    Text,
    ZoneName,
    duration,
)
from hubs.freeze_config import FreezeConfig
from hubs.readiness_config import ReadinessConfig
from hubs.session_config import SessionConfig

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
    boot_disk: StorageBytes | None = Field(
        default=None, description="default: derived from image and scratch"
    )

    @model_validator(mode="after")
    def _warm_within_most(self) -> Self:
        if self.warm_nodes and self.max_nodes and self.warm_nodes > self.max_nodes:
            warm, most = f"warmNodes {self.warm_nodes}", f"maxNodes {self.max_nodes}"
            msg = f"{warm} is above {most}; raise maxNodes or lower warmNodes"
            raise ValueError(msg)
        return self


class EgressLockConfig(Model):
    """From warm to the end, users' servers reach the hub, these networks, and DNS.

    DNS stays open: a locked server may ask the cluster's, which asks the internet for what it
    does not know. Whoever has a server of names there can be told something by such questions.
    """

    allow: tuple[Cidr, ...] = Field(
        default=(),
        description="networks that stay open; so does DNS, which resolves names of the internet",
    )

    @property
    def left_open(self) -> str:
        """Return what servers still reach, in words."""
        *first, last = ["DNS", "the hub", *sorted(self.allow)]
        return f"{', '.join(first)} and {last}"


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
    sessions: tuple[SessionConfig, ...] = ()
    calendar: CalendarFile | None = Field(
        default=None, description="file in calendars/ that has the sessions instead"
    )
    show_up: Permille | None = Field(
        default=None, description="share of the users who come; room is made for all"
    )
    waiting_share: Permille | None = Field(
        default=None,
        description="at most this share of the people may wait for a node; "
        "default: 0.3; 0 for nobody, as in exams",
    )
    wait_limit: Seconds = duration("60s", "time after which a user counts as waiting")
    node_ready: Seconds | None = None
    drain: Seconds | None = None
    users_per_node: UsersPerNodeConfig | None = None
    pool: EventPoolConfig = EventPoolConfig()
    placeholders: PlaceholdersConfig | None = None
    storage: StorageConfig | None = None
    options: tuple[DnsLabel, ...] = Field(
        default=(),
        description="options of the hub that stay on offer, on their own nodes; never in an exam",
    )
    egress_lock: EgressLockConfig | None = None
    engineers: tuple[Text, ...] = ()
    freeze: FreezeConfig | None = None
    readiness: ReadinessConfig | None = None

    @model_validator(mode="after")
    def _sessions_once(self) -> Self:
        if self.calendar is None and not self.sessions:
            msg = "has no sessions; write at least one, or name a calendar that has them"
            raise ValueError(msg)
        if self.calendar is not None and self.sessions:
            msg = "has sessions and a calendar; leave one of the two out"
            raise ValueError(msg)
        return self

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

    @model_validator(mode="after")
    def _exams_have_one_seat(self) -> Self:
        if self.kind == "exam" and self.options:
            told = f"options {', '.join(self.options)} in an exam"
            msg = f"{told}, where everybody has the same seat, and it is warm; leave them out"
            raise ValueError(msg)
        return self
