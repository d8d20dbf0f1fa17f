"""A simulation for a reader: a verdict, the figures, what people wait for."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from capacity.proof import Cause, Proof
from preview.simulated import Simulated, figures, main_cause, seconds_text, trace
from preview.tables import Fitting

# What somebody waits for, as a sentence goes on after "wait for", and the keys that change it.
WAITS_FOR: dict[Cause, tuple[str, str]] = {
    "spawnLimit": ("the hub, which starts only so many servers at once", "spawnLimit"),
    "nodeBoot": ("a new node (machine) that is still starting", "warmNodes, nodeReady"),
    "maxNodes": ("a seat where no further node may come", "maxNodes"),
    "scheduler": ("the scheduler, which places only so many servers a second", "schedulerRate"),
    "imagePull": ("the image on a new node, or the server to start", "imagePull, podStart"),
    "notServed": ("a server that never comes", "maxNodes, startTimeout"),
}
_MINUTE = 60


def span_words(seconds: float) -> str:
    """Return seconds as a teacher says them: `a minute`, `4 min`, `30 s`."""
    if seconds == _MINUTE:
        return "a minute"
    if seconds < _MINUTE * 3 / 2:
        return f"{seconds:.0f} s" if seconds >= 1 else "less than a second"
    return f"{seconds / _MINUTE:.0f} min"


def verdict(of: Simulated) -> str:
    """Return in one line who waits, as a teacher reads it."""
    proof, limit = of.proof, span_words(of.scenario.scene.wait_limit)
    came, longest = round(proof.came.mean), span_words(proof.wait_max.mean)
    if not came:
        return "Nobody comes."
    late = proof.waiting_share.mean * proof.came.mean
    if not late:
        return f"Nobody of {came} people waits longer than {limit}; the longest {longest}."
    count = round(late)
    who = f"{count} of {came} people {'waits' if count == 1 else 'wait'}"
    if not count:
        who = f"Hardly anybody of {came} people waits"
    unserved = round(proof.unserved.mean)
    never = f"{unserved} never {'gets' if unserved == 1 else 'get'} a server"
    rest = never if unserved else f"the longest {longest}"
    return f"{who} longer than {limit}; {rest}."


def reason(of: Simulated) -> str:
    """Return what most of those wait for who wait too long; nothing if nobody does."""
    cause = main_cause(of.proof)
    return "" if cause is None else f"Most of them wait for {WAITS_FOR[cause][0]}."


def shown(of: Simulated, *, traced: bool = False) -> Iterator[RenderableType]:
    """Yield a simulation part by part."""
    line = Text(verdict(of), style="bold")
    yield Padding(line.append(f" {reason(of)}".rstrip(), style="not bold"), (0, 0, 1, 0))
    yield Padding(_figures(of), (0, 0, 1, 0))
    if main_cause(of.proof) is not None:
        yield Padding(_causes(of.proof), (0, 0, 1, 0))
    if traced:
        yield Padding(_trace(of), (0, 0, 1, 0))
    yield Text(f"Replicas: {of.proof.replicas}, seed: {of.proof.seed}.", style="dim")


def _figures(of: Simulated) -> Fitting:
    table = Fitting()
    table.names("figure", "mean", "95 % interval")
    table.texts("because")
    for figure in figures(of):
        table.add_row(figure.name, figure.mean, figure.interval, figure.because)
    return table


def _causes(proof: Proof) -> Fitting:
    table = Fitting()
    table.names("of all people")
    table.texts("wait too long for", "see")
    for cause, share in sorted(proof.causes.items(), key=lambda item: -item[1]):
        if share:
            table.add_row(f"{share:.1%}", *WAITS_FOR[cause])
    return table


def _trace(of: Simulated) -> Fitting:
    table = Fitting()
    table.names("user", "arrival", "wait", "cause")
    for row in trace(of):
        arrival, wait = f"{row['arrival']:.2f} s", seconds_text(row["wait"])
        table.add_row(str(row["user"]), arrival, wait, row["cause"] or "")
    return table
