"""A Helm release at an exact chart version."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_kubernetes as k8s

from hubs.charts import Chart, source
from hubs.cluster_parts import ChartName

# Longer than Helm's five minutes: a first node, a load balancer and a volume come first.
_TIMEOUT_SECONDS = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseArgs:
    """Arguments of a release.

    Attributes:
        chart: Chart and version, and where it comes from unless the cluster says otherwise.
        name: Physical name of the release.
        namespace: Where it is installed; it must be there.
        values: Plain and whole, so that they can be judged.
        wait: Whether the update waits until all pods are ready. Not for a chart with pods
            that may stay Pending for good, as placeholders do once users have their seats.
        charts: Where charts come from instead: `cluster.charts`.
    """

    chart: Chart
    name: str
    namespace: str
    values: Mapping[str, object]
    wait: bool = True
    charts: Mapping[ChartName, str] = field(default_factory=dict[ChartName, str])


def release(logical: str, args: ReleaseArgs, opts: pulumi.ResourceOptions) -> k8s.helm.v3.Release:
    """Create a release of a chart."""
    chart = source(args.chart, args.charts)
    return k8s.helm.v3.Release(
        logical,
        name=args.name,
        chart=chart.reference,
        version=chart.version,
        repository_opts={"repo": chart.repo} if chart.repo else None,
        namespace=args.namespace,
        values=args.values,
        max_history=10,
        skip_await=not args.wait,
        timeout=_TIMEOUT_SECONDS,
        opts=opts,
    )
