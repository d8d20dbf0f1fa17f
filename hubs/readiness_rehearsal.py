"""The instructor's test and the freeze after it, as lines of the guide's list. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from capacity.packing import Seat
from capacity.quantities import show_cpu, show_memory
from capacity.rehearsal import CPU_HEADROOM_PERCENT, MEMORY_HEADROOM_PERCENT, misfits
from hubs.charts import jupyterhub, source
from hubs.freeze_parts import differences, environment, fingerprint, unseen
from hubs.hub import HubConfig
from hubs.places import place_of
from hubs.readiness_lines import Exam, Finding, Gap
from hubs.rehearsals import Rehearsal
from hubs.stack import Stack
from hubs.values import helm_values

# A recording that is exported with what was before and after is still of that test.
_AROUND = timedelta(hours=6)


def environment_now(stack: Stack, hub: HubConfig) -> dict[str, str]:
    """Return the fingerprint of each part of a hub's environment, as its files say it now."""
    usual = helm_values(hub, place_of(stack.cluster, hub, None), None)
    chart = source(jupyterhub(hub.chart_version), stack.cluster.charts)
    release: dict[str, object] = {
        "chart": chart.reference,
        "version": chart.version,
        "repositoryOpts": {"repo": chart.repo} if chart.repo else None,
        "values": usual,
    }
    return environment(release, unseen(hub, usual))


def rehearsal(exam: Exam) -> Finding:
    """Return whether the instructor has run the exam on the hub as it is now."""
    said = exam.said.rehearsal
    return Finding(
        proof=f"{said.by} at {said.at}, with environment {said.environment}, which is still there",
        gaps=[*_unsaid(exam), *_when(exam), *_elsewhere(exam)],
    )


def _unsaid(exam: Exam) -> Iterator[Gap]:
    said = exam.said.rehearsal
    missing = [key for key in ("by", "at", "environment") if not getattr(said, key)]
    if missing:
        listed = ", ".join(missing)
        verb = "is" if len(missing) == 1 else "are"
        yield Gap(f"of the rehearsal, {listed} {verb} missing", f"readiness.rehearsal: {listed}")


def _when(exam: Exam) -> Iterator[Gap]:
    written, freeze = exam.said.rehearsal.at, exam.config.freeze
    if written is None:
        return
    at, knob = exam.moment(written), "readiness.rehearsal.at"
    if at > exam.now:
        yield Gap(f"the rehearsal is at {exam.local(at)}, which is to come", knob)
    if at >= exam.sessions[0].starts:
        told = f"the rehearsal is at {exam.local(at)}, not before the exam"
        yield Gap(f"{told} at {exam.local(exam.sessions[0].starts)}", knob)
    since = exam.moment(freeze.since) if freeze else at
    if at < since:
        told = f"the rehearsal is at {exam.local(at)}, before the freeze since {exam.local(since)}"
        yield Gap(f"{told}; rehearse again, or freeze from the rehearsal on", knob)


def _elsewhere(exam: Exam) -> Iterator[Gap]:
    said = exam.said.rehearsal.environment
    found = fingerprint(environment_now(exam.stack, exam.planned.hub))
    if said is not None and said != found:
        frozen = exam.config.freeze
        # What was rehearsed was frozen, too: only a change of it, which is let through, differs.
        same = frozen is not None and said == fingerprint(frozen.environment)
        told = f"the rehearsal was with environment {said}, and the hub has {found}"
        excused = _lifted(exam) if same else ""
        yield Gap(f"{told}; rehearse again", "readiness.rehearsal", excused)


def _lifted(exam: Exam) -> str:
    """Return in words who lets changes through in spite of the freeze, and why; or nothing."""
    emergency = exam.config.freeze.emergency if exam.config.freeze else None
    if emergency is None:
        return ""
    return f"the freeze is lifted by {emergency.by.strip()}: {emergency.reason.strip()}"


def measured(exam: Exam) -> Finding:
    """Return whether what the rehearsal used fits the seat, with headroom."""
    found = exam.stack.rehearsals.get(exam.config.name)
    if found is None:
        told = "no recording of the rehearsal is named"
        return Finding(proof="", gaps=[Gap(told, "readiness.recording")])
    seat = Seat(memory=exam.config.seat.memory, cpu=exam.config.seat.cpu)
    gaps = [Gap(told, "seat, or another recording") for told in misfits(found.measured, seat)]
    return Finding(proof=_proof(found), gaps=[*gaps, *_another_time(exam, found)])


def _proof(found: Rehearsal) -> str:
    used = found.measured
    mark = " (SAMPLE DATA)" if found.sample else ""
    memory = f"{show_memory(used.memory or 0)} at most + {MEMORY_HEADROOM_PERCENT} %"
    cpu = f"{show_cpu(used.cpu or 0)} CPU + {CPU_HEADROOM_PERCENT} %"
    count = len(used.servers)
    servers = "of 1 server" if count == 1 else f"of {count} servers"
    return f"{memory}, {cpu}, {servers} in rehearsals/{found.file}{mark}"


def _another_time(exam: Exam, found: Rehearsal) -> Iterator[Gap]:
    written = exam.said.rehearsal.at
    if written is None:
        return
    starts, ends = (
        datetime.fromtimestamp(second, UTC)
        for second in (found.measured.starts, found.measured.ends)
    )
    if not starts - _AROUND <= exam.moment(written) <= ends:
        told = f"rehearsals/{found.file} is of {exam.local(starts)} to {exam.local(ends)}"
        yield Gap(f"{told}, and the rehearsal began at {written}", "readiness.recording")


def freeze(exam: Exam) -> Finding:
    """Return whether the environment is frozen as it is."""
    said, knob = exam.config.freeze, f"readyroom freeze {exam.stack.name} {exam.config.name}"
    if said is None:
        told = "nothing is frozen"
        return Finding(proof="", gaps=[Gap(told, f"freeze, with: {knob}")])
    since, first = exam.moment(said.since), exam.sessions[0].starts
    gaps: list[Gap] = []
    if since > min(exam.now, first):
        gaps.append(Gap(f"it is frozen only from {exam.local(since)}", "freeze.since"))
    changed = differences(said.environment, environment_now(exam.stack, exam.planned.hub))
    write, excused = f"put it back, or rehearse again and: {knob}", _lifted(exam)
    gaps += [Gap(told, write, excused) for told in changed]
    proof = f"since {exam.local(since)}, {len(said.environment)} parts as they were"
    return Finding(proof=proof, gaps=gaps)
