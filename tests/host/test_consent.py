"""A device measures gaze and joints from the frame on in which the person allows it, and until they take it back."""

from __future__ import annotations

from engine.host.consent import Allowance
from engine.session import Session
from engine.spec.load import load_scene
from headset.driver import Consent
from headset.inputs import Command
from headset.offscreen import Offscreen


class Asked(Offscreen):
    """Remembers what it was allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed: list[frozenset[Consent]] = []

    def allow(self, consents: frozenset[Consent]) -> None:
        self.allowed.append(consents)


def test_a_device_follows_what_is_consented_to() -> None:
    session, device = Session(load_scene("lakeside")), Asked()
    allowance = Allowance(session, device)
    for tick, value in enumerate(["", "gaze", "record_gaze", "joints", "-gaze", "-gaze", "-joints"]):
        session.step(tick, [Command("participant", "consent", value)] if value else [])
        allowance.watch()
    assert device.allowed == [frozenset({"gaze"}), frozenset({"gaze", "joints"}), frozenset({"joints"}), frozenset()]
