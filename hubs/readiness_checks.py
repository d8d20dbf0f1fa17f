"""Times in a preparation that cannot be. Pure."""

from collections.abc import Iterator
from datetime import datetime

from events.instants import instant, zone
from hubs.event import EventConfig


def readiness_mistakes(event: EventConfig) -> Iterator[tuple[str, str]]:
    """Yield the path within the event, and the message, of every time that cannot be."""
    if event.readiness is None:
        return
    said, where = event.readiness, "readiness"
    dates, run = said.dates_confirmed, said.rehearsal
    spans = [(f"{where}.datesConfirmed", dates.starts, dates.ends)]
    spans += [
        (f"{where}.onCall[{index}]", duty.starts, duty.ends)
        for index, duty in enumerate(said.on_call)
    ]
    for path, starts, ends in spans:
        yield from _span(event, path, starts, ends)
    yield from _span(event, f"{where}.rehearsal", run.at, None, "at")


def _span(
    event: EventConfig, path: str, starts: str | None, ends: str | None, first: str = "starts"
) -> Iterator[tuple[str, str]]:
    found: dict[str, datetime] = {}
    for name, written in ((first, starts), ("ends", ends)):
        if written is None:
            continue
        try:
            found[name] = instant(written, zone(event.timezone))
        except ValueError as error:
            yield f"{path}.{name}", str(error)
    if len(found) > 1 and found["ends"] <= found[first]:
        yield f"{path}.ends", f"found {ends}, not after starts {starts}"
