"""boto3 clients, typed as far as they are used; boto3 is imported only when one is made."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Protocol, cast


class Paginator(Protocol):
    """Pages of a list that AWS cuts up."""

    def paginate(self, **asked: object) -> Iterable[dict[str, Any]]:
        """Return the pages."""
        ...


class Client(Protocol):
    """What is used of any boto3 client, which is made while it runs and has no types."""

    exceptions: Any

    def get_paginator(self, operation_name: str, /) -> Paginator:
        """Return the pages of an operation."""
        ...

    def __getattr__(self, operation: str, /) -> Callable[..., dict[str, Any]]:
        """Return an operation, which takes keywords and returns a mapping."""
        ...


Clients = Callable[[str], Client]


def connect(region: str) -> Clients:
    """Return a maker of clients in a region, with the credentials of the environment."""
    session = import_module("boto3").Session(region_name=region)
    return cast("Clients", session.client)
