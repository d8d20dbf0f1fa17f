"""One stack at one instant: run and judged."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hubs.files import stack_config
from preview.loaded import Loaded, load
from preview.monitor import RefusedError
from preview.run import Previewed, preview, preview_with_later, resources_at

CLOCK = datetime(2026, 11, 21, 9, 30, 59, tzinfo=UTC)
Copy = Callable[[str, str, str], Path]


def _without_events(root: Path, tmp_path: Path) -> Path:
    text = (root / "Pulumi.campus.yaml").read_text("utf-8")
    path = tmp_path / "Pulumi.calm.yaml"
    path.write_text(text.split("  readyroom:events:")[0], "utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "names"),
    [("quiet", []), ("event", ["lab"]), ("over", [])],
)
def test_the_active_events_are_those_whose_settings_are_on(
    word: str, names: list[str], previewed: Callable[[str, str], Previewed]
) -> None:
    assert [event.config.name for event in previewed("datahub", word).active] == names


def test_a_stack_without_events_runs_with_the_projects_defaults(root: Path, tmp_path: Path) -> None:
    found = preview(load(root, str(_without_events(root, tmp_path))), CLOCK)

    assert (len(found.resources), found.active) == (30, [])
    assert sorted(set(found.verdict.not_applicable.values())) == [
        "no event is active at this instant"
    ]


def test_an_emergency_lets_a_change_of_an_exam_through_every_rule(root: Path, copied: Copy) -> None:
    path = copied(
        "exam",
        "        environment:\n",
        "        emergency: {by: Ada, reason: a broken chart}\n        environment:\n",
    )
    text = path.read_text("utf-8")
    assert text.count("    provider: gke\n") == 1
    chart = "    charts: {jupyterhub: oci://example.org/charts/jupyterhub}\n"
    path.write_text(text.replace("    provider: gke\n", f"    provider: gke\n{chart}"), "utf-8")
    of = load(root, str(path))

    found = preview(of, of.instant("event", CLOCK)).verdict
    assert not found.refused
    told = [(one.policy, one.message.split(" (")[0]) for one in found.violations]
    waived = "of the exam guide is waived: the freeze is lifted by Ada: a broken chart"
    assert {one for one in told if one[0].startswith("exam-")} == {
        ("exam-waived", f"Event final: line {line} {waived}") for line in ("rehearsal", "freeze")
    }
    rules = sorted(one[0] for one in told)
    assert rules == ["exam-waived", "exam-waived", "freeze-kept", "quotas-read"]


def test_a_secret_is_handed_over_as_a_secret_without_being_decrypted(
    root: Path, copied: Copy
) -> None:
    path = copied(
        "campus",
        "    provider: existing\n",
        "    provider: existing\n    kubeconfig: {secret: labKubeconfig}\n",
    )
    key = '  readyroom:labKubeconfig: {secure: "v1:abc:def"}\n'
    path.write_text(path.read_text("utf-8") + key, "utf-8")

    found = resources_at(load(root, str(path)), CLOCK)
    [provider] = [it.inputs for it in found if it.type == "pulumi:providers:kubernetes"]
    assert provider["kubeconfig"] == "[secret]"


LATER = """
    - name: later
      hub: lab
      kind: workshop
      users: {users}
      seat: {{memory: 2Gi, cpu: 0.5}}
      arrivals: {{within: 5m}}
      timezone: Europe/Berlin
      sessions: [{{starts: "2027-03-01T14:00", ends: "2027-03-01T16:00"}}]
"""


@pytest.fixture
def two(root: Path, tmp_path: Path) -> Callable[[int], Loaded]:
    """Load the campus stack with another event, of so many people."""

    def made(users: int) -> Loaded:
        path = tmp_path / "Pulumi.two.yaml"
        text = (root / "Pulumi.campus.yaml").read_text("utf-8").rstrip()
        hub = re.findall("hub: (.*)", text)[0]
        later = LATER.format(users=users).replace("hub: lab", f"hub: {hub}")
        path.write_text(text + later, "utf-8")
        return load(root, str(path))

    return made


@pytest.mark.parametrize(("users", "refusals"), [(21, []), (22, ["event-fits-pool"])])
def test_every_event_to_come_is_judged_by_the_pack_that_runs(
    users: int, refusals: list[str], two: Callable[[int], Loaded]
) -> None:
    of, told = two(users), list[str]()

    found = preview_with_later(of, of.instant("event", CLOCK), told.append)

    assert told == ["later"]
    assert not found.verdict.refused
    assert found.refused is bool(refusals)
    assert [
        (one.ahead.names, one.ahead.now.isoformat(), [it.policy for it in one.verdict.refusals])
        for one in found.later
    ] == [(("later",), "2027-03-01T14:00:00+01:00", refusals)]


def test_a_preview_for_an_update_judges_its_instant_alone(two: Callable[[int], Loaded]) -> None:
    of = two(22)

    found = preview(of, of.instant("event", CLOCK))
    assert (found.later, found.refused) == ((), False)
    assert preview(of, of.instant("later", CLOCK)).refused


def test_a_secret_that_is_missing_has_a_stand_in_that_is_a_secret(root: Path, copied: Copy) -> None:
    path = copied(
        "campus",
        "    provider: existing\n",
        "    provider: existing\n    kubeconfig: {secret: labKubeconfig}\n",
    )

    found = resources_at(load(root, str(path)), CLOCK)
    [provider] = [it.inputs for it in found if it.type == "pulumi:providers:kubernetes"]
    assert provider["kubeconfig"] == "[secret]"


def test_the_program_itself_refuses_that_a_secret_is_missing(root: Path, copied: Copy) -> None:
    path = copied(
        "campus",
        "    provider: existing\n",
        "    provider: existing\n    kubeconfig: {secret: labKubeconfig}\n",
    )
    as_written = replace(load(root, str(path)), config=stack_config(path))

    with pytest.raises(RefusedError) as caught:
        resources_at(as_written, CLOCK)
    assert str(caught.value) == (
        "labKubeconfig: is missing; pulumi config set --secret labKubeconfig"
    )
