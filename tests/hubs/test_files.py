"""Reading files: dates stay text, mistakes name the file, secrets stay encrypted."""

from pathlib import Path

import pytest

from hubs.files import StackConfig, read_json, read_yaml, stack_config, stray_keys
from hubs.mistakes import MistakesError


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file beside which we stand, so that its name is the whole path."""
    monkeypatch.chdir(tmp_path)
    return Path("Pulumi.small.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 2027-02-01", {"a": "2027-02-01"}),
        ("a: 2027-02-01 14:00:00", {"a": "2027-02-01 14:00:00 +0000 UTC"}),
        ('a: "2027-02-01 14:00:00"', {"a": "2027-02-01 14:00:00"}),
        ("1: a\nno: b", {"1": "a", "no": "b"}),
        ("a: &x {b: 1}\nc: {<<: *x, b: 2}", {"a": {"b": 1}, "c": {"b": 2}}),
        ("a: 2027-02-01T14:00:00Z", {"a": "2027-02-01T14:00:00Z"}),
        ("a: {b: [1, 1.5, true, text]}", {"a": {"b": [1, 1.5, True, "text"]}}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}),
        ("", None),
        ("- 1", [1]),
    ],
)
def test_yaml_is_read_as_it_is_written(written: Path, text: str, value: object) -> None:
    written.write_text(text, "utf-8")

    assert read_yaml(written) == value


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [("a: 1\na: 2", 2, "a"), ("a:\n  b: 1\n  b: 1", 3, "b"), ("a: [{b: 1,\n  b: 2}]", 2, "b")],
)
def test_a_repeated_key_is_refused_at_any_depth(
    written: Path, text: str, line: int, key: str
) -> None:
    written.write_text(text, "utf-8")

    with pytest.raises(MistakesError) as caught:
        read_yaml(written)

    assert str(caught.value) == (
        f"Pulumi.small.yaml: is not YAML: line {line}: key '{key}' is there twice"
    )


def test_a_file_that_is_not_there_is_named(written: Path) -> None:
    with pytest.raises(MistakesError) as caught:
        read_yaml(written)

    assert str(caught.value) == "Pulumi.small.yaml: No such file or directory"


def test_a_file_that_is_not_text_is_named(written: Path) -> None:
    written.write_bytes(b"\xff\xfe")

    with pytest.raises(MistakesError) as caught:
        read_yaml(written)

    assert str(caught.value) == "Pulumi.small.yaml: is not YAML: not UTF-8 text"


@pytest.mark.parametrize(
    "text", ["", "- config", "config:", "config: []", "secretsprovider: default"]
)
def test_a_file_without_a_config_is_refused(written: Path, text: str) -> None:
    written.write_text(text, "utf-8")

    with pytest.raises(MistakesError) as caught:
        stack_config(written)

    assert str(caught.value) == (
        "Pulumi.small.yaml: has no config; see the README for a stack file"
    )


def test_keys_are_ours_others_or_secret(written: Path) -> None:
    written.write_text(
        """
        config:
          gcp:project: example
          aws:token: {secure: AAA}
          readyroom:hubs: [lab]
          at: now
          readyroom:whole: {secure: AAA}
          readyroom:part: {name: text, list: [1, {secure: AAA}]}
        """,
        "utf-8",
    )

    assert stack_config(written) == StackConfig(
        own={
            "hubs": ["lab"],
            "at": "now",
            "whole": "[secret]",
            "part": {"name": "text", "list": [1, {"secure": "AAA"}]},
        },
        other={"gcp:project": "example", "aws:token": "[secret]"},
        secrets=frozenset({"whole", "part"}),
    )


def test_an_old_form_of_a_key_and_what_pulumi_writes_beside_config_are_read(written: Path) -> None:
    written.write_text(
        "secretsprovider: passphrase\nencryptedkey: a\nencryptionsalt: b\nenvironment: [c]\n"
        "x-hubs: &hubs [lab]\nconfig: {readyroom:config:hubs: *hubs, gcp:config:project: example}",
        "utf-8",
    )

    assert stack_config(written) == StackConfig(
        own={"hubs": ["lab"]}, other={"gcp:config:project": "example"}, secrets=frozenset()
    )
    assert stray_keys(written) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "cluster: {}\nconfig: {at: now}",
            ["cluster: belongs under config, as readyroom:cluster"],
        ),
        (
            "readyroom:events: []\nconfig: {at: now}",
            ["readyroom:events: belongs under config, as readyroom:events"],
        ),
        (
            "confg: {}\npeople: 1\nconfig: {at: now}",
            [
                "confg: unknown key; allowed: config, secretsprovider, encryptedkey, "
                "encryptionsalt, environment, x-*; nearest: config",
                "people: unknown key; allowed: config, secretsprovider, encryptedkey, "
                "encryptionsalt, environment, x-*",
            ],
        ),
        (
            "config: {readyrom:events: [], ready-room:at: now, ready:at: now, aws:region: a}",
            [
                "config.ready-room:at: unknown key; nearest: readyroom:at",
                "config.readyrom:events: unknown key; nearest: readyroom:events",
            ],
        ),
        (
            "config: {at: now, readyroom:at: event}",
            ["config.readyroom:at: is there twice, as at too; leave one out"],
        ),
    ],
)
def test_what_nobody_would_read_is_refused(written: Path, text: str, told: list[str]) -> None:
    written.write_text(text, "utf-8")

    with pytest.raises(MistakesError) as caught:
        stack_config(written)

    expected = [f"Pulumi.small.yaml: {line}" for line in told]
    assert str(caught.value).splitlines() == expected
    assert sorted(str(mistake) for mistake in stray_keys(written)) == expected


def test_a_block_beside_a_config_that_is_missing_is_told_too(written: Path) -> None:
    written.write_text("hubs: [lab]", "utf-8")

    with pytest.raises(MistakesError) as caught:
        stack_config(written)

    assert str(caught.value).splitlines() == [
        "Pulumi.small.yaml: has no config; see the README for a stack file",
        "Pulumi.small.yaml: hubs: belongs under config, as readyroom:hubs",
    ]


@pytest.mark.parametrize("text", [None, "- config", ""])
def test_where_there_is_no_stack_file_nothing_is_stray(written: Path, text: str | None) -> None:
    if text is not None:
        written.write_text(text, "utf-8")

    assert stray_keys(written) == []


def test_json_is_read_as_it_is(written: Path) -> None:
    written.write_text('{"taken": "2026-11-21", "limit": 5}', "utf-8")

    assert read_json(written) == {"taken": "2026-11-21", "limit": 5}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"{]", "is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 "
         "(char 1)"),
        (b"\xff", "is not JSON: 'utf-8' codec can't decode byte 0xff in position 0: invalid start "
         "byte"),
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused_with_the_file(
    content: bytes | None, told: str, written: Path
) -> None:
    if content is not None:
        written.write_bytes(content)

    with pytest.raises(MistakesError) as caught:
        read_json(written)
    assert str(caught.value) == f"Pulumi.small.yaml: {told}"


def test_secrets_that_nobody_has_set_have_stand_ins() -> None:
    found = StackConfig(own={"at": "now"}, other={"a:b": "c"}, secrets=frozenset({"one"}))

    assert found.with_stand_ins(["two"]) == StackConfig(
        own={"at": "now", "two": "[secret]"},
        other={"a:b": "c"},
        secrets=frozenset({"one", "two"}),
    )
    assert found.with_stand_ins(()) == found
