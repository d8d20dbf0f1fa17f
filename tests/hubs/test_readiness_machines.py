"""Equal and warm seats, line by line: what can be computed of an exam."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from hubs import readiness_machines
from hubs.active import EventNow
from hubs.readiness_lines import Exam, Finding, Gap
from hubs.readiness_machines import alone, image, seats, warm, window
from hubs.values import helm_values
from tests.hubs.exams import BEFORE, Change, Raw, changed, loaded, raw_stack

CHECKS = {"seats": seats, "alone": alone, "window": window, "warm": warm, "image": image}


def exam_of(own: Raw) -> Exam:
    """Return the first event of a stack."""
    stack, events = loaded(own)
    return Exam(stack=stack, planned=events[0], events=events, now=BEFORE)


def found(line: str, change: Change) -> Finding:
    """Return what is found for a line of the shipped exam with some of its data changed."""
    return CHECKS[line](exam_of(changed(change)))


def _nothing(event: Raw) -> None:
    del event


def _keys(**keys: object) -> Change:
    return lambda event: event.update(keys)


@pytest.mark.parametrize(
    ("line", "proof"),
    [
        ("seats", "2.00 GiB and 1 CPU on e2-standard-16, limits the same, one choice for all"),
        ("alone", "8 nodes of e2-standard-16 in a pool that this event alone brings"),
        ("window", "on 29m before, off 30m after"),
        (
            "warm",
            "100 seats for 100 users at 2026-12-14 09:00 (usual time, extra time); asked for 29m "
            "before: node ready 10m + image pulled 3m12s + schedule slack 15m",
        ),
        (
            "image",
            "the pre-puller is on, and the lead counts 3m12s for quay.io/jupyter/scipy-notebook",
        ),
    ],
)
def test_what_proves_a_line_is_told(line: str, proof: str) -> None:
    assert found(line, _nothing) == Finding(proof=proof)


def test_a_limit_above_the_guarantee_is_more_for_some() -> None:
    seat = {"memory": "2Gi", "cpu": 1, "memoryLimit": "4Gi", "cpuLimit": 2}

    assert found("seats", _keys(seat=seat)).gaps == [
        Gap("memory is guaranteed 2.00 GiB and may be 4.00 GiB", "seat: leave memoryLimit out"),
        Gap("CPU is guaranteed 1 and may be 2", "seat: leave cpuLimit out"),
    ]


def _with_class(hub: str, starts: str, ends: str) -> Raw:
    """Return the shipped exam with a class on a hub of the stack."""
    own = raw_stack()
    other = deepcopy(own["events"][0])
    for key in ("readiness", "freeze"):
        del other[key]
    other |= {"name": "lab", "hub": hub, "kind": "class", "users": 20}
    other |= {"seat": {"memory": "4Gi", "cpu": 1}, "sessions": [{"starts": starts, "ends": ends}]}
    own["events"].append(other)
    return own


def test_another_event_at_the_same_time_shares_nodes_and_changes_the_seat() -> None:
    exam = exam_of(_with_class("exam", "2026-12-14T12:30", "2026-12-14T13:00"))

    assert alone(exam).gaps == [
        Gap("event lab is on, too, from 2026-12-14 12:01", "another time for lab"),
    ]
    [gap] = seats(exam).gaps
    assert gap.told.startswith("seats are 2.00 GiB and 1 CPU on ")
    assert " or 4.00 GiB and 1 CPU on " in gap.told
    assert gap.write == "sessions: none while others are on"


@pytest.mark.parametrize(
    ("hub", "starts", "ends"),
    [
        ("course", "2026-12-14T09:00", "2026-12-14T12:00"),
        ("exam", "2026-12-15T09:00", "2026-12-15T12:00"),
    ],
)
def test_events_elsewhere_or_at_another_time_do_not_matter(
    hub: str, starts: str, ends: str
) -> None:
    assert alone(exam_of(_with_class(hub, starts, ends))).gaps == []


def test_nodes_of_an_existing_cluster_are_shared() -> None:
    own = raw_stack()
    own |= {
        "cluster": {
            "provider": "existing",
            "nodes": {"count": 10, "left": {"memory": "28Gi", "cpu": 7}},
            "homes": {"storageClass": "nfs-client", "capacity": "200Gi"},
        },
        "hubs": ["campus"],
    }
    own["events"][0]["hub"] = "campus"
    exam = exam_of(own)

    assert alone(exam).gaps == [
        Gap(
            "the nodes of an existing cluster are not the exam's own",
            "readiness.waived: {line: alone, reason}",
        )
    ]
    assert [check(exam).gaps for check in (seats, window, image)] == [[], [], []]
    assert warm(exam).gaps == [
        Gap(
            "70 seats are warm for 100 users at 2026-12-14 09:00 (usual time, extra time)",
            "pool.warmNodes, pool.maxNodes or placeholders: leave them out",
        )
    ]


@pytest.mark.parametrize(
    ("lead", "drain", "told"),
    [
        (timedelta(hours=12), timedelta(hours=1), []),
        (
            timedelta(hours=12, minutes=1),
            timedelta(hours=1),
            [Gap("they are on 12h1m before, more than 12h", "nodeReady")],
        ),
        (
            timedelta(hours=12),
            timedelta(hours=1, minutes=1),
            [Gap("they are on 1h1m after, more than 1h", "drain")],
        ),
    ],
)
def test_the_window_is_twelve_hours_before_and_one_after(
    lead: timedelta, drain: timedelta, told: list[Gap]
) -> None:
    exam = exam_of(raw_stack())
    schedule = replace(exam.planned.schedule, lead=lead, drain=drain)

    assert window(replace(exam, planned=replace(exam.planned, schedule=schedule))).gaps == told


def test_fewer_warm_nodes_than_users_need_leave_somebody_waiting() -> None:
    assert found("warm", _keys(pool={"machineType": "e2-standard-16", "warmNodes": 6})).gaps == [
        Gap(
            "90 seats are warm for 100 users at 2026-12-14 09:00 (usual time, extra time)",
            "pool.warmNodes, pool.maxNodes or placeholders: leave them out",
        )
    ]


def test_each_door_is_looked_at_and_many_are_counted() -> None:
    def weekly(event: Raw) -> None:
        event["sessions"] = [
            {
                "starts": "2026-11-23T09:00",
                "ends": "2026-11-23T12:00",
                "repeats": "weekly",
                "until": "2026-12-14",
            },
            {"starts": "2026-12-14T13:00", "ends": "2026-12-14T15:00"},
        ]

    assert found("warm", weekly).proof == (
        "100 seats for 100 users at 2026-11-23 09:00, 100 seats for 100 users at 2026-11-30 09:00, "
        "100 seats for 100 users at 2026-12-07 09:00 and 2 more; asked for 29m before: node ready "
        "10m + image pulled 3m12s + schedule slack 15m"
    )
    assert found("warm", weekly).gaps == []


def test_a_door_before_which_nothing_is_on_has_no_seat() -> None:
    exam = exam_of(raw_stack())
    late = replace(exam.planned.schedule, lead=timedelta(0))
    planned = replace(exam.planned, schedule=late)

    [gap] = warm(replace(exam, planned=planned, events=(planned,))).gaps
    assert gap.told.startswith("0 seats are warm for 100 users at 2026-12-14 09:00")


def test_a_pre_puller_that_is_off_leaves_nodes_without_the_image(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def off(*given: object) -> Raw:
        values: Raw = helm_values(*given)  # pyright: ignore[reportArgumentType] - passed on
        assert isinstance(given[2], EventNow)
        values["prePuller"]["continuous"]["enabled"] = False
        return values

    monkeypatch.setattr(readiness_machines, "helm_values", off)

    assert Gap("the pre-puller is off", "prePuller") in found("image", _nothing).gaps
