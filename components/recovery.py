"""Names the import to make, in the run that fails because something exists already."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
from pulumi.runtime import register_resource_transform, register_stack_transformation
from pulumi.runtime.proto import resource_pb2
from pulumi.runtime.settings import monitor_supports_feature

from hubs.import_ids import Context, has_import_id, import_id
from hubs.recovery import Belongs, advice, child_urn, exists_already, parent_of
from hubs.shapes import is_list, is_mapping

_HOOK = "readyroom-import"
_PROVIDERS = "pulumi:providers:"


def name_imports(stack: str) -> None:
    """Let an update that fails on something that exists print the import to make.

    A preview knows nothing of it: neither the engine's nor the one without an engine. Resources
    of remote components are reached, too.
    """
    wanted = (
        resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
        resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    )
    if pulumi.runtime.is_dry_run() or not all(map(monitor_supports_feature, wanted)):
        return
    recovery = Recovery(stack)
    register_stack_transformation(recovery.bind)
    register_resource_transform(recovery.watch)


@dataclass
class Recovery:
    """What is known of the resources of one run, by their URN.

    A hook that fails hides the cloud's own message: its text is made by functions that fail on
    nothing. The state remembers its name, so there is one for all.
    """

    stack: str
    _belongs: dict[str, Belongs] = field(default_factory=dict[str, Belongs])
    _providers: dict[str, Context] = field(default_factory=dict[str, Context])

    def __post_init__(self) -> None:
        """Register the hook with the engine."""
        hook = pulumi.ErrorHook(_HOOK, self.tell)
        self._hooks = pulumi.ResourceHookBinding(on_error=[hook])

    def bind(
        self, args: pulumi.ResourceTransformationArgs
    ) -> pulumi.ResourceTransformationResult | None:
        """Bind the hook to a resource of this program; change nothing else."""
        if not has_import_id(args.type_):
            return None
        opts = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(hooks=self._hooks))
        return pulumi.ResourceTransformationResult(args.props, opts)

    async def watch(
        self, args: pulumi.ResourceTransformArgs
    ) -> pulumi.ResourceTransformResult | None:
        """Remember where a resource belongs, and bind the hook to a remote component's child.

        What comes back from here has gone through the SDK, which drops what is null: a resource
        that has such an input is left as it is, and goes without the hook.
        """
        parent = await _urn(args.opts.parent)
        urn = child_urn(parent, args.type_, args.name)
        if args.type_.startswith(_PROVIDERS):
            self._providers[urn] = _context(args.props)
        if not (args.custom and has_import_id(args.type_)):
            return None
        self._belongs[urn] = Belongs(
            stack=self.stack,
            type=args.type_,
            name=args.name,
            parent=parent_of(parent),
            provider=await _urn(args.opts.provider),
            protect=bool(args.opts.protect),
        )
        if _is_bound(args.opts) or _has_null(args.props):
            return None
        args.opts.hooks = pulumi.ResourceHookBinding.merge(args.opts.hooks, self._hooks)
        return pulumi.ResourceTransformResult(props=args.props, opts=args.opts)

    def tell(self, args: pulumi.ErrorHookArgs) -> bool:
        """Print the import to make; never ask for another try."""
        to = self._belongs.get(args.urn)
        if (
            to is not None
            and args.failed_operation == "create"
            and exists_already(args.type, args.errors)
        ):
            context = self._providers.get(to.provider, Context())
            id_ = import_id(args.type, args.new_inputs or {}, context, args.errors[0])
            if id_ is not None:
                pulumi.log.warn(advice(to, id_))
        return False


async def _urn(resource: pulumi.Resource | None) -> str:
    return "" if resource is None else await resource.urn.future() or ""


def _is_bound(opts: pulumi.ResourceOptions) -> bool:
    hooks = opts.hooks.on_error if opts.hooks else None
    return any(hook.name == _HOOK for hook in hooks or [])


def _has_null(value: object) -> bool:
    if is_mapping(value):
        return any(_has_null(inner) for inner in value.values())
    if is_list(value):
        return any(_has_null(inner) for inner in value)
    return value is None


def _context(props: Mapping[str, object]) -> Context:
    def text(key: str) -> str:
        found = props.get(key)
        return found if isinstance(found, str) else ""

    return Context(project=text("project"), region=text("region"))
