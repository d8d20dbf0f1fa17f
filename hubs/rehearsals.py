"""Recorded rehearsals: the files in `rehearsals/` that stack files name. Pure but for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capacity.quantities import MIB
from capacity.recording import Series, UnreadableRecordingError
from capacity.recording_text import read_recording
from capacity.rehearsal import Measured, measure
from hubs.event import EventConfig
from hubs.mistakes import Mistake, MistakesError

FOLDER = "rehearsals"
# Three hours of ten servers, every 15 seconds, are 2 MiB. More than that is another export.
MOST_BYTES = 8 * MIB
_MARK = "SAMPLE DATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A recorded rehearsal.

    Attributes:
        file: Name of its file.
        series: What was recorded.
        measured: What was used.
        sample: Whether the numbers are made up; its first line says so.
    """

    file: str
    series: tuple[Series, ...]
    measured: Measured
    sample: bool


def read_rehearsal(path: Path, label: str) -> Rehearsal:
    """Return what a recording measures.

    Args:
        path: Where it is.
        label: What mistakes call it.

    Raises:
        MistakesError: no such file, too large a one, or none that can be read.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            told = f"has {size} bytes, and at most {MOST_BYTES} are read"
            raise MistakesError([Mistake(label, f"{told}; export the run alone, or fewer samples")])
        text = path.read_text("utf-8")
    except OSError as error:
        raise MistakesError([Mistake(label, error.strerror or str(error))]) from None
    except UnicodeDecodeError:
        raise MistakesError([Mistake(label, "is not UTF-8 text; save it as CSV or JSON")]) from None
    try:
        series = tuple(read_recording(text))
        measured = measure(series)
    except UnreadableRecordingError as error:
        raise MistakesError([Mistake(label, told) for told in error.mistakes]) from None
    sample = _MARK in text.partition("\n")[0]
    return Rehearsal(file=path.name, series=series, measured=measured, sample=sample)


def stack_rehearsals(
    hub_files: Path, events: Sequence[EventConfig | None], mistakes: list[Mistake]
) -> dict[str, Rehearsal]:
    """Return the rehearsals that events name, by the event's name; adds every mistake.

    Args:
        hub_files: The folder of hub files, beside which `rehearsals/` is.
        events: The events of the stack; None for one that is mistaken.
        mistakes: Where to add.
    """
    found: dict[str, Rehearsal] = {}
    for event in events:
        readiness = event.readiness if event else None
        file = readiness.recording if readiness else None
        if event is None or file is None:
            continue
        try:
            path = hub_files.parent / FOLDER / file
            found[event.name] = read_rehearsal(path, f"{FOLDER}/{file}")
        except MistakesError as error:
            mistakes += error.mistakes
    return found
