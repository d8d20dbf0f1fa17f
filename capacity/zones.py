"""The zones of each region: what a cloud sells nodes in, each row with source and date.

Pure but for reading the table beside this module, which is part of the program.
"""

import csv
from functools import cache
from importlib import resources

from capacity.machines import Cloud

TABLE = "capacity/data/zones.csv"


@cache
def zones(cloud: Cloud, region: str) -> tuple[str, ...]:
    """Return the zones of a region, in order; none for a region that is not in the table.

    On AWS they are all that any account sees: in the oldest regions which letters an account
    has depends on the account. Source: AWS, "AZ IDs", 2026.
    """
    folder, name = TABLE.split("/", 1)
    text = resources.files(folder).joinpath(name).read_text("utf-8")
    return tuple(
        zone
        for row in csv.DictReader(text.splitlines())
        if (row["cloud"], row["region"]) == (cloud, region)
        for zone in row["zones"].split()
    )
