"""What must hold of the states as a whole, so that every session ends: looked at by their shape alone.

Each innermost state needs a rule that time alone will meet, and a loop of states an outer rule with `after`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.spec.expression import After, AllOf, AnyOf, Done, Expression, Held, Truth
from engine.spec.findings import Findings
from engine.spec.model import Rule, State


@dataclass(eq=False, slots=True)
class _Node:
    """A state (or region) with those around it; `regions` are the (parent, region) pairs it lies in."""

    state: State
    outer: tuple[_Node, ...]
    regions: tuple[tuple[str, str], ...]
    inner: list[_Node] = field(default_factory=list)
    is_region: bool = False

    @property
    def line(self) -> tuple[_Node, ...]:
        """The outermost first, this one last."""
        return (*self.outer, self)


def check_flow(scenario: State, findings: Findings) -> None:
    """Note states that could last for ever, loops without an end, and rules from one region into another."""
    nodes = list(_nodes(scenario))
    by_name = {node.state.name: node for node in nodes if not node.is_region}
    for node in nodes:
        if not node.inner or _emptied(node):
            _see_end(node, findings)
        for rule in node.state.rules:
            _see_regions(node, rule, by_name, findings)
    _see_loops(nodes, by_name, findings)


def _nodes(scenario: State) -> Iterator[_Node]:
    waiting = [_Node(scenario, (), ())]
    while waiting:
        node = waiting.pop()
        for state in node.state.states.values():
            node.inner.append(_Node(state, node.line, node.regions))
        for name, region in node.state.regions.items():
            inside = (*node.regions, (node.state.name, name))
            node.inner.append(_Node(region, node.line, inside, is_region=True))
        waiting += node.inner
        yield node


def _see_end(node: _Node, findings: Findings) -> None:
    """An innermost state, or one whose inner states were left, is left by a rule that needs nobody: its own or one around it."""
    rules = [
        (one, rule) for one in node.line for rule in one.state.rules if not (node.inner and one is node and rule.go == "out")
    ]
    if any(_leaves(one, rule, node) for one, rule in rules):
        return
    name = node.state.name
    what = f"the state '{name}'" if name else "the scenario"
    when = " once its inner states are left" if node.inner else ""
    message = f"{what} could last for ever{when}: none of its rules is met by time alone"
    remedy = "add a rule as in '{when: after 5 min, go: …}' or '{when: done, go: …}'"
    if not node.state.rules:
        remedy = "add rules as in 'rules: {when: after 5 min, go: …}' or 'rules: {when: done, go: …}'"
    findings.error("E0516", node.state.span, message, remedy)


def _emptied(node: _Node) -> bool:
    """Whether `go: out` can leave a state with none of its inner ones."""
    if node.is_region:
        return False
    inner = [one for each in node.inner for one in (each.inner if each.is_region else (each,))]
    return any(rule.go == "out" for one in (node, *(one for one in inner if not one.inner)) for rule in one.state.rules)


def _leaves(holder: _Node, rule: Rule, leaf: _Node) -> bool:
    """Whether a rule leads out of an innermost state by time alone."""
    if not rule.go or any(rule.go == one.state.name for one in leaf.line if not one.is_region):
        return False
    own = holder is leaf or bool(holder.state.do or holder.state.steps)
    return _timed(rule.when, own)


def _timed(when: Expression, own: bool) -> bool:  # noqa: PLR0911 — one return for each form
    """Whether time alone makes a condition true, and keeps it so; `own`: what the holder does comes to an end by itself."""
    match when:
        case After():
            return True
        case Done():
            return own
        case Truth():
            return when.value
        case AnyOf():
            return any(_timed(one, own) for one in when.operands)
        case AllOf():
            return all(_timed(one, own) for one in when.operands)
        case Held():
            return _timed(when.test, own)
        case _:
            return False


def _see_regions(node: _Node, rule: Rule, by_name: dict[str, _Node], findings: Findings) -> None:
    target = by_name.get(rule.go)
    if target is None:
        return
    for mine, theirs in zip(node.regions, target.regions, strict=False):
        if mine[0] == theirs[0] and mine[1] != theirs[1]:
            message = f"'{rule.go}' lies in another region, '{theirs[1]}', which goes on at the same time"
            findings.error("E0518", rule.span, message, f"give the region '{theirs[1]}' a rule of its own")
            return


def _see_loops(nodes: list[_Node], by_name: dict[str, _Node], findings: Findings) -> None:
    """A loop has an outer rule with `after` around all of it: what such a state encloses counts as one."""
    edges: dict[_Node, set[_Node]] = {}
    for leaf in nodes:
        if leaf.inner:
            continue
        for holder in leaf.line:
            for rule in holder.state.rules:
                target = by_name.get(rule.go)
                if target is None or target in leaf.line:
                    continue
                for entered in _entered(target, by_name):
                    one, other = _bounded(leaf), _bounded(entered)
                    if one is not other:
                        edges.setdefault(one, set()).add(other)
    loop = _in_loops(edges)
    if not loop:
        return
    first = min(loop, key=lambda node: node.state.span)
    names = ", ".join(f"'{node.state.name}'" for node in sorted(loop, key=lambda node: node.state.span))
    remedy = "add a rule around them, as in 'rules: {when: after 30 min, go: …}' at the top of the scenario"
    findings.error("E0517", first.state.span, f"a session can go round for ever between the states {names}", remedy)


def _entered(target: _Node, by_name: dict[str, _Node]) -> Iterator[_Node]:
    """The innermost states that one is in after going to a state."""
    waiting = [target]
    while waiting:
        node = waiting.pop()
        if not node.inner:
            yield node
        elif node.state.resume:
            waiting += node.inner
        else:
            waiting += [one for one in node.inner if one.is_region or one.state.name == node.state.start]


def _bounded(leaf: _Node) -> _Node:
    """The outermost state around a leaf that time ends, or the leaf itself."""
    for node in leaf.outer:
        if any(rule.go and _timed(rule.when, own=False) for rule in node.state.rules):
            return node
    return leaf


def _in_loops(edges: dict[_Node, set[_Node]]) -> set[_Node]:
    """The nodes that lie on a loop, or between two: what is left when those without a way on, or a way here, are taken off."""
    left = set(edges) | {node for others in edges.values() for node in others}
    back: dict[_Node, set[_Node]] = {}
    for node, others in edges.items():
        for other in others:
            back.setdefault(other, set()).add(node)
    for forward, backward in ((edges, back), (back, edges)):
        ways = {node: len(forward.get(node, set()) & left) for node in left}
        ends = [node for node, count in ways.items() if not count]
        while ends:
            node = ends.pop()
            left.discard(node)
            for other in backward.get(node, set()) & left:
                ways[other] -= 1
                if not ways[other]:
                    ends.append(other)
    return left
