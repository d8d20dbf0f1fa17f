"""A whole preview for a reader: one screen that decides, then the details."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from events.durations import show
from hubs.active import PlannedEvent, at
from preview import show_plan, show_resources, show_timeline
from preview.ahead import Judged
from preview.diff import Change
from preview.pack import Verdict
from preview.run import Previewed
from preview.show_freeze import told_freezes

# An instant as people say it.
_AT = "%a %Y-%m-%d %H:%M %Z"


def _header(previewed: Previewed) -> Text:
    stack, now = previewed.loaded.stack, previewed.now
    text = Text()
    text.append(f"{stack.name} ", style="bold")
    text.append(f"on {stack.cluster.provider}, planned for {now:{_AT}}\n")
    text.append("The desired state; nothing was compared with a cloud.", style="dim")
    return text


def _now(previewed: Previewed) -> Text:
    text = Text()
    for event in previewed.loaded.events:
        state = at(event, previewed.now).state
        text.append(f"{event.config.name} ", style="bold")
        if state.phase == "over":
            ended = max(session.ends for session in event.schedule.sessions)
            told = f"all sessions are over since {ended.astimezone(event.where):{_AT}}\n"
            text.append(f"on hub {event.hub.name}: ").append(told, style="yellow")
            continue
        text.append(f"on hub {event.hub.name} is {show_timeline.phase_name(state)}: ")
        lead = show(int(event.lead.span.total_seconds()))
        text.append(f"{show_plan.headline(event)}; warm {lead} before ({event.lead.because})")
        text.append("\n" if event.together else "; always on together with a longer event\n")
    text.rstrip()
    return text


def verdict(found: Verdict) -> Text:
    """Return what the gate says: refusals first, each with its policy."""
    text = Text()
    for violation in found.violations:
        style = "bold red" if violation.level == "mandatory" else "yellow"
        text.append(f"{violation.policy} [{violation.level}] ", style=style)
        text.append(f"{violation.message}\n")
    if found.refused:
        text.append("Refused.", style="bold red")
    elif found.not_applicable:
        text.append(f"{len(found.not_applicable)} of {len(found.rules)} rules do not apply: ")
        text.append("; ".join(sorted(set(found.not_applicable.values()))))
    else:
        advising = {violation.policy for violation in found.violations}
        held = [rule for rule in found.rules if rule not in advising]
        text.append(f"Fits: {len(held)} rules hold ({', '.join(held)}).", style="green")
    return text


def _later(later: Sequence[Judged]) -> Iterator[Text]:
    """Yield a line for every instant to come that is refused, and one for all that fit."""
    fits: list[str] = []
    for one in later:
        ahead, refusals = one.ahead, one.verdict.refusals
        names = " and ".join(ahead.names)
        if not refusals:
            fits.append(f"{names} at {ahead.now:{_AT}}")
            continue
        text = Text(f"{_events(ahead.names)}, from {ahead.now:{_AT}}: refused by ")
        text.stylize("bold red")
        told = refusals[0].message.removeprefix(f"Event {names}: ").removesuffix(".")
        text.append(f"{refusals[0].policy}: {told}")
        more = f", and {len(refusals) - 1} more" if len(refusals) > 1 else ""
        yield text.append(f"{more}; see --at {ahead.word}")
    if fits:
        told = "fits" if len(fits) == 1 else "all fit"
        yield Text(f"Also judged: {'; '.join(fits)}: {told}.", style="green")


def _events(names: Sequence[str]) -> str:
    return f"{'event' if len(names) == 1 else 'events'} {' and '.join(names)}"


def _plan(events: list[PlannedEvent]) -> RenderableType:
    told = [line for event in events if (line := show_plan.without_waiting(event))]
    return Group(show_plan.key_figures(events), *(Text(line) for line in told))


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(title, style="bold underline"), Padding(body, (0, 0, 1, 0)))


def screen(previewed: Previewed) -> Iterator[RenderableType]:
    """Yield what decides: phase, gate, key numbers, timeline."""
    loaded = previewed.loaded
    events = list(loaded.events)
    yield Padding(_header(previewed), (0, 0, 1, 0))
    if loaded.notes:
        yield _section("Secrets", Text("\n".join(loaded.notes), style="yellow"))
    yield _section("Gate", Group(verdict(previewed.verdict), *_later(previewed.later)))
    if not events:
        yield Text("No events.")
        return
    yield _section("Events", _now(previewed))
    frozen = told_freezes(previewed)
    if frozen:
        yield _section("Freezes", Text("\n".join(frozen), style="yellow"))
    if previewed.upgrades:
        yield _section("Upgrades", Text("\n".join(previewed.upgrades), style="yellow"))
    yield _section("Plan", _plan(events))
    yield _section("Timeline", show_timeline.timeline(events, loaded.stack.cluster, previewed.now))


def details(
    previewed: Previewed, against: list[Change] | None, title: str
) -> Iterator[RenderableType]:
    """Yield the reasons for every number, the differences, and all resources."""
    for event in previewed.loaded.events:
        yield Padding(show_plan.reasons(event), (0, 0, 1, 0))
        yield Padding(show_plan.alternatives(event), (0, 0, 1, 0))
    if against is not None:
        shown = show_resources.changes(against, title) if against else Text(f"{title}: nothing")
        yield Padding(shown, (0, 0, 1, 0))
    yield show_resources.tree(previewed.resources)
