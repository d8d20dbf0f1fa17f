"""`readyroom freeze`: what it writes, what it says, and what the gate then refuses."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import commands
from hubs.mistakes import MistakesError

Freeze = Callable[..., Result]

AT = "2026-12-09T15:00"
SPAN = "from 2026-12-09 15:00 EST to 2026-12-14 14:00 EST"
PARTS = [
    "chart",
    "image",
    "address",
    "cull",
    "database",
    "hub",
    "pool",
    "prePuller",
    "profiles",
    "proxy",
    "scheduling",
    "signIn",
    "singleuser",
]


STACK = """\
# An exam.
config:
  readyroom:cluster:
    provider: gke
    authorizedNetworks: [198.51.100.0/24]
    region: northamerica-northeast1
    zones: [northamerica-northeast1-b]
    corePool: {machineType: n2-highmem-2, maxNodes: 3}
    homes: {tier: BASIC_SSD, capacity: 2560Gi}
  readyroom:hubs: [exam, course]
  readyroom:events:
    - name: final
      hub: exam
      kind: exam
      users: 100  # and two who watch
      seat: {memory: 2Gi, cpu: 1}
      arrivals: {within: 10m}
      timezone: America/Toronto
      sessions:
        - {starts: "2026-12-14T09:00", ends: "2026-12-14T12:00"}
        - {starts: "2026-12-14T09:00", ends: "2026-12-14T13:30", cohort: extra time}
      engineers: [first, second]
