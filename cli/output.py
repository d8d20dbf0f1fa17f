"""Writing for people and for machines."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from hubs.mistakes import Mistake, MistakesError

# Wide enough for a plan when nobody's terminal says otherwise (pipes, CI).
_WIDTH_WITHOUT_TERMINAL = 140
# Of a new file: everybody may read it, its owner write it.
_MODE = 0o644


def console() -> Console:
    """Return a console for standard output."""
    width = None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(width=width, highlight=False, soft_wrap=False)


def progress() -> Console:
    """Return a console on standard error, where progress shows only to a person."""
    return Console(stderr=True)


def write_json(content: object) -> None:
    """Write JSON to standard output."""
    sys.stdout.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def project_root() -> Path:
    """Return the nearest folder, from here upwards, that holds the project.

    Raises:
        MistakesError: there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "Pulumi.yaml").is_file() and (folder / "policies").is_dir():
            return folder
    raise MistakesError([Mistake("project", f"no Pulumi.yaml and policies/ in {here} or above")])


def replace_file(path: Path, text: str) -> None:
    """Write a file at once, so that nobody ever reads half of it.

    Raises:
        MistakesError: it cannot be written.
    """
    target = path.resolve()
    try:
        target.parent.mkdir(exist_ok=True)
        mode = target.stat().st_mode if target.exists() else _MODE
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            fresh = Path(folder) / target.name
            fresh.write_bytes(text.encode())
            fresh.chmod(mode)
            fresh.replace(target)
    except OSError as error:
        told = f"cannot be written: {error.strerror}"
        raise MistakesError([Mistake(f"{target.parent.name}/{target.name}", told)]) from None
