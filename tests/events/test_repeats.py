"""Rules as people and calendars write them, and the local times they mean."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.repeats import LONGEST_SPAN, MOST_SESSIONS, occurrences, rule_text

BERLIN = ZoneInfo("Europe/Berlin")
EXAMPLE = "such as FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218"
ENDLESS = f"it needs either COUNT or UNTIL, so that it ends, {EXAMPLE}"
PARTS = "FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, WKST"
MONDAY = "2026-11-16T09:00"


def refused(call: str, *, first: str = MONDAY, until: str = "", exceptions: str = "") -> str:
    """Return why a rule and its first session are refused."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        repeated(call, first=first, until=until, exceptions=exceptions)
    return str(caught.value)


def repeated(
    rule: str, *, first: str = MONDAY, until: str = "", exceptions: str = "", where: str = ""
) -> list[str]:
    """Return the local times of a rule."""
    found = occurrences(
        datetime.fromisoformat(first),
        ZoneInfo(where) if where else BERLIN,
        rule_text(rule),
        date.fromisoformat(until) if until else None,
        frozenset(map(date.fromisoformat, exceptions.split())),
    )
    return [one.isoformat(timespec="minutes") for one in found]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("daily", "daily"),
        ("weekly", "weekly"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
        (
            " rrule:freq=weekly;byday=mo,we;until=20261218; ",
            "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261218",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;BYSETPOS=1,-1;WKST=SU;COUNT=4",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR;BYSETPOS=1,-1;WKST=SU;COUNT=4",
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31,-31;UNTIL=20280101T120000Z",
            "FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=31,-31;UNTIL=20280101T120000Z",
        ),
        (
            "FREQ=DAILY;BYMONTHDAY=1;UNTIL=20280101T120000",
            "FREQ=DAILY;BYMONTHDAY=1;UNTIL=20280101T120000",
        ),
    ],
)
def test_a_rule_is_kept_as_calendars_write_it(written: str, text: str) -> None:
    assert rule_text(written) == text
    assert rule_text(text) == text


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("weekley", "allowed: daily, weekly, or a rule; nearest: weekly"),
        ("Daily", "allowed: daily, weekly, or a rule; nearest: daily"),
        ("every Monday", f"allowed: daily, weekly, or a rule; {EXAMPLE}"),
        ("", f"allowed: daily, weekly, or a rule; {EXAMPLE}"),
        ("FREQ=DAILY", ENDLESS),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", ENDLESS),
        ("COUNT=3", f"FREQ is missing, {EXAMPLE}"),
        ("FREQ=HOURLY;COUNT=3", "FREQ cannot be 'HOURLY', allowed: DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=DAILY;COUNT=0", "COUNT cannot be '0'"),
        ("FREQ=DAILY;COUNT=1000", "COUNT cannot be '1000'"),
        ("FREQ=DAILY;COUNT=3;INTERVAL=-1", "INTERVAL cannot be '-1'"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=XX", "BYDAY cannot be 'XX'"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=6MO", "BYDAY cannot be '6MO'"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=0MO", "BYDAY cannot be '0MO'"),
        ("FREQ=DAILY;COUNT=3;BYMONTH=13", "BYMONTH cannot be '13'"),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=32", "BYMONTHDAY cannot be '32'"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=0", "BYSETPOS cannot be '0'"),
        ("FREQ=WEEKLY;COUNT=3;WKST=1MO", "WKST cannot be '1MO'"),
        # A day that is none, and years where arithmetic with time zones overflows.
        ("FREQ=DAILY;UNTIL=20261399", "UNTIL cannot be '20261399'"),
        ("FREQ=DAILY;UNTIL=20261218T256199Z", "UNTIL cannot be '20261218T256199Z'"),
        ("FREQ=DAILY;UNTIL=00000101", "UNTIL cannot be '00000101'"),
        ("FREQ=DAILY;UNTIL=00010101T000000Z", "UNTIL cannot be '00010101T000000Z'"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "UNTIL cannot be '99991231T235959Z'"),
        ("FREQ=DAILY;UNTIL=2026-12-18", "UNTIL cannot be '2026-12-18'"),
        ("FREQ=DAILY;COUNT=3;BYHOUR=9", f"BYHOUR is not read; allowed: {PARTS}"),
        ("FREQ=DAILY;;COUNT=3", f"a part without a name is not read; allowed: {PARTS}"),
        ("FREQ=DAILY;COUNT=3;COUNT=4", "a part is there twice"),
        ("FREQ=DAILY;COUNT=3;BYSETPOS=1", "BYSETPOS belongs to MONTHLY and YEARLY"),
        ("FREQ=WEEKLY;COUNT=3;BYDAY=1MO", "numbered days belong to MONTHLY and YEARLY"),
        ("FREQ=WEEKLY;COUNT=3;BYMONTHDAY=1", "BYMONTHDAY does not belong to WEEKLY"),
        (
            "FREQ=WEEKLY;BYDAY=2TU;BYMONTHDAY=0",
            f"BYMONTHDAY cannot be '0'; {ENDLESS}; numbered days belong to MONTHLY and YEARLY; "
            "BYMONTHDAY does not belong to WEEKLY",
        ),
    ],
)
def test_what_is_no_rule_or_never_ends_is_refused_with_all_its_mistakes(
    written: str, told: str
) -> None:
    assert refused(written) == f"found {written!r}; {told}"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("x" * 81, f"found '{'x' * 77}...'; allowed: daily, weekly, or a rule; {EXAMPLE}"),
        ("x" * 80, f"found '{'x' * 80}'; allowed: daily, weekly, or a rule; {EXAMPLE}"),
        (
            "FREQ=WEEKLY;COUNT=3;BYDAY=" + "MO," * 40,
            f"found 'FREQ=WEEKLY;COUNT=3;BYDAY={'MO,' * 17}...'; "
            f"BYDAY cannot be '{'MO,' * 25}MO...'",
        ),
    ],
)
def test_long_text_is_shortened_but_begins_as_it_was_written(written: str, told: str) -> None:
    assert refused(written) == told


