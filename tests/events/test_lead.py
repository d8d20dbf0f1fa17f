"""How long before a session its settings must be on."""

from datetime import timedelta

import pytest

from events.lead import (
    NODE_READY_SECONDS,
    SCHEDULE_SLACK_SECONDS,
    Lead,
    image_pull_seconds,
)

GIB = 1 << 30


def test_a_lead_is_the_sum_of_its_parts_in_whole_minutes() -> None:
    lead = Lead(node_ready=600, image_pull=256, slack=900)
    assert lead.span == timedelta(minutes=30)
    assert lead.because == "node ready 10m + image pulled 4m16s + schedule slack 15m"


def test_nodes_that_are_there_are_not_waited_for() -> None:
    lead = Lead(node_ready=0, image_pull=256, slack=900)
    assert lead.span == timedelta(minutes=20)
    assert lead.because == "image pulled 4m16s + schedule slack 15m"


@pytest.mark.parametrize(("pull", "minutes"), [(0, 25), (1, 26), (60, 26), (61, 27)])
def test_a_lead_is_rounded_up_to_the_minute(pull: int, minutes: int) -> None:
    lead = Lead(node_ready=NODE_READY_SECONDS, image_pull=pull, slack=SCHEDULE_SLACK_SECONDS)
    assert lead.span == timedelta(minutes=minutes)


# A 9 GiB image takes ten minutes, the slow end of "5 to 10" (z2jh docs, optimisation page).
@pytest.mark.parametrize(
    ("image", "seconds"), [(0, 0), (1, 1), (4 * GIB, 256), (4 * GIB + 1, 257), (9 * GIB, 576)]
)
def test_an_image_is_pulled_at_16_mib_a_second(image: int, seconds: int) -> None:
    assert image_pull_seconds(image) == seconds
