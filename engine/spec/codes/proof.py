"""Diagnostics of `abaton check --prove`: what a whole scenario can come to, whoever plays it (E055x)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_LAMP = "props:\n  lamp: {use: lantern}\n"
_ITEM = "text:\n  title: A test\n  lit: Lit the lamp\n"


def _rules(*rules: str, more: str = _LAMP) -> str:
    return f"{more}scenario:\n  do: {{log: begun}}\n  rules:\n" + "".join(f"    - {rule}\n" for rule in rules)


PROOF = (
    Code(
        "E0550",
        "A session can go on for ever",
        "There is a way through the scenario that never comes to an end, though each state has a rule that should lead on. "
        "Give the state, or one around it, a rule that time alone meets.",
    ),
    Code(
        "E0551",
        "A session can last too long",
        "30 minutes in a headset are the most that trials of therapy in virtual reality have asked of people. Make the waits "
        "shorter, or give the scenario a rule `when: after 30 min, go: end`. The limit is one that a clinician must sign off.",
        _rules("{when: after 45 min, go: end}"),
        _rules("{when: after 25 min, go: end}"),
    ),
    Code(
        "W0552",
        "This part of the condition never counts",
        "Of what is joined by `or` this part is never the first to be true: the state is left before. Take it out, or change "
        "its time or value.",
        _rules("{when: after 5 min or after 8 min, go: end}"),
        _rules("{when: after 5 min, go: end}"),
    ),
    Code(
        "E0553",
        "No session ever comes to this state",
        "No rule that can fire leads to the state. Give a state that is reached a rule with `go`, or take this one out.",
        "scenario:\n  start: rest\n  states:\n    rest:\n      rules: {when: after 3 min, go: end}\n"
        "    work:\n      rules: {when: after 3 min, go: end}\n",
        "scenario:\n  start: rest\n  states:\n    rest:\n      rules: {when: after 3 min, go: work}\n"
        "    work:\n      rules: {when: after 3 min, go: end}\n",
    ),
    Code(
        "E0554",
        "This rule never fires",
        "Its condition is never true while its state lasts: something else leads on before, or a value cannot become what it "
        "asks for.",
        _rules("{when: after 3 min, go: end}", "{when: after 8 min, do: {log: late}}"),
        _rules("{when: after 2 min, do: {log: late}}", "{when: after 3 min, go: end}"),
    ),
    Code(
        "E0555",
        "This can never be met",
        "Nobody can bring about what the checklist expects, or not by then. See what `expect` asks for and what `within` allows.",
        f"{_LAMP}checklist:\n  lit: {{expect: lamp.flux > 900 lm}}\n{_ITEM}",
        f"{_LAMP}checklist:\n  lit: {{expect: lamp seen}}\n{_ITEM}",
    ),
    Code(
        "W0556",
        "This is always met",
        "Whatever anyone does, or leaves undone, the item is met; so it says nothing about who played.",
        f"{_LAMP}checklist:\n  lit: {{expect: lamp.flux < 900 lm}}\n{_ITEM}",
        f"{_LAMP}checklist:\n  lit: {{expect: lamp seen}}\n{_ITEM}",
    ),
    Code(
        "E0557",
        "This can flash",
        "More than three flashes a second can set off seizures in people with photosensitive epilepsy (WCAG 2.2, success "
        "criterion 2.3.1). Let the changes take time, or wait between them.",
        f"{_LAMP}scenario:\n  steps: [{{change: lamp.flux, to: 0 lm}}, {{wait: 0.1 s}}, {{change: lamp.flux, to: 400 lm}}, "
        "{wait: 0.1 s}]\n  repeat: 20\n  rules: {when: done, go: end}\n",
        f"{_LAMP}scenario:\n  steps: [{{change: lamp.flux, to: 0 lm, over: 2 s}}, {{change: lamp.flux, to: 400 lm, over: 2 s}}]\n"
        "  repeat: 20\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0558",
        "Too many ways to prove anything",
        "Regions, variables and states that go on at once multiply: this scene can be in more configurations than can be "
        "looked at. It may be right all the same; but nothing is known of it before it is played. Let fewer things go on at "
        "once.",
    ),
    Code(
        "W0559",
        "Nobody showed that this can happen",
        "Nothing proves that the state cannot be reached, or the item not met or missed, and none of the virtual people who "
        "tried brought it about. Try it yourself.",
    ),
    Code(
        "E0558",
        "Too many configurations",
        "So many states can be active together that not all can be looked at. Regions multiply: two of ten states each can be in "
        "a hundred configurations. Take regions apart, or let fewer things go on at once.",
    ),
    Code(
        "W0559",
        "Nobody showed it",
        "Nothing proves that the state or the item is out of reach, and none of the people who were tried came to it. Try it: "
        "it may be hard to find, hard to reach, or asked for by a rule that nobody meets in time.",
    ),
)
