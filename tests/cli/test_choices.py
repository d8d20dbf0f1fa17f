"""`readyroom choices`: sizes that really fit, as a z2jh profileList."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from typer.testing import Result

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]

# A node of n2-highmem-4 leaves this to users: bytes and millicpu.
MEMORY, CPU = 28310651944, 3320
RESOURCES = ["mem_guarantee", "mem_limit", "cpu_guarantee", "cpu_limit"]


def _yaml(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0
    return yaml.safe_load(result.stdout)


def _overrides(result: Result) -> list[dict[str, Any]]:
    return [entry["kubespawner_override"] for entry in _yaml(result)]


def _size(memory: int, cpu: float, limit: float) -> dict[str, Any]:
    return {
        "mem_guarantee": memory,
        "mem_limit": memory,
        "cpu_guarantee": cpu,
        "cpu_limit": limit,
        "node_selector": {"node.kubernetes.io/instance-type": "n2-highmem-4"},
    }


def test_four_sizes_by_default_each_half_of_the_next(invoke: Invoke) -> None:
    # The strategy of 2i2c's generate_choices.py, "proportional memory".
    assert _overrides(invoke("choices", "n2-highmem-4")) == [
        _size(MEMORY // 8, 0.415, 3.32),
        _size(MEMORY // 4, 0.83, 3.32),
        _size(MEMORY // 2, 1.66, 3.32),
        _size(MEMORY, 3.32, 3.32),
    ]


def test_an_entry_is_a_z2jh_profile_with_all_four_resources(invoke: Invoke) -> None:
    found = _yaml(invoke("choices", "n2-highmem-4"))

    assert [list(entry) for entry in found] == [
        ["display_name", "description", "slug", "default", "kubespawner_override"]
    ] * 4
    assert [list(entry["kubespawner_override"]) for entry in found] == [
        [*RESOURCES, "node_selector"]
    ] * 4
    assert [entry["default"] for entry in found] == [True, False, False, False]
    assert [entry["slug"] for entry in found] == [
        "mem-3538831493-cpu-415m",
        "mem-7077662986-cpu-830m",
        "mem-14155325972-cpu-1660m",
        "mem-28310651944-cpu-3320m",
    ]
    assert [(entry["display_name"], entry["description"]) for entry in found] == [
        ("3.29 GiB memory, 0.415 CPU", "0.415 CPU guaranteed, up to 3.32 CPU; 8 to a node"),
        ("6.59 GiB memory, 0.83 CPU", "0.83 CPU guaranteed, up to 3.32 CPU; 4 to a node"),
        ("13.18 GiB memory, 1.66 CPU", "1.66 CPU guaranteed, up to 3.32 CPU; 2 to a node"),
        ("26.36 GiB memory, 3.32 CPU", "3.32 CPU guaranteed; 1 to a node"),
    ]


def test_the_reason_for_the_sizes_comes_first_as_a_comment(invoke: Invoke) -> None:
    assert invoke("choices", "n2-highmem-4").stdout.splitlines()[0] == (
        "# 31.35 GiB seen by the kubelet (measured on a node, lowest seen (2023-12-19)), 27.73 "
        "GiB and 3.92 CPU allocatable, less 854.0 MiB and 0.532 CPU of DaemonSets, less 2 % slack"
    )


@pytest.mark.parametrize("halvings", [1, 2, 7])
def test_so_many_halvings_are_so_many_sizes(halvings: int, invoke: Invoke) -> None:
    found = _overrides(invoke("choices", "n2-highmem-4", "--halvings", str(halvings)))

    assert [size["mem_limit"] for size in found] == [
        MEMORY // 2**power for power in reversed(range(halvings))
    ]


@pytest.mark.parametrize("per_node", [1, 8, 83])
def test_a_size_of_which_so_many_fit_a_node(per_node: int, invoke: Invoke) -> None:
    found = _overrides(invoke("choices", "n2-highmem-4", "--per-node", str(per_node)))

    assert found == [_size(MEMORY // per_node, CPU // per_node / 1000, 3.32)]


def test_a_size_with_a_given_memory_has_its_share_of_the_cpu(invoke: Invoke) -> None:
    # 3.4 Gi rounded up to a byte; 3320m times its share of the memory, rounded down.
    assert _overrides(invoke("choices", "n2-highmem-4", "--memory", "3.4Gi")) == [
        _size(3650722202, 0.428, 3.32)
    ]


@pytest.mark.parametrize(
    "how", [("--per-node", "8"), ("--memory", "3.4Gi"), ("--halvings", "3")], ids=lambda it: it[0]
)
def test_guaranteed_sizes_have_equal_cpu(how: tuple[str, str], invoke: Invoke) -> None:
    found = _overrides(invoke("choices", "n2-highmem-4", *how, "--guaranteed"))

    assert [size["cpu_limit"] for size in found] == [size["cpu_guarantee"] for size in found]
    assert [size["mem_limit"] for size in found] == [size["mem_guarantee"] for size in found]


def test_sizes_asked_for_in_several_ways_come_together_smallest_first(invoke: Invoke) -> None:
    ways = ("--per-node", "4", "--per-node", "2", "--memory", "1Gi", "--halvings", "1")

    found = _yaml(invoke("choices", "n2-highmem-4", *ways))
    assert [entry["kubespawner_override"]["mem_limit"] for entry in found] == [
        1 << 30,
        MEMORY // 4,
        MEMORY // 2,
        MEMORY,
    ]
    assert [entry["default"] for entry in found] == [True, False, False, False]


def test_machines_read_the_same_as_json(invoke: Invoke) -> None:
    people, machines = (invoke("choices", "n2-highmem-4", *flag) for flag in ((), ("--json",)))

    assert json.loads(machines.stdout) == _yaml(people)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["n2-highmem-5"],
            "machine type 'n2-highmem-5' is not in the catalogue; nearest: n2-highmem-8, "
            "n2-highmem-4, n2-highmem-2",
        ),
        (
            ["n2-highmem-4", "--memory", "27Gi"],
            "27.00 GiB asked; n2-highmem-4 has 26.36 GiB for users; ask for less or for a bigger "
            "type",
        ),
        (
            ["n2-highmem-4", "--per-node", "84"],
            "84 per node asked; n2-highmem-4 has 1 to 83 pod slots for users",
        ),
        (
            ["n2-highmem-4", "--halvings", "8"],
            "128 per node asked; n2-highmem-4 has 1 to 83 pod slots for users",
        ),
        (
            ["n2-highmem-4", "--memory", "2G"],
            "found '2G', which is 2147483648 bytes to JupyterHub and 2000000000 to Kubernetes; "
            "write 2Gi or bytes",
        ),
    ],
)
def test_what_no_node_holds_is_refused_in_one_line(
    arguments: list[str], told: str, command: Command
) -> None:
    assert command("choices", *arguments) == (2, "", f"{told}\n")


def test_no_halving_at_all_is_refused(invoke: Invoke) -> None:
    result = invoke("choices", "n2-highmem-4", "--halvings", "0")

    assert result.exit_code == 2
    assert "Invalid value for '--halvings'" in result.stderr
