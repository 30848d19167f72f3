"""Getting about: steps, seats, turns, smooth motion, and eyes where the scene has them; and nothing that was not asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world.joints import turn_about
from engine.world.vectors import Transform, Vec3, compose, distance, heading
from headset.inputs import Button, Command, Hand, Person, Pose, Side
from tests.interaction.ward import WARD, ward
from tests.making import play, told

ME = "participant"

TWO_ROOMS = """\
  bay: {{size: [6 m, 4 m, 2.7 m]}}
  corridor: {{size: [6 m, 3 m, 2.7 m], south_of: bay}}
openings:
  door: {{use: clinic_door, against: bay.south, at: 1 m, open: {opened} deg}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def someone(
    session: Session,
    bearing: float = 0.0,
    tilt: float = -30.0,
    stick: tuple[int, int] = (0, 0),
    *,
    buttons: frozenset[Button] = frozenset(),
    trigger: int = 0,
    side: Side = "right",
    head: Vec3 | None = None,
) -> Person:
    """Someone upright whose hand at the breast points to a bearing, by so much over or under the horizon."""
    turn = compose(heading(bearing), turn_about((1.0, 0.0, 0.0), tilt))
    eyes = head or (0.0, 0.0, session.world.eye_height)
    pose = Pose.of((eyes[0] + 0.1, eyes[1] + 0.2, 1.2), turn)
    hand = Hand(grip=pose, aim=pose, stick=stick, buttons=buttons, trigger=trigger)
    person = Person(head=Pose.of(eyes))
    return replace(person, left=hand) if side == "left" else replace(person, right=hand)


def step(session: Session, bearing: float, tilt: float, side: Side = "right") -> list[Event]:
    """Push the stick ahead, aim, let go."""
    events = play(session, 0.2, [someone(session, bearing, tilt, (0, 100), side=side)])
    return events + play(session, 0.1, [someone(session, bearing, tilt, side=side)])


def feet(session: Session) -> Vec3:
    """The spot below the head."""
    head = session.world.head(ME)
    assert head is not None
    return (head.position[0], head.position[1], session.world.origin.position[2])


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_stick_pushed_ahead_shows_an_arc_and_let_go_steps_to_its_end(session: Session, side: Side) -> None:
    play(session, 0.2, [someone(session, 270.0, -30.0, (0, 100), side=side)])
    arc = session.world.arcs[ME, side]
    assert arc.landing is not None
    assert distance(arc.points[-1], arc.landing.position) < 0.01
    before = session.world.origin.turn
    events = play(session, 0.1, [someone(session, 270.0, -30.0, side=side)])
    assert feet(session) == pytest.approx(arc.landing.position, abs=1e-9)
    assert session.world.origin.turn == before, "one goes on looking where one looked"
    assert session.world.arcs == {}
    assert [(event.event, event.what, event.value, event.because) for event in events] == [
        ("moved", "bay", "bay", f"{side} stick let go")
    ]


def test_the_head_comes_to_the_spot_wherever_it_is_in_its_own_space(session: Session) -> None:
    away = (0.7, -0.4, 1.6)
    play(session, 0.1, [someone(session, 270.0, -30.0, (0, 100), head=away)])
    landing = session.world.arcs[ME, "right"].landing
    assert landing is not None
    play(session, 0.1, [someone(session, 270.0, -30.0, head=away)])
    assert feet(session) == pytest.approx(landing.position, abs=1e-9)


@pytest.mark.parametrize("lower", [False, True])
def test_an_arc_that_ends_at_a_wall_or_in_a_thing_leads_nowhere(session: Session, lower: bool) -> None:
    before = session.world.origin
    tilt = -10.0 if lower else 25.0
    play(session, 0.1, [someone(session, 90.0, tilt, (0, 100))])
    assert session.world.arcs[ME, "right"].landing is None
    assert not told(play(session, 0.1, [someone(session, 90.0, tilt)]), "moved")
    assert session.world.origin is before


def test_a_stick_pulled_back_calls_the_step_off(session: Session) -> None:
    before = session.world.origin
    events: list[Event] = []
    for stick in ((0, 100), (0, -100), (0, -50), (0, 0), (0, 0)):
        events += play(session, 0.1, [someone(session, 270.0, -30.0, stick)])
    assert session.world.origin is before
    assert not told(events, "moved")
    assert told(step(session, 270.0, -30.0), "moved"), "and the next one works"


def test_a_hand_that_is_lost_while_it_aims_goes_nowhere(session: Session) -> None:
    play(session, 0.1, [someone(session, 270.0, -30.0, (0, 100))])
    events = play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)), right=Hand())])
    assert not told(events, "moved")
    assert session.world.arcs == {}


