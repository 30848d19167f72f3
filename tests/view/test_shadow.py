"""The sun's shadow maps cover what shadows fall on, and no more."""

import math

import pytest

from engine.view.render.shadow import FAR_RADIUS, NEAR_RADIUS, TALL, half_height


@pytest.mark.parametrize("degrees", [1.0, 4.0, 12.0, 40.0, 75.0, 90.0])
def test_a_map_covers_the_ground_and_a_person_standing_near(degrees: float) -> None:
    up = math.radians(degrees)
    half = half_height(NEAR_RADIUS, TALL, math.sin(up))
    # Upwards in the map, as the sun sees it: a point so far along the ground, so high over it.
    for along, high in ((NEAR_RADIUS - 2.0, 0.0), (0.0, 1.8), (NEAR_RADIUS - 2.0, 1.8)):
        assert along * math.sin(up) + high * math.cos(up) <= half


def test_a_low_sun_has_a_flat_map_so_that_its_shadows_have_smooth_edges() -> None:
    low = math.sin(math.radians(12.0))
    assert half_height(NEAR_RADIUS, TALL, low) < 0.65 * NEAR_RADIUS
    assert half_height(NEAR_RADIUS, TALL, 1.0) == NEAR_RADIUS
    assert half_height(FAR_RADIUS, FAR_RADIUS, low) == FAR_RADIUS
