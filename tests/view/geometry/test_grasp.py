"""Hands close round controllers: fingers on the handle, the forefinger with the trigger, the thumb on what it works."""

from __future__ import annotations

import numpy as np
import pytest

from engine.library import assets_folder
from engine.view.controllers import MIRRORED, mirrored, surfaces
from engine.view.geometry.bones import weights
from engine.view.geometry.controller import CONTROLLERS, Array, Pressed, part_bones, pressed, section
from engine.view.geometry.gltf import read_glb
from engine.view.geometry.grasp import THUMB_SKIN, grasp_bones
from engine.view.geometry.hand import glove, rest_bones
from headset.driver import Held
from headset.inputs import FULL, Hand, Side

KINDS: tuple[Held, ...] = ("stick", "wand", "simple")
REST = pressed(Hand())
FOREFINGER, MIDDLE, LITTLE, THUMB = 3, 6, 12, 15
"""The last bones of fingers."""


def tip(kind: Held, now: Pressed, bone: int, side: Side = "right") -> Array:
    """Where the end of a bone has gone, in the hand's axes."""
    capsules = rest_bones()
    index = bone + (bone - 1) // 3 if bone < 13 else bone + 3
    end = capsules[index][1] * ((1.0 if side == "right" else -1.0), 1.0, 1.0)
    found: Array = (np.append(end, 1.0) @ grasp_bones(side, kind, now)[bone])[:3]
    return found


def outside(kind: Held, point: Array) -> float:
    """Metres from a point to a handle's outline at its height, negative within."""
    outline = section(CONTROLLERS[kind].stations, float(point[2]))
    edges = np.roll(outline, -1, axis=0) - outline
    out = np.column_stack((edges[:, 1], -edges[:, 0])) / np.linalg.norm(edges, axis=1)[:, None]
    return float(((point[:2] - outline) * out).sum(axis=1).max())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bone", [MIDDLE, 9, LITTLE])
def test_fingertips_lie_on_the_handle(kind: Held, bone: int) -> None:
    assert 0.005 < outside(kind, tip(kind, REST, bone)) < 0.013, "a fingertip's skin is some 8 mm from its bone"


@pytest.mark.parametrize("kind", KINDS)
def test_no_finger_is_deep_in_the_handle(kind: Held) -> None:
    mesh, matrices = glove("right", "spread"), grasp_bones("right", kind, REST)
    one, other, share = weights("right").T
    mixed = matrices[one.astype(int)] * (1 - share)[:, None, None] + matrices[other.astype(int)] * share[:, None, None]
    points = np.einsum("ni,nij->nj", np.column_stack((mesh.positions, np.ones(len(share)))), mixed)[:, :3]
    tube = points[(points[:, 2] > -0.045) & (points[:, 2] < 0.012)]
    assert min(outside(kind, point) for point in tube) > -0.006, "flesh gives way where a finger is bent most"


