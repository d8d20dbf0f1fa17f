"""Spans of time as people write them: `10m`, `1h30m`, `90s`. Pure."""

import re

_PARTS = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SECONDS = (86_400, 3_600, 60, 1)


def seconds(written: object) -> int:
    """Return the seconds of a span such as `10m` or `1h30m`.

    Raises:
        ValueError: not such a span; a bare number has no unit.
    """
    text = str(written).strip()
    match = _PARTS.fullmatch(text)
    if isinstance(written, bool) or match is None or not text:
        near = f", such as {text}m" if text.isdigit() else ", such as 10m or 1h30m"
        msg = f"found {written!r}; write a span with its unit{near}"
        raise ValueError(msg)
    return sum(int(part or 0) * unit for part, unit in zip(match.groups(), _SECONDS, strict=True))


def show(total: int) -> str:
    """Return seconds for a reader, such as `1h30m`, `10m`, `45s`."""
    parts: list[str] = []
    for unit, name in zip(_SECONDS, "dhms", strict=True):
        count, total = divmod(total, unit)
        if count:
            parts.append(f"{count}{name}")
    return "".join(parts) or "0s"
