"""The clinic played by hand at a desk: what a nurse does there, with mouse and keys (`by_hand` is the command)."""

from __future__ import annotations

import time
from math import acos, atan2, degrees, hypot

from engine.world.joints import placed_fit
from engine.world.vectors import Turn, Vec3, compose, distance, inverse, rotate, subtract
from headset.simulator.arm import NOTCH, ROLL, WRIST
from headset.simulator.body import LEAN_SPEED, WALK, headed, turned
from tests.host.desk_by_hand import ME, Desk

IN_THE_BAY = (0.75, 0.75, 0.0)
BESIDE = (0.85, 1.15, 0.0)
BY_THE_BED = (0.62, 1.1, 0.0)
BEFORE_THE_BOARD = (-0.7, -3.6, 0.0)
"""Metres in the clinic: points of the floor to which one goes."""
CLOSE = 0.12
"""Metres from such a point at which one has come to it."""
LITRES, LITRE = 10.0, 20.0
"""A minute of oxygen, and degrees of the dial for one of them."""
UPRIGHT = 45.0
"""Degrees of the backrest at which the patient sits."""
SHELL = (0.0, 0.0, 0.285)
"""Metres: the middle of the mask's shell in its own axes."""


def breathless_bay(desk: Desk) -> None:
    """Go in, call for help, sit the patient up, open the oxygen, fit the mask, and put the board away."""
    step_to(desk, IN_THE_BAY)
    walk_to(desk, BESIDE)
    desk.look_at("bell", "button")
    desk.do("keydown", "f")
    desk.until(lambda: desk.happened("raised", "bell.pressed"), "the bell to be pressed")
    desk.do("keyup", "f")
    open_oxygen(desk)
    sit_patient_up(desk)
    fit_mask(desk)
    desk.until(lambda: desk.happened("state_entered", "debrief"), "the debriefing")
    walk_to(desk, BEFORE_THE_BOARD)
    desk.look_at("board", "done")
    desk.do("keydown", "f")
    desk.until(lambda: desk.happened("raised", "board.dismissed"), "the board to be put away")
    desk.do("keyup", "f")


def step_to(desk: Desk, floor: Vec3) -> None:
    """Throw arcs to a point of the floor, as the hint says: I, and let go. Who only walked would come to the edge of the space
    in which one can walk (`body.ROAM`), and no further."""
    for _ in range(6):
        x, y, _ = subtract(desk.world.origin.local(floor), desk.head.metres)
        if hypot(x, y) <= 0.8:
            return
        desk.look_to(lambda: floor, "the floor", 2.0)
        desk.hold("i", 1.0)
    raise AssertionError(f"stepped no closer than {hypot(x, y):.2f} m")


def walk_to(desk: Desk, floor: Vec3) -> None:
    """Walk, looking where one goes, once it is seen where one is."""
    desk.wait()
    for _ in range(8):
        x, y, _ = desk.world.origin.local(floor)
        far = hypot(x - desk.head.metres[0], y - desk.head.metres[1])
        if far <= CLOSE:
            return
        desk.look_to(lambda: (floor[0], floor[1], 1.2), "the way", 4.0)
        desk.hold("w", max(0.1, 0.8 * far / WALK))
    raise AssertionError(f"came no closer than {far:.2f} m")


def crouch(desk: Desk, height: float) -> None:
    """Bring the eyes to a height over the floor: Q and E."""
    for _ in range(8):
        missing = height - desk.head.metres[2]
        if abs(missing) <= 0.05:
            return
        desk.hold("e" if missing > 0.0 else "q", max(0.1, abs(missing) / LEAN_SPEED))


def open_oxygen(desk: Desk) -> None:
    """Take the dial and turn it as the hint says: Z and the wheel with Ctrl."""
    desk.look_at("oxygen", "dial")
    desk.do("mousedown", "1")
    desk.until(lambda: desk.happened("grabbed", "oxygen.dial"), "the dial to be in the hand")
    desk.hold("z", 1.5)
    for _ in range(30):
        missing = LITRES - number(desk, "oxygen", "flow")
        if missing == 0:
            break
        notch(desk, -round(missing * LITRE / ROLL))
        desk.wait()
    desk.do("mouseup", "1")
    desk.until(lambda: desk.happened("released", "oxygen.dial"), "the dial to be let go")


def number(desk: Desk, thing: str, name: str) -> float:
    """The value of a property that is a number."""
    value = desk.world.value((thing, name))
    assert isinstance(value, float)
    return value


