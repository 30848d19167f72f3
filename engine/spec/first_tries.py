"""What people write at first, before they know the language's own word for it: words, units, vitals; and what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from engine.spec.findings import a_list, did_you_mean, slips
from engine.spec.units import TIMES, UNITS

_SAME: Mapping[str, str] = {
    "at": "position pos location coordinates xyz offset translation",
    "facing": "rotation rotate rot angle heading direction look_at orientation yaw faces",
    "use": "prefab model type card is asset kind object class mesh",
    "rests_on": "on on_top_of on_top upon stands_on lies_on sits_on placed_on",
    "beside": "next_to near by left_of right_of in_front_of behind besides alongside",
    "against": "wall on_wall mounted_on attached_to",
    "in": "inside within room parent",
    "hangs_from": "hang hangs hanging hangs_on hang_from hook",
    "origin": "relative_to frame",
    "present": "visible shown hidden enabled active exists",
    "flux": "brightness lumen lumens intensity power luminosity",
    "white": "colour_temperature color_temperature kelvin temperature warmth",
    "when": "if condition trigger event until while",
    "go": "goto go_to then next target transition jump",
    "do": "action actions then on_enter on_entry entry enter",
    "steps": "sequence script timeline",
    "rules": "transitions triggers events on_event",
    "start": "initial first begin default",
    "states": "phases scenes stages",
    "repeat": "loop times count repetitions",
    "over": "duration for during time seconds",
    "to": "value becomes by",
    "add": "by increase plus",
    "change": "animate fade ramp set show spawn alarm move update modify",
    "say": "speak tell text line dialogue speech",
    "speaker": "who person voice by",
    "wait": "pause delay sleep",
    "play": "sound audio music",
    "teleport": "move_to move",
    "haptic": "vibrate vibration buzz rumble",
    "log": "print note record",
    "expect": "condition goal must when",
    "within": "time limit deadline before timeout",
    "default": "value initial",
    "choices": "options values enum one_of",
    "range": "limits min max between",
    "lights": "light lamps",
    "props": "objects things items furniture entities",
    "people": "characters actors patients persons npcs avatars",
    "openings": "doors windows",
    "sounds": "audio music",
    "scenario": "story script states flow",
    "checklist": "goals objectives tasks assessment",
    "shots": "cameras pictures views screenshots",
    "text": "texts strings dialogue lines labels",
    "language": "lang locale",
    "spec": "version",
    "size": "dimensions dims measures width",
    "finish": "material materials colour color paint",
    "dado": "wainscot wainscoting panelling paneling wall_protection lower_walls",
    "from": "eye camera position",
    "fov": "angle field_of_view zoom",
    "hr": "pulse heart_rate heartrate bpm",
    "rr": "resp respiration respiratory_rate breathing_rate resps",
    "spo2": "sats sao2 o2 saturation o2_sat oxygen_saturation",
    "sbp": "bp systolic blood_pressure nibp",
    "dbp": "bp diastolic blood_pressure nibp",
    "temp": "temperature fever body_temperature",
    "backrest": "head_up tilt incline",
    "adult": "patient person man woman human",
    "exam_bed": "bed hospital_bed stretcher gurney couch",
    "flow_dial": "oxygen flowmeter o2_outlet",
    "wash_basin": "sink basin",
    "call_button": "bell nurse_call alarm_button",
    "held": "taken picked_up carried",
    "grabbed": "taken picked_up gripped",
    "pressed": "clicked pushed hit tapped",
    "touched": "clicked tapped",
    "seen": "looked_at viewed gazed",
    "fitted": "worn on applied attached",
}
"""The language's word -> what it is called elsewhere."""

MEANT: Mapping[str, tuple[str, ...]] = {
    other: tuple(word for word, others in _SAME.items() if other in others.split())
    for other in sorted({one for others in _SAME.values() for one in others.split()})
}
"""A first try -> the words of the language that it may stand for."""


def meant_by(word: str, known: Collection[str]) -> str:
    """A remedy for a word that is not known: what a first try stands for here, or the nearest word."""
    found = [one for one in MEANT.get(word, ()) if one in known]
    if found and not slips(word, known):
        return f"here it is called {a_list(repr(one) for one in found)}"
    return did_you_mean(word, known)


