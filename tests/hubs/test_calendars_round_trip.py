"""Stack to calendar and back: every valid session comes back as it was written."""

from datetime import date, datetime, timedelta

from calendar_texts import without
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from events.instants import zone
from events.sessions import Session, sessions_of
from hubs.calendars import as_calendar, read_calendar
from hubs.event import EventConfig
from hubs.mistakes import MistakesError
from hubs.schedules import as_written
from hubs.session_config import SessionConfig

Raw = dict[str, object]
# Clocks that change in spring and autumn, by half an hour, during Ramadan, at midnight, never.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Havana",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
    "Etc/UTC",
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
TIMES = st.times().map(lambda found: found.replace(microsecond=0))
OFFSETS = st.sampled_from(["", "", "", "Z", "+01:00", "-0730"])
COHORTS = (
    st.none()
    | st.text(max_size=60)
    | st.sampled_from(
        [
            "extra time",
            "a, b; c: d",
            "\\N\\n",
            "\r\n\t ",
            "試験 été",
            '"quoted"',
            "\u2028",
            "\x00",
            "<b>",
        ]
    )
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule(first: date, kind: str, until: date, count: int) -> Raw:
    """Return the keys of a repeat of some kind that begins on a day."""
    day = WEEKDAYS[first.weekday()]
    rules: dict[str, Raw] = {
        "daily": {"repeats": "daily", "until": until.isoformat()},
        "weekly": {"repeats": "weekly", "until": until.isoformat()},
        "count": {"repeats": f"FREQ=DAILY;INTERVAL=2;COUNT={count}"},
        "until day": {"repeats": f"FREQ=WEEKLY;UNTIL={until:%Y%m%d};BYDAY={day},FR;WKST=SU"},
        "until time": {"repeats": f"FREQ=DAILY;UNTIL={until:%Y%m%d}T120000"},
        "until UTC": {"repeats": f"FREQ=DAILY;UNTIL={until:%Y%m%d}T120000Z"},
        "monthly": {"repeats": f"FREQ=MONTHLY;BYMONTHDAY={first.day};COUNT={min(count, 8)}"},
        "last": {
            "repeats": f"FREQ=MONTHLY;BYDAY={day};BYSETPOS=-1,{(first.day - 1) // 7 + 1};COUNT=4"
        },
        "yearly": {"repeats": f"FREQ=YEARLY;BYMONTH={first.month};COUNT=2"},
        "once": {},
    }
    return rules[kind]


@st.composite
def sessions(draw: st.DrawFn, where: str) -> SessionConfig:
    """Draw a session that is valid in a zone."""
    first = draw(DAYS)
    keys: Raw = {"cohort": draw(COHORTS), "users": draw(st.none() | st.integers(1, 5000))}
    if draw(st.booleans()):
        last = first + timedelta(days=draw(st.integers(0, 9)))
        keys |= {"starts": first.isoformat(), "ends": last.isoformat()}
    else:
        starts = datetime.combine(first, draw(TIMES))
        ends = starts + timedelta(minutes=draw(st.integers(1, 3000)))
        keys |= {
            "starts": starts.isoformat(draw(st.sampled_from(["T", " "]))) + draw(OFFSETS),
            "ends": ends.isoformat() + draw(OFFSETS),
        }
    kind = draw(
        st.sampled_from(["once", "daily", "weekly", "count", "until day", "until time"])
        | st.sampled_from(["until UTC", "monthly", "last", "yearly"])
    )
    keys |= rule(
        first, kind, first + timedelta(days=draw(st.integers(0, 60))), draw(st.integers(1, 30))
    )
    keys = {key: value for key, value in keys.items() if value is not None or draw(st.booleans())}
    found = SessionConfig.model_validate(keys, by_alias=True)
    begins = _sessions(found, where)
    if found.repeats is not None and len(begins) > 1:
        days = sorted({one.starts.astimezone(zone(where)).date().isoformat() for one in begins})
        left_out = draw(st.lists(st.sampled_from(days), max_size=3))
        found = found.model_copy(update={"exceptions": tuple(left_out)})
        _sessions(found, where)
    return SessionConfig.model_validate(found.model_dump(exclude_unset=True))


def _sessions(found: SessionConfig, where: str) -> list[Session]:
    """Return what a valid session is, repeats apart."""
    try:
        spans = sessions_of(as_written(found), zone(where))
    except ValueError:
        spans = []
    assume(spans and all(one.starts < one.ends for one in spans))
    return spans


@st.composite
def events(draw: st.DrawFn) -> EventConfig:
    """Draw an event of some sessions in some zone."""
    where = draw(st.sampled_from(ZONES))
    event = {
        "name": "final",
        "hub": "lab",
        "kind": "workshop",
        "users": 20,
        "seat": {"memory": "2Gi", "cpu": 0.5},
        "arrivals": {"within": "10m"},
        "timezone": where,
        "sessions": [{"starts": "2027-02-01", "ends": "2027-02-01"}],
    }
    found = draw(st.lists(sessions(where), min_size=1, max_size=3))
    made = TypeAdapter(EventConfig).validate_python(event)
    return made.model_copy(update={"sessions": tuple(found)})


@st.composite
def calendars(draw: st.DrawFn) -> tuple[EventConfig, str]:
    """Draw an event and its calendar."""
    event = draw(events())
    try:
        return event, as_calendar("exam", [event])
    except MistakesError:
        # A repeat from an hour that is shown twice: refused, and tested where it is.
        reject()


@settings(max_examples=75, deadline=None)
@given(calendars())
def test_a_stack_comes_back_from_its_calendar_as_it_was(made: tuple[EventConfig, str]) -> None:
    event, text = made
    found = read_calendar(text.encode(), event, ["final"])

    assert (found.mistakes, found.unknown) == ([], [])
    assert found.sessions == event.sessions
    assert [one.model_dump(exclude_unset=True) for one in found.sessions] == [
        one.model_dump(exclude_unset=True) for one in event.sessions
    ]
    again = event.model_copy(update={"sessions": found.sessions})
    assert as_calendar("exam", [again]) == text


@settings(max_examples=75, deadline=None)
@given(calendars())
def test_a_program_that_drops_what_is_ours_changes_no_instant(
    made: tuple[EventConfig, str],
) -> None:
    event, text = made
    plain_text = without(text, "X-READYROOM-SESSION")
    found = read_calendar(plain_text.encode(), event, ["final"])

    assert (found.mistakes, found.unknown) == ([], [])
    where = zone(event.timezone)
    for before, after in zip(event.sessions, found.sessions, strict=True):
        old, new = (sessions_of(as_written(one), where) for one in (before, after))
        assert [(one.starts, one.ends, one.users) for one in new] == [
            (one.starts, one.ends, one.users) for one in old
        ]
