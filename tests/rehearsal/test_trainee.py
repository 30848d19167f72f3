"""Virtual trainees play whole scenes with nothing but a head and two hands; what stands in their way is told."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from engine.interaction.buttons import FINGER as READ_AS_FINGER
from engine.rehearsal import People, Run, StoppedError, Trainee, play
from engine.rehearsal.body import FINGER
from engine.session import Event, Session
from engine.session.log import digest
from engine.session.recording import Header, read
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.world.vectors import distance
from headset.inputs import TICKS_PER_SECOND, Person
from tests.making import told

ROOT = Path(__file__).resolve().parents[2]
CAREFUL = People(forgetting=0.0, disorder=0.0, sloppiness=0.0)

CUPBOARD = """
card: 1
kind: prop
doc: A cupboard that is in the way.
source: Made for a test.
size: [0.6 m, 0.3 m, 1.9 m]
"""


@pytest.fixture(scope="module")
def clinic() -> SceneSpec:
    return load_scene("breathless_bay")


def rehearsed(scene: SceneSpec, people: People = CAREFUL, seed: int = 5, runs: int = 1) -> list[Run]:
    header = Header(scene.name, scene.digest)
    return [play(scene, header, people, seed, number)[0] for number in range(runs)]


def lived(scene: SceneSpec, people: People, seed: Sequence[int]) -> tuple[Session, Trainee, list[Event], list[Person]]:
    session = Session(scene)
    trainee = Trainee(session.world, people, seed)
    events: list[Event] = []
    moved: list[Person] = []
    while not session.over:
        person = trainee.person(session.tick + 1)
        moved.append(person)
        events += session.step(session.tick + 1, [person])
    return session, trainee, events, moved


Life = tuple[Session, Trainee, list[Event], list[Person]]


@pytest.fixture(scope="module")
def life(clinic: SceneSpec) -> Life:
    """A careful person's whole session; only to be looked at."""
    return lived(clinic, CAREFUL, (5, 0))


def test_a_careful_person_treats_the_patient_and_reads_the_board(life: Life) -> None:
    session, trainee, events, _ = life
    assert (session.outcome, trainee.stuck, trainee.slips) == ("finished", [], [])
    assert {name: one.result for name, one in session.world.outcomes.items()} == {
        "oxygen_in_time": "met",
        "help_called": "met",
        "sat_up": "met",
    }
    assert session.world.fitted == {"mask": ("patient", "face")}
    assert float(session.world.value(("oxygen", "flow"))) >= 10.0
    assert float(session.world.value(("bed", "backrest"))) >= 45.0
    last = next(event for event in reversed(events) if event.event == "rule_fired")
    assert last.because == "board dismissed or after 5 min"
    cause = next(event for event in events if event.n == last.cause)
    assert (cause.event, cause.what, cause.who) == ("raised", "board.dismissed", "participant")


def test_all_that_happened_by_hand_goes_back_to_a_hand(life: Life) -> None:
    _, _, events, _ = life
    by_hand = [event for event in events if event.who == "participant" and event.event not in ("entered", "left")]
    assert {event.event for event in by_hand} >= {"raised", "grabbed", "released", "changed", "fitted", "item_met"}
    assert all("right" in event.because or "left" in event.because for event in by_hand if event.event in ("raised", "changed"))


def test_bodies_move_as_bodies_can(life: Life) -> None:
    _, _, _, moved = life
    fastest = {"head": 0.0, "hand": 0.0}
    reached = 0.0
    for before, after in pairwise(moved):
        assert before.head is not None
        assert after.head is not None
        assert before.right.grip is not None
        assert after.right.grip is not None
        fastest["head"] = max(fastest["head"], distance(before.head.metres, after.head.metres) * TICKS_PER_SECOND)
        fastest["hand"] = max(fastest["hand"], distance(before.right.grip.metres, after.right.grip.metres) * TICKS_PER_SECOND)
        reached = max(reached, distance(after.head.metres, after.right.grip.metres))
    assert 0.5 < fastest["head"] < 3.0, "metres a second of who walks in a room"
    assert 0.5 < fastest["hand"] < 6.0
    assert reached < 1.0, "metres from the eyes to a hand with a reach of 0.5 m from the shoulder"


