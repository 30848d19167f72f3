"""The person, whole: what actions, hand trackers and eye tracker know of them at one moment, as far as they allow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from headset.driver import Consent, Held
from headset.held import held_by
from headset.inputs import SIDES, Button, Hand, Person, Pose, Side
from headset.openxr.actions import Actions
from headset.openxr.gaze import Gaze
from headset.openxr.gestures import hand_of, palm_shown
from headset.openxr.hands import Tracked, Trackers
from headset.openxr.profiles import PROFILES
from headset.openxr.spaces import Spaces


class Senses:
    """Asks everything that a session has about its person. `trackers` and `gaze` are None where the headset has none."""

    def __init__(self, spaces: Spaces, actions: Actions, trackers: Trackers | None, gaze: Gaze | None) -> None:
        self.spaces = spaces
        self.actions = actions
        self.trackers = trackers
        self.gaze = gaze
        self.allowed: frozenset[Consent] = frozenset()
        self.tell: Callable[[Side, Held, float], None] = _nobody
        """Is told what is in a hand, and that its grip looks along the tube, whenever that may be something else."""
        self._stale = True
        self._shown: dict[Side, bool] = dict.fromkeys(SIDES, False)
        """Side -> whether that palm was held up to the eyes at the last moment."""

    def allow(self, consents: frozenset[Consent]) -> None:
        """Measure what is allowed from now on, and nothing of the rest."""
        if consents == self.allowed:
            return
        self.allowed = consents
        if self.trackers is not None:
            self.trackers.allow("joints" in consents)
        if self.gaze is not None:
            self.actions.use(*([self.gaze.set] if "gaze" in consents else []))

    def changed(self) -> None:
        """The runtime says that something else is in a hand now."""
        self._stale = True

    def person(self, time: int) -> Person:
        """The person at a display time. Hands and gaze are not given while another application has them."""
        spaces = self.spaces
        hands = self.actions.hands(spaces, time)
        head = spaces.pose(spaces.head, time)
        if hands is None:
            return Person(head=head)
        if self._stale:
            self.actions.look_up()
            self._stale = False
            for side in SIDES:
                self.tell(side, held_by(self.actions.profiles[side]), 0.0)
        tracked = {} if self.trackers is None else self.trackers.read(spaces, time)
        left, right = (self._hand(side, hand, head, tracked.get(side)) for side, hand in zip(SIDES, hands, strict=True))
        gaze = self.gaze.pose(spaces, time) if self.gaze is not None and "gaze" in self.allowed else None
        return Person(head=head, left=left, right=right, gaze=gaze)

    def _hand(self, side: Side, hand: Hand, head: Pose | None, tracked: Tracked | None) -> Hand:
        profile = PROFILES.get(self.actions.profiles[side])
        if profile is not None and profile.bare:
            joints = None if tracked is None else tracked.joints
            shown = palm_shown(side, hand, head, joints, still=self._shown[side])
            hand = replace(hand, buttons=_MENU if shown else hand.buttons, joints=joints)
        elif tracked is not None and tracked.bare and _empty(hand):
            hand = hand_of(side, tracked.joints, head, still=self._shown[side])
            shown = bool(hand.buttons)
        else:
            shown = False
            if tracked is not None:
                # Three times as quick as `replace`, which a frame with controllers and joints would call twice.
                hand = Hand(hand.grip, hand.aim, hand.squeeze, hand.trigger, hand.buttons, hand.stick, tracked.joints)
        self._shown[side] = shown
        return hand


def _nobody(side: Side, held: Held, lean: float) -> None:
    """Nothing is drawn."""


def _empty(hand: Hand) -> bool:
    """Whether no controller says anything of this hand, so that its joints may speak."""
    return hand.grip is None and not (hand.squeeze or hand.trigger or hand.buttons)


_MENU: Final[frozenset[Button]] = frozenset({"menu"})
