"""Databases of hubs: who wants one, what it is called, how large it is, when it rests. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from events.instants import zone
from events.maintenance_window import Window, recurring
from hubs.gke import EVERY_DAY, MaintenanceConfig
from hubs.hub import HubConfig

# Five years of fixes, to November 2029. Source: postgresql.org, "Versioning policy", 2026.
POSTGRES = 17
PORT = 5432
# The user that an RDS instance begins with; each instance is one hub's. RDS takes 16 letters,
# digits and underscores, the first a letter, and no reserved word such as `admin`.
# Source: Amazon RDS API, CreateDBInstance, MasterUsername, 2026.
RDS_USER = "jupyterhub"
# The least of gp3 storage, which grows by itself. A hub's own data is far less than that.
# Source: Amazon RDS User Guide, "DB instance storage", 2026.
RDS_GIB = 20
# Where storage stops growing by itself, so that a fault does not cost without end.
MOST_GIB = 100
# Days for which backups are kept, and the logs to restore any minute of them. Cloud SQL keeps
# logs for at most 7 days. Source: Cloud SQL Admin API, BackupConfiguration, 2026.
BACKUP_DAYS, LOG_DAYS = 14, 7
# Letters and digits alone: RDS refuses `/`, `"`, `@` and spaces, and a URL some others.
# Source: Amazon RDS API, CreateDBInstance, MasterUserPassword, 2026.
PASSWORD_LENGTH = 40
# Google's services get a range of addresses apart from the cluster's, which lie in 10.0.0.0/8.
# It must not meet 172.17.0.0/16, where Cloud SQL cannot be reached; of each region it takes a /24.
# Sources: GoogleCloudPlatform/gcpdiag, rule on the Docker bridge network of Cloud SQL, and Cloud
# SQL documentation, "Learn about using private IP", 2026.
SERVICES_ADDRESS, SERVICES_PREFIX = "172.20.0.0", 20
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """An hour of the week in UTC; day 1 is Monday, 7 Sunday."""

    day: int
    hour: int

    @property
    def clock(self) -> str:
        """Return when it begins, such as `08:00`."""
        return f"{self.hour:02}:00"


def wanting(hubs: Iterable[HubConfig]) -> tuple[str, ...]:
    """Return the names of the hubs that want a PostgreSQL database, in order."""
    return tuple(sorted(hub.name for hub in hubs if hub.database == "postgres"))


def database_name(hub: str) -> str:
    """Return what a hub's database is called, and on Cloud SQL its user, too.

    No hub's name has an underscore, so no two are alike; with the prefix none is a word that
    PostgreSQL or a cloud keeps for itself. PostgreSQL and RDS take 63 characters.
    """
    return f"hub_{hub.replace('-', '_')}"


def quiet_hour(config: MaintenanceConfig, now: datetime) -> Hour:
    """Return the first full hour of the week's last maintenance window.

    Cloud SQL maintains for up to an hour once a week; the cluster's window has four at least.
    Like that window it keeps to standard time all year, so that a change of the clocks is none
    of the instance.
    """
    where = zone(config.timezone)
    halves = (datetime(now.year, month, 1, tzinfo=where) for month in (1, 7))
    winter = min(halves, key=lambda day: day.utcoffset() or timedelta())
    window = Window(
        starts=time.fromisoformat(config.starts),
        length=timedelta(seconds=config.lasts),
        days=frozenset({max(EVERY_DAY.index(day) for day in config.days)}),
        where=where,
    )
    opens = recurring(window, winter).starts
    full = opens.replace(minute=0)
    if full < opens:
        full += _HOUR
    return Hour(day=full.isoweekday(), hour=full.hour)
