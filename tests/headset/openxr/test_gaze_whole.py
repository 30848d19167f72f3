"""The gaze on its whole way, on the made-up runtime: from the eye tracker into the session's world and into its recording, each
only with the person's consent, and not asked of the runtime without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import acos, cos, degrees, radians, sin, sqrt
from pathlib import Path

import pytest

from engine.host.consent import Allowance
from engine.host.keep import Keeper
from engine.session import Session
from engine.session.recording import Header, read
from engine.spec.load import load_scene
from headset.inputs import Command, Input, Person
from tests.headset.openxr.fake import Runtime, Wearer, made_up

ASIDE, UP = 17.3, -8.6
"""Degrees to the left and up that the eyes look."""


@dataclass
class Clinic:
    """Someone in a headset that sees their eyes, a session, and what is kept of it."""

    runtime: Runtime
    folder: Path
    looks: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(load_scene("lakeside"), seed=1)
        self.keeper = Keeper(self.folder, self.session, Header("lakeside", self.session.scene.digest, seed=1))
        self.wearer = Wearer(self.runtime)
        self.wearer.open()
        self.allowance = Allowance(self.session, self.wearer.driver)

    def play(self, frames: int, *first: Input) -> None:
        """The host's loop, without a picture."""
        inputs = list(first)
        for _ in range(frames):
            frame = self.wearer.driver.wait()
            assert frame is not None
            inputs += self.wearer.driver.inputs(frame)
            if frame.tick > self.session.tick:
                self.keeper.watch(frame, inputs, self.session.step(frame.tick, inputs))
                inputs = []
            self.allowance.watch()
            self.wearer.driver.render(frame, self.wearer.stage)
            self.looks.append(self.session.world.people["participant"])

    @property
    def asked(self) -> int:
        """How often the runtime was asked for the eyes."""
        eyes = [
            one.number
            for one in self.runtime.handles.values()
            if "action" in one.facts and one.facts["action"].facts["name"] == "gaze"
        ]
        assert eyes
        return sum(call.function == "xrLocateSpace" and call.facts["handle"] in eyes for call in self.runtime.trace)

    @property
    def synced(self) -> list[str]:
        """Names of the action sets that were synced last."""
        session = self.runtime.living("session")
        assert session is not None
        return [one.facts["name"] for one in session.facts["synced"]]

    def recorded(self) -> list[Person]:
        """Everybody who stands in the recording."""
        self.keeper.close()
        path = self.keeper.recording_path
        assert path is not None
        return [one for _, given in read(path).tape for one in given if isinstance(one, Person)]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    with made_up() as runtime:
        runtime.gaze = turned(ASIDE, UP)
        made = Clinic(runtime, tmp_path)
        yield made
        made.wearer.close()
        made.keeper.close()
        assert runtime.violations == []


def turned(aside: float, up: float) -> tuple[float, float, float, float]:
    """First to the left about y, then up about the new x: x y z w, as OpenXR has it."""
    y, x = radians(aside) / 2, radians(up) / 2
    return (cos(y) * sin(x), sin(y) * cos(x), -sin(y) * sin(x), cos(y) * cos(x))


def off(person: Person) -> float:
    """Degrees between where somebody looks in our axes, and where the eyes look."""
    assert person.gaze is not None
    w, x, y, z = person.gaze.quaternion
    # Ahead, +y, turned by the quaternion; OpenXR's -z, turned by hand.
    ahead = (2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x))
    wanted = (-sin(radians(ASIDE)) * cos(radians(UP)), cos(radians(ASIDE)) * cos(radians(UP)), sin(radians(UP)))
    length = sqrt(sum(part * part for part in ahead))
    return degrees(acos(min(1.0, sum(a * b for a, b in zip(ahead, wanted, strict=True)) / length)))


def consent(what: str) -> Command:
    return Command("participant", "consent", what)


def test_without_consent_the_runtime_is_never_asked_and_nothing_is_kept(clinic: Clinic) -> None:
    clinic.play(40)
    assert clinic.asked == 0
    assert clinic.synced == ["hands"]
    assert all(person.gaze is None for person in clinic.looks)
    assert any(person.head is not None for person in clinic.looks)
    assert all(person.gaze is None for person in clinic.recorded())


def test_with_consent_the_gaze_is_right_in_the_world_and_not_in_the_recording(clinic: Clinic) -> None:
    clinic.play(20)
    clinic.play(40, consent("gaze"))
    assert clinic.synced == ["hands", "eyes"]
    assert off(clinic.looks[-1]) < 0.1
    assert clinic.asked > 30
    people = clinic.recorded()
    assert people
    assert all(person.gaze is None for person in people)


def test_with_the_recording_s_own_consent_it_is_right_there_too(clinic: Clinic) -> None:
    clinic.play(20, consent("gaze"))
    clinic.play(40, consent("record_gaze"))
    people = clinic.recorded()
    assert people[0].gaze is None
    assert people[-1].gaze is not None
    assert off(people[-1]) < 0.1


def test_it_ends_in_the_frame_in_which_consent_ends(clinic: Clinic) -> None:
    clinic.play(30, consent("gaze"), consent("record_gaze"))
    assert clinic.looks[-1].gaze is not None
    clinic.play(2, consent("-gaze"))
    asked = clinic.asked
    clinic.play(20)
    assert clinic.asked == asked
    assert clinic.synced == ["hands"]
    assert clinic.looks[-1].gaze is None


def test_eyes_that_are_only_remembered_look_nowhere(clinic: Clinic) -> None:
    clinic.play(30, consent("gaze"))
    assert clinic.looks[-1].gaze is not None
    clinic.runtime.gaze = None
    clinic.play(10)
    assert clinic.looks[-1].gaze is None
