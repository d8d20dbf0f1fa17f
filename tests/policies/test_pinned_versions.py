"""Charts and images do not change under an event; an exam's image has a digest."""

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import StackValidationPolicy

from policies.pinned_versions import pinned_versions

Resources = dict[str, Any]
Judge = Callable[[StackValidationPolicy, Resources], list[str]]
Change = Callable[[Resources, str, object], None]

SINGLE = "release.values.singleuser"
DIGEST = "sha256:" + "0123456789abcdef" * 4


def _chart(name: str, version: str) -> str:
    return (
        f"Event intro: release {name} has chart version {version} and an exact one is wanted, "
        "such as 4.4.2; pin it."
    )


def _tag(image: str, tag: str) -> str:
    return (
        f"Event intro: image {image} has tag {tag} and one that never moves is wanted; set "
        "image.digest or a dated image.tag."
    )


def _no_digest(image: str) -> str:
    return f"Event intro: image {image} has no digest and an exam wants one; set image.digest."


@pytest.mark.parametrize(
    "version", ["4.4.2", "v1.15.0", "4.5.0-0.dev.git.7108.hc75c51ac", "1.2.3+a"]
)
def test_an_exact_chart_version_is_passed(
    version: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "release.version", version)

    assert judge(pinned_versions, gke) == []


@pytest.mark.parametrize(
    ("version", "told"),
    [
        (..., "none"),
        (None, "none"),
        ("", "none"),
        ("4.4", "4.4"),
        ("4.4.*", "4.4.*"),
        ("^4.4.2", "^4.4.2"),
        (">=4.4.2", ">=4.4.2"),
        ("4.4.2 ", "4.4.2 "),
        ("latest", "latest"),
    ],
)
def test_any_other_chart_version_is_refused(
    version: object, told: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, "release.version", version)

    assert judge(pinned_versions, gke) == [_chart("course", told)]


def test_charts_beside_the_hub_are_judged_too(gke: Resources, judge: Judge) -> None:
    # ICESat-2 2020: charts were partly unpinned.
    gke["release monitoring-prometheus"] = {"name": "prometheus", "namespace": "monitoring"}
    gke["release unnamed"] = {"version": "1"}

    assert judge(pinned_versions, gke) == [_chart("prometheus", "none"), _chart("unnamed", "1")]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("quay.io/jupyter/scipy-notebook", "2026-11-02"),
        ("localhost:5000/scipy-notebook", "2026-11-02"),
        ("quay.io/jupyter/scipy-notebook@sha256", DIGEST.removeprefix("sha256:")),
    ],
)
def test_a_dated_tag_or_a_digest_is_passed(
    name: str, tag: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{SINGLE}.image", {"name": name, "tag": tag})

    assert judge(pinned_versions, gke) == []


@pytest.mark.parametrize(
    "tag", ["latest", "stable", "main", "master", "edge", "nightly", "dev", "devel"]
)
def test_a_tag_that_moves_is_refused(
    tag: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{SINGLE}.image.tag", tag)

    assert judge(pinned_versions, gke) == [_tag(f"quay.io/jupyter/scipy-notebook:{tag}", tag)]


def test_no_tag_is_refused(gke: Resources, judge: Judge, change: Change) -> None:
    change(gke, f"{SINGLE}.image.tag", "")

    assert judge(pinned_versions, gke) == [_tag("quay.io/jupyter/scipy-notebook:", "none")]


@pytest.mark.parametrize("field", ["name", "tag"])
def test_an_image_that_cannot_be_read_is_refused(
    field: str, gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{SINGLE}.image.{field}", ...)

    assert judge(pinned_versions, gke) == [
        f"Event intro: cannot be judged, image.{field} is missing; make it plain in the program."
    ]


def test_an_exam_needs_a_digest(exam: Resources, judge: Judge, change: Change) -> None:
    change(exam, f"{SINGLE}.image", {"name": "quay.io/one", "tag": "2026-11-02"})

    assert judge(pinned_versions, exam) == [_no_digest("quay.io/one:2026-11-02")]


@pytest.mark.parametrize("digest", [DIGEST[:-1], DIGEST + "0", DIGEST.upper(), "sha512:0"])
def test_a_digest_that_is_none_counts_as_a_tag(
    digest: str, exam: Resources, judge: Judge, change: Change
) -> None:
    algorithm, _, tag = digest.partition(":")
    change(exam, f"{SINGLE}.image", {"name": f"quay.io/one@{algorithm}", "tag": tag})

    assert judge(pinned_versions, exam) == [_no_digest(f"quay.io/one@{algorithm}:{tag}")]


def test_a_moving_tag_in_an_exam_is_reported_as_both(
    exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{SINGLE}.image", {"name": "quay.io/one", "tag": "latest"})

    assert judge(pinned_versions, exam) == [
        _tag("quay.io/one:latest", "latest"),
        _no_digest("quay.io/one:latest"),
    ]


def test_a_profiles_own_image_is_judged_too(exam: Resources, judge: Judge, change: Change) -> None:
    override = {"image": "quay.io/two:main"}
    change(exam, f"{SINGLE}.profileList", [{"kubespawner_override": override}, {"slug": "usual"}])

    assert judge(pinned_versions, exam) == [
        _tag("quay.io/two:main", "main"),
        _no_digest("quay.io/two:main"),
    ]


@pytest.mark.parametrize(
    ("key", "containers"),
    [
        ("initContainers", [{"name": "one", "image": "docker.io/one"}]),
        ("initContainers", {"one": {"image": "docker.io/one"}}),
        ("extraContainers", [{"name": "one", "image": "docker.io/one"}]),
        ("extraContainers", {"one": {"image": "docker.io/one"}}),
    ],
)
def test_other_containers_need_a_tag_and_no_digest_even_in_an_exam(
    key: str, containers: object, exam: Resources, judge: Judge, change: Change
) -> None:
    change(exam, f"{SINGLE}.{key}", containers)

    assert judge(pinned_versions, exam) == [_tag("docker.io/one", "none")]


def test_a_container_without_an_image_cannot_be_judged(
    gke: Resources, judge: Judge, change: Change
) -> None:
    change(gke, f"{SINGLE}.extraContainers", [{"name": "one"}])

    assert judge(pinned_versions, gke) == [
        "Event intro: cannot be judged, image is missing; make it plain in the program."
    ]
