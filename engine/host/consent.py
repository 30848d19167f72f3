"""What a device may measure follows from what the person has consented to, from the very frame on in which they say so."""

from __future__ import annotations

from engine.session import Session
from headset.driver import Consent, Driver

MEASURED: tuple[Consent, ...] = ("gaze", "joints")


class Allowance:
    """Tells a driver each time that consents change. Call `watch` after every frame."""

    def __init__(self, session: Session, driver: Driver) -> None:
        self.session = session
        self.driver = driver
        self._allowed: frozenset[Consent] = frozenset()

    def watch(self) -> None:
        """Allow what is consented to now, and nothing else."""
        now = frozenset(one for one in MEASURED if one in self.session.consents)
        if now != self._allowed:
            self._allowed = now
            self.driver.allow(now)
