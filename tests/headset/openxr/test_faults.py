"""Whatever fails, wherever it fails in a whole life: nothing hangs, nothing is left, and the person is told in a sentence.

Every call of a life that goes well is made to fail once. While the headset is being opened a failure may end in a DriverError;
later the session must go on whatever happens, and the picture come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import pytest
import xr

from headset.driver import DriverError
from headset.inputs import Command, Hand, Link, Person
from tests.headset.openxr.fake import Fault, Runtime, Wearer, made_up
from tests.headset.openxr.fake.answers import successes
from tests.headset.openxr.fake.model import EXTENSIONS, R
from tests.headset.openxr.fake.spoil import spoilable
from tests.headset.openxr.trace import broken_rules

RESULTS: Final = (
    R.ERROR_RUNTIME_FAILURE,
    R.ERROR_INSTANCE_LOST,
    R.ERROR_SESSION_LOST,
    R.ERROR_SESSION_NOT_RUNNING,
    R.ERROR_FORM_FACTOR_UNAVAILABLE,
    R.TIMEOUT_EXPIRED,
    R.ERROR_LIMIT_REACHED,
    R.ERROR_OUT_OF_MEMORY,
    R.ERROR_VALIDATION_FAILURE,
    R.ERROR_HANDLE_INVALID,
    R.ERROR_CALL_ORDER_INVALID,
    R.ERROR_FUNCTION_UNSUPPORTED,
    R.ERROR_RUNTIME_UNAVAILABLE,
    R.SESSION_LOSS_PENDING,
    R.SESSION_NOT_FOCUSED,
    R.FRAME_DISCARDED,
)
SLICES: Final = 8
"""Parts in which the calls of a life are gone through, so that processors share them."""


def live(runtime: Runtime) -> tuple[Wearer, int]:
    """Opened and shown, taken off and put on, killed and started again, closed; the headset and how many calls opening took.

    Raises DriverError only from `open`; anything else that comes out is a fault of ours."""
    wearer = Wearer(runtime)
    try:
        wearer.open()
    except DriverError:
        wearer.close()
        raise
    opened = len(runtime.trace)
    wearer.driver.allow(frozenset({"gaze", "joints"}))
    wearer.until_drawn(1)
    wearer.read()
    wearer.until_drawn(1)
    wearer.driver.haptic("left", 0.5, 0.1)
    wearer.until_drawn(1)
    runtime.take_off()
    wearer.turns(4)
    runtime.put_on()
    wearer.until_drawn(1)
    runtime.die()
    wearer.turns(55)
    runtime.live()
    wearer.until_drawn(1)
    wearer.close()
    return wearer, opened


@cache
def good() -> tuple[tuple[str, ...], int]:
    """The functions that a life without faults calls, in order, and how many of them opening takes."""
    with made_up() as runtime:
        _, opened = live(runtime)
        assert runtime.violations == []
        return tuple(call.function for call in runtime.trace), opened


def suffer(*faults: Fault, extensions: Iterable[str] = EXTENSIONS) -> Runtime:
    """A life with faults; what must hold after any."""
    with made_up() as runtime:
        runtime.extensions = list(extensions)
        runtime.faults = list(faults)
        runtime.most_calls = 100_000
        wearer: Wearer | None = None
        try:
            wearer, _ = live(runtime)
        except DriverError as error:
            sentence = str(error)
            assert sentence, "without a word"
            assert "\n" not in sentence
            assert not runtime.living("session"), "refused, but the session is still there"
            assert len(runtime.trace) < 2000
        except TimeoutError as error:
            raise AssertionError(f"{faults}: {error}") from error
        assert runtime.left() == [], f"{faults} leaves {runtime.left()}"
        assert runtime.gl.alive == set(), f"{faults} leaves {runtime.gl.alive}"
        assert runtime.violations == [], f"{faults}: {runtime.violations}"
        assert broken_rules(runtime.trace) == [], f"{faults}: {broken_rules(runtime.trace)}"
        if wearer is not None:
            well_formed(wearer)
        return runtime


def well_formed(wearer: Wearer) -> None:
    """What a session may rely on: it is lost and back in turn, ticks never fall, amounts are amounts."""
    turns = [link for link in wearer.links() if link in ("lost", "back")]
    assert turns == (["lost", "back"] * len(turns))[: len(turns)]
    ticks = [frame.tick for frame in wearer.frames]
    assert ticks == sorted(ticks)
    for given in wearer.inputs:
        assert isinstance(given, Link | Person) or given == Command("participant", "recentre")
        if isinstance(given, Person):
            assert all(0 <= hand.squeeze <= 100 and 0 <= hand.trigger <= 100 for hand in (given.left, given.right))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLICES))
def test_each_call_fails_once(part: int) -> None:
    """Every call, each with one of the failures in turn; its neighbours get others."""
    calls, _ = good()
    for index in range(part, len(calls), SLICES):
        suffer(Fault(index, int(RESULTS[index // SLICES % len(RESULTS)])))


def _each(result: Any) -> Iterator[int]:
    """Where each function that can have a result is called, in the running session if it is, else as it opens."""
    calls, opened = good()
    for name in dict.fromkeys(calls):
        if result < 0 or result == R.SESSION_LOSS_PENDING or result in successes(name):
            yield opened + calls[opened:].index(name) if name in calls[opened:] else calls.index(name)


@pytest.mark.slow
@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.name)
def test_every_function_fails_in_every_way(result: Any) -> None:
    for index in _each(result):
        suffer(Fault(index, int(result)))


@pytest.mark.slow
@pytest.mark.parametrize("what", ["nan", "zero", "garbage"])
def test_nonsense_is_survived(what: Any) -> None:
    calls, _ = good()
    spoilt = {name for name, how in spoilable() if how == what}
    for index, name in enumerate(calls):
        if name in spoilt:
            suffer(Fault(index, what))


@pytest.mark.slow
def test_a_runtime_that_answers_late_is_waited_for() -> None:
    calls, _ = good()
    for index in range(0, len(calls), 3):
        suffer(Fault(index, "slow", seconds=5.0))


def never_again(name: str, result: int) -> None:
    """A function that fails for ever, from the running session on: frames go on, nobody is told the same twice a second."""
    calls, opened = good()
    at = opened + calls[opened:].index(name)
    with made_up() as runtime:
        runtime.faults = [Fault(at, result, lasting=True)]
        runtime.most_calls = 200_000
        wearer = Wearer(runtime)
        wearer.open()
        began = runtime.time.seconds
        while runtime.time.seconds < began + 20.0:
            wearer.turn()
        assert not wearer.gone
        assert wearer.frames[-1].tick > 1900
        assert len(wearer.said) <= 10, wearer.said
        wearer.close()
        well_formed(wearer)
        assert runtime.left() == []
        assert runtime.gl.alive == set()
        assert runtime.violations == []


LASTING: Final = (
    "xrPollEvent", "xrWaitFrame", "xrBeginFrame", "xrEndFrame", "xrSyncActions", "xrLocateSpace", "xrLocateViews",
    "xrAcquireSwapchainImage", "xrWaitSwapchainImage", "xrReleaseSwapchainImage", "xrGetActionStateFloat",
)  # fmt: skip


@pytest.mark.parametrize("name", LASTING)
@pytest.mark.parametrize(
    "result", [R.ERROR_RUNTIME_FAILURE, R.ERROR_VALIDATION_FAILURE, R.ERROR_SESSION_LOST], ids=lambda one: one.name
)
def test_what_fails_for_ever_costs_the_picture_and_not_the_session(name: str, result: Any) -> None:
    never_again(name, int(result))


def test_images_that_never_come_cost_the_picture_and_not_the_session() -> None:
    never_again("xrWaitSwapchainImage", int(R.TIMEOUT_EXPIRED))


@cache
def shown() -> tuple[str, ...]:
    """The functions that opening and ten frames call."""
    with made_up() as runtime:
        wearer = Wearer(runtime)
        wearer.open()
        wearer.turns(10)
        calls = tuple(call.function for call in runtime.trace)
        wearer.close()
        return calls


def last(name: str) -> int:
    """Where a function is called the last time in these."""
    return len(shown()) - 1 - shown()[::-1].index(name)


def test_a_pose_that_is_no_number_reaches_nobody() -> None:
    with made_up() as runtime:
        wearer = Wearer(runtime)
        wearer.open()
        before = [given for given in wearer.turns(5) if isinstance(given, Person)]
        assert before[-1].head is not None
        assert before[-1].left.grip is not None
        runtime.faults = [Fault(shown().index("xrLocateSpace"), "nan", lasting=True)]
        after = [given for given in wearer.turns(5) if isinstance(given, Person)]
        assert after
        assert all(person.head is None and person.left.grip is None for person in after)
        wearer.close()


def test_a_result_that_nobody_knows_is_an_error_like_others() -> None:
    """A runtime newer than pyopenxr."""
    calls, opened = good()
    for name in ("xrWaitFrame", "xrEndFrame", "xrSyncActions", "xrPollEvent", "xrGetSystem", "xrCreateSwapchain"):
        at = opened + calls[opened:].index(name)
        assert suffer(Fault(at, -1_000_999_001)).trace[at].function == name


def test_nothing_stays_pressed_when_the_call_fails() -> None:
    with made_up() as runtime:
        runtime.pressed = {"menu", "trigger"}
        runtime.faults = [Fault(last("xrSyncActions"), int(R.ERROR_INSTANCE_LOST))]
        wearer = Wearer(runtime)
        wearer.open()
        while "lost" not in wearer.links():
            wearer.turn()
        wearer.turns(2)
        people = [given for given in wearer.inputs if isinstance(given, Person)]
        assert people[-2].right.trigger == 100
        assert people[-1] == Person(left=Hand(), right=Hand())
        wearer.close()


def test_the_fake_fails_where_it_is_told() -> None:
    index = last("xrEndFrame")
    with made_up() as runtime:
        runtime.faults = [Fault(index, int(R.ERROR_OUT_OF_MEMORY))]
        wearer = Wearer(runtime)
        wearer.open()
        wearer.turns(20)
        assert runtime.trace[index].function == "xrEndFrame"
        assert runtime.trace[index].result == xr.Result.ERROR_OUT_OF_MEMORY
        wearer.close()
