"""The pack runs as a process of its own, and its answers are read whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from preview.monitor import RecordingMonitor
from preview.pack import PackError, Verdict, Violation, running

Ran = Callable[[str], RecordingMonitor]
Write = Callable[[str], Path]

PROGRAM = """
import pulumi
import pulumi_kubernetes as k8s
import pulumi_random as random

class One(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("readyroom:test:One", "one", {"prop": 1})
        kept = pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["length"])
        random.RandomPassword("password", length=3, opts=kept)
        self.register_outputs({"output": 2})

k8s.core.v1.ConfigMap("map", data={"reference": One()})
"""
START = "urn:pulumi:dev::readyroom::"
ONE = f"{START}pulumi:pulumi:Stack$readyroom:test:One::one"
PASSWORD = f"{START}readyroom:test:One$random:index/randomPassword:RandomPassword::password"


@pytest.fixture
def pack(root: Path, tmp_path: Path) -> Write:
    """Write a pack beside a copy of the real one's project file."""

    def write(text: str) -> Path:
        folder = tmp_path / "pack"
        folder.mkdir()
        (folder / "__main__.py").write_text(text, "utf-8")
        project = (root / "policies" / "PulumiPolicy.yaml").read_text("utf-8")
        (folder / "PulumiPolicy.yaml").write_text(project, "utf-8")
        return folder

    return write


def test_a_pack_that_does_not_start_is_quoted(pack: Write, ran: Ran) -> None:
    monitor = ran(PROGRAM)

    with (
        pytest.raises(PackError) as caught,
        running(pack("raise SystemExit('no rules today')")) as broken,
    ):
        broken.judge(monitor)
    assert str(caught.value) == "the policy pack did not start: no rules today"


def test_a_pack_that_fails_while_it_judges_is_quoted(pack: Write, ran: Ran) -> None:
    monitor = ran(PROGRAM)
    folder = pack(
        """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

def fail(args, report):
    raise ValueError("the rule is wrong")

rule = StackValidationPolicy(name="rule", description="A rule.", validate=fail)
PolicyPack(name="one", enforcement_level=EnforcementLevel.MANDATORY, policies=[rule])
"""
    )

    with pytest.raises(PackError) as caught, running(folder) as broken:
        broken.judge(monitor)
    assert str(caught.value) == (
        "the policy pack failed: Exception calling application: the rule is wrong"
    )


TALKATIVE = """
from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

def twice(args, report):
    report("Second.", "urn:b")
    report("First.", "urn:a")
    report("First.", "urn:a")
    report("Of the stack.")

def elsewhere(args, report):
    args.not_applicable("no event today")

def tell(args, report):
    for it in args.resources:
        if it.resource_type.startswith(("readyroom:", "random:")):
            options = (it.opts.protect, list(it.opts.ignore_changes))
            report(f"{dict(it.props)} {it.parent.urn} {options}", it.urn)

def reference(args, report):
    for it in args.resources:
        if it.resource_type == "kubernetes:core/v1:ConfigMap":
            report(it.props["data"]["reference"], it.urn)

def rule(name, validate, level=None):
    told = "Describes itself."
    return StackValidationPolicy(
        name=name, description=told, validate=validate, enforcement_level=level
    )

PolicyPack(
    name="one",
    enforcement_level=EnforcementLevel.ADVISORY,
    policies=[
        rule("twice", twice),
        rule("elsewhere", elsewhere),
        rule("tell", tell, EnforcementLevel.MANDATORY),
        rule("a-reference", reference),
        rule("silent", lambda args, report: None),
    ],
)
"""


def test_a_verdict_has_all_rules_their_reports_in_order_and_who_was_passed_over(
    pack: Write, ran: Ran
) -> None:
    monitor = ran(PROGRAM)
    with running(pack(TALKATIVE)) as talkative:
        verdict = talkative.judge(monitor)

    stack = f"{START}pulumi:pulumi:Stack::readyroom-dev"
    config_map = f"{START}pulumi:pulumi:Stack$kubernetes:core/v1:ConfigMap::map"
    assert verdict.rules == ("twice", "elsewhere", "tell", "a-reference", "silent")
    assert verdict.not_applicable == {"elsewhere": "no event today"}
    assert verdict.violations == (
        Violation(policy="twice", level="advisory", urn="", message="Of the stack."),
        Violation(policy="twice", level="advisory", urn="urn:a", message="First."),
        Violation(policy="twice", level="advisory", urn="urn:b", message="Second."),
        # A stack policy sees a component's outputs, never its props.
        Violation(
            policy="tell",
            level="mandatory",
            urn=ONE,
            message=f"{{'output': 2.0}} {stack} (False, [])",
        ),
        Violation(
            policy="tell",
            level="mandatory",
            urn=PASSWORD,
            message=f"{{'length': 3.0}} {ONE} (True, ['length'])",
        ),
        # A reference arrives as the URN, as the engine hands it over.
        Violation(policy="a-reference", level="advisory", urn=config_map, message=ONE),
    )


@pytest.mark.parametrize(
    ("levels", "refused"),
    [
        ([], False),
        (["advisory"], False),
        (["advisory", "mandatory"], True),
        (["remediate", "disabled"], False),
    ],
)
def test_only_a_mandatory_violation_refuses(levels: list[str], *, refused: bool) -> None:
    found = tuple(
        Violation(policy="one", level=level, urn="urn:a", message="No.") for level in levels
    )

    verdict = Verdict(rules=("one",), violations=found, not_applicable={})
    assert verdict.refused is refused


def test_the_pack_is_stopped_when_it_is_no_longer_needed(root: Path) -> None:
    with running(root / "policies") as idle:
        process = idle._process  # noqa: SLF001 - it has no other way to be seen
        assert process.poll() is None

    assert process.poll() == -9


def test_a_pack_judges_as_often_as_it_is_asked(pack: Write, ran: Ran) -> None:
    monitor = ran(PROGRAM)
    with running(pack(TALKATIVE)) as talkative:
        first, second = (talkative.judge(monitor) for _ in range(2))

    assert first == second
    assert first.refused


def test_a_pack_that_has_judged_judges_the_next_program_as_a_new_one_does(
    root: Path, run_again: Callable[[str, str], RecordingMonitor]
) -> None:
    before, after = run_again("full-eks", "event"), run_again("icesat2", "event")
    with running(root / "policies") as used, running(root / "policies") as fresh:
        used.judge(before)

        assert used.judge(after) == fresh.judge(after)
