"""What is registered holds what scanners ask for, but for exceptions that are named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from security.checks import BESIDE, CHECKS, Finding, bare_buckets, covers, findings
from security.exceptions import EXCEPTIONS, Excepted
from security.reading import Check, at, broken
from security.recording import STACKS, resources

from preview.resources import Registered

DOCS = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")
FULL = ("full-gke", "full-eks")


@pytest.mark.parametrize("stack", STACKS)
def test_what_is_found_is_excepted(stack: str) -> None:
    found = findings(resources(stack))

    assert [it for it in found if not any(one.takes(it) for one in EXCEPTIONS)] == []


@pytest.mark.parametrize("excepted", EXCEPTIONS, ids=lambda it: f"{it.check} {it.names}")
def test_no_exception_is_stale(excepted: Excepted) -> None:
    assert any(excepted.takes(it) for stack in STACKS for it in findings(resources(stack)))


def test_every_finding_has_one_exception() -> None:
    found = {it for stack in STACKS for it in findings(resources(stack))}

    assert [it for it in found if sum(one.takes(it) for one in EXCEPTIONS) != 1] == []


@pytest.mark.parametrize("stack", STACKS)
def test_no_bucket_is_bare(stack: str) -> None:
    assert bare_buckets(resources(stack)) == []


@pytest.mark.parametrize("type_", BESIDE)
def test_a_bare_bucket_is_found(type_: str) -> None:
    left = [it for it in resources("full-eks") if it.type != type_]
    buckets = [it.name for it in left if it.type == "aws:s3/bucket:Bucket"]

    assert len(buckets) == 2
    assert bare_buckets(left) == [(name, type_) for name in buckets]


def covered(check: Check) -> list[Registered]:
    """Return what the full stacks have of what a check is for."""
    return [it for stack in FULL for it in resources(stack) if covers(check, it.type)]


def mutations() -> Iterator[Any]:
    """Yield every check with every way in which it breaks."""
    for check in CHECKS:
        for path, value in check.breaks:
            yield pytest.param(check, path, value, id=f"{check.name} {path} {value}")


@pytest.mark.parametrize("check", CHECKS, ids=lambda it: it.name)
def test_every_check_has_something_to_look_at(check: Check) -> None:
    assert covered(check) != []
    assert check.breaks != []


@pytest.mark.parametrize(("check", "path", "value"), list(mutations()))
def test_what_breaks_a_check_is_found(check: Check, path: str, value: object) -> None:
    root = path.split(".spec.", maxsplit=1)[0]
    fitting = [it for it in covered(check) if ".spec." not in path or at(it.inputs, root)]
    for it in fitting:
        mutated = replace(it, inputs=broken(it.inputs, path, value))

        assert Finding(check.name, it.type, it.name) in findings([mutated])
    assert fitting != []


def test_the_page_has_every_exception() -> None:
    [_, after] = DOCS.split("## Exceptions\n")
    told = after.split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \| (.+?) \|$", told, re.MULTILINE)

    assert rows == [(it.check, it.names, it.reason) for it in EXCEPTIONS]


def test_the_page_names_every_check() -> None:
    [names] = re.findall(r"^<!-- checks -->\n\n(.*?)\n\n", DOCS, re.MULTILINE | re.DOTALL)

    assert names.splitlines() == [f"- {it.name}: {it.says}" for it in CHECKS]
