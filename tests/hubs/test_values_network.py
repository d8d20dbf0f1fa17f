"""What user servers, hub and proxies reach, and how people reach a hub."""

from collections.abc import Callable
from typing import Any

import pytest

Raw = dict[str, Any]
ValuesAt = Callable[[Raw, Raw, Raw, str], Raw]

USUAL, LIVE, OVER = "2027-01-01T00:00", "2027-02-01T14:00", "2027-02-01T17:20"
CLOSED = {"enabled": True, "egressAllowRules": {"cloudMetadataServer": False}}
NAMES = {
    "to": [{"ipBlock": {"cidr": "169.254.0.0/16"}}],
    "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}],
}
AGENT = {
    "to": [{"ipBlock": {"cidr": "169.254.170.23/32"}}],
    "ports": [{"port": 80, "protocol": "TCP"}],
}
BUCKETS = [{"name": "example-scratch", "deleteAfter": "7d"}]
LOCK = {"egressLock": {"allow": ["198.51.100.0/24", "192.0.2.0/28"]}}
ADDRESS = {"host": "lab.example.edu", "contact": "admin@example.edu"}


@pytest.fixture
def clusters(gke: Raw, eks: Raw, existing: Raw) -> dict[str, Raw]:
    """Every kind of cluster, by its provider."""
    return {"gke": gke, "eks": eks, "existing": existing}


@pytest.fixture
def at(
    clusters: dict[str, Raw], hub: Raw, event: Raw, values_at: ValuesAt
) -> Callable[[str, Raw, Raw, str], Raw]:
    """Return a hub's values on a provider, with keys of hub and event changed, at a time."""

    def found(provider: str, more: Raw, changed: Raw, time: str) -> Raw:
        if provider == "eks":
            hub["pool"] = {"machineType": "m5.2xlarge", "maxNodes": 5}
        if provider == "existing":
            del hub["pool"]
        return values_at(clusters[provider], hub | more, event | changed, time)

    return found


At = Callable[[str, Raw, Raw, str], Raw]


def block(provider: str) -> Raw:
    """Return whether a container closes the metadata server: where nobody knows the cluster."""
    return {"blockWithIptables": provider == "existing"}


def reached(values: Raw) -> tuple[Raw, Raw, str | None]:
    """Return the metadata block, the network policy and the account of user servers."""
    single = values["singleuser"]
    return single["cloudMetadata"], single["networkPolicy"], single.get("serviceAccountName")


def policy(*egress: Raw, public: bool = True, metadata: bool = False) -> Raw:
    """Return the whole network policy of user servers."""
    return {
        "enabled": True,
        "egressAllowRules": {
            "cloudMetadataServer": metadata,
            "dnsPortsCloudMetadataServer": True,
            "dnsPortsKubeSystemNamespace": True,
            "dnsPortsPrivateIPs": True,
            "nonPrivateIPs": public,
            "privateIPs": False,
        },
        "egress": list(egress),
    }


@pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
@pytest.mark.parametrize("time", [USUAL, LIVE])
def test_servers_reach_the_internet_and_neither_private_addresses_nor_metadata(
    provider: str, time: str, at: At
) -> None:
    assert reached(at(provider, {}, {}, time)) == (block(provider), policy(), None)


@pytest.mark.parametrize("time", [USUAL, LIVE])
def test_on_gke_buckets_are_reached_by_the_metadata_server(time: str, at: At) -> None:
    assert reached(at("gke", {"buckets": BUCKETS}, {}, time)) == (
        block("gke"),
        policy(metadata=True),
        "users",
    )


@pytest.mark.parametrize("time", [USUAL, LIVE])
def test_on_eks_buckets_are_reached_by_the_agent_of_pod_identities(time: str, at: At) -> None:
    assert reached(at("eks", {"buckets": BUCKETS}, {}, time)) == (
        block("eks"),
        policy(AGENT),
        "users",
    )


@pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
@pytest.mark.parametrize("kind", ["exam", "workshop"])
def test_a_lock_leaves_hub_names_and_what_is_allowed_in_any_order(
    provider: str, kind: str, at: At
) -> None:
    in_order = ("192.0.2.0/28", "198.51.100.0/24")

    found = at(provider, {}, LOCK | {"kind": kind}, LIVE)

    allowed = [{"to": [{"ipBlock": {"cidr": cidr}}]} for cidr in in_order]
    locked = policy(NAMES, *allowed, public=False)
    assert reached(found) == (block(provider), locked, None)


def test_a_lock_that_allows_nothing_leaves_hub_and_names(at: At) -> None:
    found = at("gke", {}, {"egressLock": {}}, LIVE)

    assert reached(found) == (block("gke"), policy(NAMES, public=False), None)


