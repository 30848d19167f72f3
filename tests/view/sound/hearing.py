"""What a session lets one hear, see and feel, tick by tick; and ears that only note what they are asked to play."""

from __future__ import annotations

from pathlib import Path

from engine.host.feel import Feel
from engine.host.panels import OpenPanel
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.view.refusal import Refusal
from engine.view.sound.cues import Cue, Cues
from engine.view.stage import Stage
from engine.world.vectors import Transform, Vec3
from headset.inputs import Input
from headset.offscreen import Offscreen

SCENE = """\
spec: 1
language: en
rooms:
  bay: {size: [6 m, 4 m, 2.7 m]}
props:
  bed: {use: exam_bed, against: bay.north}
  monitor: {use: vitals_monitor, beside: bed.right, shows: patient}
  bell: {use: call_button, against: bay.north, at: [1.9 m, 1.1 m]}
people:
  participant: {in: bay, at: [1 m, -0.8 m]}
  patient: {use: adult, in: bed}
text:
  title: A ward that rings
scenario:
  start: stay
  states:
    stay:
      rules:
        - {when: after 2 s, do: {change: patient.hr, to: 135}}
        - {when: after 10 min, go: end}
"""
"""From 6 s on the monitor alarms at medium priority: three pulses every 12 s."""


def ringing(folder: Path) -> Session:
    """A session of that ward."""
    path = folder / "ringing.yaml"
    path.write_text(SCENE, encoding="utf-8")
    return Session(load_scene(path))


class Hearing:
    """A session whose cues are followed as the loop does it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.cues = Cues(session.world)
        self.device = Offscreen()
        self.feel = Feel(session, self.device)
        self.refusal = Refusal(Stage())
        self.events: list[Event] = []
        self.panel: OpenPanel | None = None

    def play(self, *given: Input, seconds: float = 0.01, chosen: str = "") -> list[Cue]:
        """Play so long, frame by frame of a tick each; the cues. The inputs come in the first tick."""
        found: list[Cue] = []
        for _ in range(round(seconds * 100)):
            events = self.session.step(self.session.tick + 1, given)
            given = ()
            cues = self.cues.watch(events, self.session.tick, self.panel, chosen)
            self.feel.watch(events, cues)
            self.refusal.follow(cues, self.session.world, self.session.tick)
            self.events += events
            found += cues
        return found

    def names(self, *given: Input, seconds: float = 0.01) -> list[str]:
        """The same, only which."""
        return [cue.name for cue in self.play(*given, seconds=seconds)]


class NotingEars:
    """Ears that note what they are asked for; `ends` ends what sounds."""

    def __init__(self) -> None:
        self.loaded: dict[str, Path] = {}
        self.heard: list[tuple[str, Vec3 | None]] = []
        self.rates: list[float] = []
        self.stopped: list[str] = []
        self.volumes: list[float] = []
        self.mono = self.lost = self.closed = self.silent = False

    def load(self, key: str, file: Path, peak: float, *, placed: bool) -> None:
        assert file.is_file()
        assert 0.0 < peak <= 1.0
        self.loaded[key] = file

    def set_volume(self, per_cent: float) -> None:
        self.volumes.append(per_cent)

    def play(self, key: str, head: Transform | None, point: Vec3 | None = None, *, rate: float = 1.0) -> None:
        assert key in self.loaded
        self.heard.append((key, point))
        self.rates.append(rate)

    def stop(self, key: str) -> None:
        assert key in self.loaded
        self.stopped.append(key)

    def stop_all(self) -> None:
        self.stopped.append("all")

    def hear(self, head: Transform | None) -> None:
        """Nothing moves these ears."""

    def close(self) -> None:
        self.closed = True