def test_one_lands_beside_the_bed_not_in_it(session: Session) -> None:
    bed = session.world.bodies["bed"]
    place = session.world.places["bed"]
    step(session, 300.0, -30.0)
    x, y, _ = place.local(feet(session))
    assert abs(x) > bed.size[0] / 2 or abs(y) > bed.size[1] / 2
    assert session._locomotion.barriers.free(feet(session)[:2], 0.0)


def test_primary_and_a_held_trigger_aim_for_who_has_no_stick(session: Session) -> None:
    play(session, 0.2, [someone(session, 270.0, -30.0, buttons=frozenset({"primary"}))])
    assert told(play(session, 0.1, [someone(session, 270.0, -30.0)]), "moved")
    play(session, 0.3, [someone(session, 90.0, -40.0, trigger=100)])
    assert session.world.arcs == {}, "a click is no step"
    play(session, 0.3, [someone(session, 90.0, -40.0, trigger=100)])
    assert session.world.arcs[ME, "right"].landing is not None
    assert told(play(session, 0.1, [someone(session, 90.0, -40.0)]), "moved")


def test_a_short_click_steps_nowhere(session: Session) -> None:
    play(session, 0.3, [someone(session, 270.0, -30.0, trigger=100)])
    assert not told(play(session, 0.5, [someone(session, 270.0, -30.0)]), "moved")


def test_a_trigger_that_holds_something_never_aims(session: Session) -> None:
    stone = session.world.origin.inverse() @ session.world.places["stone"]
    grip = Pose.of(stone.position)
    person = Person(head=Pose.of((0.0, 0.0, 1.6)), right=Hand(grip=grip, aim=grip))
    play(session, 0.1, [person])
    play(session, 1.0, [replace(person, right=replace(person.right, trigger=100))])
    assert "stone" in session.world.held
    assert session.world.arcs == {}


