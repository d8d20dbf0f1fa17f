"""Reading a recorded run from CSV: a column for each series, or a row for each sample. Pure."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from capacity.recording import (
    MOST_MISTAKES,
    Metric,
    Sample,
    Series,
    UnreadableRecordingError,
    labels_in,
    metric_of,
    server_of,
)
from capacity.recording_numbers import Found, gathered, number_in, second_in

_TIMES = ("time", "timestamp", "date", "datetime")
_SERIES = ("series", "name", "pod", "server", "username", "labels")
_METRICS = ("metric", "__name__", "measurement")
_VALUES = ("value", "number")
_QUOTED = re.compile('"[^"]*"')
_SUCH = 'container_memory_working_set_bytes{pod="jupyter-first"}'


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column's numbers go: of which metric, whose they are, and of which series."""

    place: int
    metric: Metric
    server: str
    name: str


def read_csv(text: str) -> list[Series]:
    """Return the series of a CSV file.

    Raises:
        UnreadableRecordingError: with what is wrong, and where.
    """
    rows = _rows(text)
    header = [cell.strip() for cell in rows[0][1]]
    words = [cell.lower() for cell in header]
    time = _first(words, _TIMES)
    if time is None:
        shown = ", ".join(header[:6])
        told = f"found the columns {shown}; write one named time, and one for each series"
        raise UnreadableRecordingError([f"row {rows[0][0]}: {told}"])
    mistakes: list[str] = []
    value = _first(words, _VALUES)
    if value is None:
        read = list(_wide(header, time, rows[1:], mistakes))
    else:
        read = list(_long(words, time, value, rows[1:], mistakes))
    if mistakes:
        raise UnreadableRecordingError(mistakes)
    return gathered(read)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that say something, with their numbers; `sep=;` and `#` say how to read."""
    lines = text.splitlines()
    given = lines[0].strip() if lines[0].lower().startswith("sep=") else ""
    heading = next((line for line in lines[bool(given) :] if _told(line)), "")
    comma = given[4:5] or max(",;\t", key=_QUOTED.sub("", heading).count)
    kept = ["" if line is lines[0] and given else line for line in lines]
    plain = [line if _told(line) else "" for line in kept]
    try:
        rows = list(enumerate(csv.reader(plain, delimiter=comma), start=1))
    except csv.Error as error:
        raise UnreadableRecordingError([f"is not CSV: {error}"]) from None
    found = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not found:
        raise UnreadableRecordingError(["has no rows; export the time of the run"])
    return found


def _told(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _first(words: Sequence[str], allowed: Sequence[str]) -> int | None:
    return next((place for place, word in enumerate(words) if word in allowed), None)


def _wide(
    header: Sequence[str], time: int, rows: Sequence[tuple[int, list[str]]], mistakes: list[str]
) -> Iterator[Found]:
    columns: list[_Column] = []
    for place, name in enumerate(header):
        metric = metric_of(name)
        if place == time or not name:
            continue
        if metric is None:
            told = "does not say whether it is memory or CPU; name it such as"
            mistakes.append(f"column {place + 1}: {name!r} {told} {_SUCH}")
            continue
        columns.append(_Column(place, metric, server_of(labels_in(name), name), name))
    for number, row in rows:
        at = _second(number, row, time, mistakes)
        if at is not None:
            yield from _cells(number, row, at, columns, mistakes)
        if len(mistakes) > MOST_MISTAKES:
            return


def _long(
    words: Sequence[str],
    time: int,
    value: int,
    rows: Sequence[tuple[int, list[str]]],
    mistakes: list[str],
) -> Iterator[Found]:
    series, named = _first(words, _SERIES), _first(words, _METRICS)
    if series is None:
        mistakes.append(f"found no column that says whose sample it is, such as {_SERIES[0]}")
        return
    for number, row in rows:
        name = _cell(row, series)
        metric = metric_of(_cell(row, named)) if named is not None else metric_of(name)
        at = _second(number, row, time, mistakes)
        if metric is None:
            told = "does not say whether it is memory or CPU; add a column metric, or write"
            mistakes.append(f"row {number}: series {name!r} {told} {_SUCH}")
        elif at is not None:
            column = _Column(value, metric, server_of(labels_in(name), name), name)
            yield from _cells(number, row, at, [column], mistakes)
        if len(mistakes) > MOST_MISTAKES:
            return


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _second(number: int, row: Sequence[str], time: int, mistakes: list[str]) -> float | None:
    try:
        return second_in(_cell(row, time))
    except ValueError as error:
        mistakes.append(f"row {number}, column {time + 1}: {error}")
        return None


def _cells(
    number: int, row: Sequence[str], at: float, columns: Sequence[_Column], mistakes: list[str]
) -> Iterator[Found]:
    for column in columns:
        try:
            found = number_in(_cell(row, column.place), column.metric)
        except ValueError as error:
            mistakes.append(f"row {number}, column {column.place + 1}: {error}")
            continue
        if found is not None:
            yield column.metric, column.server, column.name, Sample(at, found)