@pytest.mark.parametrize("kind", ["stick", "wand"])
def test_the_forefinger_goes_with_the_trigger(kind: Held) -> None:
    pulled = pressed(Hand(trigger=FULL))
    moved = [tip(kind, now, FOREFINGER) - tip(kind, REST, FOREFINGER) for now in (pressed(Hand(trigger=FULL // 2)), pulled)]
    assert 0.003 < np.linalg.norm(moved[1]) < 0.03
    assert np.linalg.norm(moved[0]) < np.linalg.norm(moved[1])
    assert np.allclose(tip(kind, pulled, MIDDLE), tip(kind, REST, MIDDLE))


@pytest.mark.parametrize(
    ("kind", "cause"), [(kind, cause) for kind in KINDS for cause in CONTROLLERS[kind].thumb if cause != "select"]
)
def test_the_thumb_lies_on_what_it_presses(kind: Held, cause: str) -> None:
    controller = CONTROLLERS[kind]
    now = (0, 0, 0, 0, frozenset([cause] if cause else []))
    wanted = np.array(controller.thumb[cause]) + THUMB_SKIN * np.array(controller.normal)
    assert np.linalg.norm(tip(kind, now, THUMB) - wanted) < 0.0015


def test_the_thumb_goes_with_the_stick() -> None:
    rest = tip("stick", REST, THUMB)
    aside, ahead = (tip("stick", pressed(Hand(stick=stick)), THUMB) - rest for stick in ((FULL, 0), (0, FULL)))
    assert aside[0] == pytest.approx(CONTROLLERS["stick"].travel, abs=0.0003)
    assert ahead[1] > 0.0015
    assert abs(ahead[0]) < 0.0003


@pytest.mark.parametrize("kind", KINDS)
def test_a_left_hand_is_the_mirror_image(kind: Held) -> None:
    now = pressed(Hand(trigger=FULL, stick=(40, -20), buttons=frozenset({"primary"})))
    for bone in (FOREFINGER, LITTLE, THUMB):
        assert np.allclose(tip(kind, now, bone, "left"), tip(kind, now, bone) * (-1.0, 1.0, 1.0), atol=1e-5)
    for right, left in zip(surfaces(kind, "right"), surfaces(kind, "left"), strict=True):
        assert np.array_equal(right[1], left[1])
        for one, other in zip(right[0], left[0], strict=True):
            assert np.array_equal(other.positions, mirrored(one).positions)
            corners = other.positions[other.triangles]
            faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            assert (np.sum(faces * other.normals[other.triangles].mean(axis=1), axis=1) > 0).mean() > 0.99
    moved = part_bones(CONTROLLERS[kind], now)
    point = np.array((0.01, 0.02, 0.03, 1.0))
    flipped = (point * (-1, 1, 1, 1)) @ (moved * MIRRORED)
    assert np.allclose(flipped, (point @ moved) * (-1, 1, 1, 1))


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_the_file_is_the_body_or_moves(kind: Held) -> None:
    parts = read_glb(assets_folder() / "models" / f"controller_{kind}.glb")
    assert {part.name for part in parts} == {"body", *CONTROLLERS[kind].parts}
    assert len({part.mesh.material.name for part in parts}) >= 2
    assert 500 <= sum(len(part.mesh.triangles) for part in parts) <= 6000


@pytest.mark.parametrize(
    ("kind", "hand", "part", "way"),
    [
        ("stick", Hand(trigger=FULL), "trigger", (0.0, -1.0, 0.0)),
        ("stick", Hand(squeeze=FULL), "squeeze", (0.86, -0.51, 0.0)),
        ("stick", Hand(stick=(FULL, 0)), "stick", (1.0, 0.0, 0.0)),
        ("stick", Hand(stick=(0, FULL)), "stick", (0.0, 0.866, 0.5)),
        ("stick", Hand(buttons=frozenset({"stick"})), "stick", (0.0, 0.5, -0.866)),
        ("stick", Hand(buttons=frozenset({"primary"})), "primary", (0.0, 0.5, -0.866)),
        ("stick", Hand(buttons=frozenset({"secondary"})), "secondary", (0.0, 0.5, -0.866)),
        ("stick", Hand(buttons=frozenset({"menu"})), "menu", (0.0, 0.5, -0.866)),
        ("wand", Hand(trigger=FULL), "trigger", (0.0, -1.0, 0.0)),
        ("wand", Hand(buttons=frozenset({"stick"})), "pad", (0.0, 1.0, 0.0)),
        ("simple", Hand(trigger=FULL), "select", (0.0, 1.0, 0.0)),
        ("simple", Hand(squeeze=FULL), "select", (0.0, 1.0, 0.0)),
    ],
)
def test_a_part_moves_the_way_it_is_pressed(kind: Held, hand: Hand, part: str, way: tuple[float, float, float]) -> None:
    controller = CONTROLLERS[kind]
    found = next(one for one in read_glb(assets_folder() / "models" / f"controller_{kind}.glb") if one.name == part)
    points = np.column_stack((found.mesh.positions, np.ones(len(found.mesh.positions))))
    moved = (points @ part_bones(controller, pressed(hand))[1 + controller.parts.index(part)] - points)[:, :3]
    assert 0.0004 < np.linalg.norm(moved, axis=1).max() < 0.014
    mean = moved.mean(axis=0)
    assert mean @ np.array(way) > 0.75 * np.linalg.norm(mean)
    still = part_bones(controller, REST)
    assert np.array_equal(still, np.tile(np.eye(4, dtype=np.float32), (16, 1, 1)))
