"""Every upstream file is there, and of a commit and a date."""

import json
from pathlib import Path

import pytest

from hubs.mistakes import MistakesError
from tools.catalogue.origins import ORIGINS, Origin, origins

EXAMPLE = '{"commit": "55c37cd5", "date": "2026-01-22"}'


def _refused(folder: Path) -> str:
    with pytest.raises(MistakesError) as caught:
        origins(folder)
    return str(caught.value)


def test_every_file_has_a_source_and_a_date(upstream: Path) -> None:
    found = origins(upstream)

    assert found.keys() == ORIGINS.keys()
    assert found["initial-prices.json"] == Origin(
        source="cloudpilot-ai/karpenter-provider-gcp initial-prices.json @0123abcd",
        as_of="2026-08-03",
    )


def test_everything_that_is_missing_is_told_at_once(upstream: Path) -> None:
    (upstream / "machinetypes.csv").unlink()
    manifest = upstream / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    del content["instance-info.jsonl"]
    content["initial-prices.json"]["date"] = "last week"
    content["gce_price_info.go"]["commit"] = ""
    manifest.write_text(json.dumps(content), "utf-8")

    assert _refused(upstream).splitlines() == [
        f"{upstream}/machinetypes.csv: not there; it is "
        "Cyclenerd/google-cloud-pricing-cost-calculator tools/machinetypes.csv",
        f"{manifest}: gce_price_info.go: found {{'commit': '', 'date': '2026-06-23'}}; "
        f"write it as {EXAMPLE}",
        f"{manifest}: initial-prices.json: found "
        f"{{'commit': '0123abcd', 'date': 'last week'}}; write it as {EXAMPLE}",
        f"{manifest}: instance-info.jsonl: found None; write it as {EXAMPLE}",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_manifest_that_is_none_is_refused(upstream: Path, text: str) -> None:
    manifest = upstream / "manifest.json"
    manifest.write_text(text, "utf-8")

    assert _refused(upstream) == f"{manifest}: not JSON that maps file names to {EXAMPLE}"


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    where = f"{tmp_path / 'manifest.json'}"
    assert _refused(tmp_path) == f"{where}: cannot be read: No such file or directory"
