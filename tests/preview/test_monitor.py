"""The in-process monitor runs a program unchanged and keeps its raw requests."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from pulumi.runtime import mocks
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from preview.monitor import Answers, Program, RecordingMonitor, RefusedError, record
from preview.resources import registered

Ran = Callable[[str], RecordingMonitor]
Raw = Callable[[RegisterResourceRequest], dict[str, Any]]

COMPONENT = """
import pulumi
import pulumi_random as random

class Pair(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("readyroom:test:Pair", "pair", {"size": 2})
        kept = pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["length"])
        random.RandomPassword("first", length=3, opts=kept)
        self.register_outputs({"made": True})

Pair()
pulumi.export("stack", pulumi.get_stack())
"""


def _run(path: Path, text: str, config: Mapping[str, object], *secrets: str) -> RecordingMonitor:
    path.write_text(text, "utf-8")
    return record(
        Program(path=path, project="shop", stack="dev", config=config, secrets=frozenset(secrets))
    )


def test_a_request_is_kept_as_it_was_sent_with_its_urn(ran: Ran, raw: Raw) -> None:
    requests = dict(ran(COMPONENT).requests)

    start = "urn:pulumi:dev::readyroom::"
    pair = f"{start}pulumi:pulumi:Stack$readyroom:test:Pair::pair"
    first = f"{start}readyroom:test:Pair$random:index/randomPassword:RandomPassword::first"
    assert set(requests) == {f"{start}pulumi:pulumi:Stack::readyroom-dev", pair, first}
    password = requests[first]
    assert (password.parent, password.custom, password.protect) == (pair, True, True)
    assert list(password.ignoreChanges) == ["length"]
    assert raw(password) == {"length": 3.0}
    assert (raw(requests[pair]), requests[pair].custom) == ({"size": 2.0}, False)


def test_outputs_of_components_and_of_the_stack_are_kept(ran: Ran) -> None:
    outputs = {urn.rsplit("::", 1)[1]: dict(it) for urn, it in ran(COMPONENT).outputs.items()}

    assert outputs == {"pair": {"made": True}, "readyroom-dev": {"stack": "dev"}}


def test_what_a_program_says_is_heard_by_one_logger(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "program.py"
    path.write_text("import pulumi\npulumi.log.warn('look')\npulumi.log.error('no')\n", "utf-8")
    program = Program(path=path, project="shop", stack="dev", config={})
    logger = logging.getLogger("tests.heard")

    record(program, logger)
    record(program)

    assert [(one.name, one.message) for one in caplog.records] == [
        ("tests.heard", "look"),
        ("tests.heard", "no"),
        ("root", "look"),
        ("root", "no"),
    ]


def test_text_goes_to_the_program_as_it_is_and_all_else_as_json(tmp_path: Path) -> None:
    text = """
import pulumi

config = pulumi.Config()
pulumi.export("text", config.require("text"))
pulumi.export("hubs", config.require_object("hubs"))
pulumi.export("count", config.require_object("count"))
pulumi.export("region", pulumi.Config("gcp").require("region"))
"""
    monitor = _run(
        tmp_path / "program.py",
        text,
        {"shop:text": "[1]", "shop:hubs": ["a", "b"], "shop:count": 3, "gcp:region": "here"},
    )

    [outputs] = map(json_format.MessageToDict, monitor.outputs.values())
    assert outputs == {"text": "[1]", "hubs": ["a", "b"], "count": 3.0, "region": "here"}


def test_the_program_sees_which_keys_there_are_and_which_of_them_are_secret(
    tmp_path: Path, raw: Raw
) -> None:
    text = """
import json, os
import pulumi
import pulumi_random as random

pulumi.export("keys", sorted(json.loads(os.environ["PULUMI_CONFIG"])))
pulumi.export("secrets", json.loads(os.environ["PULUMI_CONFIG_SECRET_KEYS"]))
random.RandomPassword("one", length=3, override_special=pulumi.Config().require_secret("b"))
"""
    monitor = _run(tmp_path / "program.py", text, {"shop:a": "1", "shop:b": "2"}, "shop:b")

    [outputs] = map(json_format.MessageToDict, monitor.outputs.values())
    assert outputs == {"keys": ["shop:a", "shop:b"], "secrets": ["shop:b"]}
    [password] = [it for _, it in monitor.requests if it.custom]
    assert raw(password)["overrideSpecial"] == {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "value": "2",
    }


def test_the_environment_is_as_it_was(ran: Ran) -> None:
    before = dict(os.environ)

    ran(COMPONENT)

    assert dict(os.environ) == before


def test_every_loop_that_a_run_opens_is_closed_after_it(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[asyncio.AbstractEventLoop] = []
    new_event_loop = asyncio.new_event_loop

    def kept() -> asyncio.AbstractEventLoop:
        opened.append(new_event_loop())
        return opened[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", kept)
    ran(COMPONENT)

    # One to run in, and one for each thread in which the SDK answers.
    assert len(opened) >= 2
    assert [loop for loop in opened if not loop.is_closed()] == []


def test_a_program_that_refuses_its_configuration_says_all_it_has_to_say(ran: Ran) -> None:
    with pytest.raises(RefusedError) as caught:
        ran("import pulumi\nraise pulumi.RunError('one: wrong\\ntwo: wrong')")
    assert str(caught.value) == "one: wrong\ntwo: wrong"


def test_any_other_error_of_a_program_is_not_hidden(ran: Ran) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        ran("1 / 0")
    assert str(caught.value) == "division by zero"


def test_a_program_may_run_again_after_one_that_failed(ran: Ran) -> None:
    with pytest.raises(RefusedError) as caught:
        ran("import pulumi\nraise pulumi.RunError('no')")

    names = [it.name for it in registered(ran(COMPONENT))]
    assert (str(caught.value), names) == ("no", ["pair", "readyroom-dev", "first"])


def test_the_shipped_program_refuses_a_stack_with_every_mistake(root: Path) -> None:
    config = {
        "readyroom:cluster": {"provider": "gce"},
        "readyroom:hubs": ["workshp"],
        "readyroom:events": {},
    }

    with pytest.raises(RefusedError) as caught:
        record(Program(path=root / "__main__.py", project="readyroom", stack="dev", config=config))
    known = ", ".join(sorted(path.stem for path in (root / "hubs").glob("*.yaml")))
    assert str(caught.value).splitlines() == [
        "cluster.provider: found 'gce'; allowed: gke, eks, existing; nearest: gke",
        "events: found {}; write a list",
        f"hubs[0]: no file hubs/workshp.yaml; allowed: {known}; nearest: workshop",
    ]


def test_a_cloud_knows_the_text_it_was_given_and_nothing_that_it_computes() -> None:
    args = mocks.MockResourceArgs(
        typ="a:b/c:D",
        name="one",
        inputs={"name": "one", "size": 3, "on": True, "tags": {"a": "b"}, "list": ["a"]},
        provider="",
        resource_id="",
    )

    assert Answers().new_resource(args) == ("", {"name": "one"})


def test_a_cloud_answers_no_question() -> None:
    args = mocks.MockCallArgs("gcp:compute/getZones:getZones", {}, "")

    with pytest.raises(AssertionError) as caught:
        Answers().call(args)
    assert str(caught.value) == (
        "the program called gcp:compute/getZones:getZones; a preview without a cloud has no answer"
    )
