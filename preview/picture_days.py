"""The axis of days of a picture: local days, week-ends in grey, as many dates as there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from preview.picture_style import INK, Panel

_WEEKEND = "#F3F3F3"
_SATURDAY = 5
# So many days have each its name; of more only Mondays do.
_NAMED_DAYS = 16
# Most Mondays that have room for their dates.
_MOST_MONDAYS = 11


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a picture, from the first to the last, in a time zone."""

    first: date
    last: date
    where: ZoneInfo

    @property
    def count(self) -> int:
        """Return how many there are."""
        return (self.last - self.first).days + 1

    def place(self, at: datetime) -> float:
        """Return where an instant is, in days after the first by local clocks."""
        local = at.astimezone(self.where).replace(tzinfo=None)
        return (local - datetime.combine(self.first, time.min)) / timedelta(days=1)

    def all(self) -> Iterator[tuple[int, date]]:
        """Yield every day with its place."""
        for place in range(self.count):
            yield place, self.first + timedelta(days=place)


def draw_days(panels: Sequence[Panel], days: Days) -> None:
    """Give panels their days: names below the last one, lines and week-ends in all."""
    named = days.count <= _NAMED_DAYS
    for panel in panels:
        panel.set_xlim(0, days.count)
        for place, day in days.all():
            if day.weekday() >= _SATURDAY:
                panel.axvspan(place, place + 1, color=_WEEKEND, linewidth=0, zorder=0)
    places, names = _by_day(days) if named else _by_monday(days)
    for panel in panels:
        panel.set_xticks(places, names)
        if named:
            panel.grid(visible=False, axis="x")
            panel.set_xticks(range(days.count + 1), minor=True)
            panel.tick_params(which="minor", length=0)
            panel.grid(visible=True, axis="x", which="minor", color="#E2E2E2", linewidth=0.8)
    panels[-1].set_xlabel(f"days in {days.where.key}", size=10.5, color=INK, loc="right")


def _by_day(days: Days) -> tuple[list[float], list[str]]:
    places = [place + 0.5 for place in range(days.count)]
    return places, [_name(place, day) for place, day in days.all()]


def _name(place: int, day: date) -> str:
    month = f" {day:%b}" if place == 0 or day.day == 1 else ""
    return f"{day:%a}\n{day.day}{month}"


def _by_monday(days: Days) -> tuple[list[float], list[str]]:
    mondays = [(place, day) for place, day in days.all() if day.weekday() == 0]
    every = -(-len(mondays) // _MOST_MONDAYS)
    places: list[float] = []
    names: list[str] = []
    year = 0
    for place, day in mondays[::every]:
        places.append(place)
        names.append(f"{day.day} {day:%b}" + (f"\n{day.year}" if day.year != year else ""))
        year = day.year
    return places, names
