"""Buckets of hubs: their order, and what they delete and when."""

import pytest

from hubs.buckets import expiry_days, in_order, kept_days, kept_seconds
from hubs.hub import BucketConfig, HubConfig


def test_a_hubs_buckets_are_in_the_order_of_their_names() -> None:
    buckets = [BucketConfig(name=name) for name in ("b-2", "a-1", "b-1")]
    hub = HubConfig.model_construct(buckets=tuple(buckets))

    assert [bucket.name for bucket in in_order(hub)] == ["a-1", "b-1", "b-2"]


@pytest.mark.parametrize(
    ("written", "expiry", "kept"), [({}, None, 14), ({"deleteAfter": "7d"}, 7, 0)]
)
def test_what_is_deleted_comes_back_unless_all_is_deleted_in_time(
    written: dict[str, str], expiry: int | None, kept: int
) -> None:
    bucket = BucketConfig.model_validate({"name": "example-keep"} | written)

    assert (expiry_days(bucket), kept_days(bucket)) == (expiry, kept)
    assert kept_seconds(bucket) == kept * 86_400
