"""What the SDKs know of inputs, and which mistakes they find in them."""

import pytest

from tests.providers.sdk import Seen, arguments, is_known, opaque, required, seen

BUCKET = "gcp:storage/bucket:Bucket"


@pytest.mark.parametrize(
    ("token", "where"),
    [
        ("gcp:container/cluster:Cluster", "pulumi_gcp.container.cluster.ClusterArgs"),
        ("eks:index:Cluster", "pulumi_eks.cluster.ClusterArgs"),
        # Beside it in the same package is an object of another resource by the same name.
        (
            "aws:s3/bucketVersioning:BucketVersioning",
            "pulumi_aws.s3.bucket_versioning.BucketVersioningInitArgs",
        ),
        (
            "kubernetes:rbac.authorization.k8s.io/v1:Role",
            "pulumi_kubernetes.rbac.v1.Role.RoleInitArgs",
        ),
        ("kubernetes:helm.sh/v3:Release", "pulumi_kubernetes.helm.v3.Release.ReleaseArgs"),
    ],
)
def test_a_type_has_a_class_of_arguments(token: str, where: str) -> None:
    found = arguments(token)

    assert f"{found.__module__}.{found.__name__}" == where


def test_required_properties_are_those_of_the_schema() -> None:
    assert required(arguments("aws:eks/nodeGroup:NodeGroup")) == {
        "clusterName",
        "nodeRoleArn",
        "scalingConfig",
        "subnetIds",
    }


@pytest.mark.parametrize("value", ["[unknown]", "[secret]", "urn:pulumi:dev::a::b::c"])
def test_what_nobody_knows_yet_is_opaque(value: str) -> None:
    assert opaque(value)


@pytest.mark.parametrize("value", ["unknown", "", 1, None, ["[unknown]"]])
def test_what_is_known_is_not_opaque(value: object) -> None:
    assert not opaque(value)


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("labels", True),
        ("labels.*", True),
        ("lifecycleRules[].condition.age", True),
        ("lifecycleRules.condition.age", False),
        ("lifecycleRules[].condition.aged", False),
        ("lifecycle_rules", False),
        ("location.name", False),
        ("labels.team", False),
    ],
)
def test_a_path_is_known_or_not(path: str, *, known: bool) -> None:
    assert is_known(BUCKET, path) == known


@pytest.mark.parametrize(
    ("path", "known"), [("labels.team", True), ("labels", True), ("label.team", False)]
)
def test_an_option_names_a_map_by_its_keys(path: str, *, known: bool) -> None:
    assert is_known(BUCKET, path, by_key=True) == known


def test_what_is_right_is_seen_by_its_path() -> None:
    inputs = {
        "location": "US-EAST1",
        "labels": {"a.b": "c"},
        "lifecycleRules": [{"action": {"type": "Delete"}, "condition": {"age": 1}}],
    }

    assert [(one.path, one.mistake) for one in seen(BUCKET, inputs)] == [
        ("location", None),
        ("labels", None),
        ("labels.*", None),
        ("lifecycleRules", None),
        ("lifecycleRules[]", None),
        ("lifecycleRules[].action", None),
        ("lifecycleRules[].action.type", None),
        ("lifecycleRules[].condition", None),
        ("lifecycleRules[].condition.age", None),
    ]


@pytest.mark.parametrize(
    ("inputs", "path", "mistake"),
    [
        ({"labels": {}}, "location", "is required and missing"),
        ({"location": ["US"]}, "location", "is ['US']; allowed: str"),
        ({"location": "US", "labels": ["a"]}, "labels", "is ['a']; allowed: Mapping"),
        ({"location": "US", "requesterPays": 1}, "requesterPays", "is 1; allowed: bool"),
        (
            {"location": "US", "versioning": {"on": True}},
            "versioning.on",
            "is unknown; allowed: enabled",
        ),
        (
            {"location": "US", "softDeletePolicy": {"retentionDurationSeconds": True}},
            "softDeletePolicy.retentionDurationSeconds",
            "is True; allowed: int",
        ),
    ],
)
def test_what_is_wrong_is_told(inputs: dict[str, object], path: str, mistake: str) -> None:
    told = [(one.path, one.mistake) for one in seen(BUCKET, inputs) if one.mistake]

    assert (path, mistake) in told


def test_a_word_outside_of_an_enumeration_is_told() -> None:
    [told] = list(seen("eks:index:Cluster", {"authenticationMode": "IAM"}))

    assert told == Seen(
        path="authenticationMode",
        value="IAM",
        mistake="is 'IAM'; allowed: AuthenticationMode",
    )


def test_a_literal_is_that_word_alone() -> None:
    wrong = {"kind": "Rôle"}
    found = {one.path: one.mistake for one in seen("kubernetes:core/v1:Namespace", wrong)}

    assert found["kind"] == "is 'Rôle'; allowed: 'Namespace'"


def test_a_number_with_a_fraction_is_no_integer() -> None:
    inputs = {"quotaCode": "L-1", "serviceCode": "ec2", "value": 1.5}
    pool = {"clusterName": "a", "nodeRoleArn": "b", "subnetIds": [], "diskSize": 1.5}

    assert all(
        one.mistake is None for one in seen("aws:servicequotas/serviceQuota:ServiceQuota", inputs)
    )
    assert Seen(path="diskSize", value=1.5, mistake="is 1.5; allowed: int") in list(
        seen("aws:eks/nodeGroup:NodeGroup", pool)
    )


def test_what_is_left_to_its_default_is_right() -> None:
    inputs = {"metadata": None}

    assert [one.mistake for one in seen("kubernetes:core/v1:Namespace", inputs)] == [None]
