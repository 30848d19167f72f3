"""A person before panels, for tests: where they look and point, and which keys they press."""

from __future__ import annotations

from collections.abc import Sequence

from engine.host.panels import OpenPanel
from engine.world.vectors import Transform, look_at
from headset.inputs import Hand, Key, Person, Pose

EYES = (0.0, 0.0, 1.6)
HAND = (0.2, 0.1, 1.2)
HEAD = Pose.of(EYES)


def idle(keys: Sequence[Key] = (), button: bool = False) -> Person:
    """Someone whose hands are not tracked."""
    left = Hand(buttons=frozenset({"menu"} if button else ()))
    return Person(head=HEAD, left=left, keys=frozenset(keys))


def pointing(panel: OpenPanel, item: str, trigger: int = 0) -> Person:
    """Someone who points with the right hand at the middle of an item of a panel, or at its title."""
    across, up = (0.0, panel.size()[1] / 2 - 0.05) if item == "title" else panel.part(item)[:2]
    target = panel.place.point((across, 0.0, up))
    hand = Transform(HAND, look_at(HAND, target))
    pose = Pose.of(hand.position, hand.turn)
    return Person(head=HEAD, right=Hand(grip=pose, aim=pose, trigger=trigger))


def looking(panel: OpenPanel, item: str) -> Person:
    """Someone without hands who looks at an item."""
    across, up, _, _ = panel.part(item)
    target = panel.place.point((across, 0.0, up))
    return Person(head=Pose.of(EYES, look_at(EYES, target)))
