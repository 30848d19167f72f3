"""The lying figure: where a body of 1.70 m has what, as distances that the patient's skin and clothes are drawn from.

Metres in the person's own axes: origin under the hips on the lying surface, +y to the feet, +z up. Heights of joints after
Drillis and Contini (1966) for a stature of 1.70 m; the head after Young (1993), "Head and Face Anthropometry of Adult U.S.
Civilians": 190 mm long, 150 mm broad, 225 mm high.
"""

from __future__ import annotations

import numpy as np

from assets.generators.drape import ball, carve, limb, melt
from assets.generators.shapes import Array

HEAD_AT = np.array((-0.014, -0.662, 0.168))
"""The middle between the ears."""
NOD = np.radians(31.0)
"""How far the pillow bows the head towards the chest: tired, the face looks to the feet of the bed."""
LOLL = np.radians(11.0)
"""How far it has fallen aside, towards the right shoulder, about the upright through its middle: a neck that rests holds no head
straight."""
_NODDED = np.column_stack([(1.0, 0.0, 0.0), (0.0, np.sin(NOD), np.cos(NOD)), (0.0, -np.cos(NOD), np.sin(NOD))])
_ASIDE = np.array(((np.cos(LOLL), np.sin(LOLL), 0.0), (-np.sin(LOLL), np.cos(LOLL), 0.0), (0.0, 0.0, 1.0)))
HEAD_TURN = _ASIDE @ _NODDED
"""The head's axes (left-right, ahead, up) as columns."""
_NAPE = (np.array((0.0, -0.512, 0.090)) - HEAD_AT) @ HEAD_TURN
_NOTCH = (np.array((0.0, -0.507, 0.138)) - HEAD_AT) @ HEAD_TURN
"""Where the neck ends in the trunk, and where its muscles do, between the collar-bones, in the head's own axes."""

SHOULDER = {1: np.array((0.185, -0.475, 0.098)), -1: np.array((-0.185, -0.475, 0.098))}
ELBOW = {1: np.array((0.286, -0.184, 0.060)), -1: np.array((-0.297, -0.186, 0.058))}
"""The elbows lie on the mattress, close to the trunk."""
WRIST = {1: np.array((0.081, -0.190, 0.2135)), -1: np.array((-0.094, -0.123, 0.1985))}
HAND_WAY = {1: np.array((-0.960, -0.060, 0.085)), -1: np.array((0.950, 0.130, 0.080))}
"""Where the back of the wrist's middle lies, and which way the hand goes on from it: over the belly, its wrist bent back by some
30 degrees, as a hand at rest has it."""


JAW = 0.013
"""Over how many metres jaw and neck run into one another."""


def out_of_head(local: Array) -> Array:
    """Points in the head's own axes (left-right, ahead, up) as the person has them."""
    return np.asarray(local @ HEAD_TURN.T + HEAD_AT)


def head(p: Array) -> Array:
    """The distance to head and neck, in the head's own axes."""
    return melt(skull(p), neck(p), JAW)


def skull(p: Array) -> Array:
    """The distance to the head without its neck, in the head's own axes.

    Breadths after Young (1993) and ANSUR II (Gordon et al., 2014), men: over the cheekbones 141 mm, over the angles of the jaw
    121 mm, least over the brows 107 mm; from the nose's root to the chin 122 mm.
    """
    side = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    d = ball(p, (0, -0.004, 0.036), (0.0755, 0.0950, 0.0880))
    d = melt(d, ball(p, (0, 0.050, 0.046), (0.0500, 0.0430, 0.0400)), 0.024)
    d = melt(d, ball(p, (0, 0.034, -0.026), (0.0500, 0.0590, 0.0770)), 0.030)
    d = _jawed(d, p, side)
    d = melt(d, limb(side, (0.0562, 0.012, -0.009), (0.0436, 0.0590, -0.0200), 0.0065, 0.0105), 0.032)
    d = melt(d, ball(side, (0.0375, 0.0585, -0.0310), (0.0168, 0.0156, 0.0240)), 0.034)
    d = melt(d, ball(side, (0.0352, 0.0400, -0.0490), (0.0130, 0.0240, 0.0260)), 0.032)
    d = melt(d, ball(side, (0.0210, 0.0730, -0.0420), (0.0140, 0.0120, 0.0190)), 0.026)
    d = melt(d, limb(side, (0.0, 0.0880, 0.0225), (0.0410, 0.0745, 0.0245), 0.0110, 0.0090), 0.018)
    d = melt(d, ball(p, (0, 0.0705, -0.060), (0.0300, 0.0215, 0.0240)), 0.024)
    d = carve(d, ball(side, (0.0325, 0.1000, 0.0060), (0.0190, 0.0160, 0.0115)), 0.016)
    d = melt(d, ball(side, (0.0315, 0.0715, 0.0035), (0.0150, 0.0140, 0.0125)), 0.006)
    d = melt(d, limb(p, (0, 0.0860, 0.0125), (0, 0.1088, -0.0250), 0.0064, 0.0075), 0.015)
    d = melt(d, ball(p, (0, 0.1082, -0.0285), (0.0094, 0.0098, 0.0088)), 0.012)
    d = melt(d, ball(side, (0.0116, 0.0966, -0.0326), (0.0060, 0.0104, 0.0074)), 0.010)
    d = carve(d, ball(side, (0.0062, 0.1040, -0.0405), (0.0032, 0.0052, 0.0035)), 0.004)
    d = melt(d, limb(side, (0.0035, 0.0945, -0.0578), (0.0215, 0.0870, -0.0615), 0.0046, 0.0024), 0.008)
    d = melt(d, limb(side, (0.0, 0.0930, -0.0678), (0.0185, 0.0868, -0.0645), 0.0056, 0.0028), 0.008)
    d = carve(d, limb(p, (0, 0.0990, -0.0460), (0, 0.0990, -0.0520), 0.0030, 0.0026), 0.006)
    return carve(d, ball(p, (0, 0.1000, -0.0800), (0.0160, 0.0070, 0.0045)), 0.014)


