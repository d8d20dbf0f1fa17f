"""Nobody types an amount of bytes: they are written with a unit, or computed in one module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "capacity" / "quantities.py"
PACKAGES = ("capacity", "cli", "components", "events", "hubs", "policies", "preview", "tools")
SOURCES = [
    ROOT / "__main__.py",
    *(path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))),
]
SEVEN_DIGITS = 10**6
KIB_POWER = 10


def is_number(node: ast.expr, value: int | None = None) -> bool:
    """Return whether a node is an integer literal, of this value if one is given."""
    return (
        isinstance(node, ast.Constant) and type(node.value) is int and value in (None, node.value)
    )


def is_power(node: ast.BinOp) -> bool:
    """Return whether a node is 1024 or more, as a power of two: `2**30`, `1 << 30`, `1024**3`."""
    exponent = node.right
    if not (isinstance(exponent, ast.Constant) and isinstance(exponent.value, int)):
        return False
    if isinstance(node.op, ast.LShift):
        return is_number(node.left) and exponent.value >= KIB_POWER
    if isinstance(node.op, ast.Pow):
        two = is_number(node.left, 2) and exponent.value >= KIB_POWER
        return two or is_number(node.left, 1024)
    return False


def typed_bytes(source: str) -> Iterator[str]:
    """Yield every expression that looks like bytes typed by hand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            if node.value >= SEVEN_DIGITS:
                yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.BinOp):
            scaled = isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv)
            by_1024 = is_number(node.left, 1024) or is_number(node.right, 1024)
            if (scaled and by_1024) or is_power(node):
                yield f"{node.lineno}: {ast.unparse(node)}"


def test_the_whole_program_is_looked_at() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in SOURCES}

    assert len(SOURCES) >= 80
    assert {"__main__.py", "hubs/values.py", "components/gke/pools.py"} <= names


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if path != UNITS],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_no_bytes_are_typed(path: Path) -> None:
    assert list(typed_bytes(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 8192", []),
        ("x = 999_999", []),
        ("x = 1_000_000", ["1: 1000000"]),
        ("x = 3435973837", ["1: 3435973837"]),
        ("x = 2 * 1024", ["1: 2 * 1024"]),
        ("x = y / 1024", ["1: y / 1024"]),
        ("x = 1024**3", ["1: 1024 ** 3"]),
        ("x = 2**30", ["1: 2 ** 30"]),
        ("x = 1 << 30", ["1: 1 << 30"]),
        ("x = 2**7", []),
        ("x = 2**power", []),
        ("x = y << 2", []),
        ("x = 1000 - 24", []),
    ],
)
def test_what_counts_as_typed_bytes(source: str, found: list[str]) -> None:
    assert list(typed_bytes(source)) == found