@pytest.mark.parametrize(("stick", "way", "degrees"), [((100, 0), "right", 30.0), ((-100, 20), "left", 30.0)])
def test_a_stick_pushed_aside_turns_once_about_the_head(
    session: Session, stick: tuple[int, int], way: str, degrees: float
) -> None:
    away = (0.5, 0.3, 1.6)
    play(session, 0.1, [someone(session, head=away)])
    before, ahead = feet(session), session.world.origin.direction((0.0, 1.0, 0.0))
    events = play(session, 0.5, [someone(session, stick=stick, head=away)])
    assert [(event.event, event.what, event.value) for event in events] == [("turned", way, degrees)]
    assert feet(session) == pytest.approx(before, abs=1e-9)
    now = session.world.origin.direction((0.0, 1.0, 0.0))
    assert now[0] * (1 if way == "right" else -1) == pytest.approx(0.5, abs=1e-6)
    assert now[0] * ahead[0] + now[1] * ahead[1] == pytest.approx(0.8660254, abs=1e-6)
    assert not play(session, 0.1, [someone(session, stick=(stick[0] // 2, 0), head=away)]), "half way back is not back"
    play(session, 0.1, [someone(session, head=away)])
    assert told(play(session, 0.1, [someone(session, stick=stick, head=away)]), "turned")


def test_turns_are_as_wide_as_one_wishes_or_none(session: Session) -> None:
    session.preferences.set(ME, "turn=snap45")
    play(session, 0.1, [someone(session)])
    (event,) = play(session, 0.1, [someone(session, stick=(100, 0))])
    assert event.value == 45.0
    session.preferences.set(ME, "turn=off")
    play(session, 0.1, [someone(session)])
    assert not play(session, 0.1, [someone(session, stick=(100, 0))])


def test_twelve_turns_lead_round_to_where_one_looked(session: Session) -> None:
    before = session.world.origin
    for _ in range(12):
        play(session, 0.1, [someone(session, stick=(100, 0))])
        play(session, 0.1, [someone(session)])
    assert session.world.origin.position == pytest.approx(before.position, abs=1e-5)
    assert session.world.origin.direction((1.0, 0.0, 0.0)) == pytest.approx(before.direction((1.0, 0.0, 0.0)), abs=1e-5)


def test_nothing_moves_while_paused_and_an_arc_goes_away(session: Session) -> None:
    play(session, 0.1, [someone(session, 270.0, -30.0, (0, 100))])
    before = session.world.origin
    play(session, 0.1, [Command("operator", "pause")])
    assert session.world.arcs == {}
    play(session, 0.1, [someone(session, 270.0, -30.0)])
    events = play(session, 0.1, [Command("operator", "resume")])
    assert not told(events, "moved")
    assert session.world.origin is before


@pytest.mark.parametrize("wish", ["move=off", "move=smooth"])
def test_who_does_not_wish_to_step_does_not(session: Session, wish: str) -> None:
    session.preferences.set(ME, wish)
    assert not told(step(session, 270.0, -30.0), "moved")
    assert session.world.arcs == {}


def test_one_who_is_to_stay_can_turn_but_not_step(tmp_path: Path) -> None:
    session = Session(ward(tmp_path, text=WARD.replace("[1 m, -0.8 m]}", "[1 m, -0.8 m], locomotion: still}")))
    play(session, 0.1)
    for wish in ("move=teleport", "move=smooth"):
        session.preferences.set(ME, wish)
        assert not told(step(session, 270.0, -30.0), "moved", "walked")
    assert told(play(session, 0.1, [someone(session, stick=(100, 0))]), "turned")


def chair_aim(session: Session, stick: tuple[int, int]) -> Person:
    """Someone who points at the seat of the chair."""
    from engine.world.vectors import look_at

    origin = session.world.origin
    start = (0.1, 0.2, 1.2)
    seat = origin.local(session.world.places["chair"].point((0.0, 0.1, 0.3)))
    # A little over it: the arc falls.
    turn = look_at(start, (seat[0], seat[1], seat[2] + 0.25))
    pose = Pose.of(start, turn)
    return Person(head=Pose.of((0.0, 0.0, session.world.eye_height)), right=Hand(grip=pose, aim=pose, stick=stick))


def near_chair(tmp_path: Path) -> Session:
    text = WARD.replace("in: bay, at: [1 m, -0.8 m]", "in: bay, at: [-1 m, 0.3 m]").replace(
        "rests_on: chair", "rests_on: bed, at: [0.3 m, 0.8 m]"
    )
    session = Session(ward(tmp_path, text=text))
    play(session, 0.1)
    return session


def test_one_sits_down_on_a_chair_and_stands_up_again(tmp_path: Path) -> None:
    session = near_chair(tmp_path)
    play(session, 0.1, [chair_aim(session, (0, 100))])
    landing = session.world.arcs[ME, "right"].landing
    assert landing is not None
    events = play(session, 0.01, [chair_aim(session, (0, 0))])
    assert told(events, "moved")[0][2] == "chair.seat"
    head = session.world.head(ME)
    assert head is not None
    assert head.position[2] == pytest.approx(1.2), "seated eyes, though the person stands"
    assert feet(session)[:2] == pytest.approx(session.world.places["chair"].point((0.0, 0.04, 0.0))[:2], abs=1e-6)
    front = session.world.places["chair"].direction((0.0, 1.0, 0.0))
    assert head.direction((0.0, 1.0, 0.0)) == pytest.approx(front, abs=1e-3)
    step(session, 0.0, -30.0)
    head = session.world.head(ME)
    assert head is not None
    assert head.position[2] == pytest.approx(1.6)


def test_on_the_dock_one_steps_along_it_but_not_into_the_water() -> None:
    session = Session(load_scene("lakeside"))
    play(session, 0.1)
    assert session.world.eye_height == 1.2
    assert told(step(session, 0.0, -20.0), "moved") == [(session.tick - 9, "moved", "ground")]
    head = session.world.head(ME)
    assert head is not None
    assert head.position[2] == pytest.approx(0.5 + 1.6), "who gets up stands"
    assert not told(step(session, 90.0, -20.0), "moved")


@pytest.mark.parametrize("posture", ["seated", "standing"])
def test_who_sits_sees_as_who_stands_does_where_the_scene_has_them_stand(session: Session, posture: str) -> None:
    own = 1.15 if posture == "seated" else 1.75
    session.preferences.set(ME, f"posture={posture}")
    play(session, 0.1, [someone(session, head=(0.0, 0.0, own))])
    head = session.world.head(ME)
    assert head is not None
    assert head.position[2] == pytest.approx(1.6)
    bent = (0.0, 0.0, own - 0.3)
    play(session, 0.1, [someone(session, head=bent)])
    head = session.world.head(ME)
    assert head is not None
    assert head.position[2] == pytest.approx(1.3), "and who bends is lower"
    session.preferences.set(ME, "posture=as_scene")
    play(session, 0.1)
    assert session.world.lift == 0.0


def test_height_is_added_to_the_eyes_and_kept_by_what_the_scenario_does(session: Session) -> None:
    session.preferences.set(ME, "height=0.25")
    play(session, 0.1, [someone(session)])
    assert session.world.origin.position[2] == pytest.approx(0.25)
    step(session, 270.0, -30.0)
    assert session.world.origin.position[2] == pytest.approx(0.25)


def smooth(tmp_path: Path, wish: str = "move=smooth") -> Session:
    session = Session(ward(tmp_path))
    session.preferences.set(ME, wish)
    play(session, 0.1, [someone(session)])
    return session


def test_smooth_motion_goes_the_way_the_head_looks_and_no_faster_than_a_brisk_walk(tmp_path: Path) -> None:
    session = smooth(tmp_path)
    before = feet(session)
    events = play(session, 1.0, [someone(session, stick=(-100, 0), side="left")])
    after = feet(session)
    assert after[0] - before[0] == pytest.approx(-1.5, abs=0.02)
    assert after[1] == pytest.approx(before[1], abs=1e-9)
    assert told(events, "walked", "moved") == [(session.tick - 99, "walked", "bay")]
    assert session.world.vignette[ME] == pytest.approx(0.6)
    play(session, 0.5, [someone(session)])
    assert feet(session) == after
    assert session.world.vignette == {}


@pytest.mark.parametrize("stick", [(100, 0), (-100, 0), (0, 100), (0, -100), (70, 70), (-70, 70)])
def test_smooth_motion_never_ends_in_a_wall_or_a_thing(tmp_path: Path, stick: tuple[int, int]) -> None:
    session = smooth(tmp_path)
    play(session, 6.0, [someone(session, stick=stick, side="left")])
    assert session._locomotion.barriers.free(feet(session)[:2], 0.0)
    assert session.world.room_of(feet(session)) == "bay"


@pytest.mark.parametrize(("opened", "through"), [(0, False), (85, True)])
@pytest.mark.parametrize(("home", "bearing"), [("bay", 180), ("corridor", 0)])
def test_smooth_motion_and_arcs_end_at_a_closed_door_and_go_through_an_open_one(
    tmp_path: Path, opened: int, through: bool, home: str, bearing: int
) -> None:
    text = WARD.replace("  bay: {size: [6 m, 4 m, 2.7 m]}\n", TWO_ROOMS.format(opened=opened))
    text = text.replace("{in: bay, at: [1 m, -0.8 m]}", f"{{in: {home}, at: [1 m, 0 m], facing: {bearing} deg}}")
    text = text.replace("board: {use: debrief_board, against: bay.south}", "board: {use: debrief_board, against: bay.east}")
    session = Session(ward(tmp_path, text=text))
    session.preferences.set(ME, "move=smooth")
    play(session, 0.1, [someone(session)])
    play(session, 3.0, [someone(session, stick=(0, 100), side="left")])
    assert (session.world.room_of(feet(session)) != home) == through
    assert session._locomotion.barriers.free(feet(session)[:2], 0.0)
    arcs = Session(session.scene)
    play(arcs, 0.1)
    for _ in range(3):
        step(arcs, 0.0, -25.0)
    assert (arcs.world.room_of(feet(arcs)) != home) == through


def test_with_one_hand_its_stick_walks_and_turns(tmp_path: Path) -> None:
    session = smooth(tmp_path, "hands=left")
    session.preferences.set(ME, "move=smooth")
    session.preferences.set(ME, "turn=smooth")
    before = feet(session)
    play(session, 0.5, [someone(session, stick=(0, -100), side="left")])
    assert distance(feet(session), before) == pytest.approx(0.75, abs=0.02)
    play(session, 0.5, [someone(session, stick=(100, 0), side="left")])
    assert session.world.origin.direction((0.0, 1.0, 0.0))[0] == pytest.approx(0.5, abs=0.01)
    play(session, 0.5, [someone(session, stick=(0, 100), side="right")])
    assert session.world.vignette == {}, "the other hand's does nothing"


@pytest.mark.parametrize("moment", [0.1, 0.35, 0.55])
def test_a_session_taken_up_in_a_step_goes_on_the_same(session: Session, moment: float) -> None:
    play(session, moment, [someone(session, 270.0, -30.0, trigger=100)])
    kept = session.snapshot()

    def rest() -> tuple[list[tuple[int, str, str]], Transform]:
        events = play(session, 0.5 - moment / 2, [someone(session, 270.0, -30.0, trigger=100)])
        events += play(session, 0.1, [someone(session, 270.0, -30.0)])
        return told(events), session.world.origin

    first = rest()
    session.restore(kept)
    assert rest() == first
    assert "moved" in [event for _, event, _ in first[0]]