def test_the_same_seed_does_the_same_and_another_one_something_else(clinic: SceneSpec) -> None:
    header = Header("breathless_bay", clinic.digest)
    one, again, other = (play(clinic, header, People(), 3, number, longest=60.0) for number in (0, 0, 1))
    assert one == again
    assert one[0].log != other[0].log


def test_a_runs_recording_plays_again_to_the_same_log(clinic: SceneSpec, tmp_path: Path) -> None:
    run, lines = play(clinic, Header("breathless_bay", clinic.digest), People(), 9, 2, longest=100.0)
    path = tmp_path / "run.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    recording = read(path)
    session = Session(load_scene(recording.header.scene), recording.header.seed)
    events: list[Event] = []
    for tick, inputs in recording.tape:
        events += session.step(tick - 1) if tick > session.tick + 1 else []
        events += session.step(tick, inputs)
    events += session.step(recording.last_tick)
    assert digest(events) == recording.log == run.log


def test_poses_that_are_told_again_change_nothing(clinic: SceneSpec) -> None:
    """A driver tells of every hand at every frame, a recording only of those that moved."""
    once, trainee = Session(clinic), Trainee((fresh := Session(clinic)).world, CAREFUL, (5, 0))
    events, again = [], []
    person: Person | None = None
    for tick in range(6000):
        before, person = person, trainee.person(tick)
        again += fresh.step(tick, [deepcopy(person)])
        events += once.step(tick, [] if person is before else [person])
    assert told(events, "grabbed", "raised")
    assert digest(again) == digest(events)


def test_the_lake_needs_no_one_special() -> None:
    (run,) = rehearsed(load_scene("lakeside"))
    assert (run.outcome, run.success, run.stuck) == ("finished", True, ())
    assert run.states == {"arrive": 20.0, "breathe": 100.0, "settle": 60.0}


def behind_a_cupboard(folder: Path, hidden: bool) -> SceneSpec:
    text = (ROOT / "scenes" / "breathless_bay" / "breathless_bay.yaml").read_text(encoding="utf-8")
    assert "bell:    {use: call_button" in text
    if hidden:
        line = "  wardrobe: {use: wardrobe, in: bay, at: [1.1 m, 1.6 m], facing: south}\n"
        text = text.replace("  bell:    {use: call_button", f"{line}  bell:    {{use: call_button")
        text = "".join(each for each in text.splitlines(keepends=True) if not each.startswith("  locker:"))
    cards = folder / "cards"
    cards.mkdir()
    (cards / "wardrobe.yaml").write_text(CUPBOARD.lstrip(), encoding="utf-8")
    path = folder / "mutated.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scene(path, cards=cards)


def test_a_bell_behind_a_cupboard_fails_and_is_named(tmp_path: Path) -> None:
    (run,) = rehearsed(behind_a_cupboard(tmp_path, hidden=True))
    assert run.items["help_called"][0] == "missed"
    assert not run.success
    assert [one for one in run.stuck if one.startswith("bell")] == ["bell.button: cannot be seen"]


def test_without_the_cupboard_the_same_person_rings(tmp_path: Path) -> None:
    (run,) = rehearsed(behind_a_cupboard(tmp_path, hidden=False))
    assert run.items["help_called"][0] == "met"
    assert run.stuck == ()


@pytest.mark.slow
def test_a_reach_of_20_cm_lowers_success_and_names_what_is_too_far(clinic: SceneSpec) -> None:
    usual, short = rehearsed(clinic, runs=3), rehearsed(clinic, replace(CAREFUL, reach=0.2), runs=3)
    assert [run.success for run in usual] == [True] * 3
    assert [run.success for run in short] == [False] * 3
    assert all("mask: cannot be reached" in run.stuck for run in short)


