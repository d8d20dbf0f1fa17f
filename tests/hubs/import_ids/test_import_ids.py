"""What all import ids have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.import_forms import ROWS
from hubs.import_ids import Context, ImportId, has_import_id, import_id

HERE = Context(project="my-project", region="us-west-2")
NAMESPACE = "kubernetes:core/v1:Namespace"
KEYS = ("name", "clusterName", "metadata", "tag", "role", "vpcId", "cluster")


@pytest.mark.parametrize(
    ("type_", "metadata", "text"),
    [
        ("kubernetes:core/v1:Secret", {"namespace": "lab", "name": "sign-in"}, "lab/sign-in"),
        (NAMESPACE, {"name": "lab"}, "lab"),
    ],
)
def test_a_kubernetes_object_is_known_by_namespace_and_name(
    type_: str, metadata: dict[str, str], text: str
) -> None:
    assert import_id(type_, {"metadata": metadata}, HERE) == ImportId(text=text)
    assert import_id(type_, {"metadata": None}, HERE) is None


def test_an_id_is_one_word_of_a_shell() -> None:
    assert ImportId(text="a b").word == "'a b'"
    assert ImportId(text="readyroom-lab:core").word == "readyroom-lab:core"
    assert ImportId(text="", lookup="aws it", after=":a b").word == "\"$(aws it)\"':a b'"


def test_a_name_that_a_shell_would_run_is_not_run() -> None:
    found = import_id("aws:backup/plan:Plan", {"name": "$(rm x)"}, HERE)

    assert found is not None
    assert found.lookup == (
        "aws backup list-backup-plans --query "
        "'BackupPlansList[?BackupPlanName=='\"'\"'$(rm x)'\"'\"'].BackupPlanId' "
        "--region us-west-2 --output text"
    )


@pytest.mark.parametrize(
    ("type_", "known"),
    [
        ("aws:iam/role:Role", True),
        (NAMESPACE, True),
        ("aws:ec2/vpc:Vpc", False),
        ("random:index/randomPassword:RandomPassword", False),
        ("readyroom:hub:JupyterHub", False),
    ],
)
def test_only_what_can_say_that_it_exists_has_an_import_id(type_: str, *, known: bool) -> None:
    found = import_id(type_, {"name": "x", "metadata": {"name": "x"}}, HERE)

    assert has_import_id(type_) is known
    assert found == (ImportId(text="x") if known else None)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(
    type_=st.sampled_from([*sorted(ROWS), NAMESPACE]),
    values=st.dictionaries(st.sampled_from(KEYS), _ANYTHING),
    message=st.text(),
)
def test_no_inputs_and_no_message_are_too_odd(
    type_: str, values: dict[str, object], message: str
) -> None:
    found = import_id(type_, values, HERE, message)

    assert found is None or found.word
