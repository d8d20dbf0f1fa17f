"""Which instant a person means by `--at`: a time, `event`, or an event's name. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from events.instants import instant, is_local, minute
from hubs.active import PlannedEvent
from hubs.mistakes import Mistake, MistakesError, nearest


def moment(written: str | None, events: Sequence[PlannedEvent], clock: datetime) -> datetime:
    """Return the instant to plan for, rounded down to the minute.

    It is in the time zone of the event that begins first, to be read as people there would say
    it. The order in which a file lists events decides nothing.

    Args:
        written: A time, `event` for the first session of all events, an event's name,
            `now`, or None for the clock. A time without an offset is read in the
            time zone of the events.
        events: The stack's events.
        clock: The time now, aware.

    Raises:
        MistakesError: not such a word or time, or one in several zones.
    """
    where = min(events, key=lambda event: event.place).where if events else ZoneInfo("UTC")
    return minute(_instant(written, events, clock)).astimezone(where)


def _instant(written: str | None, events: Sequence[PlannedEvent], clock: datetime) -> datetime:
    if written is None or written == "now":
        return clock
    if written == "event" and not events:
        raise MistakesError([Mistake("at", "found 'event', and the stack has none; write a time")])
    firsts = {event.config.name: event.schedule.sessions[0].starts for event in events}
    if written in firsts:
        return firsts[written]
    if written == "event":
        return min(firsts.values())
    try:
        return instant(written, _zone(written, events))
    except ValueError as error:
        words = nearest(written, ["now", "event", *firsts])
        raise MistakesError([Mistake("at", f"{error}; or a word, {words}")]) from None


def _zone(written: str, events: Sequence[PlannedEvent]) -> ZoneInfo:
    zones = sorted({event.config.timezone for event in events})
    if is_local(written) and len(zones) != 1:
        near = f"events are in {', '.join(zones)}" if zones else "there is no event"
        msg = f"found {written!r}; {near}, so add an offset, such as {written}+00:00"
        raise ValueError(msg)
    return ZoneInfo(zones[0] if zones else "UTC")
