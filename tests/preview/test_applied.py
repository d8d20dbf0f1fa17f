"""What the last update planned for, and what differs since."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hubs.mistakes import MistakesError
from preview.applied import applied, asked_instant
from preview.loaded import Loaded, load
from preview.resources import Registered

Load = Callable[[str], Loaded]
CLOCK = datetime(2026, 11, 21, 19, 38, 41, tzinfo=UTC)


def test_an_update_that_was_told_nothing_planned_for_the_minute_of_its_start(
    loaded: Load,
) -> None:
    campus = loaded("campus")
    found = applied(campus, "now", CLOCK, campus.config.own["events"])  # pyright: ignore[reportArgumentType] - as written

    assert (found.loaded, found.edited) == (campus, False)
    assert found.at == datetime(2026, 11, 21, 19, 38, tzinfo=UTC)


def test_the_forms_of_an_instant_in_a_history_are_understood(loaded: Load) -> None:
    campus = loaded("campus")
    told = ("2027-02-01T13:00+00:00", "2027-02-01 14:00:00 +0100 +0100", "event", "demo")

    assert [applied(campus, word, CLOCK).at for word in told] == [
        datetime(2027, 2, 1, 13, tzinfo=UTC)
    ] * 4


def test_events_that_were_others_then_are_compared_as_they_were(
    loaded: Load, resources: Callable[[str, str], list[Registered]]
) -> None:
    campus = loaded("campus")
    then = applied(campus, "2027-02-01T14:00+01:00", CLOCK, [])

    assert (then.edited, then.loaded.events, then.loaded.stack.hubs) == (
        True,
        (),
        campus.stack.hubs,
    )
    found = {
        one.urn.split("::", 2)[-1]: one.kind for one in then.expected(resources("campus", "event"))
    }
    hub = "readyroom:hub:JupyterHub"
    assert found == {
        f"{hub}::campus": "changed",
        f"{hub}$kubernetes:helm.sh/v3:Release::campus": "changed",
        f"{hub}$kubernetes:policy/v1:PodDisruptionBudget::campus-users": "added",
        f"{hub}$random:index/randomPassword:RandomPassword::campus-admin-password": "changed",
        f"{hub}$random:index/randomPassword:RandomPassword::campus-user-password": "changed",
    }


def test_an_event_written_otherwise_is_the_same_event(loaded: Load) -> None:
    campus = loaded("campus")
    [event] = campus.config.own["events"]  # pyright: ignore[reportGeneralTypeIssues] - a list

    found = applied(campus, "now", CLOCK, [{**event, "seat": {"memory": "2048Mi", "cpu": 0.5}}])
    assert not found.edited


def test_events_that_do_not_go_with_the_files_any_more_are_told(loaded: Load) -> None:
    campus = loaded("campus")
    [event] = campus.config.own["events"]  # pyright: ignore[reportGeneralTypeIssues] - a list

    with pytest.raises(MistakesError) as caught:
        applied(campus, "now", CLOCK, [{**event, "hub": "gone"}])
    assert str(caught.value).splitlines()[0] == (
        "events: of the last update do not go with the files any more; deploy by hand"
    )


def test_a_stack_file_that_holds_time_still_is_refused(
    root: Path, copied: Callable[[str, str, str], Path]
) -> None:
    path = copied("campus", "config:\n", 'config:\n  readyroom:at: "2027-01-01T00:00"\n')

    with pytest.raises(MistakesError) as caught:
        asked_instant(load(root, str(path)), None, CLOCK)
    assert str(caught.value) == (
        "at: found '2027-01-01T00:00' in the stack file, which holds time still; "
        "pulumi config rm at --stack copy"
    )


def test_the_instant_is_the_clocks_or_the_one_asked_for(loaded: Load) -> None:
    campus = loaded("campus")

    assert asked_instant(campus, None, CLOCK) == datetime(2026, 11, 21, 19, 38, tzinfo=UTC)
    assert asked_instant(campus, "event", CLOCK) == datetime(2027, 2, 1, 13, tzinfo=UTC)
