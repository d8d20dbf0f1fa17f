"""Runs the Pulumi CLI: its backend, its login and its credentials are the user's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from live.asked import UnreachableError

# Nobody is there to answer questions or to be told of a newer CLI.
_QUIET = ("--non-interactive", "--color=never")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How a command ended.

    Attributes:
        code: Its exit code.
        out: What it wrote to standard output; empty where that was shown at once.
        err: What it wrote to standard error; empty where that was shown at once.
    """

    code: int
    out: str = ""
    err: str = ""

    @property
    def last_words(self) -> str:
        """Return the last line of its errors, or its exit code."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return lines[-1].strip() if lines else f"exit code {self.code}"


class Engine(Protocol):
    """The Pulumi CLI in a project's folder."""

    def __call__(self, words: Sequence[str], *, shown: bool = False) -> Done:
        """Run it with these words, and wait until it has ended.

        Args:
            words: Its arguments; never a secret, since everybody on a machine sees them.
            shown: Whether a person sees what it writes, as it writes it.
        """
        ...


def engine(project: Path) -> Engine:
    """Return the CLI on PATH, run in a project's folder.

    Raises:
        UnreachableError: there is none.
    """
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        msg = "pulumi is not on PATH; see https://www.pulumi.com/docs/install/"
        raise UnreachableError(msg)

    def run(words: Sequence[str], *, shown: bool = False) -> Done:
        process = subprocess.Popen(  # noqa: S603 - the CLI on PATH, without a shell
            [pulumi, *words, *_QUIET],
            cwd=project,
            env=os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"},
            stdin=subprocess.DEVNULL,
            # Standard output is the command's own: what a person watches goes beside it.
            stdout=sys.stderr.fileno() if shown else subprocess.PIPE,
            stderr=sys.stderr.fileno() if shown else subprocess.PIPE,
            text=True,
        )
        out, err = _ended(process)
        return Done(code=process.returncode, out=out or "", err=err or "")

    return run


def _ended(process: "subprocess.Popen[str]") -> tuple[str | None, str | None]:
    """Wait for the end, whatever is pressed: killed in mid-run, the CLI leaves a locked stack.

    It is told of the interruption as well, and ends in order.
    """
    while True:
        try:
            return process.communicate()
        except KeyboardInterrupt:
            continue
