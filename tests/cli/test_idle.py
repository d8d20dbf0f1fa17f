"""`readyroom idle`: what is always on, for people and for machines."""

import json
from collections.abc import Callable

from typer.testing import Result

Invoke = Callable[..., Result]


def test_what_is_always_on_is_listed_and_summed(invoke: Invoke) -> None:
    result = invoke("idle", "workshop")

    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "control plane 73.00 1 x 0.1 USD per hour" in lines
    assert lines[-1] == "together 412.47 730 hours, without traffic and events; ? has no source"


def test_machines_read_the_same_sum(invoke: Invoke) -> None:
    result = invoke("idle", "workshop", "--json")

    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["stack"] == "workshop"
    assert found["microUsdPerMonth"] == sum(line["microUsdPerMonth"] for line in found["lines"])


def test_own_nodes_cost_nothing(invoke: Invoke) -> None:
    result = invoke("idle", "campus")

    assert result.exit_code == 0
    assert result.stdout == (
        "Nothing: the cluster exists already, and no cloud resource is made.\n"
    )
