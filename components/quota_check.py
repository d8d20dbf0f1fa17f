"""Limits of a cloud, read while previewing, beside what the stack may need of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pulumi

from hubs.quota_check import AskedQuota, told, wanted

# Asks the cloud for one limit; None if it does not say.
Reader = Callable[[AskedQuota], int | None]
# Asks the cloud for more, and does not wait for the answer.
Requester = Callable[[AskedQuota, int, pulumi.ResourceOptions], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaCheckArgs:
    """Arguments of `QuotaCheck`.

    Attributes:
        asked: What to ask for.
        read: How this cloud is asked for a limit.
        request: How it is asked for more; None if it is not to be asked.
    """

    asked: tuple[AskedQuota, ...]
    read: Reader
    request: Requester | None


class QuotaCheck(pulumi.ComponentResource):
    """Needs and limits for the gate to read, and requests for what is short.

    A limit that cannot be read is left out, with a warning: what nobody knows, the gate says.
    Destroying it takes back no request.
    """

    limits: Mapping[str, int]

    def __init__(
        self, name: str, args: QuotaCheckArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Read every limit, register needs and limits, ask for more."""
        self.limits = _limits(args)
        super().__init__(
            "readyroom:quota_check:QuotaCheck", name, told(args.asked, self.limits), opts
        )
        more = wanted(args.asked, self.limits) if args.request else {}
        for one in args.asked:
            if args.request is not None and one.need.key in more:
                args.request(one, more[one.need.key], pulumi.ResourceOptions(parent=self))
        self.register_outputs({"read": len(self.limits)})


def _limits(args: QuotaCheckArgs) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in args.asked:
        try:
            limit = args.read(one)
        except Exception as error:  # noqa: BLE001 - a provider's refusal has no class of its own
            pulumi.log.warn(f"the limit of {one.need.name} was not read: {error}")
            continue
        if limit is not None:
            found[one.need.key] = limit
    return found
