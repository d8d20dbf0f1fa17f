"""The import to make, named in the run that fails; and nothing of it in a preview.

What the engine makes of a hook takes an engine: see docs/recovery.md.
"""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pulumi
import pytest
from pulumi.resource import DependencyProviderResource, DependencyResource
from pulumi.runtime.proto import resource_pb2

from components.recovery import Recovery
from preview.monitor import Answers, RecordingMonitor

Ran = Callable[[str], RecordingMonitor]
START = "urn:pulumi:lab::readyroom::"
STACK = f"{START}pulumi:pulumi:Stack::readyroom-lab"
COMPONENT = f"{START}readyroom:gke:GkeCluster::lab"
PROVIDER = f"{START}pulumi:providers:gcp::lab-gcp"
POOL = "gcp:container/nodePool:NodePool"
POOL_URN = f"{START}readyroom:gke:GkeCluster${POOL}::core"
INPUTS: dict[str, Any] = {"cluster": "lab", "location": "us-central1", "name": "core"}
EXISTS = "googleapi: Error 409: Already exists: projects/p/nodePools/core., alreadyExists"
PROGRAM = """
import pulumi_aws
from components.recovery import name_imports
name_imports("lab")
pulumi_aws.iam.Role("role", assume_role_policy="{}")
"""


