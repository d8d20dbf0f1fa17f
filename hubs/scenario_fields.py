"""The types of a scenario file's fields: spans as numbers or texts, sizes, variable times. Pure."""

from fractions import Fraction
from typing import Annotated, Any, Self, TypeGuard

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from capacity.quantities import cpu_millis, memory_bytes
from capacity.scene import Duration
from events.durations import seconds, show
from hubs.fields import Count, Model
from hubs.shapes import is_mapping

# The engine counts milliseconds up to half a year.
_LONGEST = 30 * 86_400
# A bare whole number from here up cannot be meant as cores that a template hides.
_LEAST_MILLICORES = 10
# Seconds in which one user comes at the lowest rate; a rate is a fraction of at most as many.
_FINEST_RATE = 100_000
_NUMBER = {"type": "number", "minimum": 0}
_TEXT = {"type": "string", "pattern": r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$"}


def _schema(**keys: Any) -> WithJsonSchema:  # noqa: ANN401 - JSON Schema is untyped
    return WithJsonSchema(keys)


def _is_number(written: object) -> TypeGuard[int | float]:
    return isinstance(written, int | float) and not isinstance(written, bool)


def span(written: object) -> float:
    """Return the seconds that a person wrote as a number or as a span such as `10m`.

    Raises:
        ValueError: neither, below 0, or longer than 30 days.
    """
    if _is_number(written):
        found = float(written)
    else:
        try:
            found = float(seconds(written))
        except ValueError:
            msg = f"found {written!r}; write seconds, or a span such as 10m"
            raise ValueError(msg) from None
    if not 0 <= found <= _LONGEST:
        msg = f"found {written!r}; write from 0s to {show(_LONGEST)}"
        raise ValueError(msg)
    return found


def _above_0(found: float) -> float:
    if found <= 0:
        msg = f"found {found:g}; write a number above 0"
        raise ValueError(msg)
    return found


def _whole_span(written: object) -> int:
    return round(span(written))


def _whole_span_above_0(written: object) -> int:
    return max(round(_above_0(span(written))), 1)


def _natural(written: object) -> int:
    if _is_number(written) and written >= 0 and written == written // 1:
        return int(written)
    msg = f"found {written!r}; write a whole number, at least 0"
    raise ValueError(msg)


def _at_least_1(found: float) -> float:
    if found < 1:
        msg = f"found {found:g}; write at least 1 second"
        raise ValueError(msg)
    return found


def _number_above_0(written: object) -> float:
    if _is_number(written) and 0 < written < _LONGEST:
        return float(written)
    msg = f"found {written!r}; write a number above 0"
    raise ValueError(msg)


_SPAN = _schema(anyOf=[_NUMBER, _TEXT], description="seconds, or a span such as 10m")
SpanIn = Annotated[float, _SPAN]
Span = Annotated[float, BeforeValidator(span), _SPAN]
Scan = Annotated[float, BeforeValidator(span), AfterValidator(_at_least_1), _SPAN]
WholeSpan = Annotated[int, BeforeValidator(_whole_span), _SPAN]
WholeSpanAbove0 = Annotated[int, BeforeValidator(_whole_span_above_0), _SPAN]
NumberAbove0 = Annotated[
    float, BeforeValidator(_number_above_0), _schema(type="number", exclusiveMinimum=0)
]
Natural = Annotated[int, BeforeValidator(_natural), _schema(type="integer", minimum=0)]
CpuOrNone = Annotated[
    int,
    BeforeValidator(cpu_millis),
    _schema(
        anyOf=[_NUMBER, {"type": "string", "pattern": r"^(\d+(\.\d{1,3})?|\d+m)$"}],
        description="cores with at most three decimals, or millicores such as 100m",
    ),
]
MemoryOrNone = Annotated[
    int,
    BeforeValidator(memory_bytes),
    _schema(
        anyOf=[
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": r"^\d+(\.\d+)?\s*(Ki|Mi|Gi|Ti)?$"},
        ],
        description="bytes, or a number with Ki, Mi, Gi or Ti",
    ),
]


class VaryingConfig(Model):
    """A duration that varies: its median and its 95th percentile."""

    p50: Span
    p95: Span

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.p95 < self.p50:
            msg = f"p95 {self.p95:g} is below p50 {self.p50:g}; raise it"
            raise ValueError(msg)
        return self

    def duration(self) -> Duration:
        """Return it as the simulator reads it."""
        return Duration(p50=self.p50, p95=self.p95)


def _varying(written: object) -> object:
    if is_mapping(written) or isinstance(written, VaryingConfig):
        return written
    found = span(written)
    return {"p50": found, "p95": found}


Varying = Annotated[
    VaryingConfig, BeforeValidator(_varying, json_schema_input_type=SpanIn | VaryingConfig)
]


class AmountConfig(Model):
    """CPU and memory that are taken from a node; each may be left out."""

    cpu: CpuOrNone = 0
    memory: MemoryOrNone = 0


def _overhead(written: object) -> object:
    if is_mapping(written) or isinstance(written, AmountConfig):
        return written
    if isinstance(written, int) and _is_number(written) and written >= _LEAST_MILLICORES:
        return {"cpu": f"{written}m"}
    return {"cpu": f"{cpu_millis(written)}m"}


Overhead = Annotated[
    AmountConfig,
    BeforeValidator(
        _overhead,
        json_schema_input_type=Annotated[float, _schema(**_NUMBER)]
        | Annotated[str, _schema(type="string", pattern=r"^(\d+(\.\d{1,3})?|\d+m)$")]
        | AmountConfig,
    ),
]


class RateConfig(Model):
    """So many users in so much time."""

    users: Count
    every: WholeSpanAbove0


def _rate(written: object) -> object:
    if not _is_number(written):
        return written
    exact = Fraction(_number_above_0(written)).limit_denominator(_FINEST_RATE)
    if not exact:
        msg = f"found {written!r}; write at least one user in {_FINEST_RATE} seconds"
        raise ValueError(msg)
    return {"users": exact.numerator, "every": exact.denominator}


Rate = Annotated[
    RateConfig, BeforeValidator(_rate, json_schema_input_type=NumberAbove0 | RateConfig)
]
