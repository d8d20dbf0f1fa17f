"""A rule about events judges every active one, and refuses what it cannot read."""

from collections.abc import Callable, Iterator
from typing import Any

from pulumi_policy import EnforcementLevel, StackValidationArgs

from policies.reading import Event, UnreadableError
from policies.rule import event_rule

Resources = dict[str, Any]
Collect = Callable[[Resources], None]

START = "urn:pulumi:dev::readyroom::"


def test_a_rule_is_mandatory_and_says_what_it_is_for() -> None:
    rule = event_rule("seats", "Everybody has a seat.", lambda _: [])

    assert (rule.name, rule.description) == ("seats", "Everybody has a seat.")
    assert rule.enforcement_level is EnforcementLevel.MANDATORY


def test_a_rule_is_asked_about_every_event_and_one_that_cannot_be_judged_stops_no_other(
    gke: Resources, collect: Collect
) -> None:
    facts = gke["hub"]["event"]
    gke["hub second"] = {"release": "second", "event": facts | {"name": "second"}}
    gke["hub third"] = {"release": "third", "event": facts | {"name": "third"}}
    collect(gke)
    found: list[tuple[str, str | None]] = []

    def messages(event: Event) -> Iterator[str]:
        yield f"{event.users} users."
        if event.name == "second":
            told = "x is missing"
            raise UnreadableError(told)
        yield "again."

    def report(message: str, urn: str | None = None) -> None:
        found.append((message, urn))

    event_rule("rule", "A rule.", messages).validate(StackValidationArgs([]), report)

    hub = f"{START}readyroom:hub:JupyterHub::"
    assert found == [
        ("Event intro: 60 users.", f"{hub}course"),
        ("Event intro: again.", f"{hub}course"),
        ("Event second: 60 users.", f"{hub}second"),
        (
            "Event second: cannot be judged, x is missing; make it plain in the program.",
            f"{hub}second",
        ),
        ("Event third: 60 users.", f"{hub}third"),
        ("Event third: again.", f"{hub}third"),
    ]


def test_unreadable_facts_are_reported_on_no_resource(gke: Resources, collect: Collect) -> None:
    del gke["hub"]["event"]["users"]
    collect(gke)
    found: list[tuple[str, str | None]] = []

    def report(message: str, urn: str | None = None) -> None:
        found.append((message, urn))

    rule = event_rule("rule", "A rule.", lambda _: [])
    rule.validate(StackValidationArgs([]), report)

    told = "An event cannot be judged: users is missing; register the hub's facts whole."
    assert found == [(told, None)]
