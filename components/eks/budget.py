"""A budget that tells people what an EKS stack costs."""

import pulumi_aws as aws

from components.eks.place import Place
from hubs.names import physical


def budget(place: Place) -> None:
    """Create a monthly budget over everything that has the stack's tag, if one is wanted.

    It stops nothing: AWS tells of costs hours after they arise. It counts from when the tag is
    activated for cost allocation, once in the account that pays the bill.
    """
    config = place.config.budget
    if config is None:
        return
    tags = place.args.deployment.labels()
    aws.budgets.Budget(
        f"{place.name}-budget",
        name=physical("budget", place.args.deployment.stack.name, "budget"),
        budget_type="COST",
        time_unit="MONTHLY",
        limit_amount=str(config.monthly),
        limit_unit=config.currency,
        cost_filters=[
            {
                "name": "TagKeyValue",
                "values": [f"user:readyroom-stack${tags['readyroom-stack']}"],
            }
        ],
        notifications=[
            {
                "comparison_operator": "GREATER_THAN",
                "threshold": share / 10,
                "threshold_type": "PERCENTAGE",
                "notification_type": "ACTUAL",
                "subscriber_email_addresses": sorted(config.emails),
            }
            for share in sorted(config.alert_at)
        ],
        tags=tags,
        opts=place.opts,
    )
