"""Quotas for a reader and for machines: need, limit, verdict, and the request to make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.text import Text

from capacity.quotas.judge import Judgement
from capacity.quotas.request import lead_time, request_command
from capacity.quotas.snapshot import OLD_AFTER, UNLIMITED, Snapshot
from events.durations import show
from preview.tables import Fitting

_STYLES = {"ok": "green", "tight": "yellow", "short": "bold red", "unknown": "dim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReport:
    """What is judged of a stack's quotas, and when.

    Attributes:
        stack: Name of the stack.
        region: Where it is.
        account: Google Cloud project or AWS account; empty if not known.
        now: The instant that ages are counted to.
        snapshot: What was read; None if nothing was.
        judgements: One for each quota that is needed.
    """

    stack: str
    region: str
    account: str
    now: datetime
    snapshot: Snapshot | None
    judgements: Sequence[Judgement]

    @property
    def is_short(self) -> bool:
        """Return whether a limit is below the need."""
        return any(one.verdict == "short" for one in self.judgements)

    def command(self, judgement: Judgement) -> str | None:
        """Return the command that asks for what is missing."""
        return request_command(judgement, self.region, self.account)


def read_when(report: QuotaReport) -> str:
    """Return when quotas were read, and whether that is too long ago."""
    found = report.snapshot
    if found is None:
        return (
            "Quotas were not read. readyroom quota "
            f"{report.stack} --live --save reads and keeps them."
        )
    text = f"Quotas of {found.account or 'an account'} in {found.region}"
    text += f", {found.origin} at {found.taken:%Y-%m-%d %H:%M %Z}"
    age = found.age(report.now)
    seconds = int(age.total_seconds()) // 60 * 60
    if seconds:
        text += f", {show(seconds)} before"
    if age > OLD_AFTER:
        text += f": older than {OLD_AFTER.days} days, read them again"
    return text + (". SAMPLE DATA: the numbers are made up." if found.sample else ".")


def quota_table(report: QuotaReport) -> Fitting:
    """Return one row per quota, the worst that can be said of it in its verdict."""
    table = Fitting()
    table.texts("needed of")
    table.figures("need", "limit", "in use")
    table.names("verdict", "code", "ask for", "lead")
    for one in report.judgements:
        need = one.need
        table.add_row(
            Text(need.name),
            f"{need.value} {need.unit}",
            _limit(one.limit),
            "-" if one.usage is None else str(one.usage),
            Text(one.verdict, style=_STYLES[one.verdict]),
            need.key,
            "" if one.request is None else str(one.request),
            "" if one.request is None else f"{lead_time(need).days} days",
        )
    return table


def _limit(limit: int | None) -> str:
    if limit is None:
        return "-"
    return "no limit" if limit == UNLIMITED else str(limit)


def reasons(report: QuotaReport) -> Fitting:
    """Return what makes up every need, and how it compares."""
    table = Fitting("Why")
    table.texts("quota", "because")
    for one in report.judgements:
        told = Text(f"{one.because}. Need: {one.need.because}")
        told.append(f"  [{one.need.source}]", style="dim")
        table.add_row(Text(one.need.name), told)
    return table


def requests(report: QuotaReport) -> Iterator[Text]:
    """Yield every request to make as a command, and how long each kind takes."""
    asked = [(one, command) for one in report.judgements if (command := report.command(one))]
    if asked:
        yield Text("Ask for more", style="bold")
    for _, command in asked:
        yield Text(command, overflow="fold")
    for lead in dict.fromkeys(lead_time(one.need) for one, _ in asked):
        yield Text(f"Allow {lead.days} days: {lead.because}  [{lead.source}]", style="dim")
    if asked:
        yield Text("An approval is not capacity: machines may be out of stock.", style="dim")


def quotas_json(report: QuotaReport) -> dict[str, Any]:
    """Return everything that is shown."""
    found = report.snapshot
    return {
        "stack": report.stack,
        "at": report.now.isoformat(),
        "read": None
        if found is None
        else {
            "origin": found.origin,
            "taken": found.taken.isoformat(),
            "ageSeconds": int(found.age(report.now).total_seconds()),
            "old": found.age(report.now) > OLD_AFTER,
            "sample": found.sample,
        },
        "short": report.is_short,
        "quotas": [_row(report, one) for one in report.judgements],
    }


def _row(report: QuotaReport, one: Judgement) -> dict[str, Any]:
    lead = lead_time(one.need)
    return {
        "code": one.need.key,
        "name": one.need.name,
        "unit": one.need.unit,
        "need": one.need.value,
        "limit": one.limit,
        "usage": one.usage,
        "others": one.others,
        "origin": one.origin,
        "verdict": one.verdict,
        "because": f"{one.because}. Need: {one.need.because}",
        "source": one.need.source,
        "request": one.request,
        "command": report.command(one),
        "leadDays": None if one.request is None else lead.days,
    }
