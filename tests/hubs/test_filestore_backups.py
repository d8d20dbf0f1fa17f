"""Which Filestore is copied every night."""

from typing import Any

import pytest
from pydantic import ValidationError

from hubs.gke import FilestoreConfig


def _filestore(tier: str, backups: bool | None) -> FilestoreConfig:  # noqa: FBT001 - as written
    raw: dict[str, Any] = {"tier": tier, "capacity": "1Ti"}
    return FilestoreConfig.model_validate(raw if backups is None else raw | {"backups": backups})


@pytest.mark.parametrize("tier", ["ZONAL", "REGIONAL"])
@pytest.mark.parametrize(("backups", "copied"), [(None, True), (True, True), (False, False)])
def test_where_backup_and_dr_copies_it_does_unless_the_file_says_no(
    tier: str, *, backups: bool | None, copied: bool
) -> None:
    assert _filestore(tier, backups).backed_up is copied


@pytest.mark.parametrize("tier", ["BASIC_HDD", "BASIC_SSD"])
def test_a_basic_tier_is_never_copied_and_nobody_may_think_so(tier: str) -> None:
    assert [_filestore(tier, backups).backed_up for backups in (None, False)] == [False, False]
    with pytest.raises(ValidationError, match="which Backup and DR does not back up"):
        _filestore(tier, backups=True)
