"""A whole preview for a reader: one screen that decides, then the details."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from events.durations import show
from hubs.active import at
from preview import show_plan, show_resources, show_timeline
from preview.diff import Change
from preview.pack import Verdict
from preview.run import Previewed
from preview.show_freeze import told_freezes


def _header(previewed: Previewed) -> Text:
    stack, now = previewed.loaded.stack, previewed.now
    text = Text()
    text.append(f"{stack.name} ", style="bold")
    text.append(f"on {stack.cluster.provider}, planned for {now:%a %Y-%m-%d %H:%M %Z}\n")
    text.append("The desired state; nothing was compared with a cloud.", style="dim")
    return text


def _now(previewed: Previewed) -> Text:
    text = Text()
    for event in previewed.loaded.events:
        state = at(event, previewed.now).state
        text.append(f"{event.config.name} ", style="bold")
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


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(title, style="bold underline"), Padding(body, (0, 0, 1, 0)))


def screen(previewed: Previewed) -> Iterator[RenderableType]:
    """Yield what decides: phase, gate, key numbers, timeline."""
    loaded = previewed.loaded
    events = list(loaded.events)
    yield Padding(_header(previewed), (0, 0, 1, 0))
    yield _section("Gate", verdict(previewed.verdict))
    if not events:
        yield Text("No events.")
        return
    yield _section("Events", _now(previewed))
    frozen = told_freezes(previewed)
    if frozen:
        yield _section("Freezes", Text("\n".join(frozen), style="yellow"))
    if previewed.upgrades:
        yield _section("Upgrades", Text("\n".join(previewed.upgrades), style="yellow"))
    yield _section("Plan", show_plan.key_figures(events))
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
