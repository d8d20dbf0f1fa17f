"""Compiling the simulation's inner loop to machine code, and keeping what was compiled.

Numba's cache of a function is keyed by the file that defines it, not by the files of the
functions that it calls. So the cache stands in a folder named after the whole package's
text: a changed file can never meet code that was compiled from another. That folder is in the
Python environment, so that every checkout and copy of the project that uses it finds the code.
"""

import hashlib
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

_HERE = Path(__file__).parent


def _digest() -> str:
    text = b"".join(path.read_bytes() for path in sorted(_HERE.glob("*.py")))
    return hashlib.sha256(text).hexdigest()[:16]


def cache_folder() -> Path:
    """Return where the code compiled from this text of the package is kept."""
    return Path(sys.prefix) / "compiled" / f"simulation-{_digest()}"


_numba: Any = importlib.import_module("numba")
_caching: Any = importlib.import_module("numba.core.caching")


class KeptByText(_caching.UserProvidedCacheLocator):  # pyright: ignore[reportUntypedBaseClass]: no types
    """Numba's place for compiled code, without the path of the checkout in it."""

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Return the folder of a file's code: the text above it says all that counts."""
        return Path(py_file).parent.name


_numba.config.CACHE_DIR = str(cache_folder())
_numba.config.CACHE_LOCATOR_CLASSES = f"{__name__}.{KeptByText.__name__}"


def compiled(function: F) -> F:
    """Return the function compiled; it runs without the interpreter's lock.

    Inlining everything and leaving out checks for division by zero saves a third of the time.
    """
    compiler = _numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
    return cast("F", compiler(function))
