"""`readyroom freeze`: what it writes, what it says, and what the gate then refuses."""

import json
from pathlib import Path

import pytest

from tests.cli.frozen import AT, Freeze, change, fingerprints, refused

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


def _violations(call: Freeze, at: str) -> list[tuple[str, str, str]]:
    """Return what rules of freezes say in a preview."""
    found = json.loads(call("preview", "exam", "--at", at, "--json").stdout)["violations"]
    of_freezes = [it for it in found if it["policy"] in ("frozen", "freeze-kept")]
    return [(it["policy"], it["level"], it["message"]) for it in of_freezes]


def test_it_writes_what_the_hub_is_made_of_and_nothing_else(call: Freeze, project: Path) -> None:
    path = project / "Pulumi.exam.yaml"
    before, environment = path.read_text("utf-8"), fingerprints(call)
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

    assert found["environment"] == fingerprints(call)


def test_a_frozen_stack_is_the_gates_business_until_the_end(
    call: Freeze, project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = fingerprints(call)
    call("freeze", "exam", "final", "--at", AT)
    assert _violations(call, AT) == []

    file = project / "hubs" / "exam.yaml"
    change(file, "sha256:4f8b52e3", "sha256:4f8b52e4")
    change(file, "profiles: {perNode: [8]}", "profiles: {perNode: [4]}")

    after = fingerprints(call)
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
    change(path, "        environment:\n", f"{emergency}        environment:\n")
    lifted = f"the freeze of hub exam for event final {SPAN} is lifted by Ada: a broken image"
    assert _violations(call, "final") == [
        ("freeze-kept", "advisory", f"Hub exam: {lifted}; {told}.")
    ]
    # A preview says it in a section of its own.
    assert [it.message for it in caplog.records] == []


def test_another_hub_of_the_stack_may_change(call: Freeze, project: Path) -> None:
    call("freeze", "exam", "final", "--at", AT)
    course = project / "hubs" / "course.yaml"
    course.write_text(f"{course.read_text('utf-8')}cull: {{timeout: 3h}}\n", "utf-8")

    assert _violations(call, "final") == []


def test_it_is_written_anew_only_when_asked(call: Freeze, project: Path) -> None:
    call("freeze", "exam", "final", "--at", AT)
    path = project / "Pulumi.exam.yaml"
    before = fingerprints(call)
    emergency = "        emergency: {by: Ada, reason: a broken image}\n"
    change(path, "        environment:\n", f"{emergency}        environment:\n")
    change(project / "hubs" / "exam.yaml", "maxNodes: 2", "maxNodes: 3")

    assert refused(call, "exam", "final", "--at", AT) == (
        "event: final is frozen since 2026-12-09 15:00 EST; add --again to take what is there now"
    )
    result = call("freeze", "exam", "final", "--at", "2026-12-10T09:00", "--again")

    after = fingerprints(call)
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
