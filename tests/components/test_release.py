"""A Helm release: its chart at an exact version, wherever it comes from."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.loaded import Loaded
from preview.monitor import Program, RecordingMonitor, record
from preview.resources import registered

Raw = Callable[[RegisterResourceRequest], dict[str, Any]]

PROGRAM = """
import pulumi
from components.release import ReleaseArgs, release
from hubs.charts import GRAFANA, jupyterhub

args = ReleaseArgs(
    chart={chart},
    name="lab",
    namespace="lab-space",
    values={{"hub": {{"db": {{}}}}}},
    {more}
)
release("logical", args, pulumi.ResourceOptions(protect=True))
"""
HUB, BOARDS = 'jupyterhub("4.4.2")', "GRAFANA"
MIRROR = "https://charts.example.edu/mirror"
SOMEWHERE_ELSE = "charts={'jupyterhub': '%s'},"


@pytest.fixture
def sent(
    ran: Callable[[str], RecordingMonitor], raw: Raw
) -> Callable[[str, str], tuple[RegisterResourceRequest, dict[str, Any]]]:
    """Return the request for a release of a chart, and its inputs."""

    def found(chart: str, more: str) -> tuple[RegisterResourceRequest, dict[str, Any]]:
        [request] = [
            it
            for _, it in ran(PROGRAM.format(chart=chart, more=more)).requests
            if it.type == "kubernetes:helm.sh/v3:Release"
        ]
        return request, raw(request)

    return found


Sent = Callable[[str, str], tuple[RegisterResourceRequest, dict[str, Any]]]


@pytest.mark.parametrize(("more", "skipped"), [("", False), ("wait=False,", True)])
def test_a_release_says_all_of_itself(more: str, *, skipped: bool, sent: Sent) -> None:
    request, found = sent(HUB, more)

    assert (request.name, request.protect) == ("logical", True)
    assert found == {
        "name": "lab",
        "namespace": "lab-space",
        "chart": "jupyterhub",
        "version": "4.4.2",
        "repositoryOpts": {"repo": "https://hub.jupyter.org/helm-chart/"},
        "values": {"hub": {"db": {}}},
        "maxHistory": 10,
        "skipAwait": skipped,
        "timeout": 900,
        "compat": "true",
    }


@pytest.mark.parametrize(
    ("chart", "more", "expected"),
    [
        (BOARDS, "", ("oci://ghcr.io/grafana-community/helm-charts/grafana", "12.11.1", None)),
        (HUB, SOMEWHERE_ELSE % MIRROR, ("jupyterhub", "4.4.2", {"repo": MIRROR})),
        (HUB, SOMEWHERE_ELSE % "oci://example.edu/hub", ("oci://example.edu/hub", "4.4.2", None)),
        (HUB, SOMEWHERE_ELSE % "./charts/hub", ("./charts/hub", "4.4.2", None)),
        (
            BOARDS,
            SOMEWHERE_ELSE % "./charts/hub",
            ("oci://ghcr.io/grafana-community/helm-charts/grafana", "12.11.1", None),
        ),
    ],
)
def test_a_chart_keeps_its_version_wherever_it_comes_from(
    chart: str, more: str, expected: tuple[str, str, dict[str, str] | None], sent: Sent
) -> None:
    _, found = sent(chart, more)

    assert (found["chart"], found["version"], found.get("repositoryOpts")) == expected


CHARTS = {
    "jupyterhub": "./charts/jupyterhub",
    "prometheus": "https://charts.example.edu/mirror",
    "grafana": "oci://registry.example.edu/charts/grafana",
    "cluster-autoscaler": "/srv/charts/cluster-autoscaler.tgz",
}


def test_every_chart_of_a_stack_comes_from_where_its_file_says(
    root: Path, loaded: Callable[[str], Loaded], instant: Callable[[str, str], datetime]
) -> None:
    config = loaded("full-eks").config
    own = config.own
    cluster = own["cluster"]
    assert isinstance(cluster, dict)
    changed = own | {
        "cluster": cluster | {"charts": CHARTS},
        "at": instant("full-eks", "quiet").isoformat(),
    }
    program = Program(
        path=root / "__main__.py",
        project="readyroom",
        stack="full-eks",
        config={f"readyroom:{key}": value for key, value in changed.items()},
        secrets=frozenset(f"readyroom:{key}" for key in config.secrets),
    )

    releases = [
        it for it in registered(record(program)) if it.type == "kubernetes:helm.sh/v3:Release"
    ]

    found = {
        it.inputs["name"]: (it.inputs["chart"], it.inputs.get("repositoryOpts")) for it in releases
    }
    hub = (CHARTS["jupyterhub"], None)
    assert found == {
        "full-eks": hub,
        "full-eks-cilogon": hub,
        "prometheus": ("prometheus", {"repo": CHARTS["prometheus"]}),
        "grafana": (CHARTS["grafana"], None),
        "cluster-autoscaler": (CHARTS["cluster-autoscaler"], None),
    }
