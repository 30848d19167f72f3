"""Scripts that made every model: `python -m assets.generators.make` from the top of a checkout writes them all again."""
