"""Every control of every controller that Monado can be arrives, and a real runtime takes every table that we suggest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from headset.inputs import SIDES, Button, Side
from headset.openxr import driver as module
from headset.openxr.profiles import PROFILES
from headset.openxr.table import read_table
from tests.monado.remote import Controller, Pose, Remote, Touchable
from tests.monado.service import Service
from tests.monado.visit import Script, Visit, visit

pytestmark = pytest.mark.monado

PRESSED = Touchable(click=True, touch=True)
INDEX = "/interaction_profiles/valve/index_controller"
TOUCH = "/interaction_profiles/oculus/touch_controller"
SIMPLE = "/interaction_profiles/khr/simple_controller"

CONTROLS: Mapping[str, Mapping[str, Any]] = {
    "a": {"a_button": PRESSED},
    "b": {"b_button": PRESSED},
    "system": {"system_button": PRESSED},
    "stick": {"stick_button": PRESSED},
    "trigger": {"trigger": 0.5},
    "squeeze": {"squeeze": 0.25},
    "tilt": {"stick": (0.5, -0.8)},
}
"""What the remote's controllers have, and one of it moved."""

Said = tuple[int, int, frozenset[Button], tuple[int, int]]
"""Trigger, squeeze, buttons, stick."""


def said(trigger: int = 0, squeeze: int = 0, button: Button | None = None, stick: tuple[int, int] = (0, 0)) -> Said:
    return (trigger, squeeze, frozenset([button] if button else []), stick)


NOTHING = said()
BOTH: dict[str, Said] = {"trigger": said(trigger=50), "squeeze": said(squeeze=25), "tilt": said(stick=(53, -84))}
EXPECTED: Mapping[str, Mapping[Side, Mapping[str, Said]]] = {
    INDEX: {
        side: {**BOTH, "a": said(button="primary"), "b": said(button="menu"), "stick": said(button="stick")} for side in SIDES
    },
    TOUCH: {
        side: {
            **BOTH,
            "a": said(button="primary"),
            "b": said(button="secondary"),
            "stick": said(button="stick"),
            "system": said(button="menu") if side == "left" else NOTHING,
        }
        for side in SIDES
    },
    SIMPLE: {side: {"trigger": said(trigger=50), "b": said(button="menu")} for side in SIDES},
}
"""Profile -> hand -> control of the remote's -> what arrives. Monado maps the remote's Index onto whichever is suggested: its
system button is a Touch's menu, its B a simple controller's."""


def only(monkeypatch: pytest.MonkeyPatch, *profiles: str) -> None:
    """Suggest only these, so that the runtime has no choice."""
    table = {profile: bindings for profile, bindings in read_table().items() if profile in profiles}
    monkeypatch.setattr(module, "read_table", lambda *_: table)


@pytest.mark.parametrize("profile", EXPECTED)
def test_every_control_of_every_profile_that_the_remote_can_be_arrives(
    remote: Remote, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, profile)

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for control, moved in CONTROLS.items():
            for side in SIDES:
                still, held = (Controller(Pose((0.1, 1.2, -0.5)), **(moved if one else {})) for one in (False, True))
                remote.controllers(*((held, still) if side == "left" else (still, held)))
                yield from visiting.frames_pass(3)
                for hand in SIDES:
                    found = visiting.person.hand(hand)
                    wanted = EXPECTED[profile][hand].get(control, NOTHING) if hand == side else NOTHING
                    assert (found.trigger, found.squeeze, found.buttons, found.stick) == wanted, (control, side, hand)
        life = visiting.driver.life
        assert life is not None
        assert life.actions.profiles == dict.fromkeys(SIDES, profile)

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
    moved = {binding.action for binding in read_table()[profile]} - {"grip", "aim", "haptic"}
    arrived = {
        name
        for found in EXPECTED[profile]["left"].values()
        for name, is_it in (
            ("trigger", found[0]), ("squeeze", found[1]), ("tilt", found[3] != (0, 0)), *((button, True) for button in found[2])
        )
        if is_it
    }  # fmt: skip
    assert arrived == moved, "the map has an action that this test does not try"


@pytest.fixture
def simulated(request: pytest.FixtureRequest) -> Iterator[Service]:
    """A service whose controllers are of another kind. Nobody can press their buttons, but they are there."""
    if shutil.which("monado-service") is None:
        pytest.skip("there is no Monado here: run tests/monado/run.sh")
    kind = request.param
    environment = {"P_OVERRIDE_ACTIVE_CONFIG": "", "SIMULATED_ENABLE": "1", "SIMULATED_LEFT": kind, "SIMULATED_RIGHT": kind}
    with Service(environment) as running:
        yield running


@pytest.mark.parametrize(
    ("simulated", "profile"),
    [
        ("simple", SIMPLE),
        ("wmr", "/interaction_profiles/microsoft/motion_controller"),
        ("ml2", "/interaction_profiles/ml/ml2_controller"),
    ],
    indirect=["simulated"],
)
def test_other_controllers_are_known_for_what_they_are(simulated: Service, profile: str) -> None:
    """With the whole table suggested."""

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        yield from visiting.until(lambda: visiting.person.left.grip is not None and visiting.person.right.grip is not None)
        life = visiting.driver.life
        assert life is not None
        assert life.actions.profiles == dict.fromkeys(SIDES, profile)
        assert visiting.person.left.grip != visiting.person.right.grip

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_a_real_runtime_takes_every_table_as_it_is(remote: Remote) -> None:
    """Monado 25 knows every profile of ours, and refuses a suggestion with a path that its profile does not have."""

    def script(visiting: Visit) -> Script:
        yield from visiting.frames_pass(2)
        life = visiting.driver.life
        assert life is not None
        assert life.actions.suggested == set(PROFILES)

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_a_runtime_without_their_extensions_is_not_asked_for_them(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {profile.extension for profile in PROFILES.values() if profile.extension} - {"XR_BD_controller_interaction"}
    monkeypatch.setenv("ABATON_OPENXR_WITHOUT", ",".join(sorted(without)))

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        life = visiting.driver.life
        assert life is not None
        assert life.actions.suggested == {name for name, profile in PROFILES.items() if profile.extension not in without}
        assert visiting.person.left.grip is not None

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
