"""`readyroom import-calendar`: what changes, what is written, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from calendar_texts import HUB, Raw, calendar, entry, event, lesson
from typer.testing import Result

from hubs.calendars import as_calendar
from preview.loaded import load

LESSON = {"starts": "2027-02-01T09:00", "ends": "2027-02-01T10:00"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one small stack: `final` has its sessions itself, `labs` and `demo` not."""
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "policies").mkdir()
    (tmp_path / "hubs").mkdir()
    (tmp_path / "hubs" / "lab.yaml").write_text(yaml.safe_dump(HUB), "utf-8")
    return tmp_path


@pytest.fixture
def stack(root: Path) -> Callable[..., None]:
    """Write the stack `small`."""

    def write(*events: Raw) -> None:
        config = {
            "readyroom:cluster": {
                "provider": "existing",
                "nodes": {"count": 9, "left": {"memory": "16Gi", "cpu": 4}},
                "homes": {"storageClass": "nfs-client", "capacity": "200Gi"},
            },
            "readyroom:hubs": ["lab"],
            "readyroom:events": list(events),
        }
        text = yaml.safe_dump({"config": config})
        (root / "Pulumi.small.yaml").write_text(text, "utf-8")

    write(event("final", sessions=[LESSON]))
    return write


def test_what_changes_is_shown_and_written(
    root: Path, stack: Callable[..., None], invoke: Callable[..., Result]
) -> None:
    (root / "shared.ics").write_bytes(
        calendar(
            lesson("RRULE:FREQ=DAILY;COUNT=2", uid="1"),
            lesson("DESCRIPTION:users: 5", summary="Final: [red]late\\nones", uid="2"),
        )
    )
    result = invoke("import-calendar", "small", "final", "shared.ics")

    assert result.exit_code == 0
    assert [line.rstrip() for line in result.output.splitlines()] == [
        "     event  starts                ends                  users  cohort",
        "new  final  Mon 2027-02-01 09:00  Mon 2027-02-01 10:00  5      [red]late ones",
        "new  final  Tue 2027-02-02 09:00  Tue 2027-02-02 10:00",
        "2 new, 0 gone, 1 same (sessions)",
        "Written to calendars/final.ics.",
        "Nothing uses it yet: write calendar: final.ics, instead of its sessions, to event final "
        "of the stack file.",
    ]
    stack(event("final", calendar="final.ics"))
    [found] = load(root, "small").stack.events
    assert [one.model_dump(exclude_unset=True) for one in found.sessions] == [
        LESSON | {"repeats": "FREQ=DAILY;COUNT=2"},
        LESSON | {"cohort": "[red]late\nones", "users": 5},
    ]
    written = (root / "calendars" / "final.ics").read_bytes()
    assert written == as_calendar("small", [found]).encode()
    assert [path.name for path in (root / "calendars").iterdir()] == ["final.ics"]

    again = invoke("import-calendar", "small", "final", "calendars/final.ics")
    assert again.output == "0 new, 0 gone, 3 same (sessions)\nWritten to calendars/final.ics.\n"
    assert (root / "calendars" / "final.ics").read_bytes() == written


def test_a_dry_run_writes_nothing(
    root: Path, stack: Callable[..., None], invoke: Callable[..., Result]
) -> None:
    stack(event("final", calendar="final.ics"))
    (root / "shared.ics").write_bytes(calendar(lesson()))
    result = invoke("import-calendar", "small", "final", "shared.ics", "--dry-run")

    assert (result.exit_code, result.output.splitlines()[-2:]) == (
        0,
        ["1 new, 0 gone, 0 same (sessions)", "Nothing was written: --dry-run."],
    )
    assert not (root / "calendars").exists()


def test_machines_are_told_the_same(
    root: Path, stack: Callable[..., None], invoke: Callable[..., Result]
) -> None:
    stack(event("final", sessions=[LESSON | {"cohort": "a"}]))
    (root / "shared.ics").write_bytes(calendar(lesson(), lesson(summary="Staff", uid="2")))
    result = invoke("import-calendar", "small", "final", "shared.ics", "--ignore-unknown", "--json")

    when = {"starts": "2027-02-01T08:00:00+00:00", "ends": "2027-02-01T09:00:00+00:00"}
    assert json.loads(result.output) == {
        "event": "final",
        "file": "calendars/final.ics",
        "named": False,
        "ignored": [
            "entry 2 ('Staff', 20270201T090000, UID 2) names no event; allowed: final",
        ],
        "sessions": [
            {"change": "new", "event": "final", **when, "users": None, "cohort": ""},
            {"change": "gone", "event": "final", **when, "users": None, "cohort": "a"},
        ],
        "written": True,
    }


def test_events_that_share_a_file_are_imported_together(
    root: Path, stack: Callable[..., None], invoke: Callable[..., Result]
) -> None:
    stack(
        event("final", calendar="all.ics"),
        event("demo", sessions=[{"starts": "2027-04-01", "ends": "2027-04-01"}]),
        event("labs", calendar="all.ics"),
    )
    (root / "shared.ics").write_bytes(
        calendar(
            lesson(uid="1"),
            entry("DTSTART;VALUE=DATE:20270301", summary="Labs", uid="2"),
            lesson(summary="Demo", uid="3"),
            lesson(summary="Staff", uid="4"),
        )
    )
    result = invoke("import-calendar", "small", "final", "shared.ics", "--ignore-unknown")

    assert [line.rstrip() for line in result.output.splitlines()] == [
        "     event  starts                ends                  users  cohort",
        "new  final  Mon 2027-02-01 09:00  Mon 2027-02-01 10:00",
        "new  labs   Mon 2027-03-01 00:00  Tue 2027-03-02 00:00",
        "2 new, 0 gone, 0 same (sessions)",
        "Ignored: entry 4 ('Staff', 20270201T090000, UID 4) names no event; allowed: final, "
        "demo, labs",
        "Written to calendars/all.ics.",
    ]
    found = load(root, "small").stack.events
    assert [[one.starts for one in event.sessions] for event in found] == [
        ["2027-02-01T09:00"],
        ["2027-04-01"],
        ["2027-03-01"],
    ]