UNIT_WORDS: Mapping[str, tuple[str, float]] = {
    **dict.fromkeys(("metre", "metres", "meter", "meters", "M", "mtr"), ("m", 1.0)),
    **dict.fromkeys(("mm", "millimetres", "millimeters"), ("m", 0.001)),
    **dict.fromkeys(("km", "kilometres", "kilometers"), ("m", 1000.0)),
    **dict.fromkeys(("ft", "foot", "feet"), ("m", 0.3048)),
    **dict.fromkeys(("in", "inch", "inches"), ("cm", 2.54)),
    **dict.fromkeys(("centimetre", "centimetres", "centimeter", "centimeters"), ("cm", 1.0)),
    **dict.fromkeys(("sec", "secs", "second", "seconds", "S"), ("s", 1.0)),
    **dict.fromkeys(("ms", "msec", "milliseconds"), ("s", 0.001)),
    **dict.fromkeys(("mins", "minute", "minutes", "Min"), ("min", 1.0)),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "H"), ("h", 1.0)),
    **dict.fromkeys(("°", "degree", "degrees", "degs", "º"), ("deg", 1.0)),
    **dict.fromkeys(("rad", "radian", "radians"), ("deg", 57.29577951308232)),
    **dict.fromkeys(("lumen", "lumens", "Lm", "LM"), ("lm", 1.0)),
    **dict.fromkeys(("k", "kelvin", "Kelvin", "°K"), ("K", 1.0)),
    **dict.fromkeys(("l/min", "lpm", "LPM", "l/m", "L/m", "litres/min", "liters/min", "l"), ("L/min", 1.0)),
    **dict.fromkeys(("ml/min", "mL/min"), ("L/min", 0.001)),
    **dict.fromkeys(("kgs", "KG", "Kg", "kilo", "kilos", "kilograms"), ("kg", 1.0)),
    **dict.fromkeys(("g", "gram", "grams"), ("kg", 0.001)),
    **dict.fromkeys(("db", "DB", "decibel", "decibels"), ("dB", 1.0)),
}
"""A unit as people spell it -> the language's unit, and how many of it one is."""

CHARTED = frozenset({"%", "°C", "℃", "C", "mmHg", "mmhg", "bpm", "BPM", "breaths/min", "beats/min", "celsius"})
"""Units in which vitals are charted; vitals are written without them."""

FAHRENHEIT = frozenset({"°F", "℉", "F", "fahrenheit"})


def celsius(fahrenheit: float) -> float:
    """Degrees Celsius, to a tenth."""
    return round((fahrenheit - 32) / 1.8, 1)


_LITERAL = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?([A-Za-z%°℃℉][^\s()]*)?(?:/([A-Za-z]+))?")


def mended(text: str, start: int, end: int, fits: Callable[[str, int, bool], bool]) -> list[str]:
    """How the one number between two places of a text may be written so that the text can be read; at most four ways, or none.

    `fits` says whether a text can, up to a place in it; and if that is asked, whatever is wrong further on. The nearest meaning
    comes first: a unit spelled otherwise, a slip of the finger, then whatever unit fits there.
    """
    found = [one for one in _literals(text) if one.start() < end and one.end() > start]
    if len(found) != 1:
        return []
    number, unit, per = found[0].group(1), found[0].group(2) or "", found[0].group(3) or ""
    if unit and f"{unit}/{per}" in {*UNITS, *UNIT_WORDS}:
        unit, per = f"{unit}/{per}", ""

    def good(ways: Iterable[str], meant: bool = False) -> list[str]:
        first, last = found[0].span()
        return [
            one
            for one in dict.fromkeys(ways)
            if one != found[0].group() and fits(f"{text[:first]}{one}{text[last:]}", first + len(one), meant)
        ]

    rate = f"/{per}" if per in TIMES else ""
    spelled = UNIT_WORDS.get(unit)
    first = [f"{number} {unit}{rate}"] if unit in UNITS else []
    first += [f"{float(number) * spelled[1]:.6g} {spelled[0]}{rate}"] if spelled else []
    first += [f"{celsius(float(number)):g}"] if unit in FAHRENHEIT else []
    first += [f"{number}/{unit.partition('/')[2]}"] if unit.partition("/")[0] in CHARTED else []
    slips = [f"{number} {one}{rate}" for one in UNITS if did_you_mean(unit, [one]).startswith("did")] if unit else []
    rates = [f"{number}/{one}" for one in TIMES]
    rest = [f"{number} {one}{way}" for way in (rate, "/min") for one in UNITS if not (way and one in TIMES)]
    return (good(first, True) or good(slips, True) or good([number]) or good([*rest, *rates]))[:4]


def _literals(text: str) -> list[re.Match[str]]:
    """The numbers of an expression with their units; the words of the language are no units."""
    found = []
    for one in _LITERAL.finditer(text):
        if one.start() and (text[one.start() - 1].isalnum() or text[one.start() - 1] in "_."):
            continue
        word = (one.group(2) or "").partition("/")[0]
        if word in {"and", "or", "to", "for", "not", "after", "in", "done"} and word not in UNIT_WORDS:
            found.append(_NUMBER_ONLY.match(text, one.start()) or one)
        else:
            found.append(one)
    return found


_NUMBER_ONLY = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)()()")
