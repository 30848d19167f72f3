"""Diagnostics of states, rules and actions, and of texts that nobody meets (E05xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_LAMP = "props:\n  lamp: {use: lantern}\n"
_OXYGEN = """\
rooms:
  bay: {size: [4 m, 4 m, 2.7 m]}
props:
  oxygen: {use: flow_dial, against: bay.north, at: [0 m, 1.2 m]}
  mask: {use: oxygen_mask, hangs_from: oxygen}
"""


def _rule(rule: str, more: str = _LAMP) -> str:
    return f"{more}scenario:\n  do: {{log: begun}}\n  rules:\n    - {rule}\n    - {{when: after 9 min, go: end}}\n"


def _do(action: str, more: str = _LAMP) -> str:
    return f"{more}scenario:\n  do: {action}\n  rules: {{when: done, go: end}}\n"


def _states(states: str, top: str = "") -> str:
    return f"scenario:\n{top}  states:\n{states}"


FLOW = (
    Code(
        "E0501",
        "A rule has other words",
        "A rule says `when`, and then `do`, `go`, or both. There is no `if`, `then` or `goto`.",
        _rule("{if: lamp seen, then: end}"),
        _rule("{when: lamp seen, go: end}"),
    ),
    Code(
        "E0502",
        "'after' is part of a condition",
        "`after 5 min` stands behind `when`, so that it can be joined with other conditions: `when: lamp seen or after 5 min`.",
        _rule("{after: 5 min, go: end}"),
        _rule("{when: after 5 min, go: end}"),
    ),
    Code(
        "E0503",
        "States and regions",
        "A state has states, one at a time, or regions, all at once. Put the states into one of the regions.",
        "scenario:\n  start: one\n  rules: {when: after 3 min, go: end}\n  states:\n    one: {do: {log: one}}\n"
        "  regions:\n    body: {start: two, states: {two: {do: {log: two}}}}\n",
        "scenario:\n  rules: {when: after 3 min, go: end}\n  regions:\n    mind: {start: one, states: {one: {do: {log: one}}}}\n"
        "    body: {start: two, states: {two: {do: {log: two}}}}\n",
    ),
    Code(
        "E0504",
        "Nothing to repeat",
        "`repeat` says how often the `steps` of a state are gone through. What stands under `do` happens once, on entering.",
        "scenario:\n  do: {log: begun}\n  repeat: 3\n  rules: {when: done, go: end}\n",
        "scenario:\n  steps: [{log: begun}, {wait: 3 s}]\n  repeat: 3\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0505",
        "Which state comes first?",
        "A state with states in it says by `start` which of them comes first; the order in the file means nothing.",
        _states("    rest:\n      rules: {when: after 3 min, go: end}\n"),
        _states("    rest:\n      rules: {when: after 3 min, go: end}\n", "  start: rest\n"),
    ),
    Code(
        "E0506",
        "'start' names one of the states just inside",
        "`start` names a state one level below. A state deeper down has a `start` of its own around it.",
        "scenario:\n  start: calm\n  states:\n    rest:\n      start: calm\n      rules: {when: after 3 min, go: end}\n"
        "      states:\n        calm: {do: {log: calm}}\n",
        "scenario:\n  start: rest\n  states:\n    rest:\n      start: calm\n      rules: {when: after 3 min, go: end}\n"
        "      states:\n        calm: {do: {log: calm}}\n",
    ),
    Code(
        "E0507",
        "The rule does nothing",
        "A rule does something (`do`), goes somewhere (`go`), or both. With `when` alone it is a thought without a deed.",
        _rule("{when: lamp seen}"),
        _rule("{when: lamp seen, go: end}"),
    ),
    Code(
        "E0508",
        "A list too deep",
        "A step is an action, or a list of actions that begin together. A list in such a list means nothing more.",
        _do("[[{log: one}, {log: two}]]"),
        _do("[{log: one}, {log: two}]"),
    ),
    Code(
        "E0509",
        "This is not an action",
        "An action has one verb: change, say, haptic, play, stop, teleport, log, wait or draw. What other programs call "
        "animate, fade, set, show, spawn or alarm is a `change` of a property.",
        _do("{shown: lamp}"),
        _do("{change: lamp.present, to: true}"),
    ),
    Code(
        "E0510",
        "One action does one thing",
        "An action has one verb, and that alone decides the other keys. Make a list of two actions: they begin together.",
        _do("{log: begun, wait: 3 s}"),
        _do("[{log: begun}, {wait: 3 s}]"),
    ),
    Code(
        "E0511",
        "A moment does not last",
        "Some flags are up for one moment only: `bell pressed`, `mask grabbed`. So they are never true `for 3 s`. Use a flag "
        "that lasts (`mask held`), or go to a state of its own when it happens.",
        _rule("{when: mask grabbed for 3 s, go: end}", _OXYGEN),
        _rule("{when: mask held for 3 s, go: end}", _OXYGEN),
    ),
    Code(
        "W0512",
        "An order trap",
        "A flag that is up for one moment is joined by `and` with something that may come true later. Who takes the mask "
        "first and opens the oxygen afterwards has done both, and the rule has missed it. Use a flag that lasts (`mask held`, "
        "`mask fitted`), or go to a state of its own at the first and wait there for the second.",
        _rule("{when: mask grabbed and oxygen.flow >= 10 L/min, go: end}", _OXYGEN),
        _rule("{when: mask held and oxygen.flow >= 10 L/min, go: end}", _OXYGEN),
    ),
    Code(
        "E0513",
        "Changed to what?",
        "`change` needs `to`, the value that the property becomes, or `add`, the difference; one of the two.",
        _do("{change: lamp.flux, over: 3 s}"),
        _do("{change: lamp.flux, to: 30 lm, over: 3 s}"),
    ),
    Code(
        "E0514",
        "This changes at once",
        "Words, true and false, and counts have nothing in between, so they change at once and have no `over`, `ease` or `add`.",
        _do("{change: lamp.present, to: false, over: 3 s}"),
        _do("{change: lamp.present, to: false}"),
    ),
    Code(
        "E0515",
        "This cannot drift",
        "Only what has values in between drifts. A count, a word, or what is true or false is changed by an action.",
        _LAMP + "variables:\n  score: {default: 0, range: 0 to 9}\n"
        "scenario:\n  drift: {score: 1/min}\n  rules: {when: after 3 min, go: end}\n",
        _LAMP + "variables:\n  score: {default: 0.0, range: 0 to 9}\n"
        "scenario:\n  drift: {score: 1/min}\n  rules: {when: after 3 min, go: end}\n",
    ),
    Code(
        "E0516",
        "The state could last for ever",
        "Whatever the participant does or leaves undone, a session ends. So each innermost state needs a rule that time alone "
        "meets, of its own or of a state around it: `after 5 min`, or `done` if it does something.",
        _LAMP + "scenario:\n  do: {log: begun}\n  rules: {when: lamp seen, go: end}\n",
        _LAMP + "scenario:\n  do: {log: begun}\n  rules: {when: lamp seen or after 5 min, go: end}\n",
    ),
    Code(
        "E0517",
        "The session could go round for ever",
        "States that lead back to each other need a rule with `after` around them, so that the longest session is known.",
        _states(
            "    calm:\n      rules: {when: after 3 min, go: busy}\n    busy:\n      rules: {when: after 3 min, go: calm}\n",
            "  start: calm\n",
        ),
        _states(
            "    calm:\n      rules: {when: after 3 min, go: busy}\n    busy:\n      rules: {when: after 3 min, go: calm}\n",
            "  start: calm\n  rules: {when: after 30 min, go: end}\n",
        ),
    ),
    Code(
        "E0518",
        "A rule into another region",
        "Regions go on at the same time, each in a state of its own. A rule of one cannot send the other somewhere; give that "
        "one a rule with `in STATE` instead.",
        "scenario:\n  rules: {when: after 9 min, go: end}\n  regions:\n"
        "    body: {start: well, states: {well: {rules: {when: after 1 min, go: asleep}}}}\n"
        "    mind: {start: awake, states: {awake: {do: {log: awake}}, asleep: {do: {log: asleep}}}}\n",
        "scenario:\n  rules: {when: after 9 min, go: end}\n  regions:\n"
        "    body: {start: well, states: {well: {do: {log: well}}}}\n"
        "    mind: {start: awake, states: {awake: {rules: {when: after 1 min, go: asleep}}, asleep: {do: {log: asleep}}}}\n",
    ),
    Code(
        "E0520",
        "The key of a text is expected, not the text",
        "What people read and hear stands under `text`, so that it can be translated, and is named by its key everywhere else.",
        _do("{say: Hello there}"),
        _do("{say: hello}") + "text:\n  hello: Hello there\n",
    ),
    Code(
        "W0521",
        "Nobody meets this text",
        "Nothing in the scene says or shows the text of this key. Perhaps the key is misspelt where it should be used.",
        "text:\n  title: A test\n  welcome: Welcome\n",
        _do("{say: welcome}") + "text:\n  title: A test\n  welcome: Welcome\n",
    ),
    Code(
        "W0522",
        "The scene has no title",
        "The text `title` is what people choose the scene by.",
        "language: en\ntext:\n  hello: Hello\nscenario:\n  do: {say: hello}\n  rules: {when: done, go: end}\n",
        "language: en\ntext:\n  title: A test\n",
    ),
    Code(
        "E0523",
        "This belongs to a rule",
        "`when` and `go` are keys of a rule. The rules of a state stand under `rules`, one in `{ }` or several in a list.",
        "scenario:\n  start: rest\n  states:\n    rest:\n      when: after 3 min\n",
        "scenario:\n  start: rest\n  states:\n    rest:\n      rules: {when: after 3 min, go: end}\n",
    ),
    Code(
        "E0524",
        "An action stands under 'do'",
        "What a state does on entering stands under `do`, one action in `{ }` or several in a list; what it does one after "
        "another under `steps`.",
        "scenario:\n  log: begun\n  rules: {when: after 3 min, go: end}\n",
        "scenario:\n  do: {log: begun}\n  rules: {when: after 3 min, go: end}\n",
    ),
    Code(
        "E0525",
        "This cannot be drawn by lot",
        "`draw` gives a variable one of its choices, or a whole number of its range, each as likely as the others. Between "
        "two numbers with a point there are too many.",
        _do("{draw: course}", "variables:\n  course: {default: 0.5, range: 0 to 1}\n"),
        _do("{draw: course}", "variables:\n  course: {default: mild, choices: [mild, severe]}\n"),
    ),
    Code(
        "E0526",
        "This is not a date",
        "A date is written as year, month and day, and in quotes, since YAML readers disagree about dates.",
        "reviewed_by:\n  - name: A. Clinician\n    role: anaesthetist\n    date: 1 May 2026\n",
        'reviewed_by:\n  - name: A. Clinician\n    role: anaesthetist\n    date: "2026-05-01"\n',
    ),
    Code(
        "E0527",
        "This is never told",
        "Of several things that a person may show or answer the first is told whose condition holds. One without `when` "
        "always holds, so nothing behind it has its turn.",
        "props:\n  bed: {use: exam_bed}\npeople:\n  patient:\n    use: adult\n    in: bed\n"
        "    findings: {chest: [clear, {tell: crackles, when: patient.spo2 < 90}]}\n"
        "text:\n  clear: Clear on both sides\n  crackles: Crackles\n",
        "props:\n  bed: {use: exam_bed}\npeople:\n  patient:\n    use: adult\n    in: bed\n"
        "    findings: {chest: [{tell: crackles, when: patient.spo2 < 90}, clear]}\n"
        "text:\n  clear: Clear on both sides\n  crackles: Crackles\n",
    ),
)
