"""The scene language: text → tree with positions → composed → typed SceneSpec, with all that is wrong said at once.

`load_scene` is the way in; `model` says what comes out; `diagnostics` says what a finding is. No graphics, no clock, no numpy.
"""

from engine.spec.diagnostics import Diagnostic, SceneError, render
from engine.spec.load import load_scene, read_scene
from engine.spec.model import SceneSpec
from engine.spec.played import not_played

__all__ = ["Diagnostic", "SceneError", "SceneSpec", "load_scene", "not_played", "read_scene", "render"]
