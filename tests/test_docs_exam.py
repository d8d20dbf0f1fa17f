"""What the document on exams shows is what there is."""

import re
from pathlib import Path

import yaml

from capacity.rehearsal import CPU_HEADROOM_PERCENT, CPU_PERCENTILE, MEMORY_HEADROOM_PERCENT
from hubs.event import EventConfig
from hubs.readiness_checks import readiness_mistakes
from hubs.readiness_lines import ITEMS
from hubs.rehearsals import MOST_BYTES

TEXT = (Path(__file__).parents[1] / "docs" / "exam.md").read_text("utf-8")


def test_the_example_is_an_event_without_a_mistake() -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    [event] = [EventConfig.model_validate(one) for one in yaml.safe_load(example)]

    assert list(readiness_mistakes(event)) == []
    assert event.readiness
    said = event.readiness.model_dump(exclude_defaults=True)
    assert set(said) == set(type(event.readiness).model_fields)


def test_every_line_of_the_list_is_told_in_order() -> None:
    assert re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE) == list(ITEMS)


def test_numbers_are_those_of_the_program() -> None:
    assert f"| {MEMORY_HEADROOM_PERCENT} % |" in TEXT
    assert f"what {CPU_PERCENTILE} of 100 samples" in TEXT
    assert f"| {CPU_HEADROOM_PERCENT} % |" in TEXT
    assert f"at most {MOST_BYTES // 2**20} MiB" in TEXT