@pytest.mark.slow
def test_three_times_the_reaction_means_fewer_in_time(clinic: SceneSpec) -> None:
    usual, slow = (rehearsed(clinic, replace(CAREFUL, reaction=factor), runs=5) for factor in (1.0, 3.0))
    assert sum(run.success for run in slow) < sum(run.success for run in usual) == 5
    assert sum(run.seconds for run in slow) > sum(run.seconds for run in usual)


def test_who_forgets_the_oxygen_is_told_so(clinic: SceneSpec) -> None:
    run, _ = play(clinic, Header("breathless_bay", clinic.digest), replace(CAREFUL, forgetting=1.0), 5, 0, longest=200.0)
    assert {"forgot mask", "forgot bell.button", "forgot oxygen.dial", "forgot bed.lever"} <= set(run.slips)
    assert not run.success
    assert run.items["oxygen_in_time"] == ("missed", None)


def test_a_run_that_never_ends_is_ended_by_the_operator(clinic: SceneSpec) -> None:
    run, _ = play(clinic, Header("breathless_bay", clinic.digest), CAREFUL, 1, 0, longest=5.0)
    assert (run.outcome, run.seconds, run.success) == ("left", 5.0, False)


def test_a_run_that_is_told_to_stop_is_given_up_within_a_second_of_the_session(clinic: SceneSpec) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(len(asked))
        return len(asked) > 5

    with pytest.raises(StoppedError):
        play(clinic, Header("breathless_bay", clinic.digest), CAREFUL, 1, 0, stop=stop)
    assert len(asked) == 6, "asked once a second, and never again after it said so"


def test_a_run_survives_being_written_down(clinic: SceneSpec) -> None:
    run, _ = play(clinic, Header("breathless_bay", clinic.digest), People(), 1, 0, longest=40.0)
    assert Run.of(run.plain()) == run


def test_a_finger_is_as_long_as_it_is_read() -> None:
    assert FINGER == READ_AS_FINGER


def test_rehearsal_moves_bodies_and_nothing_else() -> None:
    """It imports nothing that acts, makes no events but commands, and writes nothing into the world."""
    for path in sorted((ROOT / "engine" / "rehearsal").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                assert not module.startswith(("engine.interaction", "engine.scenario", "engine.patient")), f"{path}:{node.lineno}"
                assert module != "engine.world.events", f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith("engine") for alias in node.names), f"{path}:{node.lineno}"
            assert not writes(node), f"{path}: {ast.unparse(node)} writes into the world"


CHANGING = {"pop", "update", "setdefault", "clear", "restore", "append", "add", "discard", "remove"}


def writes(node: ast.AST) -> bool:
    """Whether a node sets something of a world: `world.places[name] = …`, `self.world.held.pop(…)`."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = [node.target]
    elif isinstance(node, ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        targets = [node.func.value]
    return any("world." in ast.unparse(target) for target in targets)


@pytest.mark.parametrize(
    "line",
    ["world.places[name] = place", "self.world.held.pop(name)", "body.world.clock += 1", "del world.properties[path]"],
)
def test_writing_into_the_world_is_found(line: str) -> None:
    assert any(writes(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["self.world = world", "self._origin = self.world.origin", "self.stuck.append(world.scene.name)"]
)
def test_looking_at_the_world_is_left_alone(line: str) -> None:
    assert not any(writes(node) for node in ast.walk(ast.parse(line)))


def test_every_event_of_a_hand_comes_from_the_session(clinic: SceneSpec) -> None:
    session = Session(clinic)
    trainee = Trainee(session.world, CAREFUL, (5, 0))
    for tick in range(3000):
        trainee.person(tick)
    assert session.tick == -1
    assert not told(session.step(0), "raised", "grabbed")
