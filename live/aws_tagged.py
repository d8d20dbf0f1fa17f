"""Lists what carries a stack's tag on AWS."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from hubs.cloud_names import named
from hubs.orphans import STACK_TAG, Thing
from live.asked import UnreachableError
from live.aws_clients import Clients
from live.orphans_asked import Carrying

# Where things without a region are listed. Source: AWS Resource Groups Tagging API, 2026.
GLOBAL_REGION = "us-east-1"


def read(asked: Carrying, regional: Clients, worldwide: Clients) -> list[Thing]:
    """Return what carries the stack's tag, in its region and in none.

    The listing lags behind: what was just deleted may still be in it. It has no IAM roles:
    those whose name begins as ours do are read one by one.

    Args:
        asked: The stack.
        regional: Clients in its region.
        worldwide: Clients in `GLOBAL_REGION`.

    Raises:
        UnreachableError: no credentials, no rights, or no answer.
    """
    errors = import_module("botocore.exceptions")
    makers = [regional] if asked.region == GLOBAL_REGION else [regional, worldwide]
    try:
        things = [thing for clients in makers for thing in _tagged(asked, clients)]
        return [*things, *_roles(asked, worldwide)]
    except (errors.BotoCoreError, errors.ClientError) as error:
        msg = f"tagged resources cannot be listed on AWS in {asked.region}: {error}"
        raise UnreachableError(msg) from None


def _tagged(asked: Carrying, clients: Clients) -> Iterator[Thing]:
    pages = clients("resourcegroupstaggingapi").get_paginator("get_resources")
    wanted = [{"Key": STACK_TAG, "Values": [asked.label]}]
    for page in pages.paginate(TagFilters=wanted):
        for row in page["ResourceTagMappingList"]:
            yield _thing(asked, row["ResourceARN"], _tags(row["Tags"]))


def _roles(asked: Carrying, clients: Clients) -> Iterator[Thing]:
    iam = clients("iam")
    for page in iam.get_paginator("list_roles").paginate():
        for role in page["Roles"]:
            if not role["RoleName"].startswith(asked.prefixes):
                continue
            tags = _tags(iam.list_role_tags(RoleName=role["RoleName"])["Tags"])
            if tags.get(STACK_TAG) == asked.label:
                yield _thing(asked, role["Arn"], tags, role["CreateDate"].isoformat())


def _thing(asked: Carrying, arn: str, tags: Mapping[str, str], since: str = "") -> Thing:
    return Thing(named=named("", arn, {"region": asked.region}), listed=arn, tags=tags, since=since)


def _tags(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {row["Key"]: row["Value"] for row in rows}
