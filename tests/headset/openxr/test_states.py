"""Whatever people, cables and runtimes do, in whatever order: the calls stay legal, and a session's story holds together.

A hypothesis state machine plays both sides. After every step the calls must be legal and what came out well-formed. A session of
a scene stands on it, whose clock must stand exactly while the headset is lost or put aside.
"""

from __future__ import annotations

from contextlib import ExitStack

import xr
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from engine.session import Session
from engine.spec.load import load_scene
from headset.inputs import Command, Input, Link, Person
from tests.headset.openxr.fake import Wearer, made_up
from tests.headset.openxr.fake.model import State
from tests.headset.openxr.trace import broken_rules

SCENE = load_scene("lakeside")
WANTED = {"put aside": State.IDLE, "seen by nobody": State.SYNCHRONIZED, "seen": State.VISIBLE, "focused": State.FOCUSED}


class Life(RuleBasedStateMachine):
    """One driver, one session, one runtime, and everything that can happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.runtime = self.stack.enter_context(made_up())
        self.runtime.time.limit = 1e6
        self.wearer = Wearer(self.runtime)
        self.session = Session(SCENE, seed=7)
        self.waiting: list[Input] = []
        self.given: list[Input] = []

    @initialize(optional=st.booleans())
    def open(self, optional: bool) -> None:
        if not optional:
            self.runtime.extensions = ["XR_KHR_opengl_enable", "XR_MNDX_egl_enable"]
        self.wearer.open()
        self.wearer.driver.allow(frozenset({"gaze", "joints"}))
        self.turn(3)

    @rule(count=st.integers(1, 30))
    def turn(self, count: int) -> None:
        """Frames, as the host's loop plays them."""
        for _ in range(count):
            if self.wearer.gone:
                return
            given = self.wearer.turn()
            self.given += given
            self.waiting += given
            tick = self.wearer.frames[-1].tick
            if tick > self.session.tick and not self.session.over and not self.wearer.gone:
                taken, self.waiting = self.waiting, []
                self.session.step(tick, taken)

    @rule(how=st.sampled_from(sorted(WANTED)))
    def lead(self, how: str) -> None:
        if self.runtime.wanted != State.EXITING:
            self.runtime.wanted = WANTED[how]

    @rule(present=st.booleans())
    def sense_presence(self, present: bool) -> None:
        self.runtime.presence(present)

    @rule()
    def recentre(self) -> None:
        self.runtime.recentre()

    @rule()
    def kill(self) -> None:
        self.runtime.die()

    @rule()
    def start_again(self) -> None:
        self.runtime.live()

    @rule()
    def unplug(self) -> None:
        self.runtime.unplug()

    @rule()
    def plug(self) -> None:
        self.runtime.plug()

    @rule()
    def lose_the_session(self) -> None:
        if (session := self.runtime.living("session")) is not None:
            session.facts["lost"] = True

    @precondition(lambda self: len(self.given) > 60)
    @rule()
    def close_from_the_menu(self) -> None:
        self.runtime.exit()

    @rule(tracked=st.booleans(), ready=st.booleans(), shown=st.booleans())
    def trouble_the_picture(self, tracked: bool, ready: bool, shown: bool) -> None:
        self.runtime.tracked, self.runtime.image_ready, self.runtime.should_render = tracked, ready, shown

    @rule(width=st.integers(1, 4000), height=st.integers(1, 4000))
    def recommend_another_size(self, width: int, height: int) -> None:
        self.runtime.resolution = (width, height)

    @rule(names=st.sets(st.sampled_from(["trigger", "squeeze", "primary", "secondary"])))
    def press(self, names: set[str]) -> None:
        self.runtime.pressed = names

    @rule()
    def take_another_controller(self) -> None:
        self.runtime.announce(xr.EventDataInteractionProfileChanged(session=xr.Session()))

    @rule(lost=st.integers(0, 9))
    def lose_events(self, lost: int) -> None:
        self.runtime.announce(xr.EventDataEventsLost(lost_event_count=lost))

    @rule(rate=st.sampled_from([0.0, 60.0, 72.0, 90.0, 120.0, 1e9, float("nan")]))
    def change_the_rate(self, rate: float) -> None:
        self.runtime.announce(
            xr.EventDataDisplayRefreshRateChangedFB(from_display_refresh_rate=1.0, to_display_refresh_rate=rate)
        )

    @rule()
    def announce_another_mask(self) -> None:
        self.runtime.announce(
            xr.EventDataVisibilityMaskChangedKHR(
                session=xr.Session(), view_configuration_type=xr.ViewConfigurationType.PRIMARY_STEREO, view_index=0
            )
        )

    @rule()
    def feel(self) -> None:
        self.wearer.driver.haptic("right", 0.7, 0.05)

    @rule(consents=st.sets(st.sampled_from(["gaze", "joints"])))
    def consent(self, consents: set[str]) -> None:
        self.wearer.driver.allow(frozenset(consents))  # type: ignore[arg-type]

    @rule()
    def be_well(self) -> None:
        """All trouble ends; then there is a picture within 20 seconds, and the clock goes on."""
        if self.wearer.gone or self.runtime.wanted == State.EXITING:
            return
        runtime = self.runtime
        runtime.live()
        runtime.plug()
        runtime.put_on()
        runtime.tracked = runtime.image_ready = runtime.should_render = True
        wanted, until = self.wearer.stage.drawn + 3, runtime.time.seconds + 20.0
        while self.wearer.stage.drawn < wanted and not self.wearer.gone:
            assert runtime.time.seconds < until, f"no picture; it said {self.wearer.said[-3:]}"
            self.turn(1)
        runtime.presence(True)
        self.turn(6)
        links = [link for link in self.wearer.links() if link in ("lost", "back")]
        assert links[-1:] in ([], ["back"])
        assert not self.session.world.paused

    @rule(how=st.sampled_from(sorted(WANTED)), count=st.integers(1, 40))
    def go_away_and_come_back(self, how: str, count: int) -> None:
        self.lead(how)
        self.turn(count)
        self.be_well()

    @invariant()
    def calls_are_legal(self) -> None:
        assert self.runtime.violations == []

    @invariant()
    def the_story_holds_together(self) -> None:
        links = self.wearer.links()
        turns = [link for link in links if link in ("lost", "back")]
        assert turns == (["lost", "back"] * len(turns))[: len(turns)], links
        for one, other in zip(self.wearer.frames, self.wearer.frames[1:], strict=False):
            assert other.tick >= one.tick
        for given in self.wearer.inputs[-5:]:
            assert isinstance(given, Link | Person) or given == Command("participant", "recentre"), given

    @invariant()
    def the_clock_stands_while_nobody_is_there(self) -> None:
        if self.waiting or self.session.over:
            return
        states = [given.state for given in self.given if isinstance(given, Link)]
        there = worn = True
        for state in states:
            if state in ("lost", "back"):
                there = state == "back"
                worn = worn if there else True
            elif state in ("worn", "unworn"):
                worn = state == "worn"
        assert self.session.world.paused == (not (there and worn)), states

    def teardown(self) -> None:
        self.wearer.close()
        try:
            assert broken_rules(self.runtime.trace) == []
            assert self.runtime.violations == []
            assert self.runtime.left() == []
            assert self.runtime.gl.alive == set()
        finally:
            self.stack.close()


TestLife = Life.TestCase
# Not shrunk: a life is some thousand calls, and shrinking it takes minutes.
TestLife.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
