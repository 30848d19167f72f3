"""Diagnostics of the tree that a text becomes, and of text for people (E01xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

TREE = (
    Code(
        "E0113",
        "A YAML alias",
        "`*name` repeats what an anchor `&name` stands for. Scenes have neither, so that what is written in a place is all "
        "that holds there. Write it out. A text that begins with `*` goes into quotes.",
        "text:\n  title: *calm\n",
        'text:\n  title: "*calm"\n',
    ),
    Code(
        "E0114",
        "A YAML anchor",
        "`&name` gives what follows a name to be repeated by. Scenes have no anchors: take it out. A text that begins with "
        "`&` goes into quotes.",
        "props:\n  lamp: &lamp {use: lantern}\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0115",
        "A YAML tag",
        "`!word` tells YAML readers to make something special of what follows. Scenes have no tags: take it out. A text that "
        "begins with `!` goes into quotes.",
        "text:\n  title: !loud Breathing\n",
        "text:\n  title: Breathing\n",
    ),
    Code(
        "E0116",
        "A '%' line",
        "A line that begins with `%` gives orders to YAML readers. Scenes have none; take it out.",
        "%YAML 1.1\n---\nspec: 1\n",
        "spec: 1\n",
    ),
    Code(
        "E0117",
        "A second document",
        "A line with three dashes begins a new document. One file is one scene: take the line out, or move what is below it "
        "to a file of its own.",
        "text:\n  title: A test\n---\nspec: 1\n",
        "text:\n  title: A test\nspec: 1\n",
    ),
    Code(
        "E0118",
        "Too many entries",
        "A file has at most 200,000 keys and values, and a scenario 2,000 states. Move parts of a file to files of their own and "
        "`include` them; let fewer states do more.",
    ),
    Code(
        "E0119",
        "Too deep",
        "Keys stand in one another here more than 64 levels deep. No part of a scene needs a tenth of that; most likely a "
        "bracket is repeated by accident.",
        "props: " + "[" * 65 + "1" + "]" * 65 + "\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0120",
        "A key that is a list or a mapping",
        "Before a `:` stands one word. A list or a mapping cannot be a key.",
        "props:\n  [lamp, other]: {use: lantern}\n",
        "props:\n  lamp: {use: lantern}\n  other: {use: lantern}\n",
    ),
    Code(
        "E0121",
        "This is not a key",
        "A key is a word, or words with a dot between them, which stand for keys in one another: `bed.backrest`. A dot at the "
        "beginning or end, or two in a row, has nothing beside it.",
        "environment:\n  use: alpine_lake\n  .sun: 4 deg\n",
        "environment:\n  use: alpine_lake\n  sun: 4 deg\n",
    ),
    Code(
        "E0122",
        "Nothing is written here",
        "A key stands here without a value. Write the value behind the `:`, or leave the key out: what is left out has a "
        "default.",
        "props:\n  lamp: {use: lantern, at: }\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0123",
        "An empty list or mapping",
        "`{}` and `[]` hold nothing. Leave the key out instead.",
        "props: {}\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0124",
        "A word that YAML readers read apart",
        "`yes`, `no`, `on`, `off`, `y` and `n` mean true and false to some YAML readers and are plain words to others. So "
        "they are refused unless quoted. Write `true` or `false` where that is meant; as a name choose another word.",
        "props:\n  lamp: {use: lantern, present: no}\n",
        "props:\n  lamp: {use: lantern, present: false}\n",
    ),
    Code(
        "E0125",
        "A key is given twice",
        "Of two equal keys one would be lost without a word, so neither is taken. Keep the one you mean. A dotted key counts "
        "as the keys it stands for: `lamp.flux: 3 lm` is the same as `lamp: {flux: 3 lm}`.",
        "props:\n  lamp: {use: lantern, flux: 100 lm, flux: 200 lm}\n",
        "props:\n  lamp: {use: lantern, flux: 200 lm}\n",
    ),
    Code(
        "E0126",
        "Keys and values are expected",
        "Here stand keys of their own, each with a value: `{use: lantern}`, or indented lines below. A single text or a list "
        "does not say which of them is meant.",
        "props:\n  lamp: lantern\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0127",
        "One text is expected",
        "Here stands one word, number or text, behind the `:`. A list or a mapping does not fit.",
        "props:\n  lamp: {use: [lantern]}\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0128",
        "Text for people inside brackets",
        "Inside `{ }` and `[ ]` commas and colons cut a sentence up. Text for people has a line of its own, without brackets.",
        'text: {title: "Snow, and more snow"}\n',
        "text:\n  title: Snow, and more snow\n",
    ),
    Code(
        "E0129",
        "' #' cuts a text off",
        "A space and a `#` begin a comment, so the rest of the line is not part of the text. Put the text in double quotes; a "
        "real comment goes on a line of its own.",
        "text:\n  title: Room # 4\n",
        'text:\n  title: "Room # 4"\n',
    ),
    Code(
        "E0147",
        "A number that YAML readers read apart",
        "`012`, `4:30`, `1_000`, `1e3` and `2026-05-01` are different numbers, or none, to different YAML readers. Write "
        "numbers with plain digits and a unit, and dates in quotes.",
        "scenario:\n  do: {log: begun}\n  rules:\n    when: 4:30\n    go: end\n",
        "scenario:\n  do: {log: begun}\n  rules:\n    when: after 4.5 min\n    go: end\n",
    ),
    Code(
        "E0148",
        "A word that only YAML knows",
        "`<<` and `=` are orders to some YAML readers, which merge what follows. Write out what you mean.",
        "props:\n  lamp:\n    <<: {use: lantern}\n",
        "props:\n  lamp:\n    use: lantern\n",
    ),
)
