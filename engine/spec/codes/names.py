"""Diagnostics of keys and names (E02xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

NAMES = (
    Code(
        "E0201",
        "There is no such key",
        "The language has no key of that name in this place. Mostly it is a slip of the finger, or a word from another program.",
        "propz:\n  lamp: {use: lantern}\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0202",
        "A key is missing",
        "Some keys have no default, so they must be written: a scene its `spec`, `language`, `scenario` and `text`, a rule "
        "its `when`, a shot its `from` and `to`.",
        "shots:\n  door: {from: [0 m, -2 m, 1.6 m]}\n",
        "shots:\n  door: {from: [0 m, -2 m, 1.6 m], to: participant}\n",
    ),
    Code(
        "E0203",
        "Nothing has that name",
        "Whatever is named must be declared somewhere in the file, before or after: things, rooms and people, parameters and "
        "variables, states. Look at the spelling on both sides.",
        "props:\n  oxygen: {use: lantern}\nscenario:\n  rules: {when: oxgen seen or after 3 min, go: end}\n  do: {log: begun}\n",
        "props:\n  oxygen: {use: lantern}\nscenario:\n  rules: {when: oxygen seen or after 3 min, go: end}\n  do: {log: begun}\n",
    ),
    Code(
        "E0204",
        "This cannot be a name",
        "Names are small letters a to z, digits and `_`, and begin with a letter: `left_lamp`. Capitals, spaces, hyphens and "
        "accents are for the texts that people read.",
        "props:\n  Left-Lamp: {use: lantern}\n",
        "props:\n  left_lamp: {use: lantern}\n",
    ),
    Code(
        "E0205",
        "A word of the language",
        "`and`, `after`, `in`, `done`, `participant` and a few more mean something of their own, so nothing else can have "
        "them as a name.",
        "parameters:\n  after: {default: 4 s, range: 3 s to 6 s}\n",
        "parameters:\n  pause: {default: 4 s, range: 3 s to 6 s}\n",
    ),
    Code(
        "E0206",
        "The name is taken",
        "Things, rooms, people, parameters and variables share one space of names, so that a condition can name any of them. "
        "States have a space of their own, however deep they lie. Give one of the two another name.",
        "parameters:\n  lamp: {default: 4 s, range: 3 s to 6 s}\nprops:\n  lamp: {use: lantern}\n",
        "parameters:\n  glow: {default: 4 s, range: 3 s to 6 s}\nprops:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0207",
        "There is no such live property",
        "Only what a thing's card lists as `live`, and `present`, can be asked for and changed while a scene plays. `abaton "
        "prefabs NAME` lists them. A flag stands behind a space, not a dot: `bell pressed`.",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {change: lamp.fluxx, to: 3 lm}\n  rules: {when: done, go: end}\n",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {change: lamp.flux, to: 3 lm}\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0208",
        "This is fixed before the session",
        "Parameters, and what a card lists as `params` only, are fixed when the scene is built. What shall change is a "
        "variable, or a live property.",
        "parameters:\n  pace: {default: 4 s, range: 3 s to 6 s}\n"
        "scenario:\n  do: {change: pace, to: 5 s}\n  rules: {when: done, go: end}\n",
        "variables:\n  pace: {default: 4 s, range: 3 s to 6 s}\n"
        "scenario:\n  do: {change: pace, to: 5 s}\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0209",
        "The thing never raises that flag",
        "A flag says what happened to a thing: `bell pressed`, `mask fitted`, `stone held`. Which flags a thing has is on its "
        "card; `abaton prefabs NAME` lists them. Only what can be picked up is `held`, only what has `fits` is `fitted`; "
        "`facilitator` has the flags that `triggers` lists.",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {log: begun}\n  rules: {when: lamp sen or after 3 min, go: end}\n",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {log: begun}\n  rules: {when: lamp seen or after 3 min, go: end}\n",
    ),
    Code(
        "E0210",
        "There is no such text",
        "What people read and hear stands under `text`, each with a key, so that it can be translated. The key used here is "
        "not among them. Add it there, or mend the spelling.",
        "scenario:\n  do: {say: welcom}\n  rules: {when: done, go: end}\ntext:\n  welcome: Welcome\n",
        "scenario:\n  do: {say: welcome}\n  rules: {when: done, go: end}\ntext:\n  welcome: Welcome\n",
    ),
    Code(
        "E0211",
        "The name is that of another kind of thing",
        "The name is declared, but as something that does not fit here: a lamp cannot be played, a sound cannot be stood beside.",
        "props:\n  lamp: {use: lantern}\nsounds:\n  shore: {use: lake_shore}\n"
        "scenario:\n  do: {play: lamp}\n  rules: {when: done, go: end}\n",
        "props:\n  lamp: {use: lantern}\nsounds:\n  shore: {use: lake_shore}\n"
        "scenario:\n  do: {play: shore}\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0212",
        "This is none of the words to choose from",
        "Some slots take one of a few words, and the remedy lists them.",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {haptic: lamp, pattern: puls}\n  rules: {when: done, go: end}\n",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {haptic: lamp, pattern: pulse}\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0213",
        "A thing has no value by itself",
        "A condition asks for a flag of a thing (`lamp seen`) or compares one of its properties (`lamp.flux > 3 lm`); a "
        "change names a property. The thing's name alone says nothing.",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {log: begun}\n  rules: {when: lamp or after 3 min, go: end}\n",
        "props:\n  lamp: {use: lantern}\nscenario:\n  do: {log: begun}\n  rules: {when: lamp seen or after 3 min, go: end}\n",
    ),
)
