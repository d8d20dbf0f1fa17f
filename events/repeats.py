"""Repeats of a session in local time, by rules of RFC 5545 that end. Pure.

Source: RFC 5545, section 3.3.10, "Recurrence Rule".
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import islice
from typing import cast
from zoneinfo import ZoneInfo

from events.instants import is_plausible
from events.recurrence import Frequency, Rule, days

WORDS = {"daily": "FREQ=DAILY", "weekly": "FREQ=WEEKLY"}
# More than a lesson every day of a year; who wants more writes another event.
MOST_SESSIONS = 400
LONGEST_SPAN = timedelta(days=2 * 366)
_EXAMPLE = "such as FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218"
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SHOWN = 80
_NUMBER = r"[1-9]\d{0,2}"
_DAY = "(MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": "|".join(_FREQUENCIES),
    "INTERVAL": _NUMBER,
    "COUNT": _NUMBER,
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "BYDAY": rf"([+-]?[1-5])?{_DAY}(,([+-]?[1-5])?{_DAY})*",
    "BYMONTH": r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*",
    "BYMONTHDAY": r"-?([12]\d|3[01]|[1-9])(,-?([12]\d|3[01]|[1-9]))*",
    "BYSETPOS": rf"-?{_NUMBER}(,-?{_NUMBER})*",
    "WKST": _DAY,
}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule_text(written: str) -> str:
    """Return a rule as calendars have it, or one of the words `daily` and `weekly`.

    Raises:
        ValueError: not a rule that ends.
    """
    if written in WORDS:
        return written
    text = written.strip().upper().removeprefix("RRULE:").rstrip(";")
    if "=" not in text:
        raise ValueError(_unknown_word(written))
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in text.split(";"))]
    parts = dict(pairs)
    found = "; ".join(_mistakes(pairs, parts))
    if found:
        msg = f"found {_shortened(written)!r}; {found}"
        raise ValueError(msg)
    return ";".join(f"{name}={value}" for name, value in pairs)


def _shortened(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[: _SHOWN - 3]}..."


def _unknown_word(written: str) -> str:
    near = get_close_matches(written, list(WORDS), n=1)
    hint = f"nearest: {near[0]}" if near else _EXAMPLE
    return f"found {_shortened(written)!r}; allowed: daily, weekly, or a rule; {hint}"


def _mistakes(pairs: list[tuple[str, str]], parts: dict[str, str]) -> Iterator[str]:
    if len(pairs) != len(parts):
        yield "a part is there twice"
    for name, value in parts.items():
        if name not in _PARTS:
            yield f"{name or 'a part without a name'} is not read; allowed: {', '.join(_PARTS)}"
        elif not re.fullmatch(_PARTS[name], value) or (name == "UNTIL" and _moment(value) is None):
            known = f", allowed: {', '.join(_FREQUENCIES)}" if name == "FREQ" else ""
            yield f"{name} cannot be {_shortened(value)!r}{known}"
    if "FREQ" not in parts:
        yield f"FREQ is missing, {_EXAMPLE}"
    if ("COUNT" in parts) == ("UNTIL" in parts):
        yield f"it needs either COUNT or UNTIL, so that it ends, {_EXAMPLE}"
    yield from _combined(parts)


def _combined(parts: dict[str, str]) -> Iterator[str]:
    often = parts.get("FREQ") in ("DAILY", "WEEKLY")
    if often and "BYSETPOS" in parts:
        yield "BYSETPOS belongs to MONTHLY and YEARLY"
    if often and re.search(r"\d", parts.get("BYDAY", "")):
        yield "numbered days belong to MONTHLY and YEARLY"
    if parts.get("FREQ") == "WEEKLY" and "BYMONTHDAY" in parts:
        yield "BYMONTHDAY does not belong to WEEKLY"


def _moment(until: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(until)
    except ValueError:
        return None
    return found if is_plausible(found) else None


def occurrences(
    first: datetime,
    where: ZoneInfo,
    repeats: str,
    until: date | None,
    exceptions: frozenset[date],
) -> list[datetime]:
    """Return the local times at which a session begins, the first included, in order.

    Args:
        first: Naive local time of the first.
        where: Its time zone, for an UNTIL in UTC.
        repeats: A rule, as `rule_text` returns it.
        until: Last local day of `daily` and `weekly`.
        exceptions: Local days on which it does not begin.

    Raises:
        ValueError: the first is none of its repeats, there are too many, or they take too
            long, or an exception is no day of theirs.
    """
    last, latest = _last(repeats, until, where), first + LONGEST_SPAN
    if last is not None and last > latest:
        msg = f"found {repeats} until {last:%Y-%m-%d}; write at most two years, {latest:%Y-%m-%d}"
        raise ValueError(msg)
    if last is not None and last < first:
        msg = f"found {repeats}, which ends before the session starts on {first:%Y-%m-%d}"
        raise ValueError(msg)
    found = list(islice(_until(first, repeats, last or latest), MOST_SESSIONS + 1))
    if found[:1] != [first]:
        day = f"{first:%A, %Y-%m-%d}"
        msg = f"found {repeats}, and the session starts on a {day}, which is none of its days"
        raise ValueError(msg)
    if len(found) > MOST_SESSIONS:
        msg = f"found {repeats}, which is more than {MOST_SESSIONS} sessions; write fewer"
        raise ValueError(msg)
    _check_count(first, repeats, len(found))
    return _without(found, repeats, exceptions)


def _without(found: list[datetime], repeats: str, exceptions: frozenset[date]) -> list[datetime]:
    unknown = exceptions - {one.date() for one in found}
    if unknown:
        msg = f"exception {min(unknown)} is none of the days of {repeats}; leave it out"
        raise ValueError(msg)
    kept = [one for one in found if one.date() not in exceptions]
    if not kept:
        msg = f"found {repeats}, all of it excepted; leave the session out"
        raise ValueError(msg)
    return kept


def _until(first: datetime, repeats: str, last: datetime) -> Iterator[datetime]:
    parts = _parts(repeats)
    moments = (
        datetime.combine(day, first.time()) for day in days(_rule(parts), first.date(), last.date())
    )
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    return (one for one in islice(moments, count) if one <= last)


def _parts(repeats: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in WORDS.get(repeats, repeats).split(";"))
    return {name: value for name, _, value in pairs}


def _rule(parts: dict[str, str]) -> Rule:
    listed = {name: value.split(",") for name, value in parts.items()}
    return Rule(
        frequency=cast(Frequency, parts["FREQ"]),
        interval=int(parts.get("INTERVAL", 1)),
        weekdays=frozenset(
            (int(day[:-2] or 0), _WEEK.index(day[-2:])) for day in listed.get("BYDAY", [])
        ),
        months=frozenset(map(int, listed.get("BYMONTH", []))),
        month_days=frozenset(map(int, listed.get("BYMONTHDAY", []))),
        positions=frozenset(map(int, listed.get("BYSETPOS", []))),
        week_starts=_WEEK.index(parts.get("WKST", "MO")),
    )


def _last(repeats: str, until: date | None, where: ZoneInfo) -> datetime | None:
    """Return the last local time that a rule allows, a day meant whole; None for a count."""
    if until is not None:
        return datetime.combine(until, time.max)
    written = _parts(repeats).get("UNTIL")
    if written is None:
        return None
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is not None:
        return moment.astimezone(where).replace(tzinfo=None)
    return moment if "T" in written else datetime.combine(moment, time.max)


def _check_count(first: datetime, repeats: str, found: int) -> None:
    count = int(_parts(repeats).get("COUNT", found))
    if found < count:
        last = (first + LONGEST_SPAN).date()
        msg = f"found {repeats}, of which {found} are before {last}; write COUNT={found}"
        raise ValueError(msg)
