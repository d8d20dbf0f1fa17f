"""A rule about events: one stack policy that judges every active one."""

from pulumi_policy import (
    EnforcementLevel,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)

from policies.reading import Messages, UnreadableError, active_events


def event_rule(
    name: str,
    description: str,
    messages: Messages,
    *,
    level: EnforcementLevel = EnforcementLevel.MANDATORY,
) -> StackValidationPolicy:
    """Return a policy that reports what `messages` says of each active event.

    It is mandatory unless `level` says otherwise. Without an active event it is not
    applicable, and says so; with one, what it cannot read it refuses.
    """

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        try:
            events = list(active_events())
        except UnreadableError as error:
            report(f"An event cannot be judged: {error}; register the hub's facts whole.", None)
            return
        if not events:
            args.not_applicable("no event is active at this instant")
        for event in events:
            try:
                for message in messages(event):
                    report(f"Event {event.name}: {message}", event.hub_urn)
            except UnreadableError as error:
                report(
                    f"Event {event.name}: cannot be judged, {error}; make it plain in the program.",
                    event.hub_urn,
                )

    return StackValidationPolicy(
        name=name,
        description=description,
        enforcement_level=level,
        validate=validate,
    )
