"""Which clouds a stack is in, and what their providers put on everything."""

from collections.abc import Callable
from typing import Any

from preview.resources import Registered

Resources = Callable[[str, str], list[Registered]]
Inputs = Callable[[str, str, str], dict[str, Any]]


def test_the_gcp_provider_labels_everything_that_bears_a_cost(inputs: Inputs) -> None:
    assert inputs("workshop", "event", "pulumi:providers:gcp workshop-gcp") == {
        "region": "us-central1",
        "defaultLabels": '{"readyroom-stack": "workshop"}',
    }


def test_a_call_for_a_budget_is_paid_by_the_stacks_project(inputs: Inputs) -> None:
    found = inputs("full-gke", "event", "pulumi:providers:gcp full-gke-gcp")

    assert (found["billingProject"], found["userProjectOverride"]) == (found["project"], "true")


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
