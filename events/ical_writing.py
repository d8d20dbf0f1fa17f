"""Sessions of a stack file, and remarks on a time, as lines of a calendar. Pure.

Nothing is taken from a clock: what is written twice is the same text twice.
Source: RFC 5545, section 3.4, "iCalendar Object", and 3.6.1, "Event Component".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline

from events.ical_people import plain_text, summary_of
from events.ical_source import FORM
from events.instants import at_wall_clock, is_day
from events.repeats import WORDS
from events.sessions import Written, first_begins, first_ends

# DTSTAMP says when a calendar was made. Ours is made anew from the stack file at any time, and
# must not differ for that: always this instant.
STAMP = "19700101T000000Z"
SESSION, TRANSITION = "readyroom-session", "readyroom-transition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An entry of a calendar that is about to be written.

    Attributes:
        uid: What tells it from all others.
        event: The name of its event.
        session: When, and who.
        form: How the stack file says it, as ASCII without line ends.
    """

    uid: str
    event: str
    session: Written
    form: str


def calendar_text(name: str, components: Iterable[Sequence[str]]) -> str:
    """Return a calendar of components, each a list of lines, folded as calendars are."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//readyroom//readyroom//EN"]
    lines += ["CALSCALE:GREGORIAN", f"X-WR-CALNAME:{text_value(name)}"]
    for component in components:
        lines += component
    lines.append("END:VCALENDAR")
    return "".join(f"{Contentline(line).to_ical().decode()}\r\n" for line in lines)


def text_value(text: str) -> str:
    """Return a text with the escapes of calendars."""
    found = plain_text(text)
    for mark, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        found = found.replace(mark, escaped)
    return found


def remark_lines(uid: str, summary: str, at: datetime, text: str) -> list[str]:
    """Return an entry that lasts no time, and that is not read as a session."""
    moment = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return [
        *_head(uid, summary),
        f"DTSTART:{moment}",
        f"DESCRIPTION:{text_value(text)}",
        f"CATEGORIES:{TRANSITION}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def session_lines(entry: Dated, where: ZoneInfo) -> list[str]:
    """Return a session with its repeats as one entry.

    Raises:
        ValueError: it repeats from a time that clocks show twice, which no calendar can say.
    """
    session = entry.session
    users = [] if session.users is None else [f"DESCRIPTION:users: {session.users}"]
    return [
        *_head(entry.uid, summary_of(entry.event, session.cohort)),
        *(_day_lines if is_day(session.starts) else _time_lines)(session, where),
        *users,
        f"CATEGORIES:{SESSION}",
        f"{FORM}:{entry.form}",
        "END:VEVENT",
    ]


def _head(uid: str, summary: str) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{STAMP}", f"SUMMARY:{text_value(summary)}"]


def _day_lines(session: Written, where: ZoneInfo) -> list[str]:
    first, last = date.fromisoformat(session.starts), date.fromisoformat(session.ends)
    lines = [
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
    ]
    if session.repeats is not None:
        lines.append(f"RRULE:{_rule(session, where)}")
    if session.exceptions:
        days = ",".join(f"{day:%Y%m%d}" for day in sorted(session.exceptions))
        lines.append(f"EXDATE;VALUE=DATE:{days}")
    return lines


def _time_lines(session: Written, where: ZoneInfo) -> list[str]:
    begins, ends = first_begins(session, where), first_ends(session, where)
    local = [moment.astimezone(where).replace(tzinfo=None) for moment in (begins, ends)]
    if where.key == "UTC" or any(_is_unclear(one, where) for one in local):
        if session.repeats is not None and where.key != "UTC":
            msg = (
                f"{session.starts} to {session.ends}, repeated, has a time that clocks show "
                "twice; write the first as a session of its own"
            )
            raise ValueError(msg)
        lines = [f"DTSTART:{begins:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}"]
    else:
        zoned = f";TZID={where.key}"
        lines = [
            f"{key}{zoned}:{one:%Y%m%dT%H%M%S}"
            for key, one in zip(("DTSTART", "DTEND"), local, strict=True)
        ]
    if session.repeats is not None:
        lines.append(f"RRULE:{_rule(session, where)}")
    if session.exceptions:
        clock, mark = f"{local[0]:T%H%M%S}", "Z" if where.key == "UTC" else ""
        times = ",".join(f"{day:%Y%m%d}{clock}{mark}" for day in sorted(session.exceptions))
        lines.append(f"EXDATE{'' if mark else f';TZID={where.key}'}:{times}")
    return lines


def _is_unclear(local: datetime, where: ZoneInfo) -> bool:
    try:
        at_wall_clock(local, where)
    except ValueError:
        return True
    return False


def _rule(session: Written, where: ZoneInfo) -> str:
    """Return the rule, its UNTIL a day for days and in UTC for times, as calendars want it.

    Source: RFC 5545, section 3.3.10: UNTIL has the type of DTSTART, and UTC with a time zone.
    """
    repeats = session.repeats or ""
    if session.until is not None:
        repeats = f"{WORDS[repeats]};UNTIL={session.until:%Y%m%d}"
    until = _until_day if is_day(session.starts) else _until_time
    parts = [part.partition("=") for part in repeats.split(";")]
    return ";".join(
        f"{key}={until(value, where) if key == 'UNTIL' else value}" for key, _, value in parts
    )


def _until_day(written: str, where: ZoneInfo) -> str:
    moment = datetime.fromisoformat(written)
    local = moment if moment.tzinfo is None else moment.astimezone(where)
    return f"{local:%Y%m%d}"


def _until_time(written: str, where: ZoneInfo) -> str:
    moment = datetime.fromisoformat(written)
    if "T" not in written:
        moment = datetime.combine(moment, time(23, 59, 59))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=where)
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
