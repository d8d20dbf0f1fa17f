"""What pods may do, by whose nodes they are on."""

import pytest

from hubs.cluster_parts import Provider
from hubs.confinement import hub_level, metadata_behind_iptables


@pytest.mark.parametrize(
    ("provider", "privileged", "level"),
    [("gke", False, "baseline"), ("eks", False, "baseline"), ("existing", True, None)],
)
def test_a_hub_keeps_the_baseline_where_no_container_of_its_users_is_privileged(
    provider: Provider, level: str | None, *, privileged: bool
) -> None:
    assert metadata_behind_iptables(provider) is privileged
    assert hub_level(provider) == level
