"""Forms and kinds written as JSON schema, dotted keys included."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from engine.spec.compose import FIXED
from engine.spec.schema import patterns
from engine.spec.schema.forms import Form, Key
from engine.spec.schema.kinds import Json, Kind, human, refer

if TYPE_CHECKING:
    from engine.spec.schema.whole import Language

NONE: Json = {"const": "none"}
"""What takes an entry away in a variant."""

_Leaf = Callable[[Kind], Json]


class Writer:
    """Writes forms and kinds as schema; what is long, or holds its like, stands once, under `definitions`."""

    def __init__(self, definitions: dict[str, Json]) -> None:
        self.definitions = definitions

    def add_mappings(self, language: Language) -> None:
        """Define the mappings that other definitions refer to by name."""
        state, region = (language.parts[one] for one in ("state", "region"))
        self.definitions["states"] = self.names(Kind("a state", refer(state.name), deeper=True), self.kind)
        self.definitions["regions"] = self.names(Kind("a region", refer(region.name), deeper=True), self.kind)
        self.definitions["texts"] = self.names(human(), self.kind)
        rate = refer("rate")
        rates = {patterns.whole(patterns.NAME): rate}
        below: Json = {"type": "object", "minProperties": 1, "patternProperties": rates, "additionalProperties": False}
        self.definitions["drift"] = below | {
            "patternProperties": {
                patterns.whole(patterns.NAME): {"anyOf": [rate, below]},
                patterns.whole(rf"{patterns.NAME}\.{patterns.NAME}"): rate,
            }
        }
        changeable = tuple(key for key in language.scene.keys if key.name not in FIXED)
        variant = Form("variant", "a variant", "What is otherwise in this variant: paths and their values.", changeable)
        self.definitions["variants"] = {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {patterns.whole(patterns.NAME): self.changed(Kind("a variant", {}, form=variant))},
            "additionalProperties": False,
        }

    def form(self, form: Form) -> Json:
        """A mapping with keys of the language."""
        schema = self._form(form, self.kind) | ({"description": form.doc} if form.doc else {})
        needed = [key.name for key in form.keys if key.needed and not key.kind.mapping]
        schema |= {"required": needed} if needed else {}
        rules = [*form.rules, *(_somehow(key.name) for key in form.keys if key.needed and key.kind.mapping)]
        return schema | ({"allOf": rules} if rules else {})

    def _form(self, form: Form, leaf: _Leaf) -> Json:
        dotted = {
            patterns.whole(path): schema
            for key in form.keys
            for path, schema in self._below(key.name, key.kind, leaf, (form.name,))
        }
        schema: Json = {
            "type": "object",
            "minProperties": 1,
            "properties": {key.name: self._key(key, leaf(key.kind)) for key in form.keys},
            "additionalProperties": False,
        }
        return schema | ({"patternProperties": dotted} if dotted else {})

    def _key(self, key: Key, schema: Json) -> Json:
        described = _described(key, schema)
        if not key.shared:
            return described
        name = f"key_{key.name}" if schema == key.kind.schema else f"changed_key_{key.name}"
        self.definitions[name] = described
        return refer(name)

    def kind(self, kind: Kind) -> Json:
        """What a kind takes."""
        return kind.schema if kind.schema or kind.names is None else self.names(kind, self.kind)

    def names(self, kind: Kind, leaf: _Leaf) -> Json:
        """A mapping of names that the author gives, each to something of one kind."""
        each = kind.names or kind
        below = self._below(_other_than(kind.own), each, leaf, ())
        return {
            "type": "object",
            "minProperties": 1,
            **({"properties": {name: leaf(own) for name, own in kind.own.items()}} if kind.own else {}),
            "patternProperties": {
                patterns.whole(patterns.declared()): leaf(each),
                **{patterns.whole(path): schema for path, schema in below},
                **{
                    patterns.whole(path): schema
                    for name, own in kind.own.items()
                    for path, schema in self._below(name, own, leaf, ())
                },
            },
            "additionalProperties": False,
        }

    def changed(self, kind: Kind) -> Json:
        """What a variant may say where a scene has something of that kind: some of it, or `none`."""
        if kind.form is not None:
            name = f"changed_{kind.form.name}"
            if name not in self.definitions:
                self.definitions[name] = {}
                self.definitions[name] = {"anyOf": [NONE, self._form(kind.form, self.changed)]}
            return refer(name)
        if kind.names is not None:
            return {"anyOf": [NONE, self.names(kind, self.changed)]}
        return {"type": ["object", "string"]} if kind.deeper else {"anyOf": [NONE, kind.schema]}

    def _below(self, prefix: str, kind: Kind, leaf: _Leaf, seen: tuple[str, ...]) -> Iterator[tuple[str, Json]]:
        """The dotted keys that may go on below a key, as patterns."""
        if kind.deeper or (kind.form is not None and kind.form.name in seen):
            yield rf"{prefix}\..+", {}
        elif kind.form is not None:
            yield from _grouped(prefix, [(key.name, leaf(key.kind)) for key in kind.form.keys])
            for key in kind.form.keys:
                yield from self._below(rf"{prefix}\.{key.name}", key.kind, leaf, (*seen, kind.form.name))
        elif kind.names is not None:
            for name, each in ((_other_than(kind.own), kind.names), *kind.own.items()):
                yield rf"{prefix}\.{name}", leaf(each)
                yield from self._below(rf"{prefix}\.{name}", each, leaf, seen)


def _other_than(names: Iterable[str]) -> str:
    """A name that is none of these."""
    taken = "|".join(names)
    return rf"(?!(?:{taken})\.){patterns.NAME}" if taken else patterns.NAME


def _grouped(prefix: str, keys: Iterable[tuple[str, Json]]) -> Iterator[tuple[str, Json]]:
    """One pattern for all keys below a prefix that take the same."""
    same: dict[str, list[str]] = {}
    schemas: dict[str, Json] = {}
    for name, schema in keys:
        written = json.dumps(schema, sort_keys=True)
        schemas[written] = schema
        same.setdefault(written, []).append(name)
    for written, names in same.items():
        yield rf"{prefix}\.(?:{'|'.join(names)})", schemas[written]


def _described(key: Key, schema: Json) -> Json:
    """What stands under a key, and what an editor says about it."""
    default = f" Left out: {key.default}." if key.default and "Left out" not in key.doc else ""
    said = f"{key.doc}\n\n*{key.kind.words[:1].upper()}{key.kind.words[1:]}.*{default}"
    return {"allOf": [schema], "markdownDescription": said.strip()} | ({"description": key.doc} if key.doc else {})


def _somehow(key: str) -> Json:
    """A needed mapping, written under its key or by dotted keys."""
    dotted = {"not": {"propertyNames": {"not": {"pattern": rf"^{key}\."}}}}
    return {"anyOf": [{"required": [key]}, dotted]}
