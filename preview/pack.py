"""The policy pack as a process of its own, asked as the engine asks it."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2, json_format
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi.runtime.proto.analyzer_pb2_grpc import AnalyzerStub
from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest

from hubs.shapes import is_list, is_mapping
from preview.monitor import RecordingMonitor
from preview.wire import REFERENCE, SIGNATURE

_LEVELS = {pb.ADVISORY: "advisory", pb.MANDATORY: "mandatory", pb.REMEDIATE: "remediate"}
_RPC_SECONDS = 30
# The SDK's words when a rule touched a value that is not known; it reports them as advisory.
_DID_NOT_RUN = "can't run policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What a policy reported."""

    policy: str
    level: str
    urn: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the pack says of a program: violations, and rules that did not apply.

    Attributes:
        rules: Names of all rules that judge.
        violations: What they reported.
        not_applicable: Reason by rule.
    """

    rules: tuple[str, ...]
    violations: tuple[Violation, ...]
    not_applicable: dict[str, str]

    @property
    def refusals(self) -> tuple[Violation, ...]:
        """Return what mandatory rules reported, and rules that could not run at all."""
        return tuple(
            violation
            for violation in self.violations
            if violation.level == "mandatory" or violation.message.startswith(_DID_NOT_RUN)
        )

    @property
    def refused(self) -> bool:
        """Return whether a mandatory rule reported anything, or could not run at all."""
        return bool(self.refusals)


class PackError(ValueError):
    """The pack did not start, or failed while it judged."""


class Pack:
    """A running pack; started early, since it takes a moment to be up."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Keep the process; its port is read when it is first asked."""
        self._process = process
        self._known_port: int | None = None

    def judge(self, monitor: RecordingMonitor) -> Verdict:
        """Return what the pack says of everything that a program registered.

        Raises:
            PackError: the pack is not there, or failed.
        """
        try:
            with grpc.insecure_channel(f"127.0.0.1:{self._port()}") as channel:
                return _judge(AnalyzerStub(channel), monitor)
        except grpc.RpcError as error:
            raise PackError(f"the policy pack failed: {error.details()}") from None  # noqa: EM102, TRY003 - one line

    def _port(self) -> int:
        if self._known_port is None:
            self._known_port = self._told_port()
        return self._known_port

    def _told_port(self) -> int:
        out, err = self._process.stdout, self._process.stderr
        line = out.readline() if out else ""
        if not line.strip().isdigit():
            told = (line + (err.read() if err else "")).strip()
            raise PackError(f"the policy pack did not start: {told}")  # noqa: EM102, TRY003 - one line
        return int(line)


@contextmanager
def running(folder: Path) -> Generator[Pack]:
    """Start the pack of a folder as the engine does, and stop it afterwards."""
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", "."]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, fixed arguments
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield Pack(process)
    finally:
        process.kill()
        process.communicate()


def _judge(stub: Any, monitor: RecordingMonitor) -> Verdict:  # noqa: ANN401 - the generated stub is untyped
    info = stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=_RPC_SECONDS)
    rules = [rule.name for rule in info.policies if rule.policy_type == pb.POLICY_TYPE_STACK]
    stub.Configure(pb.ConfigureAnalyzerRequest(), timeout=_RPC_SECONDS)
    answers = [
        stub.Analyze(_request(urn, request), timeout=_RPC_SECONDS)
        for urn, request in monitor.requests
    ]
    stack = pb.AnalyzeStackRequest(
        resources=[_resource(monitor, urn, request) for urn, request in monitor.requests]
    )
    answers.append(stub.AnalyzeStack(stack, timeout=_RPC_SECONDS))
    found = sorted(
        {_violation(diagnostic) for answer in answers for diagnostic in answer.diagnostics},
        key=lambda violation: (
            violation.policy in rules and rules.index(violation.policy),
            violation.urn,
            violation.message,
        ),
    )
    passed_over = {item.policy_name: item.reason for item in answers[-1].not_applicable}
    return Verdict(rules=tuple(rules), violations=tuple(found), not_applicable=passed_over)


def _violation(diagnostic: pb.AnalyzeDiagnostic) -> Violation:
    # The SDK puts the description first, then the message.
    told = diagnostic.message.removeprefix(diagnostic.description).strip()
    return Violation(
        policy=diagnostic.policyName,
        level=_LEVELS.get(diagnostic.enforcementLevel, "disabled"),
        urn=diagnostic.urn,
        message=told,
    )


def _request(urn: str, request: RegisterResourceRequest) -> pb.AnalyzeRequest:
    return pb.AnalyzeRequest(
        urn=urn,
        type=request.type,
        name=request.name,
        properties=_without_references(request.object),
        options=_options(request),
    )


def _resource(
    monitor: RecordingMonitor, urn: str, request: RegisterResourceRequest
) -> pb.AnalyzerResource:
    # A stack policy sees a custom resource's state and a component's outputs.
    properties = request.object if request.custom else monitor.outputs.get(urn, Struct())
    return pb.AnalyzerResource(
        urn=urn,
        type=request.type,
        name=request.name,
        properties=_without_references(properties),
        options=_options(request),
        parent=request.parent,
        dependencies=list(request.dependencies),
    )


def _options(request: RegisterResourceRequest) -> pb.AnalyzerResourceOptions:
    return pb.AnalyzerResourceOptions(
        protect=request.protect,
        ignoreChanges=list(request.ignoreChanges),
        parent=request.parent,
    )


def _without_references(struct: Struct) -> Struct:
    """Return a copy in which resource references are URNs, as the engine hands them over."""
    clean = Struct()
    json_format.ParseDict(_plain(json_format.MessageToDict(struct)), clean)
    return clean


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if is_mapping(value):
        if value.get(SIGNATURE) == REFERENCE:
            return value.get("urn", "")
        return {key: _plain(inner) for key, inner in value.items()}
    if is_list(value):
        return [_plain(inner) for inner in value]
    return value