def _jawed(d: Array, p: Array, side: Array) -> Array:
    """With the lower jaw: its muscle, angle and edge, the floor between its branches, what hangs below it, and the chin."""
    d = melt(d, ball(side, (0.0398, 0.016, -0.036), (0.0125, 0.0240, 0.0320)), 0.030)
    d = melt(d, limb(side, (0.0395, 0.008, -0.059), (0.0115, 0.0710, -0.0955), 0.0100, 0.0105), 0.030)
    d = melt(d, ball(p, (0, 0.032, -0.080), (0.0320, 0.0460, 0.0150)), 0.024)
    d = melt(d, ball(side, (0.0280, 0.0470, -0.0790), (0.0105, 0.0200, 0.0115)), 0.026)
    d = melt(d, limb(p, (0, 0.0560, -0.0955), (0, 0.0180, -0.1130), 0.0095, 0.0120), 0.028)  # slack skin
    return melt(d, ball(p, (0, 0.0745, -0.0945), (0.0165, 0.0160, 0.0160)), 0.028)


def neck(p: Array) -> Array:
    """The distance to the neck with its larynx, in the head's own axes: about 110 mm broad."""
    d = limb(p, (0, -0.027, -0.030), _NAPE, 0.0405, 0.0490)
    for side in (-1.0, 1.0):
        d = melt(d, limb(p, (0.0460 * side, -0.028, -0.030), _NOTCH + np.array((0.016 * side, 0.0, 0.0)), 0.0125, 0.0120), 0.016)
    return melt(d, ball(p, 0.30 * _NOTCH + np.array((0.0, 0.0172, -0.0840)), (0.0150, 0.0130, 0.0190)), 0.016)


def trunk(p: Array) -> Array:
    """The distance to chest, shoulders, belly and pelvis."""
    side = np.concatenate([np.abs(p[..., :1]), p[..., 1:]], -1)
    d = ball(p, (0, -0.330, 0.102), (0.166, 0.225, 0.102))
    d = melt(d, limb(side, (0.055, -0.462, 0.094), (0.165, -0.474, 0.094), 0.072, 0.062), 0.055)
    d = melt(d, ball(side, (0.078, -0.365, 0.148), (0.085, 0.090, 0.054)), 0.05)
    d = melt(d, ball(p, (0, -0.120, 0.086), (0.150, 0.220, 0.082)), 0.07)
    d = melt(d, ball(p, (0, 0.020, 0.084), (0.170, 0.165, 0.081)), 0.07)
    return melt(d, limb(p, (0, -0.560, 0.105), (0, -0.470, 0.095), 0.050, 0.070), 0.04)


def bust(p: Array) -> Array:
    """The distance to head, neck and trunk as one skin, in the person's own axes."""
    local = (p - HEAD_AT) @ HEAD_TURN
    return melt(melt(trunk(p), neck(local), 0.045), skull(local), JAW)


