"""Abaton: an engine for immersive clinics. Scenes are YAML; see `scenes/README.md` and `engine/README.md`."""

__version__ = "0.1.0"
