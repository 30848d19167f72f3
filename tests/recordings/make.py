"""Makes the three recordings that are replayed on different machines: `python -m tests.recordings.make`.

Run it when a scene, a card or the engine was changed on purpose, and look at what changed in the logs before you commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine import __version__
from engine.host.keep import Keeper
from engine.host.loop import play
from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from headset.driver import Frame
from headset.inputs import Clock, Command, Hand, Input, Link, Person, Pose, Signal
from headset.offscreen import Offscreen

HERE = Path(__file__).resolve().parent
Script = Callable[[Frame], Sequence[Input]]


def visitor(session: Session) -> Script:
    """The calm visitor of `abaton run --headless`, to the end."""
    person = Visitor(session.world, 0)
    return lambda frame: [person.person(frame.tick)]


def restless(session: Session) -> Script:
    """Trembling hands that grab, carry, drop into the water and pass over the stone, and leave by the menu button."""
    draw = np.random.Generator(np.random.PCG64(11))

    def script(frame: Frame) -> list[Input]:
        thing = session.world.origin.local(session.world.places["stone"].position)
        phase = frame.tick // 40 % 8
        aims: list[tuple[float, float, float]] = []
        for side in (-1.0, 1.0):
            shake = [float(number) for number in draw.normal(0.0, 0.003, 3)]
            away = (0.0, 0.0, 0.35, 0.7, 0.7, 0.2, 0.0, 0.1)[phase]
            x, y, z = thing if phase < 6 or side > 0 else (0.2, 0.4, 0.9)
            aims.append((x + shake[0] + 0.02 * side, y + shake[1] + away, z + shake[2] + 0.03 + away / 2))
        turns = [[1.0, *(float(number) for number in draw.normal(0.0, 0.2, 3))] for _ in range(2)]
        squeezes = [100 if phase in {1, 2, 3} else 30, 100 if phase in {6, 7} else 50]
        poses = [Pose.of(aim, turn) for aim, turn in zip(aims, turns, strict=True)]
        left, right = (Hand(grip=pose, aim=pose, squeeze=squeeze) for pose, squeeze in zip(poses, squeezes, strict=True))
        if frame.tick > 2800:
            left = replace(left, buttons=frozenset({"menu"}))
        lost = frame.tick % 700 > 660
        return [Person(head=Pose.of((0.0, 0.0, 1.2)), left=left, right=replace(right, grip=None) if lost else right)]

    return script


def watched(session: Session) -> Script:
    """A session with an operator and sensors: pauses, a headset taken off, a heartbeat, a standstill, distress."""
    person = Visitor(session.world, 5)
    deeds: dict[int, Sequence[Input]] = {
        500: [Command("operator", "note", "begins calmly")],
        1500: [Command("operator", "pause")],
        1900: [Command("operator", "resume"), Command("operator", "volume", "0.4")],
        4000: [Link("headset", "unworn")],
        4300: [Link("headset", "worn")],
        5200: [Clock(250)],
        9000: [Command("participant", "distress", "key C")],
    }
    draw = np.random.Generator(np.random.PCG64(5))

    def script(frame: Frame) -> list[Input]:
        beat = [Signal("hr", round(float(draw.normal(72, 4)), 1), "/min", 95, "belt")] if frame.tick % 90 == 0 else []
        return [person.person(frame.tick), *beat, *deeds.get(frame.tick, ())]

    return script


SCRIPTS: Mapping[str, tuple[Callable[[Session], Script], Header]] = {
    "visitor": (visitor, Header("lakeside", "")),
    "restless": (
        restless,
        Header("lakeside", "", 3, "de", ("winter",), {"inhale": "3.7 s", "exhale": "5.9 s", "rounds": "4"}),
    ),
    "watched": (watched, Header("lakeside", "", 5, "ar", (), {"rounds": "60"})),
}


def make(name: str) -> None:
    """Make one recording."""
    script, wish = SCRIPTS[name]
    scene = load_scene(wish.scene, variants=wish.variants, language=wish.language or None, parameters=wish.parameters)
    session = Session(scene, wish.seed)
    header = replace(wish, digest=scene.digest, engine=__version__, device="offscreen")
    with TemporaryDirectory() as folder:
        keeper = Keeper(Path(folder), session, header)
        refresh = {"visitor": 72.0, "restless": 45.0, "watched": 100.0}[name]
        play(session, Offscreen(script=script(session), refresh_hz=refresh), None, keeper.watch)
        keeper.close()
        assert keeper.recording_path is not None
        (HERE / f"{name}.jsonl").write_bytes(keeper.recording_path.read_bytes())
        print(f"{name}: {session.outcome} at tick {session.tick}, log {keeper.digest}")


if __name__ == "__main__":
    for each in SCRIPTS:
        make(each)
