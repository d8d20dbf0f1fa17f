"""Reads a stack's state with the Pulumi CLI: its backend and its login are the user's."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from live.asked import UnreachableError

_SECONDS = 120


def export_state(stack: str, project: Path) -> Any:  # noqa: ANN401 - any JSON
    """Return what `pulumi stack export` prints; secrets in it stay encrypted.

    Raises:
        UnreachableError: there is no CLI, it is not logged in, or it has no such stack.
    """
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        raise _unreadable(stack, "pulumi is not on PATH")
    command = [pulumi, "stack", "export", "--stack", stack, "--non-interactive"]
    try:
        done = subprocess.run(  # noqa: S603 - the CLI on PATH, and the name of a stack file
            command,
            cwd=project,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(stack, f"no answer within {_SECONDS} seconds") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise _unreadable(stack, lines[-1])
    return json.loads(done.stdout)


def _unreadable(stack: str, why: str) -> UnreachableError:
    msg = f"the state of {stack} cannot be read: {why}; --state takes an exported one"
    return UnreachableError(msg)
