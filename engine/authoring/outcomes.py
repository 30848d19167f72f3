"""What came of a rehearsal, as a table and in words."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from engine.rehearsal import Run
from engine.spec.model import SceneSpec, State

NOTE = "Virtual people: they show what the scene does to people who differ, not how well real ones will do."
"""What stands under every rehearsal."""

LEADS, REASONS = 3, 3
"""How many times as frequent a slip must be among those who missed an item as among the others to be named beside it; how many
are."""

MOST = 8
"""Places where people got stuck that the words name."""


def table(scene: SceneSpec, runs: Sequence[Run]) -> str:
    """A CSV (RFC 4180) with a row a run: outcome, seconds, each checklist item and its time, seconds in each state, where they
    got stuck, what they got wrong."""
    items = list(scene.checklist)
    states = states_of(scene, runs)
    head = ["run", "seed", "outcome", "success", "seconds"]
    head += [column for item in items for column in (item, f"{item} s")]
    head += [f"in {state} s" for state in states] + ["stuck", "slips", "log"]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for run in runs:
        row: list[str] = [str(run.number), str(run.seed), run.outcome, "yes" if run.success else "no", f"{run.seconds:.2f}"]
        for item in items:
            result, seconds = run.items.get(item, ("open", None))
            row += [result, "" if seconds is None else f"{seconds:.2f}"]
        row += [f"{run.states.get(state, 0.0):.2f}" for state in states]
        writer.writerow([*row, "; ".join(run.stuck), "; ".join(run.slips), run.log])
    return text.getvalue()


def states_of(scene: SceneSpec, runs: Sequence[Run]) -> list[str]:
    """All states that a run was in, in the order of the file."""
    rank = {path: index for index, path in enumerate(_paths(scene.scenario, ""))}
    there = dict.fromkeys(state for run in runs for state in run.states)
    return sorted(there, key=lambda state: [rank.get(one, len(rank)) for one in state.split("+")])


def _paths(state: State, path: str) -> Iterator[str]:
    for holder in (state, *state.regions.values()):
        for name, inner in holder.states.items():
            yield f"{path}{name}"
            yield from _paths(inner, f"{path}{name}.")


def label(scene: SceneSpec, name: str) -> str:
    """What a checklist item is called for people."""
    return scene.text.get(name, name)


def summary(scene: SceneSpec, runs: Sequence[Run], wanted: int) -> str:
    """What came of it, in a few lines."""
    title = scene.text.get("title", scene.name)
    lines = [f"{title} ({scene.name}), {len(runs)} runs" + (f" of {wanted}: interrupted" if len(runs) < wanted else "")]
    if not runs:
        return lines[0] + "\n"
    count = len(runs)
    lines.append(f"  {share(sum(run.success for run in runs), count)} {succeeded(scene)}")
    unfinished = [run for run in runs if run.outcome != "finished"]
    if unfinished:
        lines.append(f"  {share(len(unfinished), count)} did not come to the end: {_runs(unfinished)}")
    lines.append(f"  it lasted {spread([run.seconds for run in runs])}; times are the middle one (the least to the most)")
    if scene.checklist:
        lines += ["", "checklist"]
    for item in scene.checklist:
        got = [run.items.get(item, ("open", None)) for run in runs]
        met = [seconds for result, seconds in got if result == "met" and seconds is not None]
        late = sum(1 for result, seconds in got if result == "missed" and seconds is not None)
        words = f"  {share(len(met), count)} {label(scene, item)} ({item})"
        words += f": after {spread(met)}" if met else ""
        lines.append(words + (f"; {late} more too late" if late else ""))
        lines += [f"      of the {many} who did not: {why}" for many, why in _reasons(runs, item)]
    lines += ["", "time in each state, of the runs that came there"]
    for state in states_of(scene, runs):
        there = [run.states[state] for run in runs if state in run.states]
        lines.append(f"  {share(len(there), count)} {state}, {spread(there)}")
    for heading, kinds in (("where people got stuck", "stuck"), ("what chance had people forget, or do otherwise", "slips")):
        found = Counter(one for run in runs for one in dict.fromkeys(getattr(run, kinds)))
        lines += ["", heading] + [f"  {share(times, count)} {what}" for what, times in ranked(found)[:MOST]]
        if not found:
            lines.append("  nowhere" if kinds == "stuck" else "  nothing")
    return "\n".join([*lines, "", NOTE]) + "\n"


def _reasons(runs: Sequence[Run], item: str) -> list[tuple[int, str]]:
    """How many did not meet an item, and what these runs had more often than the others: none if all met it."""
    missed = [run for run in runs if run.items.get(item, ("open", None))[0] != "met"]
    others = [run for run in runs if run.items.get(item, ("open", None))[0] == "met"]
    if not missed:
        return []
    found = []
    for what, times in ranked(Counter(one for run in missed for one in dict.fromkeys((*run.stuck, *run.slips)))):
        usual = sum(what in (*run.stuck, *run.slips) for run in others)
        if times * max(1, len(others)) > LEADS * usual * len(missed):
            found.append(f"{times} {what}")
    return [(len(missed), "; ".join(found[:REASONS]) or "nothing that others did not do too")]


def succeeded(scene: SceneSpec) -> str:
    """What a run has done that is a success."""
    return "came to the end" + (" with everything on the checklist met" if scene.checklist else "")


def ranked(found: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; of equals by name."""
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def share(some: int, count: int) -> str:
    """How many of how many, `12 of 20 (60 %)`."""
    return f"{some} of {count} ({100 * some / count:.0f} %)"


def spread(seconds: Sequence[float]) -> str:
    """The middle one and the ends: `2:05 (1:40 to 3:10)`."""
    ordered = sorted(seconds)
    middle = ordered[len(ordered) // 2]
    return clock(middle) if ordered[0] == ordered[-1] else f"{clock(middle)} ({clock(ordered[0])} to {clock(ordered[-1])})"


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02}"


def _runs(runs: Sequence[Run]) -> str:
    numbers = ", ".join(str(run.number) for run in runs[:MOST])
    return f"runs {numbers}" + (" …" if len(runs) > MOST else "")
