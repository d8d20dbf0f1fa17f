"""Small recorded rehearsals for the tests of what is shown of them."""

from capacity.packing import Seat
from capacity.quantities import GIB
from capacity.recording import Metric, Sample, Series
from capacity.rehearsal import measure
from hubs.rehearsals import Rehearsal
from preview.show_rehearsal import Judged

STARTS = 1796396400


def series(server: str, metric: Metric, *values: float) -> Series:
    """Return a series with a sample every half minute."""
    samples = tuple(Sample(STARTS + 30 * place, value) for place, value in enumerate(values))
    return Series(server=server, metric=metric, name=metric, samples=samples)


def judged(*found: Series, seat: Seat | None = None, sample: bool = False) -> Judged:
    """Return a rehearsal of some series, compared with a seat if one is given."""
    run = Rehearsal(file="run.csv", series=found, measured=measure(found), sample=sample)
    if seat is None:
        return Judged(rehearsal=run)
    return Judged(rehearsal=run, event="final", seat=seat, environment="0123456789abcdef")


MEMORY = series("a", "memory", GIB, GIB * 1.5, GIB)
CPU = series("a", "cpu seconds", 0, 15, 18)
SEAT = Seat(memory=2 * GIB, cpu=1000)
