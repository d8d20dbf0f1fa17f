"""`readyroom quota`: whether the cloud will let a stack grow as far as its events need."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding

from capacity.quotas.judge import judge
from capacity.quotas.snapshot import Snapshot
from cli.output import console, progress, project_root, write_json
from hubs.eks import EksConfig
from hubs.existing import ExistingConfig
from hubs.footprint import stack_needs
from hubs.gke import GkeConfig
from hubs.mistakes import Mistake, MistakesError
from hubs.quota_snapshot import snapshot_json, snapshot_path
from preview.loaded import load
from preview.show_quotas import (
    QuotaReport,
    quota_table,
    quotas_json,
    read_when,
    reasons,
    requests,
)

SHORT = 1


def quota(
    stack: Annotated[str, typer.Argument(help="Stack, or path of a stack file.")] = "workshop",
    at: Annotated[
        str | None, typer.Option(help="Instant that the age is counted to. Default: now.")
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Read the cloud now.")] = False,  # noqa: FBT002 - a flag of the command line
    save: Annotated[bool, typer.Option("--save", help="Keep what --live read.")] = False,  # noqa: FBT002 - a flag of the command line
    assume_defaults: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--assume-defaults", help="Judge what was not read by defaults.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Compare what all events may need with the cloud's quotas, and say what to ask for."""
    if save and not live:
        raise MistakesError([Mistake("--save", "keeps what --live reads; add --live")])
    root, clock = project_root(), datetime.now(UTC)
    loaded = load(root, stack)
    now = loaded.instant(at, clock)
    cluster = loaded.stack.cluster
    if isinstance(cluster, ExistingConfig):
        told = "is existing, and its quotas are those of whoever runs it; ask them"
        raise MistakesError([Mistake("cluster.provider", told)])
    snapshot = _live(loaded.stack.name, cluster, clock) if live else loaded.stack.quotas
    if save and snapshot is not None:
        _save(snapshot_path(root / "hubs", loaded.stack.name), snapshot)
    needs = stack_needs(loaded.stack, loaded.events, now)
    report = QuotaReport(
        stack=loaded.stack.name,
        region=cluster.region,
        account=snapshot.account if snapshot else getattr(cluster, "project", None) or "",
        now=now,
        snapshot=snapshot,
        judgements=judge(needs, snapshot, assume_defaults=assume_defaults),
    )
    _show(report, as_json=as_json)
    if report.is_short:
        raise typer.Exit(SHORT)


def _live(stack: str, cluster: GkeConfig | EksConfig, clock: datetime) -> Snapshot:
    """Read the cloud; its libraries are imported only here."""
    from live.quotas import read_quotas  # noqa: PLC0415 - other verbs never pay for it

    with progress().status(f"reading quotas in {cluster.region}"):
        return read_quotas(stack, cluster, clock, os.environ)


def _save(path: Path, snapshot: Snapshot) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(snapshot_json(snapshot), indent=2) + "\n", "utf-8")


def _show(report: QuotaReport, *, as_json: bool) -> None:
    if as_json:
        write_json(quotas_json(report))
        return
    out = console()
    out.print(Padding(read_when(report), (0, 0, 1, 0)), markup=False)
    out.print(Padding(quota_table(report), (0, 0, 1, 0)))
    for line in requests(report):
        out.print(line, soft_wrap=True)
    out.print()
    out.print(reasons(report))
