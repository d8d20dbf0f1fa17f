"""Orphans for a reader and for machines."""

from collections.abc import Callable

from hubs.cloud_names import named
from hubs.orphan_remedies import Remedy
from hubs.orphans import Found, Thing
from preview.show_orphans import OrphanReport, orphan_table, orphans_json, summary, todo

Lines = Callable[..., list[str]]
PLACE = {"region": "us-west-2"}
GROUP = "arn:aws:eks:us-west-2:1:nodegroup/lab/lab-school-m5/9"
FILES = "arn:aws:elasticfilesystem:us-west-2:1:file-system/fs-1"
QUEUE = "arn:aws:sqs:us-west-2:1:queue"
DELETE = "aws eks delete-nodegroup --cluster-name lab --nodegroup-name x --region us-west-2"


def _thing(name: str, since: str = "", **tags: str) -> Thing:
    carried = {key.replace("_", "-"): value for key, value in tags.items()}
    return Thing(named=named("", name, PLACE), listed=name, tags=carried, since=since)


def _report(*rows: tuple[Thing, Remedy], made: int = 0) -> OrphanReport:
    return OrphanReport(
        stack="lab",
        place="us-west-2",
        found=Found(orphans=tuple(thing for thing, _ in rows), held=12, made=made),
        remedies=[remedy for _, remedy in rows],
    )


REPORT = _report(
    (
        _thing(
            GROUP,
            "2026-11-21T09:00:00+00:00",
            readyroom_stack="lab",
            readyroom_hub="lab",
            readyroom_event="school",
        ),
        Remedy(action="delete", because="no resource of the program", command=DELETE),
    ),
    (
        _thing(FILES, Name="lab-homes"),
        Remedy(action="import", because="the program has x", command="pulumi import x"),
    ),
    (_thing(QUEUE), Remedy(action="look", because="no command is known for its type")),
    made=3,
)


def test_the_counts_are_told() -> None:
    assert summary(REPORT) == (
        "3 orphans of lab in us-west-2; 12 in the state, 3 made by its cluster."
    )
    one = _report((_thing(QUEUE), Remedy(action="look", because="x")))
    assert summary(one) == "1 orphan of lab in us-west-2; 12 in the state."
    assert summary(_report()) == "0 orphans of lab in us-west-2; 12 in the state."


def test_people_read_one_row_per_orphan(lines: Lines) -> None:
    assert [" ".join(line.split()) for line in lines(orphan_table(REPORT))] == [
        "type id since hub event to do",
        "aws:eks/nodeGroup:NodeGroup lab:lab-school-m5 2026-11-21 09:00 lab school delete",
        "aws:efs/fileSystem:FileSystem fs-1 - import, holds data",
        "sqs:queue arn:aws:sqs:us-west-2:1:queue - look",
    ]


def test_commands_are_ready_to_paste_under_what_they_do() -> None:
    assert [str(line) for line in todo(REPORT)] == [
        "Take into the state, then run up",
        "# lab-homes: the program has x",
        "pulumi import x",
        "Delete, in this order",
        "# lab:lab-school-m5: no resource of the program",
        DELETE,
        "Look at them yourself",
        f"# {QUEUE}: no command is known for its type",
    ]
    assert list(todo(_report())) == []


def test_machines_read_everything() -> None:
    found = orphans_json(REPORT)

    rows = found.pop("orphans")
    assert found == {
        "stack": "lab",
        "place": "us-west-2",
        "inState": 12,
        "madeByCluster": 3,
    }
    assert rows[0] == {
        "type": "aws:eks/nodeGroup:NodeGroup",
        "id": "lab:lab-school-m5",
        "name": GROUP,
        "since": "2026-11-21T09:00:00+00:00",
        "hub": "lab",
        "event": "school",
        "tags": {
            "readyroom-event": "school",
            "readyroom-hub": "lab",
            "readyroom-stack": "lab",
        },
        "holdsData": False,
        "action": "delete",
        "because": "no resource of the program",
        "command": DELETE,
    }
    assert [(row["since"], row["hub"], row["event"], row["command"]) for row in rows[1:]] == [
        (None, None, None, "pulumi import x"),
        (None, None, None, None),
    ]
    assert [row["holdsData"] for row in rows] == [False, True, False]
