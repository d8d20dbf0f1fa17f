"""Which clouds a stack is in, and what their providers put on everything."""

from collections.abc import Callable
from typing import Any

import pytest

from components.build import build
from preview.monitor import RecordingMonitor
from preview.resources import Registered, registered

Built = Callable[..., RecordingMonitor]
Resources = Callable[[str, str], list[Registered]]
Inputs = Callable[[str, str, str], dict[str, Any]]

LINES = f"""
from {build.__module__} import build
build(args_of(config, HUBS).deployment, {{}})
"""
BUDGET = {
    "monthly": 100,
    "emails": ["finance@example.edu"],
    "billingAccount": "0A1B2C-3D4E5F-60718A",
}
PAYING = {"billingProject": "example-project", "userProjectOverride": "true"}


def test_the_gcp_provider_labels_everything_that_bears_a_cost(inputs: Inputs) -> None:
    assert inputs("workshop", "event", "pulumi:providers:gcp workshop-gcp") == {
        "region": "us-central1",
        "defaultLabels": '{"readyroom-stack": "workshop"}',
    }


@pytest.mark.parametrize(
    ("keys", "paying"),
    [
        ({}, {}),
        ({"quotaCheck": {"live": False}}, {}),
        ({"quotaCheck": {"live": True}}, PAYING),
        ({"budget": BUDGET}, PAYING),
        ({"budget": BUDGET, "quotaCheck": {"live": True}}, PAYING),
    ],
)
def test_a_call_for_budgets_or_limits_is_paid_by_the_stacks_project(
    keys: dict[str, Any], paying: dict[str, str], built: Built
) -> None:
    monitor = built("gke", LINES, **keys)

    [found] = [it.inputs for it in registered(monitor) if it.type == "pulumi:providers:gcp"]
    assert (
        found
        == {
            "project": "example-project",
            "region": "europe-west1",
            "defaultLabels": '{"readyroom-stack": "dev"}',
        }
        | paying
    )


def test_the_aws_provider_tags_everything_that_bears_a_cost(inputs: Inputs) -> None:
    assert inputs("icesat2", "event", "pulumi:providers:aws icesat2-aws") == {
        "region": "us-west-2",
        "defaultTags": '{"tags": {"readyroom-stack": "icesat2"}}',
        # Set by the SDK, not by us.
        "skipCredentialsValidation": "false",
        "skipRegionValidation": "true",
    }


def test_a_stack_without_gke_or_eks_has_neither_provider(resources: Resources) -> None:
    clouds = {resource.type.split(":")[0] for resource in resources("campus", "event")}

    assert clouds == {"pulumi", "readyroom", "kubernetes", "random"}
