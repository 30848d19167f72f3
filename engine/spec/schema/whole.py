"""The whole schema: forms and kinds put together, for a scene, a file of another language, and an included file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.spec.cards import Card
from engine.spec.read import KEYS, NEEDED, VERSION
from engine.spec.schema import forms, things
from engine.spec.schema.docs import doc_of
from engine.spec.schema.forms import Form, Key
from engine.spec.schema.kinds import Json, Kind, Kinds, one_or_more, refer, text
from engine.spec.schema.write import Writer
from engine.spec.things import BUILT_IN, SECTIONS, Section

DRAFT = "http://json-schema.org/draft-07/schema#"

LANGUAGE = r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[A-Za-z0-9]{5,8})*"


@dataclass(frozen=True, slots=True)
class Language:
    """All forms of the language with the cards there are."""

    scene: Form
    parts: Mapping[str, Form]
    """The mappings inside a scene, by their names."""
    definitions: Mapping[str, Json]
    """What the kinds of their keys refer to."""


def describe_language(cards: Mapping[str, Card]) -> Language:
    """Every mapping of the language, for schema and reference."""
    kinds = Kinds()
    verbs = forms.actions(kinds)
    steps = forms.step(kinds, verbs)
    parts = [forms.parameter(kinds), forms.room(kinds), forms.item(kinds), forms.shot(kinds), *verbs]
    parts += [*forms.states(kinds, steps), forms.telling(kinds)[0], forms.hint(kinds), forms.review()]
    finish = next(one for one in parts if one.name == "room").by_name["finish"].kind.form
    parts += [finish] if finish else []
    parts += [things.card_form(card, kinds) for card in (*cards.values(), *BUILT_IN.values())]
    parts.append(things.model_form(kinds))
    by_name = {one.name: one for one in parts}
    scene = Form("scene", "a scene", doc_of("SceneSpec"), tuple(_top(key, by_name, cards, kinds) for key in KEYS))
    return Language(scene, by_name, kinds.definitions)


def make_schema(cards: Mapping[str, Card]) -> Json:
    """The draft-07 schema of a scene's text, as an editor's YAML server reads it."""
    language = describe_language(cards)
    writer = Writer(dict(language.definitions))
    for form in language.parts.values():
        writer.definitions[form.name] = writer.form(form)
    for section in (*SECTIONS, "environment"):
        writer.definitions[f"{section}_entry"] = _entry(section, cards)
    writer.add_mappings(language)
    scene = writer.form(language.scene)
    locale, of_variant = _locale()
    writer.definitions[of_variant.name] = writer.form(of_variant)
    writer.definitions[locale.name] = writer.form(locale)
    head = {"$schema": DRAFT, "title": f"Abaton scene, version {VERSION}"}
    return head | scene | {"definitions": dict(sorted(writer.definitions.items()))}


def schema_text(cards: Mapping[str, Card]) -> str:
    """The schema as the text of a file."""
    return json.dumps(make_schema(cards), ensure_ascii=False, indent=1) + "\n"


def _top(key: str, parts: Mapping[str, Form], cards: Mapping[str, Card], kinds: Kinds) -> Key:
    needed = key in NEEDED

    def named(part: str, words: str) -> Kind:
        return Kind(words, {}, names=forms.form_kind(parts[part]))

    quantities = named("parameter", "a mapping of names to values")
    version = Kind(f"the number {VERSION}", {"enum": [int(VERSION), VERSION]})
    found: dict[str, tuple[Kind, str]] = {
        "spec": (version, doc_of("SceneSpec.version", "spec")),
        "language": (text("the tag of a language", LANGUAGE, "en"), doc_of("SceneSpec.language")),
        "reviewed_by": (
            one_or_more(forms.form_kind(parts["review"]), "a review, or a list of them"),
            doc_of("SceneSpec.reviewed_by"),
        ),
        "prebrief": (forms.names_of("a key of `text`, or a list of them", "welcome"), doc_of("SceneSpec.prebrief")),
        "triggers": (forms.names_of("a name, or a list of them", "worsen", declares=True), doc_of("SceneSpec.triggers")),
        "hints": (named("hint", "a mapping of text keys to hints"), doc_of("SceneSpec.hints")),
        "include": (forms.included(), "Files inside the scene's folder that are merged into it; a path given twice is an error."),
        "parameters": (quantities, doc_of("SceneSpec.parameters")),
        "variables": (quantities, doc_of("SceneSpec.variables")),
        "rooms": (named("room", "a mapping of names to rooms"), doc_of("SceneSpec.rooms")),
        "scenario": (forms.form_kind(parts["state"]), doc_of("SceneSpec.scenario")),
        "checklist": (named("item", "a mapping of text keys to items"), doc_of("SceneSpec.checklist")),
        "shots": (named("shot", "a mapping of names to shots"), doc_of("SceneSpec.shots")),
        "text": (forms.texts(), doc_of("SceneSpec.text")),
        "variants": (Kind("a mapping of names to changes", refer("variants")), doc_of("SceneSpec.variants")),
    }
    if key in found:
        kind, doc = found[key]
        return Key(key, kind, doc, needed=needed)
    section: Section | None = next((one for one in (*SECTIONS, "environment") if one == key), None)
    if section is None:
        raise AssertionError(f"the schema does not know the key '{key}'")
    entry = Kind("a thing", refer(f"{section}_entry"), form=things.any_form(section, cards, kinds))
    if section == "environment":
        return Key(key, replace(entry, words="a landscape"), things.HOMES[section])
    if section == "people":
        own = {one: Kind("a person", refer(f"card_{one}"), form=parts[f"card_{one}"]) for one in BUILT_IN}
        return Key(key, Kind("a mapping of names to people", {}, names=entry, own=own), things.HOMES[section])
    return Key(key, Kind("a mapping of names to things", {}, names=entry), things.HOMES[section])


def _locale() -> tuple[Form, Form]:
    """A file beside the scene that holds its texts in another language; and the texts of one variant in it."""
    texts = Key("text", forms.texts(), "The same keys as in the scene's own file, in this language.")
    of_variant = Form("variant_texts", "the texts of a variant", "", (texts,))
    variants = Kind("a mapping of variants to their texts", {}, names=forms.form_kind(of_variant))
    said = "Lies beside the scene, as NAME.de.yaml, and holds texts only."
    keys = (texts, Key("variants", variants, "Texts that a variant changes."))
    return Form("locale", "a file of another language", said, keys), of_variant


def _entry(section: Section, cards: Mapping[str, Card]) -> Json:
    """A thing of a section: its card decides its keys."""
    fitting = things.in_section(section, cards)
    by_card: list[Json] = [
        {"if": {"properties": {"use": {"const": one}}, "required": ["use"]}, "then": refer(f"card_{one}")} for one in fitting
    ]
    described = {"use": {"allOf": [refer(f"{section}_use")], "description": things.USE}}
    if section not in {"environment", "sounds", "people"}:
        model = {"properties": {"use": {"type": "string", "pattern": r"\.glb$"}}, "required": ["use"]}
        by_card.append({"if": model, "then": refer("model_file")})
    return {"type": "object", "required": ["use"], "properties": described, "allOf": by_card}
