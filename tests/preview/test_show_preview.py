"""A whole preview for a reader: one screen that decides, then the details."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hubs.maintenance import Maintenance
from preview.ahead import Ahead, Judged
from preview.diff import Change
from preview.identities import without_identities
from preview.pack import Verdict, Violation
from preview.run import Previewed
from preview.show_plan import without_waiting
from preview.show_preview import details, screen, verdict

Previews = Callable[[str, str], Previewed]
Lines = Callable[..., list[str]]

RULES = (
    "no-replacement",
    "frozen",
    "sizes-fit",
    "core-fits",
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
                "Fits: 16 rules hold (no-replacement, frozen, sizes-fit, core-fits, "
                "no-oversubscription, guaranteed-qos, exam-ready, event-fits-pool,",
                "users-per-node, placeholders, pinned-versions, storage-throughput, quota, "
                "quotas-read, exam-waived, freeze-kept).",
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
        "11 of 16 rules do not apply: no event is active at this instant",
        "",
        "No events.",
    ]


def test_details_are_reasons_machine_types_and_resources(previewed: Previews, lines: Lines) -> None:
    shown = previewed("datahub", "event")
    found = lines(*details(shown, None, ""))

    starts = ("Plan of", "Machine types for", "What has changed")
    assert [line.split(":")[0] for line in found if line.startswith(starts)] == [
        "Plan of lab",
        "Machine types for lab, the cheapest 4 of 61; waiting as searched, in bold as proved",
        "Plan of lecture",
        "Machine types for lecture, the cheapest 4 of 63; waiting as searched, in bold as proved",
        "Plan of section",
        "Machine types for section, the cheapest 5 of 61; waiting as searched, in bold as proved",
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


def _judged(name: str, at: datetime, word: str, *violations: Violation) -> Judged:
    verdict = Verdict(rules=("a", "b"), violations=violations, not_applicable={})
    return Judged(ahead=Ahead(names=tuple(name.split()), now=at, word=word), verdict=verdict)


FEBRUARY = datetime(2027, 2, 1, 9, tzinfo=UTC)
MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)
SHORT = _violation("event-fits-pool", "mandatory", "Event later: 600 users need 67 nodes.")


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ((), []),
        (
            (_judged("later", FEBRUARY, "later", _violation("b", "advisory", "Unusual.")),),
            ["Also judged: later at Mon 2027-02-01 09:00 UTC: fits."],
        ),
        (
            (_judged("later", FEBRUARY, "later"), _judged("lab night", MARCH, "lab")),
            [
                "Also judged: later at Mon 2027-02-01 09:00 UTC; lab and night at Mon 2027-03-01 "
                "09:00 UTC: all fit."
            ],
        ),
        (
            (
                _judged("lab night", MARCH, "2027-03-01T09:00+00:00", SHORT, SHORT),
                _judged("later", FEBRUARY, "later", SHORT),
                _judged("calm", MARCH, "calm"),
            ),
            [
                "events lab and night, from Mon 2027-03-01 09:00 UTC: refused by event-fits-pool: "
                "Event later: 600 users need 67 nodes, and 1 more; see --at",
                "2027-03-01T09:00+00:00",
                "event later, from Mon 2027-02-01 09:00 UTC: refused by event-fits-pool: 600 users "
                "need 67 nodes; see --at later",
                "Also judged: calm at Mon 2027-03-01 09:00 UTC: fits.",
            ],
        ),
    ],
)
def test_events_to_come_are_judged_in_a_line_each_or_in_one_if_they_fit(
    later: tuple[Judged, ...], told: list[str], previewed: Previews, lines: Lines
) -> None:
    found = lines(*screen(replace(previewed("campus", "event"), later=later)))

    gate = found[found.index("Gate") + 1 : found.index("Events") - 1]
    own = lines(verdict(previewed("campus", "event").verdict))
    assert gate == [*own, *told]


def test_sessions_that_are_all_over_are_told_as_such(previewed: Previews, lines: Lines) -> None:
    found = lines(*screen(previewed("icesat2", "over")))

    events = found.index("Events")
    assert found[events : events + 3] == [
        "Events",
        "hackweek on hub icesat2: all sessions are over since Fri 2027-06-18 17:30 PDT",
        "",
    ]


def test_what_it_costs_that_nobody_waits_stands_below_the_plan(
    previewed: Previews, lines: Lines
) -> None:
    shown = previewed("datahub", "event")
    found = lines(*screen(shown))

    plan = found.index("Plan")
    assert found[plan + 5 : plan + 9] == [*map(without_waiting, shown.loaded.events), ""]
    assert all(found[plan + 5 : plan + 8])


def test_secrets_that_are_missing_have_a_section_of_their_own(
    previewed: Previews, lines: Lines
) -> None:
    shown = previewed("campus", "event")
    stack = replace(shown.loaded.stack, missing=("githubSecret",))

    found = lines(*screen(replace(shown, loaded=replace(shown.loaded, stack=stack))))

    assert found[3:7] == [
        "Secrets",
        "githubSecret is missing: `pulumi config set --secret githubSecret` before up",
        "",
        "Gate",
    ]
