"""What the engine would do, and what is expected of it."""

from typing import Any

from hubs.permitted import Expected, Step
from preview.diff import Change
from preview.steps import errors, expected, steps
from preview.wire import UNKNOWN

RELEASE = "urn:pulumi:lab::readyroom::readyroom:hub:JupyterHub$kubernetes:helm.sh/v3:Release::lab"


def _state(**inputs: Any) -> dict[str, Any]:  # noqa: ANN401 - any value
    return {"type": "kubernetes:helm.sh/v3:Release", "inputs": inputs}


def test_an_update_tells_paths_old_values_and_what_is_hidden() -> None:
    raw = {
        "urn": RELEASE,
        "op": "update",
        "diffReasons": ["values"],
        "detailedDiff": {"values.b": {"kind": "add"}, "values.a": {"kind": "update"}},
        "oldState": _state(values={"a": 1.0, "__defaults": []}, version="4.4.0", pin="[secret]"),
        "newState": _state(
            values={"a": 2.0, "b": [UNKNOWN], "__defaults": ["x"]}, version="4.4.0", pin="[secret]"
        )
        | {"propertyDependencies": {"values": ["urn:x"], "version": []}},
    }

    assert steps({"steps": [raw]}) == [
        Step(
            urn=RELEASE,
            type="kubernetes:helm.sh/v3:Release",
            op="update",
            paths=("values.a", "values.b"),
            before={"values.a": 1, "values.b": "(absent)"},
            hidden=frozenset({"values", "pin"}),
            depends={"values": ("urn:x",), "version": ()},
        )
    ]


def test_what_comes_and_goes_has_no_properties_to_compare() -> None:
    created = {"urn": RELEASE, "op": "create", "newState": _state(a=1)}
    deleted = {"urn": RELEASE, "op": "delete", "oldState": _state(a=1), "diffReasons": None}

    found = steps({"steps": [created, deleted]})
    assert [(step.op, step.type, step.paths, step.before) for step in found] == [
        ("create", "kubernetes:helm.sh/v3:Release", (), {}),
        ("delete", "kubernetes:helm.sh/v3:Release", (), {}),
    ]


def test_without_details_the_reasons_are_taken() -> None:
    raw = {
        "urn": RELEASE,
        "op": "update",
        "diffReasons": ["values"],
        "detailedDiff": None,
        "oldState": _state(a=1),
        "newState": _state(a=1),
    }

    [found] = steps({"steps": [raw]})
    assert found.paths == ("values",)


def test_a_digest_of_nothing_has_no_steps_and_no_errors() -> None:
    assert (steps({}), errors({})) == ([], [])


def test_only_errors_among_the_diagnostics_are_told() -> None:
    told = [
        {"message": "planned for now\n", "severity": "info"},
        {"message": "error: preview failed\n", "severity": "error"},
    ]

    assert errors({"diagnostics": told}) == ["error: preview failed"]


def _change(kind: Any, urn: str, path: str = "", before: Any = None) -> Change:  # noqa: ANN401 - any value
    return Change(kind=kind, urn=urn, type="t", name="n", property=path, before=before)


def test_changes_are_gathered_by_resource_under_the_engines_urn() -> None:
    below = "urn:pulumi:lab::readyroom::pulumi:pulumi:Stack$readyroom:hub:JupyterHub::lab"

    assert expected(
        [
            _change("changed", RELEASE, "values.a", 1),
            _change("changed", RELEASE, "values.b", 2),
            _change("added", "urn:added"),
            _change("changed", below, "event", "(absent)"),
        ]
    ) == [
        Expected(urn=RELEASE, kind="changed", before={"values.a": 1, "values.b": 2}),
        Expected(urn="urn:added", kind="added"),
        Expected(
            urn="urn:pulumi:lab::readyroom::readyroom:hub:JupyterHub::lab",
            kind="changed",
            before={"event": "(absent)"},
        ),
    ]
