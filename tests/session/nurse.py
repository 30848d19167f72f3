"""A pair of hands in breathless_bay, which do what a trainee does: only poses and squeezes, as a device would give them."""

from __future__ import annotations

from engine.session import Event, Session
from engine.world.joints import turn_about
from engine.world.standing import spot_before
from engine.world.vectors import Transform, add, compose
from headset.inputs import Input
from tests.interaction.ward import at, control_at, facing, onto_face


class Nurse:
    """Plays a session, tick by tick, and keeps its events."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    def play(self, ticks: int, *inputs: Input) -> None:
        """So many ticks more; the inputs come in the first."""
        self.events += self.session.step(self.session.tick + ticks, inputs)

    def until(self, second: float) -> None:
        """Wait until so many seconds have been played."""
        self.play(round(second * 100) - self.session.tick - 1)

    def finish(self) -> None:
        """Wait for the end."""
        while not self.session.over:
            self.play(1000)

    def walk_in(self) -> None:
        """Stand in the bay, as locomotion would bring them."""
        spot = spot_before(self.session.world, "bay")
        assert spot is not None
        self.session.world.origin = spot

    def give_mask(self) -> None:
        """Take the mask from its hook, bring it to the face, let go."""
        world = self.session.world
        start, end = world.places["mask"], onto_face(world)
        for place, squeeze in ((start, 0), (start, 100), (end, 100), (end, 0)):
            self.play(10, at(world, place, squeeze))

    def open_oxygen(self, degrees: float) -> None:
        """Take the dial, twist it so far (20 degrees are a litre a minute), let go; again, for one wrist turns no further."""
        world = self.session.world
        dial, point = world.places["oxygen"], control_at(world, "oxygen", "dial")
        upright = facing(world, "oxygen", point).turn
        while degrees > 0.0:
            part = min(degrees, 60.0)
            for angle, squeeze in [(0.0, 0), *((part * step / 20, 100) for step in range(21)), (part, 0)]:
                turn = compose(turn_about(dial.direction((0.0, 1.0, 0.0)), angle), upright)
                self.play(2, at(world, Transform(point, turn), squeeze))
            degrees -= part

    def press_bell(self) -> None:
        """Push a finger into the button and take it out."""
        world = self.session.world
        middle = world.places["bell"].local(control_at(world, "bell", "button"))
        for step in (*range(30), *range(30, -1, -1)):
            point = world.places["bell"].point(add(middle, (0.0, 0.25 - step * 0.01, 0.0)))
            self.play(1, at(world, facing(world, "bell", point)))

    def raise_back(self, lifts: int = 1) -> None:
        """Take the bed's lever, pull it up a step at a time."""
        world = self.session.world
        for _ in range(lifts):
            grip = control_at(world, "bed", "lever")
            for step in range(31):
                self.play(2, at(world, Transform(add(grip, (0.0, 0.0, 0.01 * step))), 0 if step == 0 else 100))
            self.play(5, at(world, Transform(add(grip, (0.0, 0.0, 0.3))), 0))
