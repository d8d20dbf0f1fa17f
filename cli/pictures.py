"""The option that writes pictures, and the folder that they go to."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from hubs.mistakes import Mistake, MistakesError

Pictures: TypeAlias = Annotated[
    Path | None, typer.Option("--pictures", help="Write pictures (PNG) into this folder.")
]


def folder_of(pictures: Path) -> Path:
    """Return the folder, made if need be.

    Raises:
        MistakesError: it cannot be made.
    """
    try:
        pictures.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"found {str(pictures)!r}; {error.strerror}, name a folder"
        raise MistakesError([Mistake("--pictures", told)]) from error
    return pictures
