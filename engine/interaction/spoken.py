"""Spoken words: what a recogniser heard, matched with what can be done.

A few words always mean the same, whatever the scene: leaving, and being distressed. Else an utterance needs a verb of the
language and the name of a thing: the text that the scene has under the thing's name, its name, or that of its prefab. Case,
punctuation and the vowel signs of Arabic do not count. Recognising speech is not this module's business; what was recognised
comes as the command `say`, so it is recorded, and anything that hears can say it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.interaction.deeds import Deed, Deeds, Verb
from engine.interaction.steps import FORWARD
from engine.world import World

Safe = Literal["leave", "distress"]

SAFE: Mapping[str, Mapping[Safe, tuple[str, ...]]] = {
    "en": {
        "leave": ("stop", "leave", "i want to leave", "let me out", "get me out", "exit"),
        "distress": ("help", "help me", "i need help", "i am scared", "i feel sick"),
    },
    "de": {
        "leave": ("stopp", "stop", "halt", "raus", "ich will raus", "ich möchte gehen", "verlassen", "aufhören", "beenden"),
        "distress": ("hilfe", "hilf mir", "helfen sie mir", "ich brauche hilfe", "ich habe angst", "mir ist schlecht"),
    },
    "ar": {
        "leave": ("توقف", "قف", "خروج", "اخرج", "أريد الخروج", "أخرجني", "غادر"),
        "distress": ("النجدة", "ساعدني", "ساعدوني", "مساعدة", "أنا خائف", "أنا خائفة"),
    },
}
"""What leaves and what tells of distress, as whole utterances: a word within a sentence is not meant so. The English ones count
in every language."""

VERBS: Mapping[str, Mapping[Verb, tuple[str, ...]]] = {
    "en": {
        "press": ("press", "push", "ring", "hit", "tap"),
        "step_up": ("up", "more", "increase", "raise", "higher", "open"),
        "step_down": ("down", "less", "decrease", "lower", "reduce", "close"),
        "pick": ("take", "pick", "grab", "hold"),
        "place": ("place", "put", "give", "release", "drop"),
        "go": ("go", "walk", "sit"),
    },
    "de": {
        "press": ("drücke", "drücken", "drück", "klingle", "klingeln", "betätige", "läute"),
        "step_up": ("mehr", "höher", "erhöhe", "erhöhen", "auf", "rauf", "öffne"),
        "step_down": ("weniger", "niedriger", "senke", "senken", "runter", "ab", "schließe"),
        "pick": ("nimm", "nehme", "nehmen", "greife", "halte"),
        "place": ("lege", "legen", "leg", "setze", "gib", "platziere"),
        "go": ("geh", "gehe", "gehen", "lauf", "laufe"),
    },
    "ar": {
        "press": ("اضغط", "اضغطي", "دق", "رن"),
        "step_up": ("زد", "ارفع", "أكثر", "أعلى", "افتح"),
        "step_down": ("خفض", "أقل", "انقص", "أخفض", "أغلق"),
        "pick": ("خذ", "خذي", "التقط", "أمسك"),
        "place": ("ضع", "ضعي", "أعط", "اترك"),
        "go": ("اذهب", "اذهبي", "امش", "امشي", "اجلس", "اجلسي"),
    },
}
"""The words of each deed."""

STRAIGHT: Mapping[str, tuple[str, ...]] = {
    "en": ("ahead", "forward", "straight on"),
    "de": ("voraus", "vorwärts", "geradeaus"),
    "ar": ("إلى الأمام", "للأمام"),
}
"""What straight on is called."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was made of an utterance: a deed, `leave` or `distress`; or None. `because`: what was matched, or why nothing was."""

    meant: Deed | Safe | None
    because: str


def plain(text: str) -> str:
    """A text as it is compared: in small letters, without punctuation and vowel signs, letters of Arabic each written one way."""
    found = []
    for letter in unicodedata.normalize("NFKC", text).casefold().replace("_", " "):
        kind = unicodedata.category(letter)
        if letter in "ـ" or kind == "Mn":
            continue
        found.append(" " if kind[0] in "PZSC" else _SAME.get(letter, letter))
    return " ".join("".join(found).split())


_SAME = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}


def hear(deeds: Deeds, person: str, text: str) -> Heard:
    """What an utterance means to a person now."""
    world = deeds.hands.world
    said = plain(text)
    languages = tuple(dict.fromkeys((world.scene.language.split("-")[0], "en")))
    for language in languages:
        for meant, phrases in SAFE.get(language, {}).items():
            if said in {plain(phrase) for phrase in phrases}:
                return Heard(meant, f"'{text.strip()}' always means {meant}")
    words = said.split()
    verbs = {
        verb: word
        for language in languages
        for verb, many in VERBS.get(language, {}).items()
        for word in many
        if plain(word) in words
    }
    called = {thing: name for thing in world.bodies if (name := _called(world, thing, said))}
    stops = {**called, **{room: name for room in world.rooms if (name := _called(world, room, said))}} if "go" in verbs else {}
    if "go" in verbs and not stops:
        ahead = [word for one in languages for word in STRAIGHT.get(one, ()) if f" {plain(word)} " in f" {said} "]
        stops = {FORWARD: ahead[0]} if ahead else {}
    if not verbs:
        return Heard(None, "no word for a deed was heard")
    if not called and not stops:
        return Heard(None, f"'{next(iter(verbs.values()))}' was heard, and no thing of the scene")
    longest = max(len(name) for name in (called or stops).values())
    found = [(Deed(stop, "", "go"), f"'{verbs['go']}' and '{name}'") for stop, name in stops.items() if len(name) == longest]
    found += [
        (deed, f"'{verbs[deed.verb]}' and '{name}'")
        for thing, name in called.items()
        if len(name) == longest
        for deed in deeds.all(thing)
        if deed.verb in verbs
    ]
    # Of deeds that sound alike the one that can be done is meant: of two bells, the one that is there.
    able = [one for one in found if not deeds.refusal(person, one[0])] or found
    if not able:
        return Heard(None, f"'{next(iter((called or stops).values()))}' was heard, but not what to do with it")
    if len(able) > 1:
        return Heard(None, f"{able[0][1]} may mean {', '.join(str(deed) for deed, _ in able)}")
    return Heard(able[0][0], f"heard {able[0][1]}")


def _called(world: World, thing: str, said: str) -> str:
    """The longest name of a thing that is in what was said; empty if none is."""
    names = (world.scene.text.get(thing, ""), thing, world.bodies[thing].card.name if thing in world.bodies else "")
    padded = f" {said} "
    return max((name for one in names if (name := plain(one)) and f" {name} " in padded), key=len, default="")
