"""Whether a headset can tell where its person looks and how their hands are held, and what is then asked of it."""

from __future__ import annotations

import ctypes
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

import pytest
import xr

from headset.inputs import Pose
from headset.openxr.abilities import EXTENSIONS, GAZE, SOURCE, TRACKING, senses
from headset.openxr.gaze import PROFILE, Gaze
from headset.openxr.instance import OPENGL, Instance
from headset.openxr.spaces import TRACKED
from tests.headset.openxr.controls import Runtime, install


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    install(made_up, monkeypatch)
    return made_up


class System:
    """A headset with some abilities, which answers only what it was asked."""

    def __init__(self, *, hands: bool, eyes: bool) -> None:
        self.answers = {
            xr.StructureType.SYSTEM_HAND_TRACKING_PROPERTIES_EXT.value: (xr.SystemHandTrackingPropertiesEXT, hands),
            xr.StructureType.SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT.value: (
                xr.SystemEyeGazeInteractionPropertiesEXT,
                eyes,
            ),
        }
        self.asked: list[int] = []

    def xrGetSystemProperties(self, _instance: Any, _system: Any, out: Any) -> int:  # noqa: N802
        following = out._obj.next
        while following:
            header = ctypes.cast(following, ctypes.POINTER(xr.BaseOutStructure)).contents
            kind, answer = self.answers[header._type]
            self.asked.append(header._type)
            found = ctypes.cast(following, ctypes.POINTER(kind)).contents
            setattr(found, kind._fields_[-1][0], answer)
            following = found.next
        return 0


@pytest.mark.parametrize("hands", [True, False])
@pytest.mark.parametrize("eyes", [True, False])
@pytest.mark.parametrize("extensions", [(), (TRACKING,), (GAZE,), EXTENSIONS])
def test_only_what_the_runtime_knows_and_this_headset_can_do_is_an_ability(
    monkeypatch: pytest.MonkeyPatch, hands: bool, eyes: bool, extensions: Collection[str]
) -> None:
    system = System(hands=hands, eyes=eyes)
    install(system, monkeypatch)
    found = senses(xr.Instance(), 1, extensions)
    assert found == {
        *(["joints"] if hands and TRACKING in extensions else []),
        *(["gaze"] if eyes and GAZE in extensions else []),
    }
    assert len(system.asked) == (TRACKING in extensions) + (GAZE in extensions)


def test_the_gaze_is_suggested_by_its_own_profile(runtime: Runtime) -> None:
    Gaze(xr.Instance())
    assert runtime.suggested == {PROFILE: {("gaze", "/user/eyes_ext/input/gaze_ext/pose")}}


def test_a_gaze_that_is_only_remembered_is_none(runtime: Runtime) -> None:
    gaze = Gaze(xr.Instance())
    gaze.open(xr.Session())
    asked: list[int] = []

    def pose(space: Any, time: int, needed: int) -> Pose:
        assert runtime.names[ctypes.cast(space, ctypes.c_void_p).value or 0] == "space"
        asked.append(needed)
        return Pose((time, 0, 0))

    assert gaze.pose(SimpleNamespace(pose=pose), 7) == Pose((7, 0, 0))  # type: ignore[arg-type]
    assert asked == [TRACKED]


class Asked(Exception):  # noqa: N818
    """An instance is asked for, with these extensions."""


@pytest.mark.parametrize(
    ("offered", "used"),
    [
        ((*EXTENSIONS, "XR_BD_controller_interaction"), {*EXTENSIONS, "XR_BD_controller_interaction"}),
        ((SOURCE, GAZE, "XR_EXT_unheard_of"), {GAZE}),
    ],
)
def test_extensions_are_used_that_are_offered_and_that_have_what_they_need(
    monkeypatch: pytest.MonkeyPatch, offered: Collection[str], used: set[str]
) -> None:
    """An instance with the source of joints and no joints would be refused."""
    listed = [SimpleNamespace(extension_name=name.encode()) for name in (OPENGL, *offered)]

    def create(info: Any) -> None:
        raise Asked({info._enabled_extension_names[one].decode() for one in range(info.enabled_extension_count)})

    monkeypatch.setattr(xr, "enumerate_instance_extension_properties", lambda: listed)
    monkeypatch.setattr(xr, "create_instance", create)
    with pytest.raises(Asked) as asked:
        Instance()
    assert asked.value.args[0] == {OPENGL, *used}
