"""Loading a stack for verbs that change nothing: what is missing is noted, not refused."""

from cli.output import progress, project_root
from preview.loaded import Loaded, load


def loaded_with_notes(stack: str) -> Loaded:
    """Return a stack by its name or path, and note on standard error which secrets it misses.

    Raises:
        MistakesError: every mistake in its files.
    """
    loaded = load(project_root(), stack)
    for note in loaded.notes:
        progress().print(note, markup=False, soft_wrap=True)
    return loaded
