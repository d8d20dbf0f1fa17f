"""`readyroom machine`: what a node of a type leaves to pods."""

from typing import Annotated

import typer
from rich.table import Table

from capacity.allocatable import NodeMemory, allocatable, node_memory
from capacity.machines import find
from capacity.nodes import sold_node
from capacity.quantities import memory_bytes, show_cpu, show_memory
from cli.output import console, write_json


def machine(
    machine_type: Annotated[str, typer.Argument(metavar="TYPE", help="Such as n2-highmem-4.")],
    memory_capacity: Annotated[
        str | None, typer.Option(help="Bytes that a kubelet reported, if you have measured it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Show what a node of a machine type leaves to pods, and what of it to users."""
    found = find(machine_type)
    seen = node_memory(found)
    if memory_capacity is not None:
        seen = NodeMemory(
            capacity=memory_bytes(memory_capacity, up=False),
            because="given on the command line",
            source="--memory-capacity",
            measured=True,
        )
    given = allocatable(found, seen.capacity)
    node = sold_node(found, seen)
    if as_json:
        write_json(
            {
                "machineType": found.name,
                "memoryCapacity": seen.capacity,
                "memoryAllocatable": given.memory,
                "cpuAllocatable": given.cpu,
                "pods": given.pods,
                "forUsers": {"memory": node.memory, "cpu": node.cpu, "pods": node.pods},
                "because": node.because,
                "source": seen.source,
            }
        )
        return
    rows = (
        ("capacity", seen.capacity, found.vcpus * 1000, None),
        ("allocatable", given.memory, given.cpu, given.pods),
        ("for users", node.memory, node.cpu, node.pods),
    )
    out = console()
    out.print(_table(f"{found.name} ({found.cloud})", rows))
    out.print(f"{node.because}  [{seen.source}]", markup=False)


def _table(title: str, rows: tuple[tuple[str, int, int, int | None], ...]) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    table.add_column("")
    for column in ("memory", "bytes", "CPU", "pods"):
        table.add_column(column, justify="right")
    for name, memory, cpu, pods in rows:
        slots = "" if pods is None else str(pods)
        table.add_row(name, show_memory(memory), str(memory), show_cpu(cpu), slots)
    return table
