"""What people have agreed and done before an exam, as lines of the guide's list. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from events.durations import show
from events.phases import STAGED_BEFORE
from events.sessions import Session
from hubs.cluster_parts import Provider
from hubs.event import EgressLockConfig
from hubs.mistakes import nearest
from hubs.readiness_config import Tool
from hubs.readiness_lines import Exam, Finding, Gap

FEWEST_ENGINEERS = 2
# "Immediately", says the guide. Five minutes until somebody answers were suggested in 2i2c#2449.
SLOWEST_ANSWER = 300
# "Beforehand", says the guide. A week before a session the exam's own pool is there: what is
# reached from then on is what will be needed.
ACCESS_WITHIN = STAGED_BEFORE
# The guide asks for container logs in Google Cloud's Logs Explorer; elsewhere kubectl has them.
_TOOLS: dict[Provider, tuple[Tool, ...]] = {
    "gke": ("hubAdmin", "grafana", "cloudConsole", "logs", "kubectl"),
    "eks": ("hubAdmin", "grafana", "cloudConsole", "kubectl"),
    "existing": ("hubAdmin", "grafana", "kubectl"),
}

# Where network policies are known to hold for user servers, which have no owner: see
# `hubs.confinement`.
_ENFORCED: frozenset[Provider] = frozenset({"gke"})


class _Duty(NamedTuple):
    engineer: str
    span: Session


def room(exam: Exam) -> Finding:
    """Return whether a controlled room is named."""
    place = exam.said.room
    if place is None:
        return Finding(proof="", gaps=[Gap("no room is named", "readiness.room")])
    return Finding(proof=place)


def network(exam: Exam) -> Finding:
    """Return whether servers reach what was agreed."""
    agreed, lock = exam.said.network, exam.config.egress_lock
    if agreed is None:
        told = "nobody says whether servers may reach the internet"
        return Finding(proof="", gaps=[Gap(told, "readiness.network: locked or open")])
    if agreed == "locked" and lock is None:
        told = "locked was agreed, and the event has no egressLock"
        return Finding(proof="", gaps=[Gap(told, "egressLock: {}")])
    if agreed == "open" and lock is not None:
        told = "open was agreed, and the event has an egressLock"
        return Finding(proof="", gaps=[Gap(told, "readiness.network: locked")])
    if lock is None:
        return Finding(proof="open was agreed, and no egressLock is set")
    return _locked(exam, lock)


def _locked(exam: Exam, lock: EgressLockConfig) -> Finding:
    """Return whether a lock is proved, where only who has tried it knows that it is closed.

    Names are looked up through it, and whatever answers them can carry more than names.
    """
    said = exam.said.lock_tried
    proof = f"locked, but for {lock.left_open}"
    gaps: list[Gap] = []
    if said.by and said.day:
        proof += f"; tried from a server by {said.by} on {said.day}"
    elif exam.stack.cluster.provider not in _ENFORCED:
        told = "locked, and nobody has tried it from a server"
        gaps.append(Gap(told, "readiness.lockTried: {by, day}"))
    if said.day is not None and date.fromisoformat(said.day) > _today(exam):
        told = f"the lock was tried on {said.day}, which is to come"
        gaps.append(Gap(told, "readiness.lockTried.day"))
    return Finding(proof=proof, gaps=gaps)


def dates(exam: Exam) -> Finding:
    """Return whether every session is told whole, and confirmed as it is."""
    first, last = exam.sessions[0].starts, max(one.ends for one in exam.sessions)
    said = exam.said.dates_confirmed
    proof = f"{_counted(exam.sessions)}, {exam.local(first)} to {exam.local(last)} in "
    proof += f"{exam.where.key}; confirmed by {said.by} on {said.day}"
    return Finding(proof=proof, gaps=[*_cohorts(exam), *_confirmed(exam), *_same(exam)])


def _counted(sessions: Sequence[Session]) -> str:
    return "1 session" if len(sessions) == 1 else f"{len(sessions)} sessions"


def _cohorts(exam: Exam) -> Iterator[Gap]:
    nameless = [
        one
        for one in exam.sessions
        if not one.cohort and any(_overlap(one, other) for other in exam.sessions)
    ]
    if nameless:
        told = (
            f"sessions overlap at {exam.local(nameless[0].starts)}, and one does not say for whom"
        )
        yield Gap(told, "sessions: cohort")
    cohorts = {one.cohort: one.users for one in exam.sessions}
    users = [one for one in cohorts.values() if one is not None]
    if len(users) == len(cohorts) and sum(users) != exam.config.users:
        told = f"cohorts have {sum(users)} of {exam.config.users} users"
        yield Gap(told, "sessions: users")


def _overlap(one: Session, other: Session) -> bool:
    return other is not one and one.starts < other.ends and other.starts < one.ends


def _confirmed(exam: Exam) -> Iterator[Gap]:
    said = exam.said.dates_confirmed
    missing = [key for key in ("by", "day", "sessions", "starts", "ends") if not getattr(said, key)]
    if missing:
        listed = ", ".join(missing)
        told = f"of what the instructor has confirmed, {listed} {_is(missing)} missing"
        yield Gap(told, f"readiness.datesConfirmed: {listed}")
    if said.day is not None and date.fromisoformat(said.day) > _today(exam):
        yield Gap(f"confirmed on {said.day}, which is to come", "readiness.datesConfirmed.day")


def _is(words: Sequence[str]) -> str:
    return "is" if len(words) == 1 else "are"


def _today(exam: Exam) -> date:
    return exam.now.astimezone(exam.where).date()


def _same(exam: Exam) -> Iterator[Gap]:
    said, count = exam.said.dates_confirmed, len(exam.sessions)
    knob = "correct sessions or readiness.datesConfirmed"
    if said.sessions not in (None, count):
        yield Gap(f"{said.sessions} sessions were confirmed, and there are {count}", knob)
    found = {
        "starts": (said.starts, exam.sessions[0].starts),
        "ends": (said.ends, max(one.ends for one in exam.sessions)),
    }
    for key, (written, there) in found.items():
        if written is not None and exam.moment(written) != there:
            told = f"{key} {exam.local(exam.moment(written))} was confirmed, and the file says"
            yield Gap(f"{told} {exam.local(there)}", knob)


def engineers(exam: Exam) -> Finding:
    """Return whether two engineers are on call in every minute of every session."""
    duties, gaps = _duties(exam)
    known = exam.config.engineers
    if len(known) < FEWEST_ENGINEERS:
        told = f"the event names {len(known)} of at least {FEWEST_ENGINEERS} engineers"
        gaps.append(Gap(told, "engineers: [first, second]"))
    gaps += _uncovered(exam, duties)
    return Finding(proof=", ".join(_told(exam, duty) for duty in duties), gaps=gaps)


def _told(exam: Exam, duty: _Duty) -> str:
    return f"{duty.engineer} {exam.local(duty.span.starts)} to {exam.local(duty.span.ends)}"


def _duties(exam: Exam) -> tuple[list[_Duty], list[Gap]]:
    found: list[_Duty] = []
    gaps: list[Gap] = []
    known = exam.config.engineers
    for index, duty in enumerate(exam.said.on_call):
        where = f"readiness.onCall[{index}]"
        if not (duty.engineer and duty.starts and duty.ends):
            missing = [key for key in ("engineer", "starts", "ends") if not getattr(duty, key)]
            told = f"{', '.join(missing)} of a duty {_is(missing)} missing"
            gaps.append(Gap(told, f"{where}: {', '.join(missing)}"))
            continue
        if known and duty.engineer not in known:
            told = f"{duty.engineer} is on call and none of the event's engineers"
            gaps.append(Gap(f"{told}, {nearest(duty.engineer, list(known))}", f"{where}.engineer"))
        span = Session(starts=exam.moment(duty.starts), ends=exam.moment(duty.ends))
        found.append(_Duty(duty.engineer, span))
    return found, gaps


def _uncovered(exam: Exam, duties: Sequence[_Duty]) -> Iterator[Gap]:
    """Yield the first span of a session in which too few engineers are there."""
    for session in exam.sessions:
        edges = {session.starts, session.ends}
        edges |= {edge for duty in duties for edge in (duty.span.starts, duty.span.ends)}
        inside = sorted(edge for edge in edges if session.starts <= edge <= session.ends)
        for starts, ends in pairwise(inside):
            there = sorted(
                {one.engineer for one in duties if one.span.starts <= starts < one.span.ends}
            )
            if len(there) < FEWEST_ENGINEERS:
                who = f"only {there[0]} is" if there else "nobody is"
                span = f"from {exam.local(starts)} to {exam.local(ends)}"
                yield Gap(f"{span} {who} on call", "readiness.onCall: {engineer, starts, ends}")
                return


def access(exam: Exam) -> Finding:
    """Return whether each engineer has reached every tool in the week before the session."""
    on_call = {duty.engineer for duty in exam.said.on_call if duty.engineer}
    names = sorted(on_call | set(exam.config.engineers))
    since = (exam.next_session.starts - ACCESS_WITHIN).astimezone(exam.where).date()
    tools = _TOOLS[exam.stack.cluster.provider]
    gaps: list[Gap] = []
    for name in names:
        reached = _reached(exam, name, since)
        missing = [tool for tool in tools if tool not in reached]
        if missing:
            listed = ", ".join(missing)
            told = f"{name} has not reached {listed}{_span(since, _today(exam))}"
            gaps.append(
                Gap(told, f"readiness.access: {{engineer: {name}, day, reached: [{listed}]}}")
            )
    if not names:
        gaps.append(Gap("there is nobody whose access counts", "engineers: [first, second]"))
    last = ", ".join(f"{name} on {_last(exam, name)}" for name in names)
    return Finding(proof=f"{last}: {', '.join(tools)}", gaps=gaps)


def _span(since: date, today: date) -> str:
    """Return in words which days count of those until today."""
    if since > today:
        return f", which may be written from {since} on"
    return f" from {since} to {today}"


def _last(exam: Exam, engineer: str) -> str:
    found = [one.day for one in exam.said.access if one.engineer == engineer and one.day]
    return max(found, default="no day")


def _reached(exam: Exam, engineer: str, since: date) -> set[Tool]:
    return {
        tool
        for one in exam.said.access
        if one.engineer == engineer and one.day is not None
        if since <= date.fromisoformat(one.day) <= _today(exam)
        for tool in one.reached
    }


def support(exam: Exam) -> Finding:
    """Return whether there is a place to ask, with an answer soon enough."""
    said = exam.said.support
    gaps: list[Gap] = []
    if said.channel is None:
        gaps.append(Gap("nobody says where to ask", "readiness.support.channel"))
    if said.responds_within is None:
        gaps.append(
            Gap("nobody says how soon there is an answer", "readiness.support.respondsWithin")
        )
    elif said.responds_within > SLOWEST_ANSWER:
        told = f"an answer within {show(said.responds_within)}, more than {show(SLOWEST_ANSWER)}"
        gaps.append(Gap(told, f"readiness.support.respondsWithin: {show(SLOWEST_ANSWER)}"))
    return Finding(
        proof=f"{said.channel}, an answer within {show(said.responds_within or 0)}", gaps=gaps
    )
