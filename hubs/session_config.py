"""What a stack file may say of one session and its repeats. Pure."""

from typing import Self

from pydantic import Field, model_validator

from hubs.fields import Count, DateText, DayOrMoment, Model, Repeats, Text


class SessionConfig(Model):
    """One session, or several that repeat at the same local hours.

    Dates without a time are whole days: from the first minute of `starts` to the last of `ends`.
    """

    starts: DayOrMoment
    ends: DayOrMoment
    repeats: Repeats | None = None
    until: DateText | None = Field(default=None, description="last day of daily or weekly")
    exceptions: tuple[DateText, ...] = Field(
        default=(), description="local days on which a repeat does not begin"
    )
    cohort: Text | None = Field(default=None, description="who, such as extra time")
    users: Count | None = Field(
        default=None, description="how many of the event's users; default: all of them"
    )

    @model_validator(mode="after")
    def _repeats_end(self) -> Self:
        word = self.repeats in ("daily", "weekly")
        alone = self.until is not None and self.repeats is None
        if alone or (word and self.until is None):
            msg = 'repeats and until belong together, such as {repeats: daily, until: "2026-06-19"}'
            raise ValueError(msg)
        if self.until is not None and not word:
            msg = "until belongs to repeats: daily or weekly; write UNTIL into a rule"
            raise ValueError(msg)
        if self.exceptions and self.repeats is None:
            msg = "exceptions belong to repeats; leave them out"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _whole_days(self) -> Self:
        if (len(self.starts) == len("2026-06-15")) != (len(self.ends) == len("2026-06-15")):
            msg = (
                f"starts {self.starts} and ends {self.ends}; write both as dates, for whole "
                "days, or both with a time"
            )
            raise ValueError(msg)
        return self