@pytest.fixture
def transforms(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Collect what a program registers to be asked about every resource."""
    found: list[Any] = []
    monkeypatch.setattr(Answers, "register_transform", lambda _, it: found.append(it))
    return found


@pytest.fixture
def updating(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a program believe that it is run by an update."""
    monkeypatch.setattr(pulumi.runtime, "is_dry_run", lambda: False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is told beside an error."""
    lines: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", lines.append)
    return lines


@pytest.fixture
def recovery(ran: Ran, updating: None, transforms: list[Any]) -> Recovery:
    """What a program registered with the engine."""
    assert updating is None
    ran(PROGRAM)
    [watch] = transforms
    return watch.__self__


def asked(name: str, type_: str = POOL, **more: Any) -> Callable[[], pulumi.ResourceTransformArgs]:  # noqa: ANN401 - of a resource
    """Return what makes, in a loop, the question about a resource."""

    def args() -> pulumi.ResourceTransformArgs:
        given: dict[str, Any] = {"parent": COMPONENT, "props": {}, "custom": True} | more
        opts = pulumi.ResourceOptions(
            parent=DependencyResource(given["parent"]) if given["parent"] else None,
            provider=DependencyProviderResource(f"{PROVIDER}::1") if type_ == POOL else None,
            protect=given.get("protect"),
            ignore_changes=["a"],
            hooks=given.get("hooks"),
        )
        return pulumi.ResourceTransformArgs(given["custom"], type_, name, given["props"], opts)

    return args


def watched(
    recovery: Recovery, *questions: Callable[[], pulumi.ResourceTransformArgs]
) -> list[pulumi.ResourceTransformResult | None]:
    """Return the answers to questions, asked one after the other."""

    async def ask() -> list[pulumi.ResourceTransformResult | None]:
        return [await recovery.watch(question()) for question in questions]

    return asyncio.run(ask())


def failed(operation: str = "create", **more: Any) -> pulumi.ErrorHookArgs:  # noqa: ANN401 - of a failure
    given: dict[str, Any] = {"urn": POOL_URN, "errors": [EXISTS], "new_inputs": INPUTS} | more
    return pulumi.ErrorHookArgs(id="", name="core", type=POOL, failed_operation=operation, **given)


def known(recovery: Recovery) -> None:
    """Let a recovery know the stack's provider and its node pool."""
    provider = asked(
        "lab-gcp",
        "pulumi:providers:gcp",
        parent=STACK,
        props={"project": "my-project", "region": 1},
    )
    watched(recovery, provider, asked("core"))


@pytest.mark.usefixtures("updating")
def test_an_update_names_the_hook_to_the_engine(ran: Ran) -> None:
    hooks = {request.name: list(request.hooks.on_error) for _, request in ran(PROGRAM).requests}

    assert hooks == {"readyroom-dev": [], "role": ["readyroom-import"]}


def test_a_preview_registers_nothing(ran: Ran, transforms: list[Any]) -> None:
    found = ran(PROGRAM)

    assert transforms == []
    assert [list(request.hooks.on_error) for _, request in found.requests] == [[], []]


@pytest.mark.usefixtures("updating")
def test_an_older_cli_is_not_asked_for_what_it_has_not_got(
    ran: Ran, transforms: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def supports(feature: int) -> bool:
        return feature != resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS

    monkeypatch.setattr("components.recovery.monitor_supports_feature", supports)

    assert len(ran(PROGRAM).requests) == 2
    assert transforms == []


def names(opts: pulumi.ResourceOptions | None) -> list[str]:
    """Return the names of the hooks that are bound to a resource."""
    assert opts is not None
    assert opts.hooks is not None
    assert opts.hooks.before_create is None
    return [hook.name for hook in opts.hooks.on_error or []]


def test_a_resource_of_the_program_gets_the_hook_and_nothing_else(recovery: Recovery) -> None:
    given: Any = {"spec": {"volumeName": None}}
    opts = pulumi.ResourceOptions(protect=True)

    result = recovery.bind(pulumi.ResourceTransformationArgs(None, POOL, "core", given, opts))  # pyright: ignore[reportArgumentType] - not used
    assert result is not None
    assert result.props is given
    assert (result.opts.protect, names(result.opts)) == (True, ["readyroom-import"])
    # Options are shared between resources.
    assert opts.hooks is None
    vpc = pulumi.ResourceTransformationArgs(None, "aws:ec2/vpc:Vpc", "vpc", given, opts)  # pyright: ignore[reportArgumentType] - not used
    assert recovery.bind(vpc) is None


def test_a_child_of_a_remote_component_gets_it_on_its_way(recovery: Recovery) -> None:
    stub: Any = SimpleNamespace(name="theirs")
    theirs = pulumi.ResourceHookBinding(on_error=[stub])

    plain, hooked = watched(
        recovery, asked("core", props=INPUTS), asked("other", props=INPUTS, hooks=theirs)
    )
    assert plain is not None
    assert (plain.props, plain.opts.ignore_changes) == (INPUTS, ["a"])
    assert names(plain.opts) == ["readyroom-import"]
    assert hooked is not None
    assert names(hooked.opts) == ["theirs", "readyroom-import"]


@pytest.mark.parametrize(
    "props", [{"a": None}, {"a": {"b": [{"c": None}]}}, {"a": [1, None]}], ids=str
)
def test_a_child_whose_inputs_would_change_on_the_way_goes_without(
    props: dict[str, Any], recovery: Recovery, told: list[str]
) -> None:
    assert watched(recovery, asked("core", props=props)) == [None]
    assert watched(recovery, asked("core", props={"a": [{"b": ""}, 0, False]})) != [None]
    assert told == []


def test_what_has_the_hook_already_is_only_remembered(recovery: Recovery, told: list[str]) -> None:
    bound = pulumi.ResourceTransformationArgs(None, POOL, "core", {}, pulumi.ResourceOptions())  # pyright: ignore[reportArgumentType] - not used
    result = recovery.bind(bound)
    assert result is not None

    assert watched(recovery, asked("core", hooks=result.opts.hooks)) == [None]
    assert recovery.tell(failed()) is False
    assert len(told) == 1


@pytest.mark.parametrize(
    "question",
    [
        asked("lab-vpc", "aws:ec2/vpc:Vpc"),
        asked("lab-gcp", "pulumi:providers:gcp", parent=STACK),
        asked("lab", "readyroom:gke:GkeCluster", parent=STACK, custom=False),
        asked("readyroom-lab", "pulumi:pulumi:Stack", parent="", custom=False),
    ],
)
def test_what_cannot_say_that_it_exists_is_left_alone(
    question: Callable[[], pulumi.ResourceTransformArgs], recovery: Recovery
) -> None:
    assert watched(recovery, question) == [None]


def test_the_command_is_told_and_the_error_stays(recovery: Recovery, told: list[str]) -> None:
    known(recovery)

    assert recovery.tell(failed()) is False
    assert [line.splitlines()[1] for line in told] == [
        f"pulumi import {POOL} core "
        "projects/my-project/locations/us-central1/clusters/lab/nodePools/core --stack lab "
        f"--parent parent={COMPONENT} --provider provider={PROVIDER} --protect=false "
        "--generate-code=false"
    ]


def test_what_is_protected_stays_protected(recovery: Recovery, told: list[str]) -> None:
    watched(recovery, asked("core", protect=True))

    assert recovery.tell(failed()) is False
    [text] = told
    # Without the provider's project the form is the one that leaves it out.
    assert f"{POOL} core us-central1/lab/core --stack lab --parent" in text
    assert "--protect" not in text


@pytest.mark.parametrize(
    "failure",
    [
        failed("update"),
        failed("delete", new_inputs=None),
        failed(errors=["googleapi: Error 403: Quota exceeded", EXISTS]),
        failed(errors=[]),
        failed(urn=f"{POOL_URN}-of-another-program"),
        failed(new_inputs=None),
        failed(new_inputs={"name": 1}),
    ],
)
def test_any_other_failure_is_not_spoken_of(
    failure: pulumi.ErrorHookArgs, recovery: Recovery, told: list[str]
) -> None:
    known(recovery)

    assert recovery.tell(failure) is False
    assert told == []
