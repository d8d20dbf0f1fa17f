"""Reads AWS service quotas, and what is in use of them, with boto3."""

from importlib import import_module

from capacity.quotas.catalogue import Quota, quotas
from capacity.quotas.snapshot import Reading, Snapshot
from live.asked import Asked, UnreachableError
from live.aws_clients import Client, Clients
from live.aws_usage import Use, usage


def read(asked: Asked, clients: Clients) -> Snapshot:
    """Return every quota of the catalogue with its use.

    Raises:
        UnreachableError: no credentials, no rights, or no answer.
    """
    errors = import_module("botocore.exceptions")
    try:
        return _read(asked, clients)
    except (errors.BotoCoreError, errors.ClientError) as error:
        msg = f"quotas cannot be read from AWS in {asked.region}: {error}"
        raise UnreachableError(msg) from None


def _read(asked: Asked, clients: Clients) -> Snapshot:
    account = clients("sts").get_caller_identity()["Account"]
    used = usage(asked, clients)
    limits = clients("service-quotas")
    found: dict[str, Reading] = {}
    for key, quota in quotas("eks").items():
        reading = _reading(limits, quota, used.get(key))
        if reading is not None:
            found[key] = reading
    return Snapshot(
        cloud="eks",
        region=asked.region,
        account=str(account),
        taken=asked.now,
        origin="live",
        sample=False,
        readings=found,
    )


def _reading(client: Client, quota: Quota, use: Use | None) -> Reading | None:
    """Return the applied value, or AWS's default, flagged, where none was ever applied."""
    asked = {"ServiceCode": quota.service, "QuotaCode": quota.quota_id}
    missing = client.exceptions.NoSuchResourceException
    default = False
    try:
        answer = client.get_service_quota(**asked)
    except missing:
        default = True
        try:
            answer = client.get_aws_default_service_quota(**asked)
        except missing:
            return None
    # A part of a vCPU or of a TiB is none: rounded down.
    return Reading(
        limit=int(answer["Quota"]["Value"]),
        usage=use.total if use else None,
        own=use.own if use else None,
        default=default,
    )