def test_every_mistake_is_told_at_once_and_nothing_is_written(
    root: Path, stack: Callable[..., None], command: Callable[..., tuple[object, str, str]]
) -> None:
    stack(event("final", calendar="final.ics"))
    (root / "shared.ics").write_bytes(
        calendar(
            lesson("DESCRIPTION:<p>hello</p>", uid="1"),
            entry("DTSTART:20270201T090000", "DURATION:PT1H", uid="2"),
            lesson(summary="Staff", uid="3"),
        )
    )

    assert command("import-calendar", "small", "final", "shared.ics") == (
        2,
        "",
        "--ignore-unknown: skips what names no event, here 1\n"
        "shared.ics: entry 1 ('final', 20270201T090000, UID 1) description '<p>hello</p>' is not "
        "read; write users: 25, or clear it\n"
        "shared.ics: entry 2 ('final', 20270201T090000, UID 2) DTSTART 20270201T090000 has no "
        "time zone; give the entry one\n"
        "shared.ics: entry 3 ('Staff', 20270201T090000, UID 3) names no event; allowed: final\n",
    )
    assert not (root / "calendars").exists()


def test_sessions_are_checked_with_the_whole_stack(
    root: Path, stack: Callable[..., None], command: Callable[..., tuple[object, str, str]]
) -> None:
    stack(event("final", calendar="final.ics"))
    (root / "shared.ics").write_bytes(calendar(lesson("DESCRIPTION:users: 21")))

    assert command("import-calendar", "small", "final", "shared.ics") == (
        2,
        "",
        "events[0].users: found 20, and 21 are in sessions at once from 2027-02-01 09:00\n",
    )
    assert not (root / "calendars").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("smaller", "final", "a.ics"),
            "stack: no file Pulumi.smaller.yaml; allowed: small; nearest: small",
        ),
        (
            ("small", "finals", "a.ics"),
            "event: found 'finals', not in events; allowed: final; nearest: final",
        ),
        (("small", "final", "a.ics"), "a.ics: cannot be read: No such file or directory"),
        (("small", "final", "hubs"), "hubs: cannot be read: it is no file"),
        (
            ("small", "final", "large.ics"),
            "large.ics: is larger than 1 MiB, which is read at most; "
            "export fewer years or one calendar",
        ),
        (
            ("small", "final", "http://example.org/secret.ics"),
            "found http:; write an address that begins with https://",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(
    arguments: tuple[str, ...],
    told: str,
    root: Path,
    stack: Callable[..., None],
    command: Callable[..., tuple[object, str, str]],
) -> None:
    stack(event("final", calendar="final.ics"))
    (root / "large.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" * 10**6)

    assert command("import-calendar", *arguments) == (2, "", f"{told}\n")
    assert not (root / "calendars").exists()


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("soon", "events: found no list of events; write one"),
        (["soon"], "events: found no list of events; write one"),
        ([], "event: found 'final', not in events; the stack has none"),
        (
            [event("final", calendar="final.ics", users="many")],
            "events[0].users: found 'many'; write a whole number",
        ),
    ],
)
def test_a_stack_without_such_an_event_is_refused(
    events: object,
    told: str,
    root: Path,
    stack: Callable[..., None],
    command: Callable[..., tuple[object, str, str]],
) -> None:
    stack()
    path = root / "Pulumi.small.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    content["config"]["readyroom:events"] = events
    path.write_text(yaml.safe_dump(content), "utf-8")
    (root / "shared.ics").write_bytes(calendar(lesson()))

    assert command("import-calendar", "small", "final", "shared.ics") == (2, "", f"{told}\n")


def test_a_folder_that_cannot_be_made_is_told(
    root: Path, stack: Callable[..., None], command: Callable[..., tuple[object, str, str]]
) -> None:
    stack(event("final", calendar="final.ics"))
    (root / "calendars").touch()
    (root / "shared.ics").write_bytes(calendar(lesson()))

    assert command("import-calendar", "small", "final", "shared.ics")[::2] == (
        2,
        "calendars/final.ics: cannot be written: File exists\n",
    )


def test_of_an_address_only_the_host_is_told(
    stack: Callable[..., None],
    command: Callable[..., tuple[object, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stack(event("final", calendar="final.ics"))
    address = "https://calendar.example.org/secret-4f1/basic.ics"
    asked: list[tuple[str, int]] = []

    def download(*arguments: object) -> bytes:
        asked.append(arguments)  # pyright: ignore[reportArgumentType] - whatever
        return calendar(lesson(summary="labs"))

    monkeypatch.setattr("live.calendars.download", download)

    assert command("import-calendar", "small", "final", address) == (
        2,
        "",
        "--ignore-unknown: skips what names no event, here 1\n"
        "calendar.example.org: entry 1 ('labs', 20270201T090000, UID one@example.org) names no "
        "event; allowed: final\n"
        "calendar.example.org: has no entry named final\n",
    )
    assert asked == [(address, 2**20)]
