"""A Helm release at an exact chart version."""

from collections.abc import Mapping

import pulumi
import pulumi_kubernetes as k8s

from hubs.monitoring import Chart

# Longer than Helm's five minutes: a first node, a load balancer and a volume come first.
_TIMEOUT_SECONDS = 900


def release(
    logical: str,
    *,
    chart: Chart,
    release_name: str,
    namespace: str,
    values: Mapping[str, object],
    opts: pulumi.ResourceOptions,
) -> k8s.helm.v3.Release:
    """Create a release of a chart, its inputs plain and whole, so that they can be judged."""
    return k8s.helm.v3.Release(
        logical,
        name=release_name,
        chart=chart.name,
        version=chart.version,
        repository_opts={"repo": chart.repo} if chart.repo else None,
        namespace=namespace,
        values=values,
        max_history=10,
        timeout=_TIMEOUT_SECONDS,
        opts=opts,
    )
