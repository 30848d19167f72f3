"""Every diagnostic by its code, with its reason in plain words, a wrong piece of a scene, and the same piece mended.

Codes are for ever: a code that is no longer used is not given to another mistake. `E` is an error, `W` a warning. The hundreds
group them: 01 text and tree, 02 names, 03 values and expressions, 04 things and placing words, 05 what happens, 06 the built
world, 07 composition, 08 cards and model files, 09 what a session asks for. Nothing here is loaded to check a good scene.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.spec.codes.cards import CARDS
from engine.spec.codes.composition import COMPOSITION
from engine.spec.codes.entry import GROUPS, Code
from engine.spec.codes.expressions import EXPRESSIONS
from engine.spec.codes.flow import FLOW
from engine.spec.codes.names import NAMES
from engine.spec.codes.proof import PROOF
from engine.spec.codes.session import SESSION
from engine.spec.codes.text import TEXT
from engine.spec.codes.things import THINGS
from engine.spec.codes.tree import TREE
from engine.spec.codes.values import VALUES
from engine.spec.codes.world import WORLD

_ALL = (*TEXT, *TREE, *NAMES, *VALUES, *EXPRESSIONS, *THINGS, *FLOW, *PROOF, *WORLD, *COMPOSITION, *CARDS, *SESSION)

CODES: Mapping[str, Code] = MappingProxyType({one.code: one for one in sorted(_ALL, key=lambda one: (one.code[1:], one.code))})
"""Code -> what it means, in the order of the numbers."""

__all__ = ["CODES", "GROUPS", "Code"]
