"""Equal and warm seats, as lines of the guide's list: what can be computed. Pure."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from capacity.quantities import show_memory
from events.durations import show
from events.phases import LONGEST_EXAM_DRAIN, LONGEST_LEAD
from events.sessions import Session
from hubs.active import EventNow, at, on_hub, phase_changes
from hubs.places import place_of
from hubs.readiness_lines import Exam, Finding, Gap
from hubs.values import helm_values

_INSTANT = timedelta(seconds=1)
_SHOWN = 3


def _on(exam: Exam, moment: datetime) -> EventNow | None:
    """Return what is on at the exam's hub at an instant, other events included."""
    return on_hub(exam.planned.hub, [at(event, moment) for event in exam.events])


def _whole(exam: Exam) -> list[EventNow]:
    """Return what is on at the hub while the exam is, once for everybody who is expected."""
    found: dict[str, EventNow] = {}
    for moment in phase_changes(exam.events):
        on = _on(exam, moment)
        if on is not None and at(exam.planned, moment).is_on:
            found.setdefault(repr((on.planned.owner, on.planned.config)), on)
    return list(found.values())


def _values(exam: Exam, on: EventNow) -> Any:  # noqa: ANN401 - a chart's values
    hub, cluster = exam.planned.hub, exam.stack.cluster
    return helm_values(hub, place_of(cluster, hub, on), on)


def seats(exam: Exam) -> Finding:
    """Return whether everybody has the same seat, by the values that will be deployed."""
    gaps: list[Gap] = []
    offered: set[tuple[int, float, str]] = set()
    for on in _whole(exam):
        single = _values(exam, on)["singleuser"]
        for profile in single["profileList"]:
            given = profile["kubespawner_override"]
            memory, cpu = given["mem_guarantee"], given["cpu_guarantee"]
            place = on.planned.plan.node.name
            offered.add((memory, cpu, place))
            limit, cpu_limit = given["mem_limit"], given["cpu_limit"]
            if limit != memory:
                told = f"memory is guaranteed {show_memory(memory)} and may be {show_memory(limit)}"
                gaps.append(Gap(told, "seat: leave memoryLimit out"))
            if cpu_limit != cpu:
                told = f"CPU is guaranteed {cpu} and may be {cpu_limit}"
                gaps.append(Gap(told, "seat: leave cpuLimit out"))
    told = [
        f"{show_memory(memory)} and {cpu} CPU on {node}" for memory, cpu, node in sorted(offered)
    ]
    if len(told) > 1:
        gaps.append(Gap(f"seats are {' or '.join(told)}", "sessions: none while others are on"))
    proof = f"{told[0]}, limits the same, one choice for all"
    return Finding(proof=proof, gaps=list(dict.fromkeys(gaps)))


def alone(exam: Exam) -> Finding:
    """Return whether the exam's nodes are its own, and no other event's at the same time."""
    gaps: list[Gap] = []
    if exam.stack.cluster.provider == "existing":
        told = "the nodes of an existing cluster are not the exam's own"
        gaps.append(Gap(told, "readiness.waived: {line: alone, reason}"))
    for other in sorted(exam.events, key=lambda event: event.config.name):
        if other.hub is not exam.planned.hub or other is exam.planned:
            continue
        both = _both(exam.planned.schedule.windows, other.schedule.windows)
        if both is not None:
            told = f"event {other.config.name} is on, too, from {exam.local(both)}"
            gaps.append(Gap(told, f"another time for {other.config.name}"))
    plan = exam.planned.plan
    proof = f"{plan.max_nodes} nodes of {plan.node.name} in a pool that this event alone brings"
    return Finding(proof=proof, gaps=gaps)


def _both(own: list[Session], others: list[Session]) -> datetime | None:
    """Return since when spans of two lists are on together; None if they never are."""
    found = [
        max(one.starts, other.starts)
        for one in own
        for other in others
        if one.starts < other.ends and other.starts < one.ends
    ]
    return min(found, default=None)


def window(exam: Exam) -> Finding:
    """Return whether exam settings are on neither too early nor too long."""
    schedule = exam.planned.schedule
    early: list[timedelta] = []
    late: list[timedelta] = []
    for span in schedule.windows:
        inside = [one for one in exam.sessions if span.starts <= one.starts < span.ends]
        early.append(inside[0].starts - span.starts)
        late.append(span.ends - max(one.ends for one in inside))
    gaps: list[Gap] = []
    if max(early) > LONGEST_LEAD:
        told = f"they are on {_span(max(early))} before, more than {_span(LONGEST_LEAD)}"
        gaps.append(Gap(told, "nodeReady"))
    if max(late) > LONGEST_EXAM_DRAIN:
        told = f"they are on {_span(max(late))} after, more than {_span(LONGEST_EXAM_DRAIN)}"
        gaps.append(Gap(told, "drain"))
    proof = f"on {_span(max(early))} before, off {_span(max(late))} after"
    return Finding(proof=proof, gaps=gaps)


def _span(length: timedelta) -> str:
    return show(int(length.total_seconds()))


def warm(exam: Exam) -> Finding:
    """Return whether every seat of every cohort is there before its door opens."""
    gaps: list[Gap] = []
    told: list[str] = []
    lead = exam.planned.lead
    for door, together in groupby(exam.sessions, key=lambda one: one.starts):
        who = ", ".join(one.cohort for one in together if one.cohort)
        door_told = f"{exam.local(door)}{f' ({who})' if who else ''}"
        on = _on(exam, door - _INSTANT)
        before = _on(exam, door - lead.span)
        users = on.planned.config.users if on else exam.config.users
        ready = min(_seats(on), _seats(before))
        if ready < users:
            short = f"{ready} seats are warm for {users} users at {door_told}"
            gaps.append(Gap(short, "pool.warmNodes, pool.maxNodes or placeholders: leave them out"))
        told.append(f"{ready} seats for {users} users at {door_told}")
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    proof = f"{', '.join(told[:_SHOWN])}{more}; asked for {_span(lead.span)} before: {lead.because}"
    return Finding(proof=proof, gaps=gaps)


def _seats(on: EventNow | None) -> int:
    return on.planned.plan.warm_seats if on else 0


def image(exam: Exam) -> Finding:
    """Return whether the image is pulled by every node that comes up, before anybody needs it."""
    gaps = [
        Gap("the pre-puller is off", "prePuller")
        for on in _whole(exam)
        if not _values(exam, on)["prePuller"]["continuous"]["enabled"]
    ]
    pull = show(exam.planned.lead.image_pull)
    proof = f"the pre-puller is on, and the lead counts {pull} for {exam.planned.hub.image.name}"
    return Finding(proof=proof, gaps=gaps)