@pytest.mark.parametrize("provider", ["gke", "eks"])
def test_a_lock_closes_the_way_to_buckets_too(provider: str, at: At) -> None:
    found = at(provider, {"buckets": BUCKETS}, {"egressLock": {}}, LIVE)

    assert reached(found) == (block(provider), policy(NAMES, public=False), "users")


@pytest.mark.parametrize("time", [USUAL, OVER])
def test_a_lock_is_on_only_while_its_event_is(time: str, at: At) -> None:
    assert reached(at("gke", {}, LOCK, time)) == (block("gke"), policy(), None)


def served_by(server: str) -> Raw:
    """Return the homes of an existing cluster on an NFS server."""
    return {"server": server, "path": "/homes", "capacity": "200Gi"}


@pytest.mark.parametrize("server", ["192.0.2.10", "172.32.0.1", "9.255.255.255"])
@pytest.mark.parametrize("time", [USUAL, LIVE, OVER])
def test_an_nfs_server_in_the_open_is_closed_to_servers_and_nothing_else_is(
    server: str, time: str, existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"homes": served_by(server)}
    closed = [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.169.254/32",
        f"{server}/32",
    ]
    internet = {"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": closed}}]}

    found = reached(at("existing", {}, {}, time))

    assert found == (block("existing"), policy(internet, public=False), None)


def test_a_lock_opens_nothing_for_an_nfs_server_in_the_open(
    existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"homes": served_by("203.0.113.9")}

    found = reached(at("existing", {}, {"egressLock": {}}, LIVE))

    assert found == (block("existing"), policy(NAMES, public=False), None)


@pytest.mark.parametrize(
    "server", ["10.0.0.5", "172.31.255.255", "192.168.7.1", "2001:db8::5", "nfs.example.edu"]
)
def test_a_server_that_the_chart_closes_or_nobody_can_look_up_changes_nothing(
    server: str, existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"homes": served_by(server)}

    assert reached(at("existing", {}, {}, USUAL)) == (block("existing"), policy(), None)


@pytest.mark.parametrize("provider", ["gke", "eks", "existing"])
def test_hub_and_proxies_have_policies_and_no_clouds_identity(provider: str, at: At) -> None:
    found = at(provider, {}, {}, USUAL)

    # Whom else the hub lets in is the business of monitoring.
    assert found["hub"]["networkPolicy"] | {"ingress": []} == CLOSED | {"ingress": []}
    assert found["proxy"]["chp"]["networkPolicy"] == CLOSED
    assert found["proxy"]["traefik"]["networkPolicy"] == CLOSED


ALL_ZONES = "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled"


@pytest.mark.parametrize(
    ("provider", "annotated"), [("gke", {}), ("eks", {"annotations": {ALL_ZONES: "true"}})]
)
def test_a_cloud_brings_a_load_balancer_and_a_certificate(
    provider: str, annotated: Raw, at: At
) -> None:
    found = at(provider, {"address": ADDRESS}, {}, USUAL)

    assert found["proxy"]["service"] == {"type": "LoadBalancer"} | annotated
    assert found["proxy"]["https"] == {
        "enabled": True,
        "hosts": ["lab.example.edu"],
        "letsencrypt": {"contactEmail": "admin@example.edu"},
    }
    assert "ingress" not in found


@pytest.mark.parametrize("kind", ["ClusterIP", "NodePort", "LoadBalancer"])
def test_an_existing_cluster_says_how_a_hub_is_reached(
    kind: str, existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"service": kind}

    found = at("existing", {}, {}, USUAL)

    assert found["proxy"]["service"] == {"type": kind}
    assert found["proxy"]["https"] == {"enabled": False}
    assert "ingress" not in found


def test_an_ingress_ends_tls_in_the_place_of_the_chart(
    existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"ingressClass": "nginx"}

    found = at("existing", {"address": ADDRESS}, {}, USUAL)

    assert found["ingress"] == {
        "enabled": True,
        "annotations": {
            "nginx.ingress.kubernetes.io/proxy-body-size": "0",
            "nginx.org/client-max-body-size": "0",
        },
        "ingressClassName": "nginx",
        "hosts": ["lab.example.edu"],
        "tls": [{"hosts": ["lab.example.edu"]}],
    }
    assert found["proxy"]["https"] == {"enabled": False}
    assert found["proxy"]["service"] == {"type": "ClusterIP"}


def test_a_hub_without_an_address_has_no_ingress(
    existing: Raw, clusters: dict[str, Raw], at: At
) -> None:
    clusters["existing"] = existing | {"ingressClass": "nginx"}

    assert "ingress" not in at("existing", {}, {}, USUAL)


def test_without_an_ingress_the_chart_ends_tls_on_an_existing_cluster(at: At) -> None:
    found = at("existing", {"address": ADDRESS}, {}, USUAL)

    assert found["proxy"]["https"]["enabled"] is True
    assert "ingress" not in found
