"""Reading a recorded run as Prometheus and Grafana export it: JSON or CSV. Pure.

Prometheus answers `query_range` with a matrix, its values as text. Grafana saves a panel as CSV,
a column for each series or a row for each sample, with units where its data were formatted.
Sources: prometheus.io, "HTTP API", range queries; grafana.com, "Inspect a panel", 2026.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from capacity.recording import (
    Metric,
    Sample,
    Series,
    UnreadableRecordingError,
    metric_of,
    server_of,
)
from capacity.recording_csv import read_csv
from capacity.recording_numbers import Found, gathered, number_in, second_in

Json: TypeAlias = "str | int | float | bool | dict[str, Json] | list[Json] | None"

_QUERY = "export a range query, /api/v1/query_range"
_NAMES: Mapping[str, Metric] = {"memory": "memory", "cpu": "cpu", "cpuSeconds": "cpu seconds"}


def read_recording(text: str) -> list[Series]:
    """Return the series of a recording.

    Raises:
        UnreadableRecordingError: with what is wrong, and where.
    """
    plain = text.removeprefix("\ufeff")
    if not plain.strip():
        raise UnreadableRecordingError(["is empty; export the run with its samples"])
    return _read_json(plain) if plain.lstrip()[0] in "{[" else read_csv(plain)


def _read_json(text: str) -> list[Series]:
    try:
        raw: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRecordingError([f"is not JSON: {error}"]) from None
    mistakes: list[str] = []
    found = [
        one
        for given, items in _answers(raw, None, mistakes)
        for index, item in enumerate(items)
        for one in _series(index, item, given, mistakes)
    ]
    if mistakes:
        raise UnreadableRecordingError(mistakes)
    return gathered(found)


def _answers(
    raw: Json, given: Metric | None, mistakes: list[str]
) -> Iterator[tuple[Metric | None, list[Json]]]:
    """Yield the series of every answer in a file: one, several by metric, or a list of them."""
    if isinstance(raw, list) and all(isinstance(one, dict) and "metric" in one for one in raw):
        yield given, raw
    elif isinstance(raw, list):
        for one in raw:
            yield from _answers(one, given, mistakes)
    elif isinstance(raw, dict) and raw and raw.keys() <= _NAMES.keys():
        for name, one in raw.items():
            yield from _answers(one, _NAMES[name], mistakes)
    elif _at(raw, "status") == "error":
        mistakes.append(f"Prometheus answered {_at(raw, 'error')!r}; ask it again")
    else:
        data = _at(raw, "data") or raw
        items = _at(data, "result")
        if _at(data, "resultType") == "matrix" and isinstance(items, list):
            yield given, items
        else:
            kind = _at(data, "resultType")
            mistakes.append(f"found resultType {kind!r}, not 'matrix'; {_QUERY}")


def _at(raw: Json, key: str) -> Json:
    return raw.get(key) if isinstance(raw, dict) else None


def _series(index: int, item: Json, given: Metric | None, mistakes: list[str]) -> Iterator[Found]:
    where, labels, values = f"result[{index}]", _at(item, "metric"), _at(item, "values")
    if not isinstance(labels, dict) or not isinstance(values, list):
        mistakes.append(f"{where}: has no metric and values; {_QUERY}")
        return
    named = {key: str(value) for key, value in labels.items()}
    name = named.get("__name__", "")
    metric = given or metric_of(name)
    if metric is None:
        told = 'memory or CPU; write {"memory": ANSWER, "cpu": ANSWER}'
        mistakes.append(f"{where}: found metric {name!r}, which does not say whether it is {told}")
        return
    server = server_of(named, "")
    for place, pair in enumerate(values):
        sample = _sample(f"{where}.values[{place}]", pair, mistakes)
        if sample is not None:
            yield metric, server, str(sorted(named.items())), sample


def _sample(where: str, pair: Json, mistakes: list[str]) -> Sample | None:
    if not isinstance(pair, list) or len(pair) != len(Sample._fields):
        mistakes.append(f'{where}: found {pair!r:.40}; write [seconds, "number"]')
        return None
    try:
        at, value = second_in(str(pair[0])), number_in(str(pair[1]), "cpu")
    except ValueError as error:
        mistakes.append(f"{where}: {error}")
        return None
    return None if value is None else Sample(at, value)