"""


@pytest.fixture
def project(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an exam and all hubs."""
    (tmp_path / "hubs").mkdir()
    for name in ("__main__.py", "Pulumi.yaml"):
        shutil.copy(root / name, tmp_path / name)
    (tmp_path / "Pulumi.exam.yaml").write_text(STACK, "utf-8")
    for path in (root / "hubs").glob("*.yaml"):
        shutil.copy(path, tmp_path / "hubs" / path.name)
    (tmp_path / "policies").symlink_to(root / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(project: Path) -> Freeze:
    """Call the command in that project."""
    del project

    def called(*arguments: str) -> Result:
        return CliRunner().invoke(commands(), list(arguments), catch_exceptions=False)

    return called


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def _refused(call: Freeze, *arguments: str) -> str:
    with pytest.raises(MistakesError) as caught:
        call("freeze", *arguments)
    return str(caught.value)


def _environment(call: Freeze) -> dict[str, str]:
    found = call("freeze", "exam", "final", "--at", AT, "--again", "--dry-run", "--json")
    return json.loads(found.stdout)["environment"]


def _violations(call: Freeze, at: str) -> list[tuple[str, str, str]]:
    """Return what rules of freezes say in a preview."""
    found = json.loads(call("preview", "exam", "--at", at, "--json").stdout)["violations"]
    of_freezes = [it for it in found if it["policy"] in ("frozen", "freeze-kept")]
    return [(it["policy"], it["level"], it["message"]) for it in of_freezes]


def test_it_writes_what_the_hub_is_made_of_and_nothing_else(call: Freeze, project: Path) -> None:
    path = project / "Pulumi.exam.yaml"
    before, environment = path.read_text("utf-8"), _environment(call)
    path.chmod(0o640)

    result = call("freeze", "exam", "final", "--at", AT)

    assert list(environment) == PARTS
    assert path.read_text("utf-8") == before + "".join(
        f"{line}\n"
        for line in (
            "      freeze:",
            f'        since: "{AT}"',
            "        environment:",
            *(f'          {part}: "{found}"' for part, found in environment.items()),
        )
    )
    assert result.stdout.splitlines() == [
        f"Hub exam is frozen {SPAN} for event final:",
        *(f"  {part} {found}" for part, found in environment.items()),
        "Written to Pulumi.exam.yaml.",
    ]
    assert path.stat().st_mode & 0o777 == 0o640
    assert [it.name for it in project.iterdir() if it.name.startswith(".")] == []


def test_a_dry_run_writes_nothing(call: Freeze, project: Path) -> None:
    path = project / "Pulumi.exam.yaml"
    before = path.read_text("utf-8")

    result = call("freeze", "exam", "final", "--at", AT, "--dry-run")

    assert result.stdout.splitlines()[-1] == "Nothing was written: --dry-run."
    assert path.read_text("utf-8") == before


def test_machines_read_the_same(call: Freeze) -> None:
    arguments = ("freeze", "exam", "final", "--at", AT, "--since", "2026-12-10 16:30", "--json")
    found = json.loads(call(*arguments).stdout)

    assert found == {
        "event": "final",
        "hub": "exam",
        "since": "2026-12-10T16:30:00-05:00",
        "until": "2026-12-14T14:00:00-05:00",
        "emergency": None,
        "environment": found["environment"],
        "file": "Pulumi.exam.yaml",
        "written": True,
    }
    assert list(found["environment"]) == PARTS


def test_what_is_frozen_is_the_same_at_any_time(call: Freeze) -> None:
    arguments = ("freeze", "exam", "final", "--dry-run", "--json")
    found = json.loads(call(*arguments, "--at", "final", "--since", AT).stdout)

    assert found["environment"] == _environment(call)


def test_a_frozen_stack_is_the_gates_business_until_the_end(
    call: Freeze, project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = _environment(call)
    call("freeze", "exam", "final", "--at", AT)
    assert _violations(call, AT) == []

    file = project / "hubs" / "exam.yaml"
    _change(file, "sha256:4f8b52e3", "sha256:4f8b52e4")
    _change(file, "profiles: {perNode: [8]}", "profiles: {perNode: [4]}")

    after = _environment(call)
    parts = ("image", "profiles", "singleuser")
    told = "; ".join(f"{part} is {after[part]}, frozen as {before[part]}" for part in parts)
    message = (
        f"Hub exam is frozen {SPAN} for event final: {told}; put it back, or write "
        "freeze.emergency with by and reason."
    )
    assert _violations(call, "final") == [("frozen", "mandatory", message)]
    assert _violations(call, "2026-12-14T14:00") == []

    path = project / "Pulumi.exam.yaml"
    emergency = "        emergency: {by: Ada, reason: a broken image}\n"
    _change(path, "        environment:\n", f"{emergency}        environment:\n")
    lifted = f"the freeze of hub exam for event final {SPAN} is lifted by Ada: a broken image"
    assert _violations(call, "final") == [
        ("freeze-kept", "advisory", f"Hub exam: {lifted}; {told}.")
    ]
    # The program ran once more, to compare with; it is heard once.
    assert [it.message for it in caplog.records if it.levelname == "WARNING"] == [lifted]


def test_another_hub_of_the_stack_may_change(call: Freeze, project: Path) -> None:
    call("freeze", "exam", "final", "--at", AT)
    course = project / "hubs" / "course.yaml"
    course.write_text(f"{course.read_text('utf-8')}cull: {{timeout: 3h}}\n", "utf-8")

    assert _violations(call, "final") == []


def test_it_is_written_anew_only_when_asked(call: Freeze, project: Path) -> None:
    call("freeze", "exam", "final", "--at", AT)
    path = project / "Pulumi.exam.yaml"
    before = _environment(call)
    emergency = "        emergency: {by: Ada, reason: a broken image}\n"
    _change(path, "        environment:\n", f"{emergency}        environment:\n")
    _change(project / "hubs" / "exam.yaml", "maxNodes: 2", "maxNodes: 3")

    assert _refused(call, "exam", "final", "--at", AT) == (
        "event: final is frozen since 2026-12-09 15:00 EST; add --again to take what is there now"
    )
    result = call("freeze", "exam", "final", "--at", "2026-12-10T09:00", "--again")

    after = _environment(call)
    assert result.stdout.splitlines()[-3:] == [
        f"Unlike before: pool is {after['pool']}, frozen as {before['pool']}.",
        "Nobody lifts it any more; Ada had.",
        "Written to Pulumi.exam.yaml.",
    ]
    text = path.read_text("utf-8")
    assert (text.count("emergency"), text.count("freeze:")) == (0, 1)
    assert text.count('since: "2026-12-10T09:00"') == 1
    assert _violations(call, "final") == []


def test_the_same_again_says_so(call: Freeze) -> None:
    call("freeze", "exam", "final", "--at", AT)

    again = ("freeze", "exam", "final", "--at", AT, "--again")
    assert call(*again).stdout.splitlines()[-2] == "Unlike before: nothing."
    assert json.loads(call(*again, "--json").stdout)["changed"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("exam", "finl"), "event: found 'finl'; allowed: final; nearest: final"),
        (
            ("exam", "final", "--at", "2026-12-14T14:00"),
            "event: final is over since 2026-12-14 14:00 EST",
        ),
        (
            ("exam", "final", "--at", AT, "--since", "2026-12-14T14:00"),
            "since: found 2026-12-14T14:00, not before 2026-12-14 14:00 EST, when the event is "
            "over; write an earlier time",
        ),
        (
            ("exam", "final", "--at", AT, "--since", "soon"),
            "since: found 'soon'; write a quoted local time, such as \"2026-12-14T09:00\"",
        ),
        (
            ("exm", "final"),
            "stack: no file Pulumi.exm.yaml; allowed: exam; nearest: exam",
        ),
    ],
)
def test_what_cannot_be_frozen_is_refused(
    arguments: tuple[str, ...], message: str, call: Freeze
) -> None:
    assert _refused(call, *arguments) == message


