"""Diagnostics of conditions and of values that are worked out (E03xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code


def _when(condition: str, more: str = "props:\n  lamp: {use: lantern}\n") -> str:
    rules = f"    - {{when: {condition}, go: end}}\n    - {{when: after 9 min, go: end}}\n"
    return f"{more}scenario:\n  do: {{log: begun}}\n  rules:\n{rules}"


def _wait(said: str) -> str:
    more = "parameters:\n  inhale: {default: 4 s, range: 3 s to 6 s}\n"
    return f"{more}scenario:\n  do: {{wait: {said}}}\n  rules: {{when: done, go: end}}\n"


EXPRESSIONS = (
    Code(
        "E0316",
        "The scene is built before anything happens",
        "Where things stand and what they are made of is settled before the first moment, so nothing that changes later can "
        "be used there: no property, no flag, no variable. Parameters can.",
        "variables:\n  far: {default: 1 m, range: 0 m to 3 m}\nprops:\n  lamp: {use: lantern, at: [far, 0 m]}\n",
        "parameters:\n  far: {default: 1 m, range: 0 m to 3 m}\nprops:\n  lamp: {use: lantern, at: [far, 0 m]}\n",
    ),
    Code(
        "E0317",
        "'after' and 'done' belong to rules",
        "They speak of the state that holds the rule: since when it lasts, whether its steps are over. Elsewhere there is no "
        "such state. On a checklist use `within`, a flag, or `in STATE`.",
        "checklist:\n  calm: {expect: after 3 min}\ntext:\n  calm: Stayed calm\n",
        "checklist:\n  calm: {expect: participant distressed, within: 3 min}\ntext:\n  calm: Stayed calm\n",
    ),
    Code(
        "E0318",
        "Spaces are missing around a sign",
        "`+ - * /` and the comparisons stand between spaces: `inhale * 2`. A sign without a space belongs to its number: `-2`.",
        _wait("inhale*2"),
        _wait("inhale * 2"),
    ),
    Code(
        "E0319",
        "A sign of another language",
        "The signs are `+ - * /` and `< <= == != >= >`; the words are `and`, `or`, `not`.",
        _when("lamp.flux = 3 lm"),
        _when("lamp.flux == 3 lm"),
    ),
    Code(
        "E0320",
        "A value is missing",
        "Behind `and`, `or`, a comparison or a sign stands something: a number with its unit, a name, a flag.",
        _when("lamp seen and"),
        _when("lamp seen"),
    ),
    Code(
        "E0321",
        "A word too many",
        "Two values stand side by side with nothing between them. Mostly `and` or `or` is missing, or a word is misspelt.",
        _when("lamp seen adn lamp touched"),
        _when("lamp seen and lamp touched"),
    ),
    Code(
        "E0322",
        "Brackets that do not match",
        "Each `(` needs a `)`. Count them from the left; most often one is missing at the end.",
        _wait("(inhale + 1 s"),
        _wait("(inhale + 1 s)"),
    ),
    Code(
        "E0323",
        "Two comparisons in a row",
        "Each comparison has two sides. Join two of them with `and`.",
        _when("1 lm < lamp.flux < 9 lm"),
        _when("1 lm < lamp.flux and lamp.flux < 9 lm"),
    ),
    Code(
        "E0324",
        "Too long to follow",
        "An expression has at most 200 words and signs, 4,096 characters, and 20 brackets in one another; all those of a scene "
        "together 150,000 words. Make states or variables of its parts.",
        _wait("(" * 21 + "inhale" + ")" * 21),
        _wait("(inhale)"),
    ),
    Code(
        "E0325",
        "Behind 'in' stands a state",
        "`in treated` is true while the state `treated` is active.",
        _when("in 3 min"),
        _when("after 3 min"),
    ),
    Code(
        "E0326",
        "This cannot be read",
        "Here stands neither a number with a unit nor a name, a flag or a sign of the language. There are no formulas of "
        "other programs, and no `{{ }}` around names.",
        _when("$lamp seen"),
        _when("lamp seen"),
    ),
    Code(
        "E0327",
        "Something true or false is expected",
        "A condition is true or false: a flag (`bell pressed`), a comparison (`patient.spo2 < 90`), `done`, `after 5 min`, "
        "`in treated`. A number alone is neither.",
        _when("lamp.flux"),
        _when("lamp.flux > 3 lm"),
    ),
    Code(
        "E0328",
        "Words have no order",
        "Of two words neither is more nor less: compare them with `==` or `!=`.",
        _when("mood > calm", "parameters:\n  mood: {default: calm, choices: [calm, bright]}\n"),
        _when("mood != calm", "parameters:\n  mood: {default: calm, choices: [calm, bright]}\n"),
    ),
    Code(
        "E0336",
        "These cannot be reckoned together",
        "Only quantities of one kind can be added or taken away: times with times, lengths with lengths. Words and conditions "
        "cannot be reckoned with at all.",
        _wait("inhale + 2 m"),
        _wait("inhale + 2 s"),
    ),
    Code(
        "E0337",
        "These cannot be compared",
        "Both sides of a comparison are of one kind: a flow with a flow, a vital sign with a bare number.",
        _when("lamp.flux > 3 s"),
        _when("lamp.flux > 3 lm"),
    ),
)
