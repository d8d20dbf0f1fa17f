"""Resources as a tree by component, and differences as a table."""

from collections import Counter
from collections.abc import Callable

import pytest

from preview.diff import Change, diff
from preview.identities import without_identities
from preview.resources import Registered
from preview.show_resources import changes, tree

Lines = Callable[..., list[str]]
Resources = Callable[[str, str], list[Registered]]


def test_resources_hang_below_their_parents(resources: Resources, lines: Lines) -> None:
    assert lines(tree(resources("campus", "event"))) == [
        "29 resources",
        "└── readyroom-campus  pulumi:pulumi:Stack",
        "    ├── campus  readyroom:existing:ExistingCluster",
        "    │   └── campus-kubernetes  pulumi:providers:kubernetes",
        "    ├── campus  readyroom:hub:JupyterHub",
        "    │   ├── campus  kubernetes:core/v1:Namespace  protected, retained, remembered",
        "    │   ├── campus-home  kubernetes:core/v1:PersistentVolumeClaim  pro"
        "tected, retained, remembered",
        "    │   ├── campus-services  kubernetes:core/v1:Secret",
        "    │   ├── campus-sign-in  kubernetes:core/v1:Secret",
        "    │   ├── campus  kubernetes:helm.sh/v3:Release",
        "    │   ├── campus-users  kubernetes:policy/v1:PodDisruptionBudget",
        "    │   ├── campus-users  kubernetes:scheduling.k8s.io/v1:PriorityClass",
        "    │   ├── campus-admin-password  random:index/randomPassword:RandomPassword",
        "    │   └── campus-user-password  random:index/randomPassword:RandomPassword",
        "    └── monitoring  readyroom:monitoring:Monitoring",
        "        ├── monitoring  kubernetes:core/v1:Namespace  protected, retained",
        "        ├── monitoring-nodes  kubernetes:core/v1:Namespace",
        "        ├── monitoring-grafana  kubernetes:core/v1:PersistentVolumeCla"
        "im  protected, retained",
        "        ├── monitoring-prometheus  kubernetes:core/v1:PersistentVolume"
        "Claim  protected, retained",
        "        ├── monitoring-grafana-access  kubernetes:core/v1:Secret",
        "        ├── monitoring-hub-tokens  kubernetes:core/v1:Secret",
        "        ├── monitoring-grafana  kubernetes:helm.sh/v3:Release",
        "        ├── monitoring-prometheus  kubernetes:helm.sh/v3:Release",
        "        ├── monitoring-closed  kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "        ├── monitoring-prometheus  kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "        ├── monitoring-state-metrics  kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "        ├── monitoring-grafana-boards  kubernetes:rbac.authorization.k8s.io/v1:Role",
        "        ├── campus-prometheus-token  random:index/randomPassword:RandomPassword",
        "        ├── monitoring-grafana-admin  random:index/randomPassword:RandomPassword",
        "        └── monitoring-grafana-key  random:index/randomPassword:RandomPassword",
    ]


def test_every_resource_is_in_the_tree_once(resources: Resources, lines: Lines) -> None:
    found = without_identities(resources("icesat2", "event"))

    first, *rows = lines(tree(found))

    assert first == f"{len(found)} resources"
    shown = [tuple(row.split("─")[-1].split()[:2]) for row in rows]
    assert Counter(shown) == Counter((one.name, one.type) for one in found)


def test_nothing_is_a_tree_of_no_resources(lines: Lines) -> None:
    assert lines(tree([])) == ["0 resources"]


def test_a_table_has_a_row_per_resource_added_or_removed_and_per_property_changed(
    lines: Lines,
) -> None:
    def one(kind: str, name: str, **told: object) -> Change:
        return Change(kind=kind, urn="urn:one", type="a:b/c:Pool", name=name, **told)  # pyright: ignore[reportArgumentType] - of any kind

    found = [
        one("added", "new"),
        one("removed", "old"),
        one("changed", "one", property="a.b", before=1, after="text"),
        one("changed", "two", property="c", before={"d": None}, after={"d": True}),
    ]

    table = [line.split("  ") for line in lines(changes(found, "What has changed"))]
    assert [[cell.strip() for cell in line if cell.strip()] for line in table] == [
        ["What has changed"],
        ["resource", "property", "before", "after"],
        ["+", "Pool new"],
        ["-", "Pool old"],
        ["~", "Pool one", "a.b", "1", "text"],
        ["~", "Pool two", "c", '{"d": null}', '{"d": true}'],
    ]


@pytest.mark.parametrize(
    ("length", "shown"), [(59, "x" * 59), (60, "x" * 60), (61, "x" * 57 + "...")]
)
def test_a_long_value_is_cut(length: int, shown: str, lines: Lines) -> None:
    change = Change(
        kind="changed", urn="urn:one", type="a:b:C", name="one", property="p", after="x" * length
    )

    text = "".join(line[-64:].strip() for line in lines(changes([change], "")))
    assert text.removeprefix("resource  property  before  after").endswith(shown)
    assert text.count("x") == shown.count("x")


def test_an_events_changes_are_shown_with_their_numbers(resources: Resources, lines: Lines) -> None:
    found = lines(changes(diff(resources("campus", "quiet"), resources("campus", "event")), "On"))

    rows = [" ".join(line.split()) for line in found]
    assert rows[0] == "On"
    assert "~ Release campus values.hub.concurrentSpawnLimit (absent) 64" in rows
    assert "~ Release campus values.singleuser.cpu.limit 3.5 0.5" in rows
    assert "+ PodDisruptionBudget campus-users" in rows