def arm(p: Array, side: int) -> Array:
    """The distance to an arm down to the wrist, without the hand; `side` 1 is at +x. It has grown thin: muscle wastes first.

    Girth of the forearm 236 mm, less than the 5th percentile of men, 274 mm, of the wrist 157 mm; across the elbow's two bones
    70 mm (ANSUR II, Gordon et al., 2014); lengths of upper arm and forearm 0.186 and 0.146 of the stature (Drillis and
    Contini 1966).
    """
    upper, elbow, wrist = SHOULDER[side], ELBOW[side], WRIST[side]
    fore, back = wrist - elbow, (elbow - upper) / np.linalg.norm(elbow - upper)
    ahead = fore / np.linalg.norm(fore)
    hinge = side * np.cross(back, ahead)
    hinge /= np.linalg.norm(hinge)  # to the thumb's side, the forearm being turned halfway in
    tip = (back - ahead) / np.linalg.norm(back - ahead)
    axes = hand_frame(side)[1]
    thumb, up = -side * axes[:, 0], axes[:, 2]
    d = limb(p, upper, elbow - 0.055 * back, 0.0410, 0.0258)
    d = melt(d, limb(p, elbow - 0.065 * back, elbow - 0.004 * back, 0.0248, 0.0195), 0.018)
    slack = np.array((0.0, 0.0, -0.013))  # what hangs of the upper arm
    d = melt(d, limb(p, upper + 0.40 * (elbow - upper) + slack, upper + 0.74 * (elbow - upper) + slack, 0.0330, 0.0170), 0.030)
    d = melt(d, limb(p, elbow + 0.01 * fore, elbow + 0.88 * fore, 0.0222, 0.0172), 0.020)
    d = melt(d, limb(p, elbow - 0.034 * back + 0.010 * hinge, elbow + 0.28 * fore + 0.016 * hinge, 0.0130, 0.0200), 0.018)
    d = melt(d, limb(p, elbow + 0.28 * fore + 0.016 * hinge, elbow + 0.64 * fore + 0.011 * thumb, 0.0200, 0.0130), 0.018)
    d = melt(d, limb(p, elbow + 0.05 * fore - 0.012 * hinge, elbow + 0.28 * fore - 0.014 * hinge, 0.0165, 0.0218), 0.018)
    d = melt(d, limb(p, elbow + 0.28 * fore - 0.014 * hinge, elbow + 0.62 * fore - 0.009 * thumb, 0.0218, 0.0150), 0.020)
    d = melt(d, limb(p, elbow + 0.24 * fore + 0.009 * tip, elbow + 0.62 * fore + 0.011 * up, 0.0195, 0.0120), 0.016)
    return _wristed(_elbowed(d, p, (elbow, back, fore, hinge, tip)), p, side, (elbow, fore, ahead, thumb, up))


def _elbowed(d: Array, p: Array, at: tuple[Array, ...]) -> Array:
    """With the elbow's bones under thin skin: the humerus's two knobs, the ulna's hook between them, and its edge further on."""
    elbow, back, fore, hinge, tip = at
    for way in (-1.0, 1.0):
        d = melt(d, ball(p, elbow + 0.0215 * way * hinge - 0.008 * back - 0.002 * tip, (0.0110, 0.0110, 0.0110)), 0.018)
        d = carve(d, ball(p, elbow + 0.0150 * way * hinge + 0.0330 * tip - 0.008 * back, (0.0050, 0.0050, 0.0050)), 0.010)
    hook = elbow + 0.0215 * tip - 0.002 * back
    d = melt(d, limb(p, hook, elbow + 0.0190 * tip + 0.12 * fore, 0.0152, 0.0110), 0.026)
    return melt(d, limb(p, elbow + 0.0220 * tip + 0.10 * fore, elbow + 0.0130 * tip + 0.52 * fore, 0.0088, 0.0070), 0.010)


def _wristed(d: Array, p: Array, side: int, at: tuple[Array, ...]) -> Array:
    """With a flat bony wrist: both bones, the ulna's head, the tendons above."""
    elbow, fore, ahead, thumb, up = at
    wrist = elbow + fore
    for way in (-1.0, 1.0):
        d = melt(d, limb(p, elbow + 0.56 * fore + 0.004 * way * thumb, wrist + 0.0125 * way * thumb, 0.0175, 0.0158), 0.014)
    for out in (-0.0055, 0.0035):
        tendon = limb(p, elbow + 0.62 * fore + out * thumb + 0.010 * up, wrist + out * thumb + 0.0132 * up, 0.0042, 0.0046)
        d = melt(d, tendon, 0.008)
    return melt(d, ball(p, wrist - 0.020 * ahead - 0.0200 * thumb + 0.0105 * up, 0.0088), 0.009)


def arm_and_hand(p: Array, side: int) -> Array:
    """The distance to an arm and its hand as it lies there."""
    at, axes, mirror = hand_frame(side)
    return melt(arm(p, side), hand(((p - at) @ axes) * mirror, CURL[side]), 0.018)


CURL = {1: 11.0, -1: 11.0}
"""Degrees by which a middle finger's first joint is bent."""


