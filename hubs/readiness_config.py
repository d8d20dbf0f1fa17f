"""What a stack file may say of how an exam was prepared: the exam guide's list. Pure.

Everything may be left out: what is missing keeps its line of the list open, and no stack from
loading.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from hubs.fields import Count, DateText, Model, Moment, Seconds, Text, like

Tool = Literal["hubAdmin", "grafana", "cloudConsole", "logs", "kubectl"]
LineName = Literal[
    "room",
    "network",
    "dates",
    "engineers",
    "access",
    "seats",
    "alone",
    "window",
    "rehearsal",
    "measured",
    "freeze",
    "warm",
    "image",
    "support",
]
Said = Annotated[Text, AfterValidator(like(r"(?s).*\S.*", "some words"))]
Fingerprint = Annotated[
    Text,
    AfterValidator(
        like("[0-9a-f]{16}", "what `readyroom rehearsal FILE --stack STACK` says, in quotes")
    ),
]
RecordingFile = Annotated[
    Text,
    AfterValidator(
        like(r"[a-z0-9][a-z0-9-]*\.(csv|json)", "the name of a file, such as final.csv")
    ),
]


class DatesConfig(Model):
    """What the instructor has confirmed, to be compared with the sessions."""

    by: Said | None = None
    day: DateText | None = None
    sessions: Count | None = Field(default=None, description="how many, repeats included")
    starts: Moment | None = Field(default=None, description="of the first session")
    ends: Moment | None = Field(default=None, description="of the last session")


class LockTriedConfig(Model):
    """Who has tried from a user's server, with the lock on, what it reaches."""

    by: Said | None = None
    day: DateText | None = None


class DutyConfig(Model):
    """When an engineer is there."""

    engineer: Said | None = Field(default=None, description="one of the event's engineers")
    starts: Moment | None = None
    ends: Moment | None = None


class AccessConfig(Model):
    """What an engineer has reached, signed in, on a day."""

    engineer: Said | None = None
    day: DateText | None = None
    reached: tuple[Tool, ...] = ()


class RehearsalConfig(Model):
    """The exam as its instructor ran it on the hub."""

    by: Said | None = None
    at: Moment | None = Field(default=None, description="when it began")
    environment: Fingerprint | None = Field(default=None, description="of the hub then")


class SupportConfig(Model):
    """Where people of the exam ask for help, and how soon somebody answers."""

    channel: Said | None = None
    responds_within: Seconds | None = None


class WaiverConfig(Model):
    """A line of the list that is left open with a reason."""

    line: LineName
    reason: Said | None = None


class ReadinessConfig(Model):
    """What people have done and agreed before an exam, with dates."""

    room: Said | None = Field(default=None, description="controlled rooms, and who is in them")
    network: Literal["locked", "open"] | None = Field(
        default=None, description="what was agreed: locked wants an egressLock, open wants none"
    )
    lock_tried: LockTriedConfig = Field(
        default=LockTriedConfig(), description="of a locked exam anywhere but on GKE"
    )
    dates_confirmed: DatesConfig = DatesConfig()
    on_call: tuple[DutyConfig, ...] = ()
    access: tuple[AccessConfig, ...] = ()
    rehearsal: RehearsalConfig = RehearsalConfig()
    recording: RecordingFile | None = Field(
        default=None, description="file in rehearsals/ that has memory and CPU of the rehearsal"
    )
    support: SupportConfig = SupportConfig()
    waived: tuple[WaiverConfig, ...] = ()
