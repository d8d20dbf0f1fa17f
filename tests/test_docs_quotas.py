"""The snapshot that the document shows is one."""

import json
import re
from pathlib import Path

from capacity.quotas.snapshot import Reading
from hubs.mistakes import Mistake
from hubs.quota_snapshot import parse_snapshot

TEXT = (Path(__file__).parents[1] / "docs" / "quotas.md").read_text("utf-8")


def test_the_example_is_read_without_a_mistake() -> None:
    [example] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    mistakes: list[Mistake] = []

    found = parse_snapshot(json.loads(example), "quotas/x.json", ("gke", "us-central1"), mistakes)
    assert mistakes == []
    assert found is not None
    assert found.readings == {
        "N2_CPUS": Reading(limit=500, usage=24, own=20),
        "SSD_TOTAL_GB": Reading(limit=500, default=True),
    }
