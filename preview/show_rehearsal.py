"""A recorded rehearsal for a reader and for machines: what was used, and whether it fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from capacity.packing import Seat
from capacity.quantities import MIB, show_cpu, show_memory
from capacity.rehearsal import (
    CPU_HEADROOM_PERCENT,
    CPU_PERCENTILE,
    MEMORY_HEADROOM_PERCENT,
    misfits,
    with_headroom,
)
from events.durations import show
from hubs.rehearsals import Rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A rehearsal, and the event whose seat it is compared with.

    Attributes:
        rehearsal: What was recorded.
        where: The time zone in which times are told.
        event: Name of the event; empty without one.
        seat: What its users are promised; None without an event.
        environment: Fingerprint of its hub's environment; empty without an event.
    """

    rehearsal: Rehearsal
    where: tzinfo = UTC
    event: str = ""
    seat: Seat | None = None
    environment: str = ""

    @property
    def misfits(self) -> Sequence[str]:
        """Return why the event does not fit its seat; nothing if it does, or without one."""
        return [] if self.seat is None else list(misfits(self.rehearsal.measured, self.seat))

    @property
    def starts(self) -> datetime:
        """Return the time of the first sample."""
        return datetime.fromtimestamp(self.rehearsal.measured.starts, UTC).astimezone(self.where)


def rehearsal_shown(of: Judged) -> Iterator[RenderableType]:
    """Yield what was recorded, what each server used, the seat, and the verdict."""
    found = of.rehearsal.measured
    lasted = show(int(found.ends - found.starts))
    told = f"{of.rehearsal.file}: {counted(len(found.servers))}, {lasted} from "
    told += f"{of.starts:%Y-%m-%d %H:%M %Z}, a sample every {found.step:g} s"
    yield Text(told + (". SAMPLE DATA: the numbers are made up." if of.rehearsal.sample else ""))
    yield Padding(_table(of), (1, 0))
    if found.seat is None:
        yield Text("No seat can be asked for: memory and CPU are both needed.")
    else:
        asked = f"{{memory: {found.seat.memory // MIB}Mi, cpu: {show_cpu(found.seat.cpu)}}}"
        yield Text(f"Seat to ask for: {asked}")
    if of.seat is not None:
        yield _verdict(of)
        yield Padding(Text(_written(of), style="cyan"), (1, 0, 0, 0))


def counted(servers: int) -> str:
    """Return how many servers were recorded, in words."""
    return "1 server" if servers == 1 else f"{servers} servers"


def _table(of: Judged) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("server")
    for column in ("memory, most", f"CPU, {CPU_PERCENTILE} of 100"):
        table.add_column(column, justify="right")
    found = of.rehearsal.measured
    for one in found.servers:
        table.add_row(Text(one.server), _memory(one.memory), _cpu(one.cpu))
    table.add_section()
    table.add_row(
        "the greatest, with headroom",
        _memory(_more(found.memory, MEMORY_HEADROOM_PERCENT)),
        _cpu(_more(found.cpu, CPU_HEADROOM_PERCENT)),
        style="bold",
    )
    if of.seat is not None:
        table.add_row(f"seat of {of.event}", _memory(of.seat.memory), _cpu(of.seat.cpu))
    return table


def _more(used: int | None, percent: int) -> int | None:
    return None if used is None else with_headroom(used, percent)


def _memory(amount: int | None) -> str:
    return "-" if amount is None else show_memory(amount)


def _cpu(millis: int | None) -> str:
    return "-" if millis is None else show_cpu(millis)


def _verdict(of: Judged) -> Text:
    if not of.misfits:
        return Text(f"{of.event} fits its seat, with headroom.", style="green")
    told = "; ".join(of.misfits)
    return Text(f"{of.event} does not fit its seat: {told}.", style="bold red")


def _written(of: Judged) -> str:
    """Return what to write into the stack file of this rehearsal."""
    lines = (
        "readiness:",
        "  rehearsal:",
        "    by: (who ran it)",
        f'    at: "{of.starts:%Y-%m-%dT%H:%M}"',
        f'    environment: "{of.environment}"',
        f"  recording: {of.rehearsal.file}",
    )
    return "\n".join(lines)


def rehearsal_json(of: Judged) -> dict[str, Any]:
    """Return what was recorded and how it compares, in bytes and millicpu."""
    found = of.rehearsal.measured
    seat = found.seat
    return {
        "file": of.rehearsal.file,
        "sample": of.rehearsal.sample,
        "starts": of.starts.isoformat(),
        "seconds": found.ends - found.starts,
        "step": found.step,
        "memory": found.memory,
        "cpu": found.cpu,
        "servers": [
            {"server": one.server, "memory": one.memory, "cpu": one.cpu} for one in found.servers
        ],
        "ask": None if seat is None else {"memory": seat.memory, "cpu": seat.cpu},
        "event": of.event or None,
        "seat": None if of.seat is None else {"memory": of.seat.memory, "cpu": of.seat.cpu},
        "environment": of.environment or None,
        "misfits": list(of.misfits),
        "fits": None if of.seat is None else not of.misfits,
    }
