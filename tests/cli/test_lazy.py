"""A verb pays only for what it uses: no engine, cloud or drawing is loaded beforehand."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
import cli.main
heavy = {"numba", "pulumi", "grpc", "boto3", "google.cloud", "matplotlib"}
print(sorted(heavy & set(sys.modules)))
cli.main.commands("plan")
print(sorted(heavy & set(sys.modules)))
"""


def test_the_command_line_loads_neither_engine_nor_clouds_nor_drawing() -> None:
    found = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n['numba']\n"
