"""What the runbook shows is what the program says, and takes."""

import json
import re
from pathlib import Path

from hubs.import_ids import ImportId
from hubs.orphan_files import parse_listing
from hubs.orphans import STACK_TAG
from hubs.recovery import Belongs, advice

TEXT = (Path(__file__).parents[1] / "docs" / "recovery.md").read_text("utf-8")
START = "urn:pulumi:icesat2::readyroom::"


def test_the_advice_is_shown_as_it_is_printed() -> None:
    to = Belongs(
        stack="icesat2",
        type="aws:eks/nodeGroup:NodeGroup",
        name="core-m5-xlarge",
        parent=f"{START}readyroom:eks:EksCluster::icesat2",
        provider=f"{START}pulumi:providers:aws::icesat2-aws",
    )

    assert f"warning: {advice(to, ImportId(text='readyroom-icesat2:core-m5-xlarge'))}\n" in TEXT


def test_the_listing_is_read_without_a_mistake() -> None:
    [example] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)

    found = parse_listing(json.loads(example), "list.json", {"region": "us-west-2"})
    assert [(it.named.type, it.named.id, it.tags[STACK_TAG], it.since) for it in found] == [
        (
            "aws:eks/nodeGroup:NodeGroup",
            "readyroom-icesat2:core-m5-xlarge",
            "icesat2",
            "2026-11-21T13:00:00Z",
        ),
        (
            "gcp:compute/disk:Disk",
            "projects/my-project/zones/us-central1-b/disks/pvc-1",
            "workshop",
            "",
        ),
    ]
