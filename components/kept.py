"""What a cluster or a storage is, remembered in the state, so that the gate can compare."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

import pulumi

from hubs.identity import identity

_Protection = Callable[[pulumi.ResourceTransformationArgs], pulumi.ResourceOptions]


def kept(
    opts: pulumi.ResourceOptions, replace: AbstractSet[str], **beside: str | None
) -> pulumi.ResourceOptions:
    """Return the options of what holds people's data: protected, retained, remembered.

    What is named in `replace` may be replaced in this run. The new one is made first, so
    that a name that is still taken fails before anything is done to the old one, which
    stays in the cloud.

    Args:
        opts: The options that it has anyway.
        replace: Logical names that config allows to be replaced.
        beside: What decides on a replacement and is no input of it: its provider's
            `project` or `region`, None where that was left to the provider; of a cluster on EKS
            the `core_zone`.
    """

    def protection(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceOptions:
        if args.name not in replace:
            return pulumi.ResourceOptions(protect=True, retain_on_delete=True)
        return pulumi.ResourceOptions(
            protect=False, retain_on_delete=True, delete_before_replace=False
        )

    return _watched(opts, replace, beside, protection)


def remembered(
    opts: pulumi.ResourceOptions, replace: AbstractSet[str], **beside: str | None
) -> pulumi.ResourceOptions:
    """Return the options of a cluster: remembered, and free to go when the stack goes.

    Takes what `kept` takes.
    """
    return _watched(opts, replace, beside, lambda _: pulumi.ResourceOptions())


def _watched(
    opts: pulumi.ResourceOptions,
    replace: AbstractSet[str],
    beside: dict[str, str | None],
    protection: _Protection,
) -> pulumi.ResourceOptions:
    """Return options by which a resource is remembered as it is registered."""

    def transform(
        args: pulumi.ResourceTransformationArgs,
    ) -> pulumi.ResourceTransformationResult | None:
        if transform not in (args.opts.transformations or ()):
            return None  # a child, which inherits this
        now = identity(args.type_, dict(args.props) | beside)
        if args.name in replace:
            pulumi.log.warn(
                f"{args.name} is in readyroom:replace: nothing keeps it from being replaced; "
                "take it out again after this update"
            )
        # It comes after the resource: what could not be made is not remembered.
        pulumi.Stash(
            f"{args.name}-identity",
            input={"name": args.name, "type": args.type_, "made": now, "now": now},
            opts=pulumi.ResourceOptions(
                parent=args.opts.parent,
                depends_on=[args.resource],
                # By this the engine keeps what is in the state.
                ignore_changes=None if args.name in replace else ["input.made"],
            ),
        )
        merged = pulumi.ResourceOptions.merge(args.opts, protection(args))
        return pulumi.ResourceTransformationResult(args.props, merged)

    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(transformations=[transform]))
