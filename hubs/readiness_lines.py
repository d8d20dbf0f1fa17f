"""The lines of the exam guide's list: what each asks, and how it stands. Pure.

Source: 2i2c-org/infrastructure, docs/howto/prepare-for-events/exam.md @9ad7cd0fc (2026-08-21; the
page itself was last changed 2025-06-13): six steps in this order, said in our own words. What
it says before them, of a controlled room, comes first here. That all seats are equal, and
nobody else's load beside them, are its reasons for the third and the fifth step.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from events.instants import instant
from events.sessions import Session
from hubs.active import PlannedEvent
from hubs.event import EventConfig
from hubs.readiness_config import LineName, ReadinessConfig
from hubs.stack import Stack

State = Literal["proved", "open", "waived"]


class Item(NamedTuple):
    """What a line asks, and under which heading of the guide."""

    section: str
    asks: str


_BEFORE = "Before all: a controlled room"
_DATES = "1. Dates, times and two engineers"
_ACCESS = "2. Engineers' access"
_EQUAL = "3. Guaranteed and equal seats"
_TEST = "4. The instructor's test"
_WARM = "5. Everything warm before the door opens"
_HELP = "6. Help during the exam"

ITEMS: Mapping[LineName, Item] = {
    "room": Item(_BEFORE, "The exam is written in a controlled room."),
    "network": Item(_BEFORE, "Servers reach what was agreed, and no more."),
    "dates": Item(_DATES, "Dates and times are exact, and the instructor has confirmed them."),
    "engineers": Item(_DATES, "Two engineers are there in every minute of every session."),
    "access": Item(_ACCESS, "Each of them has just reached all that they may need."),
    "seats": Item(_EQUAL, "Everybody has the same seat, guaranteed whole, on the same nodes."),
    "alone": Item(_EQUAL, "Nobody else's work is on these nodes."),
    "window": Item(_EQUAL, "This is on at most 12 h before, and off within 1 h after."),
    "rehearsal": Item(_TEST, "The instructor has run the exam on the hub as it is now."),
    "measured": Item(_TEST, "What the run used fits the seat, with headroom."),
    "freeze": Item(_TEST, "From that test to the end nothing of the environment changes."),
    "warm": Item(_WARM, "Each cohort's seats are warm before its door opens."),
    "image": Item(_WARM, "The image is on every node beforehand."),
    "support": Item(_HELP, "There is a place to ask, and somebody answers at once."),
}


class Gap(NamedTuple):
    """Something that is missing, and what to write.

    Attributes:
        told: What is missing.
        write: What to write into the event.
        excused: Why it is let through, if something else of the file says so.
    """

    told: str
    write: str
    excused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found for a line.

    Attributes:
        proof: The data that prove it.
        gaps: What is missing; none if it is proved.
    """

    proof: str
    gaps: list[Gap] = field(default_factory=list[Gap])


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the list.

    Attributes:
        name: Its name in `readiness.waived`.
        state: Whether it is proved by data, open, or waived with a reason.
        evidence: What proves it; what is missing; or the reason.
        write: What to write into the event, where it is open.
    """

    name: LineName
    state: State
    evidence: str
    write: str = ""

    @property
    def item(self) -> Item:
        """Return what the line asks."""
        return ITEMS[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """An exam that is looked at.

    Attributes:
        stack: Its stack.
        planned: The exam, with its plan.
        events: Every event of the stack.
        now: The instant.
    """

    stack: Stack
    planned: PlannedEvent
    events: tuple[PlannedEvent, ...]
    now: datetime

    @property
    def config(self) -> EventConfig:
        """Return what the stack file says of the exam."""
        return self.planned.config

    @property
    def said(self) -> ReadinessConfig:
        """Return what it says of how the exam was prepared."""
        return self.config.readiness or ReadinessConfig()

    @property
    def where(self) -> ZoneInfo:
        """Return the time zone of the exam."""
        return self.planned.where

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Return every session, in order."""
        return self.planned.schedule.sessions

    @property
    def next_session(self) -> Session:
        """Return the session that is on or comes next, or the last."""
        return next((one for one in self.sessions if one.ends > self.now), self.sessions[-1])

    def moment(self, written: str) -> datetime:
        """Return the instant of a time of the stack file."""
        return instant(written, self.where)

    def local(self, moment: datetime) -> str:
        """Return an instant as people there say it."""
        return f"{moment.astimezone(self.where):%Y-%m-%d %H:%M}"


Check = Callable[[Exam], Finding]


def judged(exam: Exam, checks: Mapping[LineName, Check]) -> Iterator[Line]:
    """Yield the lines of some checks, in the order of the list."""
    waived = {one.line: one.reason for one in exam.said.waived if one.reason}
    for name in ITEMS:
        if name not in checks:
            continue
        found = checks[name](exam)
        left = [gap for gap in found.gaps if not gap.excused]
        reason = waived.get(name) or ("" if left else _excuses(found.gaps))
        if not found.gaps:
            yield Line(name=name, state="proved", evidence=found.proof)
        elif reason:
            yield Line(name=name, state="waived", evidence=f"{reason} ({_told(found.gaps)})")
        else:
            write = "; ".join(dict.fromkeys(gap.write for gap in left))
            yield Line(name=name, state="open", evidence=_told(left), write=write)


def _told(gaps: Iterable[Gap]) -> str:
    return "; ".join(gap.told for gap in gaps)


def _excuses(gaps: Iterable[Gap]) -> str:
    return "; ".join(dict.fromkeys(gap.excused for gap in gaps))
