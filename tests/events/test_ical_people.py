"""Who comes: summaries and descriptions."""

import pytest

from events.ical_people import Summary, named, plain_text, summary_of, users_of


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        ("final", Summary("final", None)),
        (" Final ", Summary("final", None)),
        ("FINAL: Extra Time ", Summary("final", "Extra Time")),
        ("final:", Summary("final", "")),
        ("final: a: b", Summary("final", "a: b")),
        ("", Summary("", None)),
    ],
)
def test_a_summary_names_an_event_and_perhaps_a_cohort(summary: str, found: Summary) -> None:
    assert named(summary) == found


@pytest.mark.parametrize(
    ("cohort", "summary"),
    [("", "final"), (" \x00", "final"), (" a\tb ", "final: a b"), ("a\r\nb\rc", "final: a\nb\nc")],
)
def test_a_session_is_summed_up_without_what_calendars_cannot_have(
    cohort: str, summary: str
) -> None:
    assert summary_of("final", cohort) == summary


def test_signs_of_other_languages_stay() -> None:
    assert plain_text("Prüfung\u2028試験\x7f") == "Prüfung\u2028試験 "


@pytest.mark.parametrize(
    ("description", "users"),
    [
        ("", None),
        (" \n\n", None),
        ("users: 25", 25),
        ("\nUsers : 1\n", 1),
        ("users:9999999", 9999999),
    ],
)
def test_a_description_is_empty_or_says_how_many(description: str, users: int | None) -> None:
    assert users_of(description) == users


REFUSED = {
    "Bring a laptop": "description 'Bring a laptop' is not read; write users: 25, or clear it",
    "<p>users: 25</p>": (
        "description '<p>users: 25</p>' is not read; write users: 25, or clear it"
    ),
    "users: 25<br>": "description 'users: 25<br>' is not read; write users: 25, or clear it",
    "25": "description '25' is not read; write users: 25, or clear it",
    "user: 25": "description has 'user'; allowed: users, such as users: 25",
    "pool: 3\nusers: 4": "description has 'pool'; allowed: users, such as users: 25",
    "https://example.org": "description has 'https'; allowed: users, such as users: 25",
    "users: 2\nusers: 2": "description has users twice; leave one out",
    "users: many": "description has users 'many'; write a number above 0",
    "users: 0": "description has users '0'; write a number above 0",
    "users: 2.5": "description has users '2.5'; write a number above 0",
    "users: ٢": "description has users '٢'; write a number above 0",
    "users: 10000000": "description has users '10000000'; write a number above 0",
    "users:": "description has users ''; write a number above 0",
}


@pytest.mark.parametrize(("description", "told"), REFUSED.items())
def test_a_description_of_anything_else_is_refused(description: str, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        users_of(description)

    assert str(caught.value) == told
