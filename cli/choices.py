"""`readyroom choices`: sizes to offer on a machine type, ready for a profileList."""

import sys
from typing import Annotated

import typer
import yaml

from capacity.choices import Choice, halving, of_memory, profile, share
from capacity.machines import find
from capacity.nodes import sold_node
from capacity.quantities import memory_bytes
from cli.output import write_json

# Well-known label of every node; the generator of 2i2c selects by it, too.
_TYPE_LABEL = "node.kubernetes.io/instance-type"


def choices(
    machine_type: Annotated[str, typer.Argument(metavar="TYPE", help="Such as n2-highmem-4.")],
    halvings: Annotated[
        int | None, typer.Option(min=1, help="So many sizes, each half of the next. Default: 4.")
    ] = None,
    per_node: Annotated[
        list[int] | None, typer.Option(min=1, help="A size of which so many fit a node.")
    ] = None,
    memory: Annotated[
        list[str] | None, typer.Option(help="A size with this memory, such as 3.4Gi.")
    ] = None,
    guaranteed: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--guaranteed", help="CPU limit = guarantee, for exams.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write sizes that really fit, after DaemonSets and slack, as a z2jh profileList."""
    node = sold_node(find(machine_type))
    found: list[Choice] = [share(node, count, guaranteed=guaranteed) for count in per_node or []]
    found += [
        of_memory(node, memory_bytes(amount), guaranteed=guaranteed) for amount in memory or []
    ]
    if halvings or not found:
        found += halving(node, halvings or 4, guaranteed=guaranteed)
    found.sort(key=lambda choice: (choice.memory, choice.cpu))
    selector = {_TYPE_LABEL: machine_type}
    listed = [profile(choice, selector, default=choice is found[0]) for choice in found]
    if as_json:
        write_json(listed)
        return
    sys.stdout.write(f"# {node.because}\n")
    yaml.safe_dump(listed, sys.stdout, sort_keys=False, allow_unicode=True, width=100)
