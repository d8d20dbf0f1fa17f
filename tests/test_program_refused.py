"""Bad copies of shipped stacks: the real pack says what, the two numbers and the knob."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import commands

pytestmark = pytest.mark.usefixtures("shared_pack")

SEATS = "seat: {memory: 3.4Gi, cpu: 0.4}"
OVERSOLD = (SEATS, SEATS.replace("}", ", memoryLimit: 6.8Gi, cpuLimit: 0.8}"))
POOL = "pool: {machineType: n2-highmem-4}"
TOO_SMALL = (POOL, "pool: {machineType: n2-highmem-4, maxNodes: 20}")
SHARED = (
    POOL,
    (
        "pool: {machineType: n2-standard-48, warmNodes: 4}\n"
        "      placeholders: {replicas: 4, memory: 48Gi, cpu: 4}"
    ),
)
ENGINEERS = "engineers: [lead, backup]"
# From homes on a disk of 1 TiB, the default of the guide.
SHARED_READ = (ENGINEERS, ENGINEERS + "\n      storage: {sharedReadPerUser: 7Gi}")


@pytest.mark.parametrize(
    ("stack", "change", "messages"),
    [
        (
            "workshop",
            OVERSOLD,
            [
                (
                    "no-oversubscription",
                    (
                        "Event intro: size 'intro' may use 0.8 CPU and is guaranteed 0.4; leave "
                        "out seat.cpuLimit or raise seat.cpu."
                    ),
                ),
                (
                    "no-oversubscription",
                    (
                        "Event intro: size 'intro' may use 6.80 GiB (7301444404 bytes) and is "
                        "guaranteed 3.40 GiB (3650722202 bytes); leave out seat.memoryLimit or "
                        "raise seat.memory."
                    ),
                ),
            ],
        ),
        (
            "workshop",
            TOO_SMALL,
            [
                (
                    "event-fits-pool",
                    (
                        "Event intro: 240 users need 240 seats and 20 nodes of n2-highmem-4 offer "
                        "140 (7 each); raise pool.maxNodes or lower seat.memory or seat.cpu."
                    ),
                )
            ],
        ),
        (
            "workshop",
            SHARED,
            [
                (
                    "placeholders",
                    (
                        "Event intro: 4 placeholders of 48.00 GiB share 2 nodes of n2-standard-48, "
                        "3 to a node, and 4 nodes are promised; raise placeholders.replicas to 10 "
                        "or placeholders.memory above 87.38 GiB."
                    ),
                )
            ],
        ),
        (
            "workshop",
            SHARED_READ,
            [
                (
                    "storage-throughput",
                    (
                        "Event intro: 240 users read 7.00 GiB and write 0.0 MiB each within 12m, "
                        "which wants 2389.4 MiB/s of read throughput, and Filestore BASIC_HDD of "
                        "1024 GiB has 100.0 MiB/s and takes at least 4h46m44s; copy homes to "
                        "another instance with cluster.homes {tier: ZONAL, capacity: 9472Gi} "
                        "($2462.72 a month instead of $204.80), or set storage.within to "
                        "4h46m44s, or lower storage.sharedReadPerUser or storage.homeWritePerUser."
                    ),
                )
            ],
        ),
        (
            "campus",
            ("users: 21", "users: 22"),
            [
                (
                    "event-fits-pool",
                    (
                        "Event demo: 22 users need 22 seats and 3 nodes of declared offer 21 (7 "
                        "each); raise cluster.nodes.count or lower seat.memory or seat.cpu."
                    ),
                )
            ],
        ),
    ],
    ids=[
        "oversubscribed",
        "pool too small",
        "placeholders share nodes",
        "homes too slow",
        "one user too many",
    ],
)
def test_a_bad_copy_of_a_stack_is_refused_with_what_two_numbers_and_the_knob(
    stack: str,
    change: tuple[str, str],
    messages: list[tuple[str, str]],
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = (root / f"Pulumi.{stack}.yaml").read_text("utf-8")
    assert text.count(change[0]) == 1
    path = tmp_path / "Pulumi.bad.yaml"
    path.write_text(text.replace(*change), "utf-8")
    monkeypatch.chdir(root)

    result = CliRunner().invoke(commands(), ["preview", str(path), "--at", "event", "--json"])

    found: dict[str, Any] = json.loads(result.stdout)
    hub = f"urn:pulumi:bad::readyroom::pulumi:pulumi:Stack$readyroom:hub:JupyterHub::{stack}"
    assert result.exit_code == 1
    assert found["refused"] is True
    assert [told for told in found["violations"] if told["level"] == "mandatory"] == [
        {"policy": policy, "level": "mandatory", "urn": hub, "message": message}
        for policy, message in messages
    ]
