"""`readyroom plan`: the plan of every event, whatever the time."""

import json
import re
from collections.abc import Callable

import pytest
from typer.testing import Result

from preview.as_json import plans_json
from preview.loaded import Loaded
from preview.show_plan import without_waiting

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]


@pytest.mark.parametrize("stack", ["campus", "datahub", "exam", "icesat2", "workshop"])
def test_machines_read_every_figure_of_every_event(
    stack: str, invoke: Invoke, loaded: Callable[[str], Loaded]
) -> None:
    result = invoke("plan", stack, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == plans_json(loaded(stack))


def test_people_read_key_figures_reasons_machine_types_and_trade_offs(
    invoke: Invoke, loaded: Callable[[str], Loaded]
) -> None:
    result = invoke("plan", "datahub")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    events = loaded("datahub").events
    assert result.exit_code == 0
    assert lines[0] == (
        "event machine type users seats/node nodes warm seats max waiting $/session placeholders"
    )
    for line, event in zip(lines[1:4], events, strict=True):
        plan = event.plan
        warm = f"{plan.warm_seats} on {plan.warm_nodes} {plan.max_nodes}"
        per_node = f"{plan.chosen.seats.seats} {plan.chosen.nodes}"
        users = event.config.users
        assert line.startswith(f"{event.config.name} {plan.node.name} {users} {per_node} {warm} ")
    assert lines[4:8] == [*map(without_waiting, events), ""]
    starts = ("Plan of ", "Machine types for ", "Warm nodes against waiting for ")
    assert [re.split("[:,;]", line)[0] for line in lines if line.startswith(starts)] == [
        f"{start}{name}" for name in ("lab", "lecture", "section") for start in starts
    ]


def test_own_nodes_have_no_trade_off(invoke: Invoke) -> None:
    result = invoke("plan", "campus")

    assert result.exit_code == 0
    assert "Machine types for demo" in result.stdout
    assert "Warm nodes against waiting" not in result.stdout


def test_the_workshop_is_planned_by_default(invoke: Invoke) -> None:
    assert invoke("plan", "--json").stdout == invoke("plan", "workshop", "--json").stdout


def test_an_unknown_stack_is_refused_with_the_nearest(command: Command) -> None:
    assert command("plan", "exma") == (
        2,
        "",
        "stack: no file Pulumi.exma.yaml; allowed: campus, datahub, exam, full-eks, "
        "full-gke, icesat2, workshop; nearest: exam\n",
    )
