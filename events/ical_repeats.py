"""The repeats of an entry of a calendar, in the time zone of its event. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from events.ical_source import Property, shortened
from events.ical_times import Moment
from events.repeats import occurrences, rule_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """When an entry begins, the first time included, on the clocks of its event.

    Attributes:
        rule: As `events.repeats` takes it; None if it does not repeat.
        begins: In order; for days, their midnights.
    """

    rule: str | None
    begins: Sequence[datetime]

    def check_clocks(self, kept: Sequence[datetime], starts: Moment, where: ZoneInfo) -> None:
        """Check that each repeat is at the same instant on the clocks of its own zone.

        Raises:
            ValueError: they are those of a zone that changes them on other days.
        """
        own = starts.zone
        if own is None or own.key == where.key:
            return
        if any(
            one.replace(tzinfo=own).utcoffset() != one.replace(tzinfo=where).utcoffset()
            for one in kept
        ):
            raise ValueError(_apart(own, where))


def _apart(own: ZoneInfo, where: ZoneInfo) -> str:
    return (
        f"repeats by the clocks of {own.key}, and the event goes by those of {where.key}; "
        "give the entry that time zone, or write its times one by one"
    )


def rule_of(found: Property | None) -> str:
    """Return the rule of an entry as `events.repeats` takes it; empty if it does not repeat.

    Raises:
        ValueError: a rule that is not read, or that does not end.
    """
    if found is None:
        return ""
    if "=" not in found.value:
        msg = f"RRULE {shortened(found.value)!r} is no rule, such as FREQ=DAILY;COUNT=5"
        raise ValueError(msg)
    try:
        return rule_text(found.value)
    except ValueError as error:
        msg = f"RRULE: {error}"
        raise ValueError(msg) from None


def repeat_of(rule: str, starts: Moment, where: ZoneInfo) -> Repeat:
    """Return the repeats of an entry.

    Raises:
        ValueError: the rule leaves out its first, or goes on for too long.
    """
    first = starts.on_clock(where)
    if not rule:
        return Repeat(rule=None, begins=[first])
    if starts.zone is not None and starts.local != first:
        raise ValueError(_apart(starts.zone, where))
    try:
        begins = occurrences(first, where, rule, None, frozenset())
    except ValueError as error:
        msg = f"RRULE: {error}"
        raise ValueError(msg) from None
    return Repeat(rule=rule, begins=begins)