def test_a_stack_without_events_has_nothing_to_freeze(call: Freeze, project: Path) -> None:
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  readyroom:events:")], "utf-8")

    assert _refused(call, "exam", "final") == "event: found 'final', and the stack has none"


TAG = ("digest: sha256:4f8b52e3a1d0c96b7e2f1a0d3c5b4e6f708192a3b4c5d6e7f8091a2b3c4d5e6f", "tag: v1")


def test_an_exam_is_frozen_with_a_digest(call: Freeze, project: Path) -> None:
    _change(project / "hubs" / "exam.yaml", *TAG)

    assert _refused(call, "exam", "final", "--at", AT) == (
        "hubs/exam.yaml: image.digest: is missing; what a tag names may change, and an exam's "
        "image may not"
    )


def test_a_class_is_warned_of_a_tag(call: Freeze, project: Path) -> None:
    _change(project / "hubs" / "exam.yaml", *TAG)
    _change(project / "Pulumi.exam.yaml", "kind: exam", "kind: class")

    result = call("freeze", "exam", "final", "--at", AT)

    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).endswith(
        "What quay.io/jupyter/scipy-notebook:v1 is may change without anybody noticing; write "
        "image.digest. Written to Pulumi.exam.yaml."
    )


def test_a_minute_that_the_clocks_show_twice_is_written_with_its_offset(
    call: Freeze, project: Path
) -> None:
    call("freeze", "exam", "final", "--at", "2026-11-01T06:30+00:00")

    text = (project / "Pulumi.exam.yaml").read_text("utf-8")
    assert text.count('since: "2026-11-01T01:30-05:00"') == 1


def test_events_may_be_written_in_a_line_and_without_the_projects_name(
    call: Freeze, project: Path
) -> None:
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8")
    start = text.index("  readyroom:events:")
    event = (
        "{name: final, hub: exam, kind: exam, users: 100, seat: {memory: 2Gi, cpu: 1}, "
        "arrivals: {within: 10m}, timezone: America/Toronto, "
        'sessions: [{starts: "2026-12-14T09:00", ends: "2026-12-14T13:30"}]}'
    )
    path.write_text(f"{text[:start]}  events: [{event}]  # one\n", "utf-8")

    environment = _environment(call)
    call("freeze", "exam", "final", "--at", AT)

    parts = ", ".join(f'{part}: "{found}"' for part, found in environment.items())
    freeze = f'freeze: {{since: "{AT}", environment: {{{parts}}}}}'
    last = path.read_text("utf-8").splitlines()[-1]
    assert last == f"  events: [{event[:-1]}, {freeze}}}]  # one"


def test_what_cannot_be_written_alone_is_told_to_be_written_by_hand(
    call: Freeze, project: Path
) -> None:
    environment = json.dumps(_environment(call))
    path = project / "Pulumi.exam.yaml"
    text = path.read_text("utf-8").replace("engineers: [first, second]", "engineers: *people")
    path.write_text(text.replace("config:\n", "people: &people [one]\nconfig:\n"), "utf-8")

    assert _refused(call, "exam", "final", "--at", AT) == (
        "events[0]: it cannot be written there without changing something else; write it by hand: "
        f'freeze: {{"since": "{AT}", "environment": {environment}}}'
    )
