"""A whole preview for a reader: one screen that decides, then the details."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hubs.maintenance import Maintenance
from preview.diff import Change
from preview.identities import without_identities
from preview.pack import Verdict, Violation
from preview.run import Previewed
from preview.show_preview import details, screen, verdict

Previews = Callable[[str, str], Previewed]
Lines = Callable[..., list[str]]

RULES = (
    "no-replacement",
    "frozen",
    "sizes-fit",
    "no-oversubscription",
    "guaranteed-qos",
    "exam-ready",
    "event-fits-pool",
    "users-per-node",
    "placeholders",
    "pinned-versions",
    "storage-throughput",
    "quota",
    "quotas-read",
    "exam-waived",
    "freeze-kept",
)


def _violation(policy: str, level: str, message: str) -> Violation:
    return Violation(policy=policy, level=level, urn="urn:one", message=message)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            Verdict(rules=RULES, violations=(), not_applicable={}),
            [
                "Fits: 15 rules hold (no-replacement, frozen, sizes-fit, no-oversubscription, "
                "guaranteed-qos, exam-ready, event-fits-pool, users-per-node,",
                "placeholders, pinned-versions, storage-throughput, quota, quotas-read, "
                "exam-waived, freeze-kept).",
            ],
        ),
        (
            Verdict(rules=("a", "b"), violations=(), not_applicable={"a": "later", "b": "later"}),
            ["2 of 2 rules do not apply: later"],
        ),
        (
            Verdict(rules=("a", "b"), violations=(), not_applicable={"b": "why", "a": "because"}),
            ["2 of 2 rules do not apply: because; why"],
        ),
        (
            Verdict(
                rules=("a", "b"),
                violations=(
                    _violation("a", "mandatory", "Too small."),
                    _violation("b", "advisory", "Unusual."),
                ),
                not_applicable={},
            ),
            ["a [mandatory] Too small.", "b [advisory] Unusual.", "Refused."],
        ),
    ],
)
def test_a_verdict_says_what_the_gate_says(found: Verdict, told: list[str], lines: Lines) -> None:
    assert lines(verdict(found)) == told


def test_an_advice_alone_refuses_nothing(lines: Lines) -> None:
    found = Verdict(
        rules=("a", "b"), violations=(_violation("a", "advisory", "Unusual."),), not_applicable={}
    )

    assert lines(verdict(found)) == ["a [advisory] Unusual.", "Fits: 1 rules hold (b)."]


def test_the_screen_decides_in_five_sections(previewed: Previews, lines: Lines) -> None:
    found = lines(*screen(previewed("workshop", "event")))

    titles = ["Gate", "Events", "Plan", "Timeline"]
    assert [line for line in found if line in titles] == titles
    assert found[:2] == [
        "workshop on gke, planned for Mon 2026-12-07 09:00 EST",
        "The desired state; nothing was compared with a cloud.",
    ]
    assert "intro  n2-highmem-4    240           7     35   168 on 24   35   30.0 %" in "\n".join(
        found
    )
    told = "intro on hub workshop is live: 240 users within 12m, 3.40 GiB and 0.4 CPU each; "
    assert [line for line in found if line.startswith(told)] == [found[found.index("Events") + 1]]


def test_times_in_which_gke_may_upgrade_have_a_section_of_their_own(
    previewed: Previews, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(self: Maintenance) -> tuple[str, ...]:
        return tuple(f"{one.name}: {of}" for one in self.exclusions for of in ("a", "b"))

    monkeypatch.setattr(Maintenance, "warnings", property(told))
    found = lines(*screen(previewed("workshop", "event")))

    titles = ["Gate", "Events", "Upgrades", "Plan", "Timeline"]
    assert [line for line in found if line in titles] == titles
    begins = found.index("Upgrades")
    name = "intro-20261207-1330"
    assert found[begins : begins + 4] == ["Upgrades", f"{name}: a", f"{name}: b", ""]


@pytest.mark.parametrize("stack", ["campus", "workshop", "full-eks"])
def test_where_nothing_is_upgraded_during_an_event_there_is_no_such_section(
    stack: str, previewed: Previews, lines: Lines
) -> None:
    assert "Upgrades" not in lines(*screen(previewed(stack, "event")))


def test_the_screen_of_a_stack_without_events_ends_after_the_gate(
    previewed: Previews, lines: Lines
) -> None:
    quiet = previewed("campus", "quiet")
    calm = replace(quiet, loaded=replace(quiet.loaded, events=()))

    assert lines(*screen(calm))[3:] == [
        "Gate",
        "11 of 15 rules do not apply: no event is active at this instant",
        "",
        "No events.",
    ]


def test_details_are_reasons_machine_types_and_resources(previewed: Previews, lines: Lines) -> None:
    shown = previewed("datahub", "event")
    found = lines(*details(shown, None, ""))

    starts = ("Plan of", "Machine types for", "What has changed")
    assert [line.split(":")[0] for line in found if line.startswith(starts)] == [
        "Plan of lab",
        "Machine types for lab, the cheapest 4 of 61",
        "Plan of lecture",
        "Machine types for lecture, the cheapest 4 of 63",
        "Plan of section",
        "Machine types for section, the cheapest 5 of 61",
    ]
    assert f"{len(without_identities(shown.resources))} resources" in found


@pytest.mark.parametrize(
    ("against", "told"),
    [
        ([], "What has changed: nothing"),
        ([Change(kind="added", urn="urn:one", type="a:b:C", name="one")], "What has changed"),
    ],
)
def test_details_show_what_differs(
    against: list[Change], told: str, previewed: Previews, lines: Lines
) -> None:
    found = lines(*details(previewed("campus", "event"), against, "What has changed"))

    assert [line for line in found if line.startswith("What has changed")] == [told]
