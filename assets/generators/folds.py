"""Folds of cloth: their sections, and the ridges that what holds it draws in it. Metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.shapes import Array


def noise(x: Array, y: Array, phase: float) -> Array:
    """A little unrest, about -1 to 1, without a repeat that one sees."""
    return np.asarray(
        (
            np.sin(17.0 * x + 9.0 * y + phase)
            + np.sin(-11.0 * x + 21.0 * y + 2.3 * phase)
            + np.sin(31.0 * x - 13.0 * y + 0.7 * phase)
        )
        / 3.0
    )


def ridge(phase: Array) -> Array:
    """A fold's section, -0.4 to 1: rounded above, pinched below."""
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
    return np.asarray(1.4 * wave**1.5 - 0.4)


@dataclass(frozen=True)
class Drawn:
    """A fold from where it is held, where it is sharp, to where it fades: x and y of its ends, its height and its half width at
    both ends; `bow` is how far its middle lies to its left.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    high: float
    wide: tuple[float, float]
    bow: float = 0.0

    def raised(self, x: Array, y: Array) -> Array:
        """How far it raises the cloth at places: a crest with a round back and slack flanks that go down on both sides of it."""
        (x0, y0), (x1, y1) = self.start, self.end
        long = float(np.hypot(x1 - x0, y1 - y0))
        ahead = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long**2
        beside = ((x - x0) * (y0 - y1) + (y - y0) * (x1 - x0)) / long - self.bow * 4.0 * ahead * (1.0 - ahead)
        share = np.clip(ahead, 0.0, 1.0)
        wide = self.wide[0] + (self.wide[1] - self.wide[0]) * share
        t = np.abs(beside) / wide
        crest = np.exp(1.0 - np.sqrt(1.0 + (1.7 * t) ** 2)) - 0.30 * np.exp(-((t - 1.75) ** 2) / 0.45)
        rises = np.clip((ahead * long + self.wide[0]) / (4.5 * self.wide[0]), 0.0, 1.0)
        fades = np.clip((1.0 - ahead) / 0.55, 0.0, 1.0)
        return np.asarray(self.high * rises * rises * (3.0 - 2.0 * rises) * fades * fades * (3.0 - 2.0 * fades) * crest)


def raised(folds: tuple[Drawn, ...], x: Array, y: Array) -> Array:
    """How far all of them raise the cloth; where two meet the higher one stays."""
    made = [each.raised(x, y) for each in folds]
    return np.asarray(np.max(np.maximum(made, 0.0), axis=0) + np.min(np.minimum(made, 0.0), axis=0))
