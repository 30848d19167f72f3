"""The sound device as Panda3D gives it: how loud, from where, silent when asked, lost without a word. Real OpenAL: test_heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.view.sound.ears import CEILING, EARLY, FADES, Ears, gain
from engine.world.vectors import Transform, heading

HEAD = Transform((1.0, 2.0, 1.6))
FILE = Path("sound.wav")


class Sounding:
    """A sound of Panda3D's, of one second."""

    PLAYING = 2

    def __init__(self) -> None:
        self.volume = self.rate = 1.0
        self.at: tuple[float, ...] = ()
        self.state = 1
        self.plays = 0

    def length(self) -> float:
        return 1.0

    def set_3d_min_distance(self, metres: float) -> None:
        assert metres > 0.0

    def set_3d_attributes(self, *numbers: float) -> None:
        self.at = numbers[:3]

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def set_play_rate(self, rate: float) -> None:
        self.rate = rate

    def play(self) -> None:
        self.state, self.plays = 2, self.plays + 1

    def stop(self) -> None:
        self.state = 1

    def status(self) -> int:
        return self.state


class Device:
    """An audio manager of Panda3D's, which counts what it is asked for."""

    def __init__(self) -> None:
        self.sounds: list[Sounding] = []
        self.volume = 1.0
        self.asked = 0
        self.listener: tuple[float, ...] = ()
        self.now = 100.0

    def get_sound(self, name: object, positional: bool) -> Sounding:
        self.sounds.append(Sounding())
        return self.sounds[-1]

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def update(self) -> None:
        self.asked += 1

    def audio_3d_set_listener_attributes(self, *numbers: float) -> None:
        self.asked += 1
        self.listener = numbers

    def shutdown(self) -> None:
        self.asked += 1


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def ears(device: Device) -> Ears:
    ears = Ears(device, lambda: device.now)
    for key in ("one", "two", "three"):
        ears.load(key, FILE, 0.25, placed=True)
    ears.load("within", FILE, 0.05, placed=False)
    return ears


@pytest.mark.parametrize(("per_cent", "amplitude"), [(0, 0.0), (10, 0.01), (50, 0.25), (70, 0.49), (100, 1.0), (400, 1.0)])
def test_a_volume_is_heard_by_its_square_and_never_beyond_the_file(per_cent: float, amplitude: float) -> None:
    assert gain(per_cent) == pytest.approx(amplitude)


def test_what_sounds_at_once_stays_below_the_ceiling(ears: Ears, device: Device) -> None:
    for number, key in enumerate(("one", "two", "three"), 1):
        ears.play(key, HEAD, (1.0, 3.0, 1.6))
        assert device.volume * 0.25 * number <= CEILING + 1e-9
    assert device.volume * 0.75 == pytest.approx(CEILING)
    for sound in device.sounds[:2]:
        sound.stop()
    ears.hear(HEAD)
    assert device.volume == 1.0, "alone it is as loud as it was"


def test_it_is_where_its_thing_is_or_straight_ahead_for_who_hears_with_one_ear(ears: Ears, device: Device) -> None:
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    assert device.sounds[0].at == (4.0, 2.0, 1.6)
    ears.mono = True
    turned = Transform((1.0, 2.0, 1.6), heading(90.0))
    ears.hear(turned)
    x, y, z = device.sounds[0].at
    assert turned.local((x, y, z)) == pytest.approx((0.0, 3.0, 0.0)), "ahead, as far away as it is"


def test_at_no_volume_nothing_is_played(ears: Ears, device: Device) -> None:
    ears.set_volume(0.0)
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    ears.play("within", HEAD)
    assert ears.silent
    assert [sound.plays for sound in device.sounds] == [0] * 4


def test_a_place_is_not_heard_by_a_head_that_nobody_knows(ears: Ears, device: Device) -> None:
    ears.play("one", None, (4.0, 2.0, 1.6))
    ears.play("within", None)
    assert [sound.plays for sound in device.sounds] == [0, 0, 0, 1]


def test_silencing_is_at_once_and_ends_a_moment_later(ears: Ears, device: Device) -> None:
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    ears.stop_all()
    assert device.sounds[0].volume == 0.0
    ears.hear(HEAD)
    assert device.sounds[0].state == 2, "cut off it would click"
    device.now += FADES
    ears.hear(HEAD)
    assert device.sounds[0].state == 1
    assert ears.silent
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    assert device.sounds[0].volume == 1.0, "it can be heard again"


def test_nothing_is_asked_of_the_device_while_nothing_sounds(ears: Ears, device: Device) -> None:
    for _ in range(100):
        ears.hear(HEAD)
    assert device.asked == 0


def test_a_device_that_goes_is_noticed_and_left_alone(ears: Ears, device: Device) -> None:
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    device.now += 0.9
    device.sounds[0].stop()
    ears.hear(HEAD)
    assert not ears.lost, "it was heard to its end"
    ears.play("one", HEAD, (4.0, 2.0, 1.6))
    device.now += 1.0 - EARLY - 0.1
    device.sounds[0].stop()
    ears.hear(HEAD)
    assert ears.lost
    ears.play("two", HEAD, (4.0, 2.0, 1.6))
    assert device.sounds[1].plays == 0


def test_a_sound_is_loaded_once(ears: Ears, device: Device) -> None:
    ears.load("one", FILE, 0.25, placed=True)
    assert len(device.sounds) == 4
