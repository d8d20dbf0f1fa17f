"""By which id the CLI takes a resource that exists already into the state. Pure."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from hubs.import_forms import OBJECT, ROWS, Row
from hubs.shapes import is_list, is_mapping

# A field of a form; with a slash only the last part of a path.
_FIELD = re.compile(r"\{([\w.]+)(/?)\}")
_KUBERNETES = "kubernetes:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a provider knows by itself; empty where it is not known."""

    project: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportId:
    """An id, or the command that prints it and what stands around it.

    Attributes:
        text: The id, or how it begins.
        lookup: A command whose output follows; empty if the id is whole.
        after: What follows the output.
    """

    text: str
    lookup: str = ""
    after: str = ""

    @property
    def word(self) -> str:
        """Return the id as one word of a shell."""
        if not self.lookup:
            return shlex.quote(self.text)
        before, after = (shlex.quote(part) if part else "" for part in (self.text, self.after))
        return f'{before}"$({self.lookup})"{after}'


def has_import_id(type_: str) -> bool:
    """Return whether an id is known for resources of a type."""
    return type_ in ROWS or type_.startswith(_KUBERNETES)


def import_id(
    type_: str, inputs: Mapping[str, object], context: Context, message: str = ""
) -> ImportId | None:
    """Return the id to import a resource by, from its inputs; None if they do not tell.

    Args:
        type_: The resource's type.
        inputs: Its inputs, as the engine has them; what is not plain text does not count.
        context: What its provider adds.
        message: What the cloud said when it refused to create it: some name the id.
    """
    row = ROWS.get(type_, OBJECT if type_.startswith(_KUBERNETES) else None)
    if row is None:
        return None
    known = _Known(inputs=inputs, context=context, told=_told(row, message))
    for form in row.forms:
        found = known.filled(form)
        if found is not None:
            return ImportId(text=found)
    return _looked_up(row, known) if row.lookup else None


def _told(row: Row, message: str) -> str:
    found = re.search(row.told, message) if row.told else None
    return found.group(1) if found else ""


def _looked_up(row: Row, known: "_Known") -> ImportId | None:
    """Return an id that the AWS CLI is asked for: only what can be asked for whole."""
    [form] = row.forms
    around = [known.filled(part) for part in form.split("{told}")]
    asked = f"aws {row.lookup} --region {{region}} --output text".split()
    words = [known.filled(word) for word in asked]
    before, after = around
    if before is None or after is None or None in words:
        return None
    command = " ".join(_quoted(word) for word in words if word is not None)
    return ImportId(text=before, lookup=command, after=after)


def _quoted(word: str) -> str:
    """Return a word of a command; a query that quotes by itself in double quotes."""
    plain = not set(word) & set('"$`\\')
    return f'"{word}"' if "'" in word and plain else shlex.quote(word)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a resource that could not be created."""

    inputs: Mapping[str, object]
    context: Context
    told: str

    def filled(self, form: str) -> str | None:
        """Return a form with its fields filled in; None if one of them is not known."""
        values = {match.group(0): self._value(*match.groups()) for match in _FIELD.finditer(form)}
        if not all(values.values()):
            return None
        return _FIELD.sub(lambda match: values[match.group(0)], form)

    def _value(self, field: str, last: str) -> str:
        """Return what a field stands for; empty if that is not known."""
        found: object = self.inputs
        for step in field.split("."):
            found = _inside(found, step)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return f"{found:.0f}"  # the engine's numbers have a fraction
        text = found if isinstance(found, str) else self._default(field)
        return text.rpartition("/")[2] if last else text

    def _default(self, field: str) -> str:
        match field:
            case "told":
                return self.told
            case "project":
                return self.context.project
            case "region" | "location":
                return self.context.region
            case _:
                return ""


def _inside(holder: object, step: str) -> object:
    """Return what a mapping has by a name, or a list by the number 0 if it has nothing else."""
    if is_mapping(holder):
        return holder.get(step)
    return holder[0] if step == "0" and is_list(holder) and len(holder) == 1 else None
