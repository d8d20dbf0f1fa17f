"""A plan never pays for the clouds' libraries."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
import cli.main
import live.quotas
loaded = {"boto3", "botocore", "google.cloud.compute_v1", "google.cloud.cloudquotas_v1"}
print(sorted(loaded & set(sys.modules)))
"""


def test_the_command_line_imports_no_library_of_a_cloud() -> None:
    found = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"
