"""What a stack file may say of how users come. Pure."""

from typing import Literal, Self

from pydantic import Field, model_validator

from capacity.crowds import (
    Bell,
    Cohort,
    Cohorts,
    Poisson,
    Recorded,
    Uniform,
    is_counter,
    last_arrival,
    of_series,
)
from hubs.fields import Count, Model, Offset, Seconds


class RateConfig(Model):
    """So many users in so much time."""

    users: Count
    every: Seconds


# A day: later arrivals belong to another session.
_LONGEST_WAY_IN = 86_400


class CohortConfig(Model):
    """A part of the users that comes in its own time."""

    users: Count
    within: Seconds
    after: Seconds | None = Field(default=None, description="time after the session starts")


class ArrivalsConfig(Model):
    """How users come. Exactly one of within, rate, recorded, series and cohorts."""

    within: Seconds | None = None
    shape: Literal["uniform", "bell"] | None = Field(
        default=None, description="of within: evenly, or 70 % in the first third"
    )
    rate: RateConfig | None = None
    recorded: tuple[Offset, ...] | None = Field(
        default=None, min_length=1, description="seconds after the start at which users came"
    )
    series: tuple[tuple[Offset, Offset], ...] | None = Field(
        default=None,
        min_length=2,
        description="seconds and users so far, as a Prometheus counter has them",
    )
    cohorts: tuple[CohortConfig, ...] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _one_of_all(self) -> Self:
        given = (self.within, self.rate, self.recorded, self.series, self.cohorts)
        if sum(one is not None for one in given) != 1:
            msg = (
                "write exactly one of within, rate, recorded, series and cohorts, such as "
                "{within: 10m}"
            )
            raise ValueError(msg)
        if self.shape is not None and self.within is None:
            msg = f"shape {self.shape} belongs to within, such as {{within: 10m, shape: bell}}"
            raise ValueError(msg)
        if self.series is not None and not is_counter(self.series):
            msg = "series must rise: later seconds, and never fewer users so far"
            raise ValueError(msg)
        last = max(self.recorded or (0.0,))
        if last > _LONGEST_WAY_IN:
            msg = (
                f"recorded ends {last:g} s after the start; write seconds from the start of the "
                f"session, at most {_LONGEST_WAY_IN}"
            )
            raise ValueError(msg)
        return self

    def curve(self) -> Uniform | Bell | Poisson | Recorded | Cohorts:
        """Return how the arrivals lie in time."""
        if self.rate is not None:
            return Poisson(self.rate.users, self.rate.every)
        if self.recorded is not None:
            return Recorded(tuple(sorted(self.recorded)))
        if self.series is not None:
            return of_series(self.series)
        if self.cohorts is not None:
            return Cohorts(
                tuple(
                    Cohort(part.users, Uniform(part.within), part.after or 0)
                    for part in self.cohorts
                )
            )
        return Bell(self.within or 1) if self.shape == "bell" else Uniform(self.within or 1)

    def seconds(self, users: int) -> int:
        """Return the seconds in which so many users come, rounded down, at least one."""
        return last_arrival(self.curve(), users)
