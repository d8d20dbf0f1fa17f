"""Sessions as a stack file has them, beside the plain ones of calendars. Pure.

A calendar cannot say everything that a stack file can, such as `daily` or a time with its
offset. What we write into one therefore has the session's own form beside it, which is taken
again as long as the entry still says the same.
"""

import json
from dataclasses import replace
from zoneinfo import ZoneInfo

from events.ical_people import summary_of
from events.ical_source import FORM, Entry
from events.sessions import Written, sessions_of
from hubs.schedules import as_written
from hubs.session_config import SessionConfig


def form(session: SessionConfig) -> str:
    """Return a session as one line of ASCII."""
    keys = session.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return json.dumps(keys, sort_keys=True, separators=(",", ":"))


def config_of(written: Written, entry: Entry, event: str, where: ZoneInfo) -> SessionConfig:
    """Return a session of an entry, in the form in which it was written if that still holds."""
    beside = entry.first(FORM)
    found = _formed(beside.value) if beside else None
    if found is not None and _same(as_written(found), written, entry.text("SUMMARY"), event, where):
        return found
    keys = {
        "starts": written.starts,
        "ends": written.ends,
        "repeats": written.repeats,
        "exceptions": sorted(day.isoformat() for day in written.exceptions),
        "cohort": written.cohort,
        "users": written.users,
    }
    return SessionConfig.model_validate({key: value for key, value in keys.items() if value})


def _formed(text: str) -> SessionConfig | None:
    try:
        return SessionConfig.model_validate(json.loads(text), by_alias=True, by_name=False)
    except (ValueError, RecursionError):
        return None


def _same(formed: Written, written: Written, summary: str, event: str, where: ZoneInfo) -> bool:
    if summary_of(event, formed.cohort) != summary:
        return False
    try:
        return sessions_of(replace(formed, cohort=""), where) == sessions_of(
            replace(written, cohort=""), where
        )
    except ValueError:
        return False
