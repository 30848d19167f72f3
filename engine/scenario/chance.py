"""Random draws, all from the session's seed: PCG64, the generator that numpy uses, on Python's whole numbers.

The stream is that of `numpy.random.PCG64(seed)` (O'Neill 2014, "PCG: A family of simple fast space-efficient statistically good
algorithms", XSL-RR 128/64; seeded by numpy's SeedSequence after O'Neill 2015), so another program can check every draw. Written
out here because what decides imports no numpy, and because a session's snapshot holds its two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
_128, _64, _32 = (1 << 128) - 1, (1 << 64) - 1, (1 << 32) - 1

T = TypeVar("T")


class Chance:
    """A stream of draws; `seed` is any whole number from 0."""

    def __init__(self, seed: int) -> None:
        high, low, way_high, way_low = _seeds(seed)
        self._way = ((((way_high << 64) | way_low) << 1) | 1) & _128
        self._state = 0
        self._step()
        self._state = (self._state + ((high << 64) | low)) & _128
        self._step()

    def bits(self) -> int:
        """The next 64 bits."""
        self._step()
        folded = (self._state >> 64) ^ (self._state & _64)
        turn = self._state >> 122
        return ((folded >> turn) | (folded << (-turn & 63))) & _64

    def random(self) -> float:
        """A number from 0 to below 1, of 53 bits, as numpy's `Generator.random` draws it."""
        return (self.bits() >> 11) / 9007199254740992.0

    def below(self, count: int) -> int:
        """A whole number from 0 to below `count` (1 to 2**64), each as likely as another (Lemire 2019)."""
        if not 1 <= count <= 1 << 64:
            raise ValueError(f"there is nothing to draw from {count}")
        while True:
            product = self.bits() * count
            if product & _64 >= (1 << 64) % count:
                return product >> 64

    def choose(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[self.below(len(choices))]

    def snapshot(self) -> tuple[int, int]:
        """All that can change, and the stream it belongs to."""
        return self._state, self._way

    def restore(self, snapshot: tuple[int, int]) -> None:
        """Become what `snapshot` was taken of."""
        self._state, self._way = snapshot

    def _step(self) -> None:
        self._state = (self._state * _MULTIPLIER + self._way) & _128


def _seeds(seed: int) -> tuple[int, ...]:
    """Four numbers of 64 bits from one: numpy's SeedSequence(seed).generate_state(4, uint64)."""
    if seed < 0:
        raise ValueError(f"a seed is a whole number from 0, not {seed}")
    words = [seed >> shift & _32 for shift in range(0, max(seed.bit_length(), 1), 32)]
    mixer = _hashes(0x43B0D7E5, 0x931E8875)
    pool = [_hash(word, *next(mixer)) for word in (*words, 0, 0, 0, 0)[:4]]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = _mix(pool[target], _hash(pool[source], *next(mixer)))
    for word in words[4:]:
        for target in range(4):
            pool[target] = _mix(pool[target], _hash(word, *next(mixer)))
    maker = _hashes(0x8B51F9DD, 0x58F38DED)
    made = [_hash(pool[index % 4], *next(maker)) for index in range(8)]
    return tuple(low | high << 32 for low, high in zip(made[::2], made[1::2], strict=True))


def _hashes(constant: int, factor: int) -> Iterator[tuple[int, int]]:
    while True:
        grown = constant * factor & _32
        yield constant, grown
        constant = grown


def _hash(value: int, before: int, after: int) -> int:
    value = (value ^ before) * after & _32
    return value ^ value >> 16


def _mix(one: int, other: int) -> int:
    mixed = (one * 0xCA01F9DD - other * 0x4973F715) & _32
    return mixed ^ mixed >> 16
