"""Regenerates the tables of `capacity/data`, or with `--check` says which are out of date."""

import argparse
import sys
from pathlib import Path

from hubs.mistakes import MistakesError
from tools.catalogue.origins import origins
from tools.catalogue.tables import tables
from tools.catalogue.upstream_ec2 import UpstreamError

DATA = Path(__file__).parents[2] / "capacity" / "data"
_WRONG_INPUT = 2


def drifted(generated: dict[str, str], data: Path) -> list[str]:
    """Return the names of tables that are not what was generated."""
    return [
        name
        for name, text in generated.items()
        if not (data / name).is_file() or (data / name).read_text("utf-8") != text
    ]


def main(arguments: list[str], data: Path = DATA) -> int:
    """Write or check the tables from a folder of upstream files; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue", description=__doc__)
    parser.add_argument("source_dir", type=Path, help="upstream files, see docs/catalogue.md")
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args(arguments)
    try:
        generated = tables(chosen.source_dir, origins(chosen.source_dir))
    except (MistakesError, UpstreamError) as error:
        sys.stderr.write(f"{error}\n")
        return _WRONG_INPUT
    stale = drifted(generated, data)
    if chosen.check:
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}\n")
        return bool(stale)
    for name in stale:
        (data / name).write_text(generated[name], "utf-8")
        sys.stdout.write(f"wrote {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
