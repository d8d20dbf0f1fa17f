"""The pages for engineers: their files load, their commands exist, their tables are true."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from cli.main import commands
from hubs.names import physical
from preview.loaded import load
from preview.run import resources_at
from tests.cloud_pages import (
    CLOUDS,
    OF_CLUSTER,
    OF_HUB,
    PAGES,
    ROOT,
    TEXT,
    Raw,
    blocks,
    documents,
    hub_of,
    keys,
    lines,
    loaded,
    rows,
    stack_of,
    with_options,
)

pytestmark = pytest.mark.usefixtures("shared_pack")

KEPT = {"on GKE": "full-gke", "on EKS": "full-eks", "on an existing cluster": "campus"}
# Without effect: a word says which instant is meant.
NOW = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("page", CLOUDS)
def test_every_stack_file_loads_with_its_hub_files(page: str, tmp_path: Path) -> None:
    stacks = [one["config"] for one in documents(page, "config")]
    assert len(stacks) == (2 if page == "existing" else 1)
    for config in stacks:
        own = {key.removeprefix("readyroom:"): value for key, value in config.items()}
        hubs = [hub_of(page, name) for name in own["hubs"]]
        stack = loaded(own, hubs, tmp_path)
        assert (stack.cluster.provider, [hub.name for hub in stack.hubs]) == (page, own["hubs"])


@pytest.mark.parametrize("page", CLOUDS)
def test_every_yaml_block_is_a_stack_or_a_hub(page: str) -> None:
    known = len(documents(page, "config")) + len(documents(page, "name"))
    assert known == len(blocks(page, "yaml"))


@pytest.mark.parametrize(
    ("page", "row"), [(page, row) for page in CLOUDS for row in rows(page, OF_CLUSTER)]
)
def test_an_option_of_the_cluster_loads(page: str, row: str, tmp_path: Path) -> None:
    own, hubs = with_options(page, own_row=row)
    loaded(own, hubs, tmp_path)


@pytest.mark.parametrize(
    ("page", "row"), [(page, row) for page in CLOUDS for row in rows(page, OF_HUB)]
)
def test_an_option_of_a_hub_loads(page: str, row: str, tmp_path: Path) -> None:
    own, hubs = with_options(page, hub_row=row)
    loaded(own, hubs, tmp_path)


@pytest.mark.parametrize("page", CLOUDS)
def test_every_option_is_told(page: str, tmp_path: Path) -> None:
    own, hubs = with_options(page)
    stack = loaded(own, hubs, tmp_path)
    # How late a scheduler may be is for measurements, and nobody knows it beforehand.
    assert keys(stack.cluster) - own["cluster"].keys() == {"scheduleSlack"}
    absent = {"pool", "options", "buckets"} if page == "existing" else set[str]()
    assert keys(stack.hubs[0]) - hubs[0].keys() == {"chartVersion"} | absent


def test_what_has_no_labels_goes_by_its_name() -> None:
    network, addresses = (physical("compute", "school", one) for one in ("network", "services"))
    assert f"`gcloud compute networks delete {network}`" in TEXT["teardown"]
    assert f"`gcloud compute addresses delete {addresses} --global`" in TEXT["teardown"]
    assert f"`gcloud services vpc-peerings delete --network {network}`" in TEXT["teardown"]


@pytest.mark.parametrize(
    "written",
    documents("upgrade", "readyroom:cluster"),
    ids=lambda one: one["readyroom:cluster"]["provider"],
)
def test_what_upgrades_write_loads(written: Raw, tmp_path: Path) -> None:
    cluster = written["readyroom:cluster"]
    own = stack_of(cluster["provider"])
    hub = hub_of(cluster["provider"], own["hubs"][0])
    loaded(own | {"cluster": own["cluster"] | cluster}, [hub], tmp_path)


def test_a_pinned_chart_loads(tmp_path: Path) -> None:
    [pinned] = documents("upgrade", "chartVersion")
    own = stack_of("gke")
    stack = loaded(own, [hub_of("gke", pinned["name"]) | pinned], tmp_path)
    assert stack.hubs[0].chart_version == pinned["chartVersion"]


def test_every_yaml_block_of_upgrades_is_loaded_here() -> None:
    known = documents("upgrade", "readyroom:cluster") + documents("upgrade", "chartVersion")
    assert (len(known), len(blocks("upgrade", "yaml"))) == (3, 3)
    assert blocks("teardown", "yaml") == []


@pytest.mark.parametrize("page", CLOUDS)
def test_what_idles_is_what_the_command_says(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    [(stack, pasted)] = re.findall(
        r"^`readyroom idle (\w+)`[^\n]*\n\n```text\n(.*?)^```", TEXT[page], re.DOTALL | re.MULTILINE
    )
    result = CliRunner().invoke(commands(), ["idle", stack])
    assert (result.exit_code, result.stdout.split()) == (0, pasted.split())


@pytest.mark.parametrize(
    "command", sorted({line for page in PAGES for line in lines(page, "sh", "")})
)
def test_a_command_without_a_cloud_succeeds(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *words = shlex.split(command)
    assert program == "readyroom"
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(commands(), words)
    # A quota that is short by a new account's limits is an answer, too.
    allowed = {0, 1} if "--assume-defaults" in words else {0}
    assert (result.exit_code in allowed, result.stderr) == (True, "")
    assert result.stdout.strip()


@pytest.mark.parametrize(
    "command", sorted({one for page in PAGES for one in lines(page, "console", "$ readyroom ")})
)
def test_a_command_for_a_cloud_is_one_of_ours(command: str) -> None:
    verb, stack, *options = shlex.split(command, comments=True)[1:]
    group = typer.main.get_command(commands(verb))
    assert isinstance(group, TyperGroup)
    # Parses words as the command line does, and runs nothing.
    with group.commands[verb].make_context(verb, [stack, *options]) as context:
        assert context.params["stack"] == stack
        on = [name for name, value in context.params.items() if value is True]
        assert len(on) == len(options)


@pytest.mark.parametrize("page", PAGES)
def test_every_line_for_a_console_is_a_command(page: str) -> None:
    found = lines(page, "console", "")
    known = {"aws", "export", "gcloud", "git", "kubectl", "make", "mkdir", "pulumi", "readyroom"}
    assert found
    assert {line.split()[0] for line in found} <= known
    assert len(found) == len(lines(page, "console", "$ "))


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", TEXT[page])
    assert targets
    for target, anchor in targets:
        path = ROOT / "docs" / target
        assert path.is_file(), target
        headings = re.findall(r"^#+ (.*)", path.read_text("utf-8"), re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
        assert not anchor or anchor in anchors, f"{target}#{anchor}"


@pytest.mark.parametrize(("heading", "stack"), KEPT.items())
def test_what_is_kept_is_what_is_protected(heading: str, stack: str) -> None:
    found = load(ROOT, stack)
    kept = {one.type for one in resources_at(found, found.instant("event", NOW)) if one.protect}
    assert set(rows("teardown", heading)) == kept
