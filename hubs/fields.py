"""The base of all config models, and the types of their fields. Pure."""

import re
from collections.abc import Callable
from ipaddress import ip_network
from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

from capacity.quantities import GIB, KIB, MIB, TIB, cpu_millis, memory_bytes, show_memory
from events.durations import seconds, show
from events.instants import calendar_date, is_local, normal, zone
from events.repeats import rule_text

_HOUR = seconds("1h")
# Shortest maintenance window of GKE, and the longest that leaves a day its night.
_FEWEST_HOURS, _MOST_HOURS = 4, 24
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_LABEL = "[a-z]([a-z0-9-]{0,38}[a-z0-9])?"
# Below these a number without a unit is one whose unit was forgotten.
_FEWEST_BYTES, _FEWEST_BYTES_OF_STORAGE = 64 * MIB, GIB
# Beyond these a forgotten unit is more likely Mi.
_MOST_GIB, _MOST_GIB_OF_STORAGE = 512, 100 * KIB


class Model(BaseModel):
    """Frozen, closed, camelCase in YAML, snake_case in Python."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        validate_default=True,
    )


def _text(written: object) -> str:
    if isinstance(written, str):
        return written
    msg = f"found {written!r}; write text, in quotes if it looks like something else"
    raise ValueError(msg)


def _dns_label(written: str) -> str:
    if not re.fullmatch(_LABEL, written):
        msg = (
            f"found {written!r}; write a name of at most 40 lower-case letters, digits and "
            "dashes that begins with a letter"
        )
        raise ValueError(msg)
    return written


def _amount(fewest: int, most_gib: int) -> Callable[[object], int]:
    """Return a reader of bytes that refuses few of them, unless they were written with a unit."""

    def read(written: object) -> int:
        amount = memory_bytes(written)
        if not 0 < amount < fewest or str(written).strip()[-1:] == "i":
            return amount
        if amount < MIB:
            unit = "Gi" if amount <= most_gib else "Mi"
            found, told = f"{amount} bytes", f"{amount}{unit}"
        else:
            found, told = show_memory(amount), f"it with a unit, such as {amount // MIB}Mi"
        msg = f"found {written}, which is {found}; write {told}"
        raise ValueError(msg)

    return read


def in_units(amount: int) -> str:
    """Return bytes exactly, as people write them: `1000Mi`, `1.2Ti`; as bytes if nobody would."""
    for unit, size in (("Gi", GIB), ("Mi", MIB), ("Ki", KIB)):
        if amount % size == 0:
            return f"{amount // size}{unit}"
    for unit, size in (("Ti", TIB), ("Gi", GIB), ("Mi", MIB)):
        short = f"{amount / size:.2f}".rstrip("0").rstrip(".") + unit
        if memory_bytes(short) == amount:
            return short
    return str(amount)


def _positive(written: int) -> int:
    if written <= 0:
        msg = f"found {written}; write a number above 0"
        raise ValueError(msg)
    return written


def _whole(written: object) -> int:
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, float) and written.is_integer():
        return int(written)
    msg = f"found {written!r}; write a whole number"
    raise ValueError(msg)


def _switch(written: object) -> bool:
    if isinstance(written, bool):
        return written
    msg = f"found {written!r}; write true or false"
    raise ValueError(msg)


def _offset(written: object) -> float:
    number = written if isinstance(written, int | float) else -1
    if isinstance(written, bool) or not isfinite(number) or number < 0:
        msg = f"found {written!r}; write a number that is not below 0, such as 12.5"
        raise ValueError(msg)
    return float(number)


def _permille(written: object) -> int:
    share = written if isinstance(written, int | float) else None
    if isinstance(written, bool) or share is None or not 0 <= share <= 1:
        msg = f"found {written!r}; write a share from 0 to 1, such as 0.3"
        raise ValueError(msg)
    return round(share * 1000)


def _zone_name(written: str) -> str:
    return zone(written).key


def _moment(written: object) -> str:
    is_local(written)
    return normal(written)


def _day_or_moment(written: object) -> str:
    text = normal(written)
    if len(text) == len("2026-12-14"):
        return calendar_date(text).isoformat()
    return _moment(text)


def _date_text(written: object) -> str:
    return calendar_date(written).isoformat()


def _cidr(written: str) -> str:
    try:
        return str(ip_network(written))
    except ValueError:
        msg = f"found {written!r}; write a network with its length, such as 198.51.100.0/24"
        raise ValueError(msg) from None


def like(pattern: str, what: str) -> Callable[[str], str]:
    """Return a check that a text has a form, which says in words what is wanted."""

    def check(written: str) -> str:
        if not re.fullmatch(pattern, written):
            msg = f"found {written!r}; write {what}"
            raise ValueError(msg)
        return written

    return check


def _hours(written: int) -> int:
    if written % _HOUR or not _FEWEST_HOURS <= written // _HOUR <= _MOST_HOURS:
        told = f"write {_FEWEST_HOURS}h to {_MOST_HOURS}h, in whole hours"
        msg = f"found {show(written)}; {told}"
        raise ValueError(msg)
    return written


def _schema(**keys: Any) -> WithJsonSchema:  # noqa: ANN401 - JSON Schema is untyped
    return WithJsonSchema(keys)


def _memory_schema(fewest: int) -> WithJsonSchema:
    digits = rf"\d{{{len(str(fewest))},}}"
    return _schema(
        anyOf=[
            {"type": "integer", "minimum": fewest},
            {"type": "string", "pattern": rf"^(\d+(\.\d*)?\s*(Ki|Mi|Gi|Ti)|{digits})$"},
        ],
        description="a number with Ki, Mi, Gi or Ti, or bytes",
    )


Text = Annotated[str, BeforeValidator(_text)]
Switch = Annotated[bool, BeforeValidator(_switch)]
DnsLabel = Annotated[
    Text,
    AfterValidator(_dns_label),
    _schema(type="string", pattern=f"^{_LABEL}$"),
]
MemoryBytes = Annotated[
    int,
    BeforeValidator(_amount(_FEWEST_BYTES, _MOST_GIB)),
    AfterValidator(_positive),
    _memory_schema(_FEWEST_BYTES),
]
StorageBytes = Annotated[
    int,
    BeforeValidator(_amount(_FEWEST_BYTES_OF_STORAGE, _MOST_GIB_OF_STORAGE)),
    AfterValidator(_positive),
    _memory_schema(_FEWEST_BYTES_OF_STORAGE),
]
MilliCpu = Annotated[
    int,
    BeforeValidator(cpu_millis),
    AfterValidator(_positive),
    _schema(
        anyOf=[
            {"type": "number", "exclusiveMinimum": 0},
            {"type": "string", "pattern": r"^(\d+(\.\d{1,3})?|\d+m)$"},
        ],
        description="cores with at most three decimals, or millicores such as 1750m",
    ),
]
Seconds = Annotated[
    int,
    BeforeValidator(seconds),
    AfterValidator(_positive),
    _schema(
        type="string", pattern=r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$", description="such as 10m"
    ),
]
Count = Annotated[
    int, BeforeValidator(_whole), AfterValidator(_positive), _schema(type="integer", minimum=1)
]
Cidr = Annotated[Text, AfterValidator(_cidr), _schema(type="string", examples=["198.51.100.0/24"])]
Email = Annotated[
    Text,
    AfterValidator(like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an address, such as hub-admin@example.org")),
    _schema(type="string", format="email"),
]
ClockTime = Annotated[
    Text,
    AfterValidator(like(_CLOCK, 'a time of day in quotes, such as "02:00"')),
    _schema(type="string", pattern=f"^{_CLOCK}$", examples=["02:00"]),
]
Hours = Annotated[Seconds, AfterValidator(_hours)]
Offset = Annotated[float, BeforeValidator(_offset), _schema(type="number", minimum=0)]
Permille = Annotated[int, BeforeValidator(_permille), _schema(type="number", minimum=0, maximum=1)]
ZoneName = Annotated[
    Text, AfterValidator(_zone_name), _schema(type="string", examples=["Europe/Berlin"])
]
DayOrMoment = Annotated[
    str,
    BeforeValidator(_day_or_moment),
    _schema(
        type="string",
        examples=["2026-12-14T09:00", "2026-12-14"],
        description="local time, quoted, or a whole day",
    ),
]
Repeats = Annotated[
    Text,
    AfterValidator(rule_text),
    _schema(
        anyOf=[{"enum": ["daily", "weekly"]}, {"type": "string", "pattern": "^FREQ=[A-Z]+;.*$"}],
        description="daily or weekly with until, or a rule as calendars have it",
        examples=["daily", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218"],
    ),
]
CalendarFile = Annotated[
    Text,
    AfterValidator(like(r"[a-z0-9][a-z0-9-]*\.ics", "the name of a file, such as data8.ics")),
    _schema(type="string", examples=["data8.ics"]),
]
Moment = Annotated[
    str,
    BeforeValidator(_moment),
    _schema(type="string", examples=["2026-12-14T09:00"], description="local time, quoted"),
]
DateText = Annotated[
    str, BeforeValidator(_date_text), _schema(type="string", examples=["2026-12-18"])
]


def duration(written: str, description: str | None = None) -> int:
    """Return a field of seconds whose default is written as people write it."""
    return Field(
        default=seconds(written),
        validate_default=False,
        description=description,
        json_schema_extra={"default": written},
    )
