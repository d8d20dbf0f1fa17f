"""A thing of a cloud by any of its names: its type and id in Pulumi, and how to delete it. Pure."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hubs.cloud_rows import AWS, GCP, Row

_FIELD = re.compile(r"\{(\w+)(\+?)\}")
_ARN = re.compile(
    r"arn:[a-z-]+:(?P<service>[a-z0-9-]+):(?P<region>[^:]*):(?P<account>[^:]*):(?P<rest>.+)"
)
# Global, though their CLI takes a region.
_GLOBAL = ("budgets", "iam", "s3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a thing is called.

    Attributes:
        type: Its type in Pulumi, or the cloud's own for one that is not in the table.
        id: Its id in a state, or the cloud's name for it.
        imported: The id to import it by.
        delete: The command that deletes it; empty if none is known.
        data: Whether people's work may be lost with it.
        rank: Its place in the order in which things can be deleted.
    """

    type: str
    id: str
    imported: str
    delete: str = ""
    data: bool = False
    rank: int = 0


def named(type_: str, name: str, place: Mapping[str, str]) -> Named:
    """Return what a thing is called.

    Args:
        type_: Its type in Pulumi, which counts where the name is an id in a state, or the
            cloud's own.
        name: Its ARN, its full name in Google Cloud, or its id in a state.
        place: `project` and `region`, for what the name leaves out.
    """
    arn = _ARN.fullmatch(name)
    if arn is not None:
        listed = f"{arn['service']}:{arn['rest']}"
        region = arn["region"] or place.get("region", "")
        more = {"arn": name, "region": region, "account": arn["account"]}
        found = _among(AWS, listed, {**place, **more})
        return found or Named(
            type=f"{arn['service']}:{re.split('[/:]', arn['rest'])[0]}", id=name, imported=name
        )
    if name.startswith("//"):
        return _among(GCP, name[2:], place) or Named(type=type_, id=name, imported=name)
    found = (_of(row, row.id, name, place) for row in (*AWS, *GCP) if row.type == type_)
    return next(filter(None, found), Named(type=type_, id=name, imported=name))


def _among(rows: Sequence[Row], name: str, place: Mapping[str, str]) -> Named | None:
    found = (_of(row, form, name, place) for row in rows for form in row.listed)
    return next(filter(None, found), None)


def _of(row: Row, form: str, name: str, place: Mapping[str, str]) -> Named | None:
    """Return what a thing is called if its name has a row's form."""
    match = _pattern(form).fullmatch(name)
    if match is None:
        return None
    fields: dict[str, str] = {**place, **match.groupdict()}
    id_ = _filled(row.id, fields)
    return Named(
        type=row.type,
        id=id_,
        imported=_filled(row.imported, fields),
        delete=" ".join(_command(row, fields)),
        data=row.data,
        rank=(*AWS, *GCP).index(row) + 1,
    )


def _command(row: Row, fields: Mapping[str, str]) -> Iterator[str]:
    aws = row.type.startswith("aws:")
    yield "aws" if aws else "gcloud"
    words = row.delete.split()
    if aws and words[0] not in _GLOBAL:
        words += ["--region", "{region}"]
    if not aws and words[0] != "storage":
        words += ["--project", "{project}"]
    for word in words:
        yield shlex.quote(_filled(word, fields))


def _filled(form: str, fields: Mapping[str, str]) -> str:
    """Return a form with its fields; what is not known stands there in capitals, to be filled."""
    return _FIELD.sub(lambda match: fields.get(match[1]) or match[1].upper(), form)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts: list[str] = []
    at = 0
    for field in _FIELD.finditer(form):
        parts += [re.escape(form[at : field.start()]), f"(?P<{field[1]}>"]
        parts += [".+)" if field[2] else "[^/:,]+)"]
        at = field.end()
    return re.compile("".join([*parts, re.escape(form[at:])]))
