"""From the bytes of a calendar to its entries, within limits that are checked first. Pure.

Lines are taken apart by `icalendar`; what the properties of an entry mean is read elsewhere.
Source: RFC 5545, section 3.1, "Content Lines", and 3.6, "Calendar Components".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from icalendar.parser import Contentline, Contentlines, unescape_backslash

from capacity.quantities import MIB

MOST_BYTES = MIB
MOST_ENTRIES = 2000
# VCALENDAR, VEVENT, VALARM; one more for what RFC 9073 puts into participants.
DEEPEST = 4
FORM = "X-READYROOM-SESSION"
_READ = frozenset(
    {
        "CATEGORIES",
        "DESCRIPTION",
        "DTEND",
        "DTSTART",
        "DURATION",
        "EXDATE",
        "EXRULE",
        "RDATE",
        "RECURRENCE-ID",
        "RRULE",
        "STATUS",
        "SUMMARY",
        "UID",
        FORM,
    }
)
_NAME = re.compile(r"[\w.-]+")
_SHOWN = 60
_MIB = f"{MOST_BYTES // MIB} MiB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of an entry, its value as it is written."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """Return the value of a text, without escapes."""
        return unescape_backslash(self.value)


@dataclass(slots=True, kw_only=True)
class Entry:
    """What a calendar says of one entry.

    Attributes:
        position: Its place among the entries of the calendar, from 1.
        properties: Those that are read, in order.
        broken: Lines that are no properties.
    """

    position: int
    properties: list[Property] = field(default_factory=list[Property])
    broken: list[str] = field(default_factory=list[str])

    def every(self, name: str) -> list[Property]:
        """Return the properties of a name."""
        return [one for one in self.properties if one.name == name]

    def first(self, name: str) -> Property | None:
        """Return the first property of a name."""
        return next(iter(self.every(name)), None)

    def text(self, name: str) -> str:
        """Return the text of the first property of a name, trimmed; empty without one."""
        found = self.first(name)
        return found.text.strip() if found else ""

    @property
    def title(self) -> str:
        """Return what tells the entry from others: place, summary, start, UID."""
        starts = self.first("DTSTART")
        parts = (
            repr(shortened(self.text("SUMMARY"))),
            shortened(starts.value if starts else "no start"),
            f"UID {shortened(self.text('UID')) or 'missing'}",
        )
        return f"entry {self.position} ({', '.join(parts)})"


def shortened(text: str) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text[: 2 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}..."


def entries(content: bytes) -> list[Entry]:
    """Return the entries of a calendar.

    Raises:
        ValueError: no calendar, or more of it than is read.
    """
    if len(content) > MOST_BYTES:
        msg = f"is larger than {_MIB}, which is read at most; export fewer years or one calendar"
        raise ValueError(msg)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"is not UTF-8 text (byte {error.start + 1}); export it as iCalendar, .ics"
        raise ValueError(msg) from None
    if not re.match(r"\s*BEGIN:VCALENDAR\s", text, re.IGNORECASE):
        begins = repr(shortened(text[:1000])) if text.strip() else "nothing"
        msg = f"begins with {begins}, not with BEGIN:VCALENDAR; export it as iCalendar, .ics"
        raise ValueError(msg)
    unfolded = cast("Any", Contentlines).from_ical(text)
    return list(_entries(cast("list[Contentline]", unfolded)))


def _entries(lines: list[Contentline]) -> Iterator[Entry]:
    inside: list[str] = []
    entry: Entry | None = None
    found = 0
    for line in lines:
        verb, _, rest = line[:100].partition(":")
        verb, name = verb.strip().upper(), rest.strip().upper()
        if verb == "BEGIN":
            _check_place(name, inside, found)
            inside.append(name)
            if name == "VEVENT":
                found += 1
                entry = Entry(position=found)
        elif verb == "END":
            _check_end(name, inside, found)
            inside.pop()
            if name == "VEVENT" and entry is not None:
                yield entry
        elif inside and inside[-1] == "VEVENT" and entry is not None:
            _add(entry, line)
    if inside:
        msg = f"ends within {shortened(inside[-1])}{_after(found)}; export it again"
        raise ValueError(msg)


def _check_place(name: str, inside: list[str], found: int) -> None:
    if len(inside) >= DEEPEST:
        msg = f"is nested deeper than {DEEPEST} components{_after(found)}; export it again"
        raise ValueError(msg)
    if (name == "VCALENDAR") == bool(inside) or (name == "VEVENT" and inside != ["VCALENDAR"]):
        outer = shortened(inside[-1]) if inside else "no VCALENDAR"
        msg = f"has {shortened(name)} within {outer}{_after(found)}; export it again"
        raise ValueError(msg)
    if name == "VEVENT" and found == MOST_ENTRIES:
        msg = f"has more than {MOST_ENTRIES} entries; export fewer years or one calendar"
        raise ValueError(msg)


def _check_end(name: str, inside: list[str], found: int) -> None:
    if inside[-1:] != [name]:
        wanted = f"END:{shortened(inside[-1])}" if inside else "nothing"
        told = f"has END:{shortened(name)}, where {wanted} belongs"
        msg = f"{told}{_after(found)}; export it again"
        raise ValueError(msg)


def _after(found: int) -> str:
    return f" (entry {found})" if found else ""


def _add(entry: Entry, line: Contentline) -> None:
    name = _NAME.match(line)
    if name is None:
        entry.broken += [line] if line.strip() else []
        return
    if name[0].upper() not in _READ:
        return
    try:
        _, params, value = line.raw_parts()
    except ValueError:
        entry.broken.append(line)
        return
    # Those that are read have one value; a list of several is none of them.
    plain = {key.upper(): str(it) for key, it in cast("Mapping[str, object]", params).items()}
    entry.properties.append(Property(name=name[0].upper(), params=plain, value=value))
