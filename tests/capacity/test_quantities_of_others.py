"""Memory and CPU as Kubernetes and JupyterHub read them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jupyterhub.traitlets import ByteSpecification

from capacity.quantities import hub_memory, kubernetes_memory, kubernetes_millis


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10, 10),
        (1.5, 2),
        ("128Mi", 134_217_728),
        ("1.5Gi", 1_610_612_736),
        ("1Ki", 1024),
        ("1Ti", 1_099_511_627_776),
        ("1k", 1000),
        ("2M", 2_000_000),
        ("2G", 2_000_000_000),
        ("1T", 1_000_000_000_000),
        ("100m", 1),
        ("2001m", 3),
        ("1e3", 1000),
        ("1E+2Ki", 102_400),
        (" 2G ", 2_000_000_000),
    ],
)
def test_kubernetes_memory_is_read_as_bytes(value: object, expected: int) -> None:
    assert kubernetes_memory(value) == expected


@pytest.mark.parametrize("value", [None, True, [], Decimal(2), "", "2GB", "1K", "G", "-1", "2 Gi"])
def test_what_kubernetes_would_refuse_as_memory_is_none(value: object) -> None:
    assert kubernetes_memory(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2000),
        (0.1, 100),
        ("0.1", 100),
        ("250m", 250),
        ("1.", 1000),
        ("0.0001", 1),
        ("1k", 1_000_000),
        ("1e1", 10_000),
    ],
)
def test_kubernetes_cpu_is_read_as_millicpu(value: object, expected: int) -> None:
    assert kubernetes_millis(value) == expected


@pytest.mark.parametrize("value", [None, False, {}, "", "one", "-1"])
def test_what_kubernetes_would_refuse_as_cpu_is_none(value: object) -> None:
    assert kubernetes_millis(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1024, 1024),
        ("2K", 2048),
        ("512M", 536_870_912),
        ("2G", 2_147_483_648),
        ("1.5G", 1_610_612_736),
        ("1T", 1_099_511_627_776),
    ],
)
def test_hub_memory_counts_in_powers_of_1024(value: object, expected: int) -> None:
    assert hub_memory(value) == expected


@pytest.mark.parametrize("value", [None, True, "2Gi", "2g", "2k", "G", "", "two"])
def test_what_the_hub_would_refuse_is_none(value: object) -> None:
    assert hub_memory(value) is None


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**6), st.sampled_from("KMGT"))
def test_hub_memory_agrees_with_jupyterhub_itself(count: int, suffix: str) -> None:
    # Source: jupyterhub 5.5.4, jupyterhub/traitlets.py, ByteSpecification.
    written = f"{count}{suffix}"
    assert hub_memory(written) == ByteSpecification().validate(None, written)
