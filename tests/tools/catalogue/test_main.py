"""`python -m tools.catalogue` writes, checks, and refuses."""

from pathlib import Path

import pytest

from tools.catalogue.__main__ import DATA, main

NAMES = [
    "machines-eks.csv",
    "machines-gke.csv",
    "prices-eks.csv",
    "prices-gke.csv",
    "accelerators-gke.csv",
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty place for the tables."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_the_tables_of_the_program_are_the_ones_that_are_written() -> None:
    assert Path("capacity") / "data" == DATA.relative_to(DATA.parents[1])
    assert all((DATA / name).is_file() for name in NAMES)


def test_check_names_what_is_out_of_date_and_writes_nothing(
    upstream: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(upstream), "--check"], data) == 1
    assert capsys.readouterr().err == f"out of date: {', '.join(NAMES)}\n"
    assert list(data.iterdir()) == []


def test_writing_ends_the_drift_and_writes_only_what_changed(
    upstream: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(upstream)], data) == 0
    assert capsys.readouterr().out == "".join(f"wrote {name}\n" for name in NAMES)
    assert main([str(upstream), "--check"], data) == 0

    (data / "prices-gke.csv").write_text("\n", "utf-8")
    assert main([str(upstream)], data) == 0
    assert capsys.readouterr().out == "wrote prices-gke.csv\n"


def test_a_folder_without_the_files_is_refused(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)], data) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / 'manifest.json'}: cannot be read: No such file or directory\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("ec2_instance_types.go", "", "nothing found in it; its form has changed"),
        ("instance-info.jsonl", "", "nothing found in it; its form has changed"),
        ("zz_generated.bandwidth.go", "", "nothing found in it; its form has changed"),
        ("zz_generated.pricing_aws.go", "", "nothing found in it; its form has changed"),
        ("machinetypes.csv", "NAME;CPUS\n", "nothing found in it; its form has changed"),
        ("machinetyperegion.csv", "A;B\n1;2\n", "nothing found in it; its form has changed"),
        ("initial-prices.json", "{}", "no prices in it; its form has changed"),
        ("gce_price_info.go", "", "no tables of accelerator prices in it; its form has changed"),
    ],
)
def test_a_file_of_another_form_is_refused_and_nothing_is_written(
    upstream: Path,
    data: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    message: str,
) -> None:
    (upstream / name).write_text(text, "utf-8")

    assert main([str(upstream)], data) == 2
    assert capsys.readouterr().err == f"{name}: {message}\n"
    assert list(data.iterdir()) == []