def test_the_words_repeat_until_a_day_which_is_included() -> None:
    assert repeated("daily", until="2026-11-18") == [
        "2026-11-16T09:00",
        "2026-11-17T09:00",
        "2026-11-18T09:00",
    ]
    assert repeated("weekly", until="2026-11-30") == [
        "2026-11-16T09:00",
        "2026-11-23T09:00",
        "2026-11-30T09:00",
    ]
    assert repeated("weekly", until="2026-11-29") == ["2026-11-16T09:00", "2026-11-23T09:00"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        # A day is meant whole, a time is local, and one in UTC is what clocks show then.
        ("20261118", "2026-11-18T09:00"),
        ("20261118T085959", "2026-11-17T09:00"),
        ("20261118T090000", "2026-11-18T09:00"),
        ("20261118T075959Z", "2026-11-17T09:00"),
        ("20261118T080000Z", "2026-11-18T09:00"),
        ("20261116T080000Z", "2026-11-16T09:00"),
    ],
)
def test_a_rule_ends_with_its_until_which_is_included(until: str, last: str) -> None:
    assert repeated(f"FREQ=DAILY;UNTIL={until}")[-1] == last


def test_an_until_in_utc_is_read_by_the_clocks_of_its_day() -> None:
    # 09:00 is 13:00 in UTC in summer, and 14:00 from 1 November on.
    def last(until: str) -> str:
        rule = f"FREQ=DAILY;UNTIL={until}"
        return repeated(rule, first="2026-10-30T09:00", where="America/New_York")[-1]

    assert last("20261101T130000Z") == "2026-10-31T09:00"
    assert last("20261101T140000Z") == "2026-11-01T09:00"


def test_a_rule_ends_with_its_count_exceptions_included() -> None:
    rule = "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"

    assert repeated(rule, exceptions="2026-11-18") == [
        "2026-11-16T09:00",
        "2026-11-23T09:00",
        "2026-11-25T09:00",
    ]


def test_the_first_may_be_an_exception() -> None:
    assert repeated("daily", until="2026-11-17", exceptions="2026-11-16") == ["2026-11-17T09:00"]


@pytest.mark.parametrize(
    ("rule", "until", "exceptions", "told"),
    [
        (
            "daily",
            "2028-11-18",
            "",
            "found daily until 2028-11-18; write at most two years, 2028-11-17",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20281118",
            "",
            "",
            "found FREQ=WEEKLY;UNTIL=20281118 until 2028-11-18; write at most two years, "
            "2028-11-17",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20261115",
            "",
            "",
            "found FREQ=WEEKLY;UNTIL=20261115, which ends before the session starts on 2026-11-16",
        ),
        (
            "FREQ=WEEKLY;BYDAY=TU;COUNT=3",
            "",
            "",
            "found FREQ=WEEKLY;BYDAY=TU;COUNT=3, and the session starts on a Monday, 2026-11-16, "
            "which is none of its days",
        ),
        (
            "daily",
            "2027-12-31",
            "",
            "found daily, which is more than 400 sessions; write fewer",
        ),
        (
            "FREQ=DAILY;COUNT=401",
            "",
            "",
            "found FREQ=DAILY;COUNT=401, which is more than 400 sessions; write fewer",
        ),
        (
            "FREQ=MONTHLY;COUNT=30",
            "",
            "",
            "found FREQ=MONTHLY;COUNT=30, of which 25 are before 2028-11-17; write COUNT=25",
        ),
        (
            "weekly",
            "2026-11-30",
            "2026-11-24 2026-11-25",
            "exception 2026-11-24 is none of the days of weekly; leave it out",
        ),
        (
            "weekly",
            "2026-11-23",
            "2026-11-16 2026-11-23",
            "found weekly, all of it excepted; leave the session out",
        ),
    ],
)
def test_repeats_that_cannot_be_are_refused(
    rule: str, until: str, exceptions: str, told: str
) -> None:
    assert refused(rule, until=until, exceptions=exceptions) == told


def test_the_limits_are_included() -> None:
    assert (MOST_SESSIONS, LONGEST_SPAN.days) == (400, 732)
    assert len(repeated("FREQ=DAILY;COUNT=400")) == 400
    # In Berlin, 08:00 in UTC is the hour of the session two years later.
    assert repeated("FREQ=YEARLY;UNTIL=20281117T080000Z")[-1] == "2028-11-16T09:00"
    assert repeated("FREQ=MONTHLY;COUNT=25")[-1] == "2028-11-16T09:00"