def notch(desk: Desk, ways: int) -> None:
    """Turn the wrist by notches of the wheel, to the right where there are more than none."""
    desk.do("keydown", "ctrl")
    for _ in range(abs(ways)):
        desk.do("click", "4" if ways > 0 else "5")
        time.sleep(0.1)
    desk.do("keyup", "ctrl")


def sit_patient_up(desk: Desk) -> None:
    """Kneel, take the lever and pull it up by getting up."""
    crouch(desk, 0.9)
    desk.look_at("bed", "lever")
    desk.do("mousedown", "1")
    desk.until(lambda: desk.happened("grabbed", "bed.lever"), "the lever to be in the hand")
    for _ in range(10):
        if number(desk, "bed", "backrest") >= UPRIGHT:
            break
        desk.hold("e", 0.15)
    desk.do("mouseup", "1")
    desk.until(lambda: desk.happened("released", "bed.lever"), "the lever to be let go")


def fit_mask(desk: Desk) -> None:
    """Take the mask, bring it to the face and turn it as it sits there: mouse, wheel, and the wrist with Ctrl."""
    crouch(desk, 1.5)
    desk.look_to(lambda: desk.world.places["mask"].point(SHELL), "the mask")
    desk.do("mousedown", "1")
    desk.until(lambda: desk.happened("grabbed", "mask"), "the mask to be in the hand")
    desk.look_to(lambda: placed_fit(desk.world, "mask", "patient", "face").point(SHELL), "the face", 2.0)
    walk_to(desk, BY_THE_BED)
    for _ in range(30):
        if over(desk):
            break
        turn_wrist(desk)
        carry(desk)
        desk.wait()
    desk.do("mouseup", "1")
    desk.until(lambda: desk.happened("released", "mask") or desk.happened("fitted", "mask"), "the mask to be let go")
    assert desk.happened("fitted", "mask"), "the mask was let go and is not on the face"


def over(desk: Desk) -> bool:
    """Whether the mask is well within what snaps on."""
    world = desk.world
    goal, now = placed_fit(world, "mask", "patient", "face"), world.places["mask"]
    alike = abs(sum(a * b for a, b in zip(goal.turn, now.turn, strict=True)))
    far, askew = distance(goal.position, now.position), 2 * degrees(acos(min(1.0, alike)))
    print(f"  the mask is {far:.2f} m and {askew:.0f} degrees away from its place", flush=True)
    return far <= 0.08 and askew <= 30.0


def turn_wrist(desk: Desk) -> None:
    """Turn the wrist by what the mask is still turned away: the wheel with Ctrl turns it, the mouse with Ctrl tilts it."""
    world = desk.world
    hand, goal = world.hand(ME, "right"), placed_fit(world, "mask", "patient", "face")
    assert hand is not None
    looks = compose(world.origin.turn, turned(*desk.looks))
    wanted = compose(goal.turn, compose(inverse(world.places["mask"].turn), hand.turn))
    (swing, tilt, roll), (swung, tilted, rolled) = wrist(looks, wanted), wrist(looks, hand.turn)
    notch(desk, round(((roll - rolled + 180.0) % 360.0 - 180.0) / ROLL))
    desk.do("keydown", "ctrl")
    time.sleep(0.2)
    desk.move(max(-WRIST, min(WRIST, swing)) - swung, max(-WRIST, min(WRIST, tilt)) - tilted)
    time.sleep(0.2)
    desk.do("keyup", "ctrl")
    desk.wait()


def wrist(looks: Turn, hand: Turn) -> tuple[float, float, float]:
    """Degrees by which a hand is turned to the right, up and about itself, as seen by who looks so."""
    turn = compose(inverse(looks), hand)
    swing, tilt = headed(rotate(turn, (0.0, 1.0, 0.0)))
    w, _, y, _ = compose(inverse(turned(swing, tilt)), turn)
    return swing, tilt, (2 * degrees(atan2(y, w)) + 180.0) % 360.0 - 180.0


def carry(desk: Desk) -> None:
    """Move what is in the hand by what is still missing, as seen along the view: with the mouse, and the wheel."""
    world = desk.world
    gap = subtract(placed_fit(world, "mask", "patient", "face").position, world.places["mask"].position)
    looks = compose(world.origin.turn, turned(*desk.looks))
    right, deep, up = rotate(inverse(looks), gap)
    hand, head = world.hand(ME, "right"), world.head(ME)
    assert hand is not None
    assert head is not None
    far = distance(hand.position, head.position)
    for _ in range(min(12, round(abs(deep) / NOTCH))):
        desk.do("click", "4" if deep > 0.0 else "5")
        time.sleep(0.1)
    desk.move(degrees(atan2(right, far)), degrees(atan2(up, far)))
    desk.wait()
