"""Every preview says which hub is frozen, from when to when, and who has lifted that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from rich.console import RenderableType

from hubs.active import PlannedEvent
from hubs.freeze_config import EmergencyConfig, FreezeConfig
from preview.as_json import preview_json
from preview.loaded import Loaded
from preview.pack import Verdict
from preview.run import Previewed
from preview.show_freeze import freezes_json, told_freezes
from preview.show_preview import screen

Frozen = Callable[[EmergencyConfig | None, datetime], Previewed]

# Berlin, an hour later; the event ends at 16:00 there, and its last setting 80 minutes later.
SINCE = datetime(2027, 1, 28, 14, tzinfo=UTC)
UNTIL = datetime(2027, 2, 1, 16, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPAN = "from 2027-01-28 15:00 CET to 2027-02-01 17:20 CET"
ADA = EmergencyConfig(by="Ada", reason="the notebook does not start")
LIFTED = (
    f"The freeze of hub campus for event demo {SPAN} is lifted by Ada: the notebook does not start"
)


@pytest.fixture
def frozen(loaded: Callable[[str], Loaded]) -> Frozen:
    """Preview a campus whose event is frozen, without asking the gate."""

    def previewed(emergency: EmergencyConfig | None, now: datetime) -> Previewed:
        stack = loaded("campus")
        config = FreezeConfig(
            since="2027-01-28T15:00",
            environment={"chart": "0123456789abcdef"},
            emergency=emergency,
        )

        def freeze(event: PlannedEvent) -> PlannedEvent:
            return replace(event, config=event.config.model_copy(update={"freeze": config}))

        events = tuple(freeze(event) for event in stack.events)
        nothing = Verdict(rules=(), violations=(), not_applicable={})
        return Previewed(
            loaded=replace(stack, events=events), now=now, resources=[], verdict=nothing
        )

    return previewed


@pytest.mark.parametrize(
    ("now", "emergency", "told"),
    [
        (SINCE - MINUTE, None, [f"Hub campus will be frozen {SPAN} for event demo"]),
        (SINCE, None, [f"Hub campus is frozen {SPAN} for event demo"]),
        (UNTIL - MINUTE, None, [f"Hub campus is frozen {SPAN} for event demo"]),
        (UNTIL, None, []),
        (SINCE - timedelta(days=60), ADA, [LIFTED]),
        (SINCE, ADA, [LIFTED]),
        (UNTIL - MINUTE, ADA, [LIFTED]),
        (UNTIL, ADA, []),
    ],
)
def test_a_freeze_is_told_until_the_event_is_over(
    now: datetime,
    emergency: EmergencyConfig | None,
    told: list[str],
    frozen: Frozen,
    lines: Callable[..., list[str]],
) -> None:
    previewed = frozen(emergency, now)
    parts: list[RenderableType] = list(screen(previewed))

    assert told_freezes(previewed) == told
    assert [line for line in lines(*parts) if line in told] == told
    assert ("Freezes" in lines(*parts)) is bool(told)


@pytest.mark.parametrize(
    ("now", "emergency", "expected"),
    [
        (SINCE - MINUTE, None, {"holds": False, "emergency": None}),
        (SINCE, None, {"holds": True, "emergency": None}),
        (
            UNTIL,
            ADA,
            {"holds": False, "emergency": {"reason": ADA.reason, "by": "Ada"}},
        ),
    ],
)
def test_machines_read_every_freeze(
    now: datetime, emergency: EmergencyConfig | None, expected: dict[str, Any], frozen: Frozen
) -> None:
    previewed = frozen(emergency, now)

    found = {
        "event": "demo",
        "hub": "campus",
        "since": "2027-01-28T15:00:00+01:00",
        "until": "2027-02-01T17:20:00+01:00",
    } | expected
    assert freezes_json(previewed) == [found]
    assert preview_json(previewed, None)["freezes"] == [found]
