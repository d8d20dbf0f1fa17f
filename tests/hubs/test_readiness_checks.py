"""Times in a preparation that cannot be are refused with their path."""

import pytest

from hubs.event import EventConfig
from hubs.readiness_checks import readiness_mistakes
from tests.hubs.exams import Raw, raw_stack


def mistakes(readiness: Raw | None) -> list[tuple[str, str]]:
    """Return what is refused of a preparation of the shipped exam."""
    event = raw_stack()["events"][0] | {"readiness": readiness}
    return list(readiness_mistakes(EventConfig.model_validate(event)))


SKIPPED = "which a clock change in America/Toronto skips; write an hour later"


@pytest.mark.parametrize(
    ("readiness", "told"),
    [
        (None, []),
        ({}, []),
        ({"onCall": [{"engineer": "first"}, {"starts": "2026-12-14T08:00"}]}, []),
        (
            {"onCall": [{}, {"starts": "2026-12-14T08:00", "ends": "2026-12-14T08:00"}]},
            [
                (
                    "readiness.onCall[1].ends",
                    "found 2026-12-14T08:00, not after starts 2026-12-14T08:00",
                )
            ],
        ),
        (
            {"datesConfirmed": {"starts": "2026-03-08T02:30", "ends": "2026-02-30T02:30"}},
            [
                ("readiness.datesConfirmed.starts", f"found 2026-03-08T02:30, {SKIPPED}"),
                (
                    "readiness.datesConfirmed.ends",
                    "found '2026-02-30T02:30'; write a quoted local time, such as "
                    '"2026-12-14T09:00"',
                ),
            ],
        ),
        (
            {"rehearsal": {"at": "2026-03-08T02:30"}},
            [("readiness.rehearsal.at", f"found 2026-03-08T02:30, {SKIPPED}")],
        ),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    readiness: Raw | None, told: list[tuple[str, str]]
) -> None:
    assert mistakes(readiness) == told
