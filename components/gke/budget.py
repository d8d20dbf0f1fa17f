"""A budget that tells people what a GKE stack costs."""

import pulumi
import pulumi_gcp as gcp

from components.gke.place import Place


def budget(place: Place) -> None:
    """Create a monthly budget over everything that has the stack's label, if one is wanted.

    It stops nothing: Google Cloud tells of costs hours after they arise. What has no label,
    such as the network's traffic, is not in it.
    """
    config = place.config.budget
    if config is None:
        return
    stack = place.args.deployment.labels()
    channels = [
        gcp.monitoring.NotificationChannel(
            f"{place.name}-budget-{index}",
            display_name=f"{place.args.name} costs, {email}",
            type="email",
            labels={"email_address": email},
            user_labels=stack,
            opts=place.opts,
        )
        for index, email in enumerate(sorted(config.emails))
    ]
    gcp.billing.Budget(
        f"{place.name}-budget",
        billing_account=config.billing_account,
        display_name=place.physical("budget", "budget"),
        budget_filter={
            "labels": {"readyroom-stack": stack["readyroom-stack"]},
            "calendar_period": "MONTH",
        },
        amount={
            "specified_amount": {
                "currency_code": config.currency,
                "units": str(config.monthly),
            }
        },
        threshold_rules=[{"threshold_percent": share / 1000} for share in sorted(config.alert_at)],
        all_updates_rule={
            "monitoring_notification_channels": [channel.id for channel in channels],
            "disable_default_iam_recipients": True,
        },
        opts=pulumi.ResourceOptions.merge(
            place.opts, pulumi.ResourceOptions(depends_on=[*channels])
        ),
    )
