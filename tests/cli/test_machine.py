"""`readyroom machine`: what a node of a type leaves to pods, and what of it to users."""

import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from capacity.quantities import GIB

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]

CHAIN = (
    "27.73 GiB and 3.92 CPU allocatable, less 854.0 MiB and 0.532 CPU of DaemonSets, less 2 % slack"
)


def _squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_machine_is_shown_from_capacity_to_users(invoke: Invoke) -> None:
    result = invoke("machine", "n2-highmem-4")

    assert result.exit_code == 0
    assert _squeezed(result.stdout)[:5] == [
        "n2-highmem-4 (gke)",
        "memory bytes CPU pods",
        "capacity 31.35 GiB 33669926912 4",
        "allocatable 27.73 GiB 29783904256 3.92 110",
        "for users 26.36 GiB 28310651944 3.32 83",
    ]
    assert " ".join(_squeezed(result.stdout)[5:]) == (
        f"31.35 GiB seen by the kubelet (measured on a node, lowest seen (2023-12-19)), {CHAIN} "
        "[2i2c-org/infrastructure node-capacity-info.json @0e54e8af1]"
    )


def test_a_measured_capacity_takes_the_place_of_what_is_known(invoke: Invoke) -> None:
    # Source: 2i2c-org/infrastructure node-capacity-info.json @0e54e8af1: capacity and
    # allocatable of the same node, 33669926912 and 29783904256.
    result = invoke("machine", "n2-highmem-4", "--memory-capacity", "33669926912", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "machineType": "n2-highmem-4",
        "memoryCapacity": 33669926912,
        "memoryAllocatable": 29783904256,
        "cpuAllocatable": 3920,
        "pods": 110,
        "forUsers": {"memory": 28310651944, "cpu": 3320, "pods": 83},
        "because": f"31.35 GiB seen by the kubelet (given on the command line), {CHAIN}",
        "source": "--memory-capacity",
    }


def test_less_memory_seen_leaves_less_by_as_much(invoke: Invoke) -> None:
    seen = 33669926912 - GIB

    found = json.loads(
        invoke("machine", "n2-highmem-4", "--memory-capacity", str(seen), "--json").stdout
    )
    assert (found["memoryCapacity"], found["memoryAllocatable"]) == (seen, 29783904256 - GIB)


def test_a_capacity_may_have_a_binary_unit_and_is_rounded_down(invoke: Invoke) -> None:
    result = invoke("machine", "n2-highmem-4", "--memory-capacity", "31.3571Gi", "--json")

    assert json.loads(result.stdout)["memoryCapacity"] == 33669429749


def test_a_machine_of_eks_is_known_too(invoke: Invoke) -> None:
    found = json.loads(invoke("machine", "m5.2xlarge", "--json").stdout)

    assert (found["memoryAllocatable"], found["cpuAllocatable"], found["pods"]) == (
        31526460850,
        7910,
        58,
    )
    assert found["forUsers"] == {"memory": 30476669005, "cpu": 7472, "pods": 51}


def test_an_unknown_type_is_refused_with_the_nearest(command: Command) -> None:
    assert command("machine", "n2-highmem-5") == (
        2,
        "",
        "machine type 'n2-highmem-5' is not in the catalogue; nearest: n2-highmem-8, "
        "n2-highmem-4, n2-highmem-2\n",
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("32G", "found '32G', which is 34359738368 bytes to JupyterHub and 32000000000 to "),
        ("lots", "found 'lots'; write bytes or a binary unit, such as 2Gi\n"),
    ],
)
def test_a_capacity_that_is_no_amount_is_refused(written: str, told: str, command: Command) -> None:
    code, out, err = command("machine", "n2-highmem-4", "--memory-capacity", written)

    rest = "Kubernetes; write 32Gi or bytes\n" if written == "32G" else ""
    assert (code, out, err) == (2, "", told + rest)
