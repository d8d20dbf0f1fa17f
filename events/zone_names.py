"""Names of time zones that say no place, and the place that each of them means most often. Pure."""

import re

# Source: tzdata 2026, files `northamerica`, `europe`, `asia`, `backward`; where clocks of several
# places are called alike, that with the most people.
_MEANT = {
    "America/Anchorage": "AKST AKDT",
    "America/Chicago": "CST CDT CT CST6CDT",
    "America/Denver": "MST MDT MT MST7MDT NAVAJO",
    "America/Halifax": "AST ADT",
    "America/Havana": "CUBA",
    "America/Jamaica": "JAMAICA",
    "America/Los_Angeles": "PST PDT PT PST8PDT",
    "America/New_York": "EST EDT ET EST5EDT",
    "America/Sao_Paulo": "BRT",
    "America/St_Johns": "NST NDT",
    "Africa/Cairo": "EGYPT",
    "Africa/Johannesburg": "SAST",
    "Africa/Nairobi": "EAT",
    "Africa/Tripoli": "LIBYA",
    "Asia/Hong_Kong": "HKT HONGKONG",
    "Asia/Jerusalem": "ISRAEL",
    "Asia/Kolkata": "IST",
    "Asia/Seoul": "KST ROK",
    "Asia/Shanghai": "PRC",
    "Asia/Singapore": "SGT SINGAPORE",
    "Asia/Taipei": "ROC",
    "Asia/Tehran": "IRAN",
    "Asia/Tokyo": "JST JAPAN",
    "Atlantic/Reykjavik": "ICELAND",
    "Australia/Adelaide": "ACST ACDT",
    "Australia/Perth": "AWST",
    "Australia/Sydney": "AEST AEDT",
    "Europe/Athens": "EET EEST",
    "Europe/Berlin": "CET CEST MET MEST MEZ MESZ",
    "Europe/Dublin": "EIRE",
    "Europe/Istanbul": "TURKEY",
    "Europe/Lisbon": "WET WEST PORTUGAL",
    "Europe/London": "GMT BST GB GB-EIRE",
    "Europe/Moscow": "MSK W-SU",
    "Europe/Warsaw": "POLAND",
    "Pacific/Auckland": "NZST NZDT NZ",
    "Pacific/Chatham": "NZ-CHAT",
    "Pacific/Honolulu": "HST",
    "Pacific/Kwajalein": "KWAJALEIN",
    "UTC": "UTC UCT UNIVERSAL ZULU Z GREENWICH GMT0 GMT+0 GMT-0 FACTORY",
}
_PLACES = {name: place for place, names in _MEANT.items() for name in names.split()}


_OFFSET = re.compile(r"(UTC|GMT)[+-]?\d[\d:]*")


def place_of(name: str) -> str | None:
    """Return the IANA name of the place that a short name of a time zone means; None if unknown."""
    return _PLACES.get(_short(name))


def is_offset(name: str) -> bool:
    """Return whether a name says a distance from UTC, which many places have part of a year."""
    return _OFFSET.fullmatch(_short(name)) is not None


def _short(name: str) -> str:
    return name.upper().removeprefix("ETC/")
