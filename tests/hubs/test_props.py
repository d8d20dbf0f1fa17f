"""What a component shows of its configuration."""

from hubs.gke import GkeConfig
from hubs.props import props

Raw = dict[str, object]


def test_lists_are_shown_in_one_order_whatever_the_files(gke: Raw) -> None:
    zones, days = ["us-central1-b", "us-central1-c"], ["sunday", "monday"]
    budget = {
        "monthly": 100,
        "alertAt": [1, 0.25],
        "emails": ["b@example.edu", "a@example.edu"],
        "billingAccount": "0A1B2C-3D4E5F-60718A",
    }
    keys: Raw = {"zones": zones, "maintenance": {"days": days}, "budget": budget}

    found = props(GkeConfig.model_validate(gke | keys))

    assert (found["zones"], found["maintenance"]["days"]) == (zones, ["monday", "sunday"])
    assert found["budget"] == budget | {
        "currency": "USD",
        "alertAt": [1000, 250],
        "emails": ["a@example.edu", "b@example.edu"],
    }
    assert found["project"] is None
    turned: Raw = keys | {"zones": zones[::-1], "maintenance": {"days": days[::-1]}}
    assert props(GkeConfig.model_validate(gke | turned)) == found
