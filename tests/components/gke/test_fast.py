"""Fast storage beside the home directories, on Filestore."""

from collections.abc import Callable
from typing import Any

from components.gke.fast import fast_storage
from preview.monitor import RecordingMonitor

Built = Callable[..., RecordingMonitor]
CloudTells = Callable[[dict[str, dict[str, Any]]], None]
Kept = Callable[[RecordingMonitor], dict[str, tuple[bool, bool]]]
Made = Callable[[RecordingMonitor], dict[str, dict[str, Any]]]
Told = Callable[[RecordingMonitor], dict[str, Any]]

LINES = f"""
from {fast_storage.__module__} import fast_storage
found = fast_storage(place, [network])
if found is not None:
    tell(server=found.server, path=found.path, gib=str(found.gib))
"""
INSTANCE = "gcp:filestore/instance:Instance"
FAST = {"tier": "ZONAL", "capacity": "2Ti", "backups": False}
ADDRESS = {INSTANCE: {"networks": [{"network": "dev", "ipAddresses": ["10.72.0.2"]}]}}


def test_options_mount_an_instance_of_its_own(
    built: Built, made: Made, told: Told, cloud_tells: CloudTells
) -> None:
    cloud_tells(ADDRESS)
    monitor = built("gke", LINES, fastStorage=FAST)

    [(name, instance)] = made(monitor).items()
    assert (name, instance["name"]) == (f"{INSTANCE} dev-fast", "readyroom-dev-fast")
    assert (instance["tier"], instance["fileShares"]["capacityGb"]) == ("ZONAL", 2048)
    assert told(monitor) == {"server": "10.72.0.2", "path": "/fast", "gib": "2048"}


def test_it_is_protected_and_stays_with_its_data(
    built: Built, kept: Kept, cloud_tells: CloudTells
) -> None:
    cloud_tells(ADDRESS)

    assert kept(built("gke", LINES, fastStorage=FAST)) == {f"{INSTANCE} dev-fast": (True, True)}


def test_where_nobody_asks_for_it_there_is_none(built: Built, made: Made) -> None:
    assert made(built("gke", LINES)) == {}
