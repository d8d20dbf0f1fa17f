"""What an update may do: what events switch, and nothing else."""

from typing import Any

import pytest

from hubs.permitted import Expected, Step, refusals

START = "urn:pulumi:lab::readyroom::readyroom:hub:JupyterHub$"
RELEASE = f"{START}kubernetes:helm.sh/v3:Release::lab"
POOL = "urn:pulumi:lab::readyroom::readyroom:gke:GkeCluster$gcp:container/nodePool:NodePool::lab-n2"
PASSWORD = f"{START}random:index/randomPassword:RandomPassword::lab-user-password"
SECRET = f"{START}kubernetes:core/v1:Secret::lab-sign-in"


def _type(urn: str) -> str:
    return urn.split("::")[2].rsplit("$", 1)[-1]


def _step(urn: str, op: str, *paths: str, **more: Any) -> Step:  # noqa: ANN401 - any field
    return Step(urn=urn, type=_type(urn), op=op, paths=paths, **more)


def _changed(urn: str, **before: Any) -> Expected:  # noqa: ANN401 - any value
    return Expected(
        urn=urn,
        kind="changed",
        before={path.replace("_", "."): value for path, value in before.items()},
    )


def _told(expected: list[Expected], *steps: Step) -> list[str]:
    return [str(refusal) for refusal in refusals(expected, steps)]


def test_steps_that_change_nothing_are_not_looked_at() -> None:
    assert _told([], *(_step(RELEASE, op) for op in ("same", "refresh", "read"))) == []


@pytest.mark.parametrize(("op", "kind"), [("create", "added"), ("delete", "removed")])
def test_a_pool_comes_and_goes_with_its_event_only(op: str, kind: Any) -> None:  # noqa: ANN401 - a literal
    step = _step(POOL, op)

    assert _told([Expected(urn=POOL, kind=kind)], step) == []
    refused = [f"gcp:container/nodePool:NodePool lab-n2: no event asks to {op} it"]
    assert _told([], step) == refused
    assert _told([_changed(POOL, autoscaling=1)], step) == refused


def test_an_unheard_of_step_is_refused() -> None:
    assert _told([_changed(RELEASE, values=1)], _step(RELEASE, "import")) == [
        "kubernetes:helm.sh/v3:Release lab: no event asks to import it"
    ]


@pytest.mark.parametrize(
    "path", ["values.hub", "values.hub.limit", "values.hub[0]", 'values["hub"].limit']
)
def test_a_property_is_an_events_when_it_differs_or_lies_within(path: str) -> None:
    assert _told([_changed(RELEASE, values_hub=1)], _step(RELEASE, "update", path)) == []


def test_every_other_property_is_named() -> None:
    step = _step(RELEASE, "update", "values.hub", "values.hubs", "version")

    assert _told([_changed(RELEASE, values_hub=1)], step) == [
        "kubernetes:helm.sh/v3:Release lab: values.hubs: is no setting of an event",
        "kubernetes:helm.sh/v3:Release lab: version: is no setting of an event",
    ]
    assert _told([], step)[0] == (
        "kubernetes:helm.sh/v3:Release lab: values.hub: is no setting of an event"
    )


def test_a_provider_that_names_the_whole_is_asked_for_the_parts() -> None:
    expected = [_changed(RELEASE, values_hub=1)]
    within = _step(RELEASE, "update", "values", before={"values.hub": 1})
    beyond = _step(RELEASE, "update", "values", before={"values.hub": 1, "values.proxy": 2})

    assert _told(expected, within) == []
    assert _told(expected, beyond) == [
        "kubernetes:helm.sh/v3:Release lab: values.proxy: is no setting of an event"
    ]
    assert _told(expected, _step(RELEASE, "update", "values")) == [
        "kubernetes:helm.sh/v3:Release lab: values: is no setting of an event"
    ]


def test_a_component_has_no_provider_and_its_inputs_tell() -> None:
    urn = "urn:pulumi:lab::readyroom::readyroom:hub:JupyterHub::lab"
    step = _step(urn, "update", before={"event": "(absent)"})

    assert _told([_changed(urn, event="(absent)")], step) == []
    assert _told([_changed(urn, image=1)], step) == [
        "readyroom:hub:JupyterHub lab: event: is no setting of an event"
    ]


def test_a_change_that_nobody_explains_is_refused() -> None:
    assert _told([_changed(POOL, autoscaling=1)], _step(POOL, "update")) == [
        "gcp:container/nodePool:NodePool lab-n2: would change, and nobody says how"
    ]


def test_a_file_that_was_changed_meanwhile_is_noticed_behind_an_events_setting() -> None:
    step = _step(RELEASE, "update", "values.hub", before={"values.hub": "old"})

    assert _told([_changed(RELEASE, values_hub="old")], step) == []
    assert _told([_changed(RELEASE, values_hub="[secret]")], step) == []
    assert _told([_changed(RELEASE, values_hub="new")], step) == [
        "kubernetes:helm.sh/v3:Release lab: values.hub: was changed after the last update, and "
        "not by an event; deploy that first"
    ]


def test_what_a_cloud_remembers_may_be_written_and_numbered_otherwise() -> None:
    expected = [_changed(POOL, **{"taints[0]_value": "T10:00Z"})]
    step = _step(POOL, "update", "taints[1].value", before={"taints[0].value": "T10:00:00Z"})

    assert _told(expected, step) == []
    other = _step(RELEASE, "update", "values[1].x")
    assert len(_told([_changed(RELEASE, **{"values[0]_x": 1})], other)) == 1


def test_passwords_are_made_anew_and_nothing_else_is_replaced() -> None:
    expected = [_changed(PASSWORD, keepers_event=""), _changed(POOL, keepers_event="")]

    assert _told(expected, _step(PASSWORD, "replace", "keepers.event")) == []
    assert _told(expected, _step(PASSWORD, "replace", "length")) == [
        "random:index/randomPassword:RandomPassword lab-user-password: length: is no setting of "
        "an event"
    ]
    assert _told(expected, _step(POOL, "replace", "keepers.event")) == [
        "gcp:container/nodePool:NodePool lab-n2: nothing is ever replaced by an event"
    ]


def test_what_cannot_be_seen_may_change_where_it_is_made_of_what_changes() -> None:
    expected = [_changed(PASSWORD, keepers_event="")]
    hidden = frozenset({"stringData"})
    step = _step(
        SECRET, "update", "stringData.user", hidden=hidden, depends={"stringData": (PASSWORD,)}
    )

    assert _told(expected, step) == []
    refused = ["kubernetes:core/v1:Secret lab-sign-in: stringData.user: is no setting of an event"]
    assert _told([], step) == refused
    rotated = _step(SECRET, "update", "stringData.user", hidden=hidden)
    assert _told(expected, rotated) == refused
    seen = _step(SECRET, "update", "stringData.user", depends={"stringData": (PASSWORD,)})
    assert _told(expected, seen) == refused
