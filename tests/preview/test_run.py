"""One stack at one instant: run and judged."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from preview.loaded import load
from preview.run import Previewed, preview, resources_at

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
