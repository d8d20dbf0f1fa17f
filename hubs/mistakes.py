"""Mistakes in files: all at once, each with its path and the nearest right word. Pure."""

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake: where, and what to write instead."""

    where: str
    message: str

    def __str__(self) -> str:
        """Return `path: message`."""
        return f"{self.where}: {self.message}"


class MistakesError(ValueError):
    """Every mistake of a set of files; the message has one per line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        """Keep the mistakes, in order and without repeats."""
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def nearest(word: str, allowed: list[str]) -> str:
    """Return what is allowed, and the nearest of it to what was found."""
    near = get_close_matches(word, allowed, n=1, cutoff=0.5)
    hint = f"; nearest: {near[0]}" if near else ""
    return f"allowed: {', '.join(allowed)}{hint}"


def nearest_of(found: object, allowed: list[str]) -> str:
    """Return what is allowed, and the nearest of it: by value among numbers, or by letters."""
    numbers = [int(word) for word in allowed if word.isdigit()]
    several = len(numbers) == len(allowed) > 1
    if several and isinstance(found, int | float) and not isinstance(found, bool):
        asked = float(found)
        near = min(numbers, key=lambda number: abs(number - asked))
        return f"allowed: {', '.join(allowed)}; nearest: {near}"
    return nearest(str(found), allowed)
