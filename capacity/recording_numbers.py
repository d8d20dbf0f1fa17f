"""Numbers and times as exports write them, with and without units. Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from math import isfinite

from capacity.quantities import GIB, KIB, MIB, TIB
from capacity.recording import Metric, Sample, Series, UnreadableRecordingError

_NUMBER = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-z%/]*)")
_BYTES: dict[str, float] = {
    "": 1,
    "B": 1,
    "bytes": 1,
    "kB": 10**3,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "Ki": KIB,
    "Mi": MIB,
    "Gi": GIB,
    "Ti": TIB,
    "KiB": KIB,
    "MiB": MIB,
    "GiB": GIB,
    "TiB": TIB,
}
_CORES: dict[str, float] = {"": 1, "m": 1 / 1000, "core": 1, "cores": 1, "s": 1}
# What stands for no sample: Prometheus' stale mark, and a panel's gap.
_NOTHING = ("", "nan", "null", "-", "undefined")
# Later than any second since 1970 that an exam is written in, so that it is milliseconds.
_MILLISECONDS = 10**11
# Years 1990 to 2200, as in stack files.
_FIRST, _LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1990, 2201))
# No number or time is longer.
_LONGEST = 40
Found = tuple[Metric, str, str, Sample]

_SUCH_TIME = "write seconds since 1970, or a time such as 2026-12-04T10:00:00Z"


def number_in(text: str, metric: Metric) -> float | None:
    """Return a number in bytes, cores or seconds; None where there is no sample.

    Raises:
        ValueError: not a number, one with a unit of something else, infinite or below 0.
    """
    written = text.strip()
    if written.lower() in _NOTHING:
        return None
    match = _NUMBER.fullmatch(written) if len(written) <= _LONGEST else None
    units = _BYTES if metric == "memory" else _CORES
    if match is None or match[2] not in units:
        known = ", ".join(unit for unit in units if unit)
        msg = f"found {_cut(written)!r}; write a number, plain or with {known}"
        raise ValueError(msg)
    found = float(match[1]) * units[match[2]]
    if not isfinite(found) or found < 0:
        msg = f"found {_cut(written)!r}; write a number that is not below 0"
        raise ValueError(msg)
    return found


def second_in(text: str) -> float:
    """Return the seconds since 1970 of a time; without an offset it is in UTC.

    Raises:
        ValueError: not a time.
    """
    written = text.strip()
    found = _seconds(written) if len(written) <= _LONGEST else None
    if found is None or not _FIRST <= found <= _LAST:
        msg = f"found {_cut(written)!r}; {_SUCH_TIME}"
        raise ValueError(msg)
    return found


def _seconds(written: str) -> float | None:
    match = _NUMBER.fullmatch(written)
    if match is not None and not match[2]:
        found = float(match[1])
        return found / 1000 if found >= _MILLISECONDS else found
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def gathered(found: Iterable[Found]) -> list[Series]:
    """Return samples as series in order of time; of two at one instant the larger counts.

    Raises:
        UnreadableRecordingError: there is no sample at all.
    """
    groups: dict[tuple[Metric, str, str], dict[float, float]] = {}
    for metric, server, name, sample in found:
        held = groups.setdefault((metric, server, name), {})
        held[sample.at] = max(sample.value, held.get(sample.at, 0.0))
    if not groups:
        raise UnreadableRecordingError(["has no sample; export the time of the run"])
    return [
        Series(
            server=server,
            metric=metric,
            name=name,
            samples=tuple(Sample(at, value) for at, value in sorted(held.items())),
        )
        for (metric, server, name), held in sorted(groups.items())
    ]
