"""z2jh values for where a hub keeps its list of users and servers. Pure."""

from hubs.existing import ExistingConfig
from hubs.hub import HubConfig
from hubs.values_access import Values
from hubs.values_place import Place

DATABASE_SECRET = "database"  # noqa: S105 - the name of a Kubernetes Secret, not its content
# What PostgreSQL's own library reads of a connection that the URL says nothing about; keys of
# the Secret. Source: PostgreSQL 17, libpq, "Environment Variables".
CONNECTION = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE")


def database(hub: HubConfig, place: Place) -> Values:
    """Return the `hub` values of its database: PostgreSQL, or a file on a volume."""
    if hub.database == "postgres":
        return {
            # The chart upgrades only its own file by itself; a hub refuses an older schema.
            "db": {"type": "postgres", "url": "postgresql+psycopg2://", "upgrade": True},
            "extraEnv": {key: _from_secret(key) for key in CONNECTION} | {"PGSSLMODE": "require"},
        }
    wanted = _storage_class(place)
    return {"db": {"pvc": {"storageClassName": wanted}}} if wanted else {}


def _from_secret(key: str) -> Values:
    return {"valueFrom": {"secretKeyRef": {"name": DATABASE_SECRET, "key": key}}}


def _storage_class(place: Place) -> str | None:
    if isinstance(place.cluster, ExistingConfig):
        return place.cluster.storage_class
    return "gp3" if place.provider == "eks" else None
