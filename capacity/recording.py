"""A recorded run: how much memory and CPU servers used over time. Pure.

Three metrics are read: `container_memory_working_set_bytes`, by which the kubelet and the kernel
decide whom to end, `container_cpu_usage_seconds_total`, a counter, or CPU in use, in cores.
Source: cAdvisor, "Monitoring cAdvisor with Prometheus", 2026.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

Metric = Literal["memory", "cpu", "cpu seconds"]
_LABEL = re.compile(r'([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"')
_BESIDE = re.compile(r"\{.*\}|container_\w+|\b(memory|working set|cpu( seconds)?)\b", re.IGNORECASE)
# Which label says whose server it is, the first that is there.
_OWNERS = ("pod", "pod_name", "username", "server", "name")
# How KubeSpawner names the pods of users. Source: kubespawner 7.0.0, `pod_name_template`.
_USER_POD = "jupyter-"
# Of mistakes in a file so many are told: the rest is mostly the same one.
MOST_MISTAKES = 8
# Names of series are far shorter; patterns would take long over endless ones.
_LONGEST_NAME = 2000


class UnreadableRecordingError(ValueError):
    """A file that is no recording; `mistakes` says what of it, and what to write instead."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        """Keep the first mistakes, and how many more there are."""
        every = list(dict.fromkeys(mistakes))
        self.mistakes = every[:MOST_MISTAKES]
        if len(every) > MOST_MISTAKES:
            self.mistakes.append(f"and {len(every) - MOST_MISTAKES} more")
        super().__init__("\n".join(self.mistakes))


class Sample(NamedTuple):
    """A number at an instant, in seconds since 1970."""

    at: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One metric of one server, in bytes, cores or seconds of CPU; in order of time.

    Attributes:
        server: Whose it is.
        metric: What is counted.
        name: Which of the server's, in an export that has several containers of a pod.
        samples: The numbers.
    """

    server: str
    metric: Metric
    name: str
    samples: tuple[Sample, ...]


def metric_of(name: str) -> Metric | None:
    """Return which metric a name is of: of Prometheus, or in words; None if of neither."""
    found = name.lower()
    if "cpu" in found:
        return "cpu seconds" if "seconds_total" in found or "cpu seconds" in found else "cpu"
    return "memory" if "memory" in found or "working set" in found else None


def labels_in(name: str) -> dict[str, str]:
    """Return the labels in a series' name as Prometheus writes it, `metric{pod="a"}`."""
    return dict(_LABEL.findall(name[:_LONGEST_NAME]))


def server_of(labels: dict[str, str], name: str) -> str:
    """Return whose series it is: by its labels, or by what its name says beside the metric."""
    for key in _OWNERS:
        if labels.get(key):
            return labels[key]
    return " ".join(_BESIDE.sub(" ", name[:_LONGEST_NAME]).split()) or "the server"


def of_users(found: Iterable[Series]) -> list[Series]:
    """Return the series of user servers; all of them where none is named like one.

    Of hub and proxy nobody asks here, and the pod's own pause container uses nothing.
    """
    every = [one for one in found if one.samples]
    users = [one for one in every if one.server.startswith(_USER_POD)]
    return users or every


def cpu_in_use(series: Series) -> list[Sample]:
    """Return CPU in cores over time; of a counter, its rate between samples, resets included.

    A counter that falls began again at 0. Source: Prometheus, "Query functions", `rate`, 2026.
    """
    if series.metric == "cpu":
        return list(series.samples)
    return list(_rates(series.samples))


def _rates(samples: Iterable[Sample]) -> Iterator[Sample]:
    for before, after in pairwise(samples):
        used = after.value - before.value if after.value >= before.value else after.value
        yield Sample(after.at, used / (after.at - before.at))
