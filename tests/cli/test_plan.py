"""`readyroom plan`: the plan of every event, whatever the time."""

import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from preview.as_json import plans_json
from preview.run import Loaded

Invoke = Callable[..., Result]
Command = Callable[..., tuple[object, str, str]]


@pytest.mark.parametrize("stack", ["campus", "datahub", "exam", "icesat2", "workshop"])
def test_machines_read_every_figure_of_every_event(
    stack: str, invoke: Invoke, loaded: Callable[[str], Loaded]
) -> None:
    result = invoke("plan", stack, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == plans_json(loaded(stack))


def test_people_read_key_figures_reasons_and_machine_types(invoke: Invoke) -> None:
    result = invoke("plan", "datahub")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[:4] == [
        "event machine type seats/node nodes warm seats max waiting $/h placeholders",
        "lab e2-highmem-8 55 15 550 on 10 26 210 of 800 5.43 10 of 55 seats",
        "lecture e2-highmem-8 27 15 297 on 11 27 103 of 400 5.43 11 of 27 seats",
        "section e2-highmem-4 26 12 208 on 8 21 59 of 300 2.17 8 of 26 seats",
    ]
    starts = ("Plan of ", "Machine types for ")
    assert [line.split(":")[0].split(",")[0] for line in lines if line.startswith(starts)] == [
        "Plan of lab",
        "Machine types for lab",
        "Plan of lecture",
        "Machine types for lecture",
        "Plan of section",
        "Machine types for section",
    ]


def test_the_workshop_is_planned_by_default(invoke: Invoke) -> None:
    assert invoke("plan", "--json").stdout == invoke("plan", "workshop", "--json").stdout


def test_an_unknown_stack_is_refused_with_the_nearest(command: Command) -> None:
    assert command("plan", "exma") == (
        2,
        "",
        "stack: no file Pulumi.exma.yaml; allowed: campus, datahub, exam, icesat2, workshop; "
        "nearest: exam\n",
    )
