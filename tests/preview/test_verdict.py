"""What a verdict makes of rules that could not run."""

from preview.pack import Verdict, Violation


def test_a_rule_that_could_not_run_refuses_too() -> None:
    silent = Violation(
        policy="one",
        level="advisory",
        urn="",
        message="can't run policy 'one' from policy pack 'readyroom@v0.0.1' during preview: no",
    )

    assert Verdict(rules=("one",), violations=(silent,), not_applicable={}).refused


def test_what_mandatory_rules_report_are_refusals_and_advice_is_none() -> None:
    no, perhaps = (
        Violation(policy=level, level=level, urn="", message="No.")
        for level in ("mandatory", "advisory")
    )

    assert Verdict(rules=(), violations=(perhaps, no), not_applicable={}).refusals == (no,)
    assert not Verdict(rules=(), violations=(perhaps,), not_applicable={}).refused