def hand_frame(side: int) -> tuple[Array, Array, Array]:
    """A hand's origin, its axes as columns, and what mirrors a left hand's points into it."""
    y = HAND_WAY[side] / np.linalg.norm(HAND_WAY[side])
    x = np.cross(y, (0.06 * side, 0.08, 1.0))  # as the belly is, which rises to the chest
    x /= np.linalg.norm(x)
    return WRIST[side], np.column_stack([x, y, np.cross(x, y)]), np.array((-1.0 if side > 0 else 1.0, 1.0, 1.0))


FINGERS = {
    "little": ((-0.0295, 0.083, 0.000), (0.027, 0.020, 0.017), 0.0070, -12.0),
    "ring": ((-0.0105, 0.090, 0.002), (0.033, 0.026, 0.020), 0.0077, -2.5),
    "middle": ((0.0090, 0.092, 0.002), (0.036, 0.028, 0.021), 0.0081, 0.5),
    "index": ((0.0285, 0.087, 0.001), (0.033, 0.024, 0.020), 0.0079, 7.5),
}
"""In the hand's axes (thumb's side, fingers' way, back of the hand): knuckle, three bones, radius, degrees of spread."""
_BENT = {"little": 1.35, "ring": 1.25, "middle": 1.0, "index": 0.75}
"""How much each finger is bent: at rest more from one to the next."""


def finger(name: str, curl: float) -> Array:
    """The joints of a finger from its knuckle to its tip; `curl` degrees bend the middle one at its first joint."""
    start, bones, _, spread = FINGERS[name]
    points = [np.array(start)]
    turn, out = 0.0, np.radians(spread)
    for bone, more in zip(bones, (1.0, 1.7, 0.9), strict=True):
        turn += np.radians(curl) * more * _BENT[name]
        way = np.array((np.sin(out) * np.cos(turn), np.cos(out) * np.cos(turn), -np.sin(turn)))
        points.append(points[-1] + bone * way)
    return np.array(points)


THUMB = np.array(((0.0180, 0.018, -0.006), (0.0400, 0.044, -0.010), (0.0530, 0.073, -0.009), (0.0580, 0.098, -0.011)))


def hand(p: Array, curl: float) -> Array:
    """The distance to a hand, in its own axes: breadth 82 mm, length 184 mm (ANSUR II, between women's and men's means)."""
    d = limb(p, (0.0, -0.012, 0.0), (0.0, 0.016, 0.0), 0.0205, 0.0210) + 0.003 * np.abs(p[..., 2]) / 0.02
    palm = np.minimum(
        limb(p, (-0.0175, 0.020, 0.0), (-0.0265, 0.078, -0.002), 0.0150, 0.0112),
        limb(p, (0.0150, 0.020, 0.0), (0.0250, 0.082, -0.001), 0.0155, 0.0116),
    )
    palm = melt(palm, limb(p, (0.0, 0.015, 0.001), (0.0, 0.086, 0.001), 0.0160, 0.0122), 0.020)
    d = melt(d, palm, 0.028)
    d = melt(d, limb(p, (0.010, 0.010, -0.006), (0.038, 0.042, -0.010), 0.0160, 0.0130), 0.018)
    for name, (start, _, thick, _) in FINGERS.items():
        joints = finger(name, curl)
        tendon = limb(p, (0.25 * start[0], 0.028, 0.0115), (start[0], start[1] - 0.006, start[2] + 0.0068), 0.0030, 0.0046)
        d = melt(d, tendon, 0.010)
        d = melt(d, ball(p, joints[0] + (0.0, -0.002, 0.0042), 0.0082), 0.008)
        one = limb(p, joints[0], joints[1], thick * 1.08, thick * 0.98)
        one = np.minimum(one, limb(p, joints[1], joints[2], thick * 0.98, thick * 0.90))
        one = np.minimum(one, limb(p, joints[2], joints[3] - 0.35 * (joints[3] - joints[2]), thick * 0.92, thick * 0.84))
        one = melt(one, ball(p, joints[1] + (0.0, 0.0, 0.0006), thick * 1.08), 0.006)
        one = melt(one, ball(p, joints[2] + (0.0, 0.0, 0.0003), thick * 0.98), 0.005)
        d = melt(d, one, 0.0095)
    one = np.minimum(
        limb(p, THUMB[1], THUMB[2], 0.0112, 0.0100), limb(p, THUMB[2], THUMB[3] - 0.3 * (THUMB[3] - THUMB[2]), 0.0102, 0.0092)
    )
    one = melt(one, ball(p, THUMB[2], 0.0108), 0.006)
    return melt(d, one, 0.010)
