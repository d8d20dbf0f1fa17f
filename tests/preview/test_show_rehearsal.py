"""A recorded rehearsal as it is printed, and as machines read it."""

from collections.abc import Callable

from capacity.packing import Seat
from capacity.quantities import GIB
from preview.show_rehearsal import rehearsal_json, rehearsal_shown
from tests.preview.rehearsed import CPU, MEMORY, SEAT, judged

Lines = Callable[..., list[str]]


def test_what_servers_used_and_the_seat_to_ask_for_are_told(lines: Lines) -> None:
    assert lines(*rehearsal_shown(judged(MEMORY, CPU))) == [
        "run.csv: 1 server, 1m from 2026-12-04 15:00 UTC, a sample every 30 s",
        "",
        "server                       memory, most  CPU, 95 of 100",
        "a                                1.50 GiB             0.5",
        "the greatest, with headroom      1.87 GiB           0.575",
        "",
        "Seat to ask for: {memory: 2048Mi, cpu: 0.6}",
    ]


def test_an_exam_that_fits_is_told_what_to_write(lines: Lines) -> None:
    assert lines(*rehearsal_shown(judged(MEMORY, CPU, seat=SEAT, sample=True)))[5:] == [
        "seat of final                    2.00 GiB               1",
        "",
        "Seat to ask for: {memory: 2048Mi, cpu: 0.6}",
        "final fits its seat, with headroom.",
        "",
        "readiness:",
        "  rehearsal:",
        "    by: (who ran it)",
        '    at: "2026-12-04T15:00"',
        '    environment: "0123456789abcdef"',
        "  recording: run.csv",
    ]


def test_what_was_not_recorded_is_a_dash_and_no_seat_can_be_asked_for(lines: Lines) -> None:
    shown = lines(*rehearsal_shown(judged(MEMORY, seat=SEAT, sample=True)))

    assert shown[0].endswith(". SAMPLE DATA: the numbers are made up.")
    assert shown[3] == "a                                1.50 GiB               -"
    assert shown[7] == "No seat can be asked for: memory and CPU are both needed."
    assert shown[8] == (
        "final does not fit its seat: CPU was not recorded; export "
        "container_cpu_usage_seconds_total, too."
    )


def test_machines_read_bytes_and_millicpu() -> None:
    assert rehearsal_json(judged(MEMORY, CPU, seat=Seat(memory=2 * GIB, cpu=500))) == {
        "file": "run.csv",
        "sample": False,
        "starts": "2026-12-04T15:00:00+00:00",
        "seconds": 60,
        "step": 30,
        "memory": GIB * 3 // 2,
        "cpu": 500,
        "servers": [{"server": "a", "memory": GIB * 3 // 2, "cpu": 500}],
        "ask": {"memory": 2 * GIB, "cpu": 600},
        "event": "final",
        "seat": {"memory": 2 * GIB, "cpu": 500},
        "environment": "0123456789abcdef",
        "misfits": [
            "CPU rose to 0.5 cores, with 15 % of headroom 0.575, and the seat has 0.5; write "
            "seat.cpu: 0.6"
        ],
        "fits": False,
    }


def test_without_an_event_there_is_nothing_to_fit() -> None:
    found = rehearsal_json(judged(MEMORY))

    assert {key: found[key] for key in ("ask", "event", "seat", "environment", "fits")} == {
        "ask": None,
        "event": None,
        "seat": None,
        "environment": None,
        "fits": None,
    }
