"""Writing for people and for machines."""

import json
import os
import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn, TextIO, cast

from rich.console import Console

from hubs.mistakes import Mistake, MistakesError

# Wide enough for a plan when nobody's terminal says otherwise (pipes, CI).
_WIDTH_WITHOUT_TERMINAL = 140
# 128 + SIGPIPE: what a shell says of a program whose reader was gone.
UNREAD = 141
# Of a new file: everybody may read it, its owner write it.
_MODE = 0o644


class _Stream:
    """A stream as another one, but for what it writes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


class _Trimmed(_Stream):
    """A stream that leaves out the blanks with which tables fill their lines."""

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +$", "", text, flags=re.MULTILINE))


class _Read(_Stream):
    """A stream that ends the program, quietly, when nobody reads it any more."""

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._unread()

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._unread()

    def _unread(self) -> NoReturn:
        # What is still buffered would be written at the end, and fail again.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
        raise SystemExit(UNREAD)


@contextmanager
def reader_may_leave() -> Generator[None]:
    """Write to a reader who may stop reading, as `head` does.

    Raises:
        SystemExit: nobody reads any more; with the code of a program that SIGPIPE ends, since 0
            and 1 are what the gate says.
    """
    stream = sys.stdout
    reading = _Read(stream)
    sys.stdout = cast("TextIO", reading)
    try:
        yield
    finally:
        sys.stdout = stream
        reading.flush()


def console() -> Console:
    """Return a console for standard output: as wide as its terminal, or as COLUMNS says."""
    if sys.stdout.isatty():
        return Console(highlight=False, soft_wrap=False)
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) else _WIDTH_WITHOUT_TERMINAL
    trimmed = cast("TextIO", _Trimmed(sys.stdout))
    return Console(file=trimmed, width=width, highlight=False, soft_wrap=False)


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
