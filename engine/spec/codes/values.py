"""Diagnostics of quantities, ranges, vitals and choices (E03xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code


def _lamp(said: str) -> str:
    return f"props:\n  lamp: {{use: lantern, {said}}}\n"


def _patient(said: str) -> str:
    return f"props:\n  bed: {{use: exam_bed}}\npeople:\n  patient: {{use: adult, in: bed, {said}}}\n"


def _parameter(said: str) -> str:
    return f"parameters:\n  inhale: {said}\n"


def _waiting(said: str, more: str = "") -> str:
    return f"{more}scenario:\n  do: {{wait: {said}}}\n  rules: {{when: done, go: end}}\n"


VALUES = (
    Code(
        "E0301",
        "A unit is missing",
        "A number alone does not say whether it means seconds or minutes. The unit is never left out, not even at 0; only "
        "counts, shares and vital signs are bare numbers.",
        _waiting("5"),
        _waiting("5 s"),
    ),
    Code(
        "E0302",
        "There is no such unit",
        "The units are m and cm, s, min and h, deg, lm, K, L/min, kg, dB; a rate ends in /s, /min or /h. They are written in "
        "just this way, so that one scene reads like the next.",
        _lamp("at: [1.5 metres, 0 m]"),
        _lamp("at: [1.5 m, 0 m]"),
    ),
    Code(
        "E0303",
        "A space is missing before the unit",
        "Between a number and its unit stands a space: `5 min`. So the SI brochure has it, and so a letter is never taken for "
        "a digit.",
        _waiting("5min"),
        _waiting("5 min"),
    ),
    Code(
        "E0304",
        "The wrong kind of quantity",
        "The number has a unit, or none, that does not fit what the key is about: a time where a length should be, a length "
        "where a rate should be.",
        _lamp("at: [2 min, 0 m]"),
        _lamp("at: [2 m, 0 m]"),
    ),
    Code(
        "E0305",
        "This is not a rate",
        "What changes by itself changes so much a second, a minute or an hour: `+2/min`, `5 lm/s`.",
        "variables:\n  glow: {default: 0.5, range: 0 to 9}\n"
        "scenario:\n  drift: {glow: 2/day}\n  rules: {when: after 3 min, go: end}\n",
        "variables:\n  glow: {default: 0.5, range: 0 to 9}\n"
        "scenario:\n  drift: {glow: 2/h}\n  rules: {when: after 3 min, go: end}\n",
    ),
    Code(
        "E0306",
        "The number is too large",
        "No number in a scene is larger than a million million. Count the digits.",
        _waiting("10000000000000 s"),
        _waiting("10 s"),
    ),
    Code(
        "E0307",
        "Outside its limits",
        "Every value has a least and a most that make sense; those of a thing's properties are on its card. The remedy says "
        "them.",
        _lamp("flux: 900000 lm"),
        _lamp("flux: 700 lm"),
    ),
    Code(
        "W0308",
        "Outside its limits with other settings",
        "The value is made of a parameter. With the setting it has now all is well, but the parameter's range lets it become "
        "more or less than it can be; it is then kept at its limit. Narrow the range of the parameter.",
        "parameters:\n  size: {default: 1.0, range: 0.5 to 3}\nprops:\n  orb: {use: breath_orb, scale: size}\n",
        "parameters:\n  size: {default: 1.0, range: 0.5 to 2}\nprops:\n  orb: {use: breath_orb, scale: size}\n",
    ),
    Code(
        "E0309",
        "A whole number is expected",
        "Rounds, repetitions and other counts are whole numbers; a point makes a ratio of them.",
        "scenario:\n  steps: [{wait: 3 s}]\n  repeat: 2.5\n  rules: {when: done, go: end}\n",
        "scenario:\n  steps: [{wait: 3 s}]\n  repeat: 2\n  rules: {when: done, go: end}\n",
    ),
    Code(
        "E0310",
        "The range ends before it begins",
        "The smaller value of a range comes first: `3 s to 6 s`.",
        _parameter("{default: 4 s, range: 6 s to 3 s}"),
        _parameter("{default: 4 s, range: 3 s to 6 s}"),
    ),
    Code(
        "E0311",
        "A range has two ends",
        "A range is written with `to` between its ends, both with their units: `3 s to 6 s`. It is not a list.",
        _parameter("{default: 4 s, range: [3 s, 6 s]}"),
        _parameter("{default: 4 s, range: 3 s to 6 s}"),
    ),
    Code(
        "E0312",
        "A range does not fit here",
        "This slot takes one value. If it should differ from time to time, make a parameter or a variable of it.",
        _waiting("3 s to 4 s"),
        _waiting("4 s"),
    ),
    Code(
        "E0313",
        "Too many lengths, or too few",
        "How many lengths `at` has depends on the placing word: on a floor `[x, y]`, on a wall `[along, up]`, in the open "
        "`[x, y, z]`. A room's size has three: width, depth and height.",
        "rooms:\n  bay: {size: [4 m, 3 m]}\n",
        "rooms:\n  bay: {size: [4 m, 3 m, 2.7 m]}\n",
    ),
    Code(
        "E0314",
        "This might divide by 0",
        "Nothing can be divided by 0, so a divisor is a plain number, or a parameter whose range leaves out 0.",
        _waiting("6 s / pace", "parameters:\n  pace: {default: 2, range: 0 to 4}\n"),
        _waiting("6 s / pace", "parameters:\n  pace: {default: 2, range: 1 to 4}\n"),
    ),
    Code(
        "E0315",
        "A number written out is expected",
        "Defaults and the ends of ranges are known before any name has a value, so they are plain numbers with their units.",
        "parameters:\n  inhale: {default: 4 s, range: 3 s to 6 s}\n  exhale: {default: inhale * 2, range: 3 s to 9 s}\n",
        "parameters:\n  inhale: {default: 4 s, range: 3 s to 6 s}\n  exhale: {default: 8 s, range: 3 s to 9 s}\n",
    ),
    Code(
        "E0329",
        "Vital signs are written bare",
        "Vital signs stand as they are charted: heart and breathing rate a minute, saturation in percent, pressures in mmHg, "
        "temperature in °C. The unit is known, so only the number is written.",
        _patient("spo2: 94%"),
        _patient("spo2: 94"),
    ),
    Code(
        "E0330",
        "This looks like Fahrenheit",
        "Temperatures are charted in °C, from 25 to 45. Take 32 away and divide by 1.8: 101.5 °F are 38.6 °C.",
        _patient("temp: 101.5"),
        _patient("temp: 38.6"),
    ),
    Code(
        "E0331",
        "A blood pressure is two numbers",
        "Systolic and diastolic pressure are two vital signs, `sbp` and `dbp`: each can change by itself and be asked for by "
        "itself.",
        _patient("bp: 108/62"),
        _patient("sbp: 108, dbp: 62"),
    ),
    Code(
        "E0332",
        "A comma in a number",
        "The decimal sign is a point. A comma begins the next item of a list.",
        _lamp("at: [1,5 m, 0 m]"),
        _lamp("at: [1.5 m, 0 m]"),
    ),
    Code(
        "E0333",
        "Percent where a bare number stands",
        "Shares are written as ratios: 0.5 is a half, 1.0 the whole.",
        "sounds:\n  shore: {use: lake_shore, volume: 50%}\n",
        "sounds:\n  shore: {use: lake_shore, volume: 0.5}\n",
    ),
    Code(
        "E0334",
        "A colour with '#'",
        "YAML takes a `#` for a comment, and colours are words here, so that walls and floors stay those of a clinic. `abaton "
        "prefabs` and the reference list the words there are.",
        "rooms:\n  bay:\n    size: [4 m, 3 m, 2.7 m]\n    finish: #aab8a0\n",
        "rooms:\n  bay:\n    size: [4 m, 3 m, 2.7 m]\n    finish: {walls: satin_paint/sage}\n",
    ),
    Code(
        "E0335",
        "True and false have other words",
        "What is true or false is written `true` or `false`, in small letters.",
        _lamp('present: "yes"'),
        _lamp("present: true"),
    ),
    Code(
        "E0338",
        "The words to choose from are missing",
        "A parameter or variable whose default is a word needs `choices`: all the words that it may be.",
        "parameters:\n  mood: {default: calm}\n",
        "parameters:\n  mood: {default: calm, choices: [calm, bright]}\n",
    ),
    Code(
        "E0339",
        "A range and choices",
        "Numbers have a range, words have choices; no value has both.",
        "parameters:\n  mood: {default: calm, choices: [calm, bright], range: 1 to 3}\n",
        "parameters:\n  mood: {default: calm, choices: [calm, bright]}\n",
    ),
    Code(
        "E0340",
        "The default is none of the choices",
        "The default is what holds unless the session says otherwise, so it is one of the words to choose from.",
        "parameters:\n  mood: {default: happy, choices: [calm, bright]}\n",
        "parameters:\n  mood: {default: calm, choices: [calm, bright]}\n",
    ),
    Code(
        "E0341",
        "A range is missing",
        "A number that a session may set needs a `range`: the least and the most that make sense. So nobody sets a breath of "
        "an hour.",
        _parameter("{default: 4 s}"),
        _parameter("{default: 4 s, range: 3 s to 6 s}"),
    ),
    Code(
        "E0342",
        "The default is outside its range",
        "The default is what holds unless the session says otherwise, so it lies within the range.",
        _parameter("{default: 9 s, range: 3 s to 6 s}"),
        _parameter("{default: 5 s, range: 3 s to 6 s}"),
    ),
    Code(
        "E0343",
        "One value is expected, not a range",
        "The default of a parameter or variable is one value; `range` says within which ends it may be set.",
        _parameter("{default: 3 s to 6 s, range: 3 s to 6 s}"),
        _parameter("{default: 4 s, range: 3 s to 6 s}"),
    ),
    Code(
        "E0344",
        "A choice parameter where a word stands",
        "The words of a thing's card are written out. A choice of the session cannot stand in their place, since it has words "
        "of its own. Use `variants` to let the session choose among them.",
        "parameters:\n  sky: {default: clear, choices: [clear, misty]}\nenvironment: {use: alpine_lake, weather: sky}\n",
        "environment: {use: alpine_lake, weather: clear}\n",
    ),
)
