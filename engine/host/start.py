"""The start screen as a state machine: what is shown, what is chosen, what comes of a press. It draws nothing and opens nothing.

    Start ─ pressed(item) ─► Start | StartChoice | "look" | "close"
      └──── page ─► engine.view.ui.start

Nobody in a clinic types a command: a scene, its parameters and variant, the language, the device, and how a person is in it are
chosen here. Every choice is shown where it was made and is undone the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from engine.library import scenes_folder
from engine.spec.load import read_scene
from engine.spec.model import Quantity, SceneSpec
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import Setting
from engine.view.ui.start import MOST_ROWS, MOST_TILES, Page, Setup, Tab, Tile, Tiles
from engine.view.ui.wishes import FIRST, setting, stepped
from engine.view.ui.words import languages, words

LengthOf = Callable[[SceneSpec], float]
"""How long a session of a scene can last at most, in seconds; infinity if it has no end of its own."""

TABS: Final[Mapping[str, tuple[str, ...]]] = {
    "session": (),
    "body": ("posture", "hands", "height", "reach", "tremor", "dwell", "scan"),
    "comfort": ("captions", "contrast", "turn", "move", "vignette"),
}
"""The wishes under each heading; under `session` stands what belongs to the scene."""

STEPS = 12
"""In how many steps a parameter's range is gone through, about."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A scene that can be played, in one language."""

    name: str
    title: str
    language: str
    picture: Path | None
    minutes: int | None
    """How long it lasts at most; None if it goes on until someone leaves."""
    variants: tuple[tuple[str, str], ...] = ()
    """Name and label of each."""
    parameters: tuple[tuple[Quantity, str], ...] = ()
    """Each with its label."""


@dataclass(frozen=True, slots=True)
class StartChoice:
    """What was chosen: the scene, what is set for it, and the person's wishes that differ from the defaults."""

    scene: str
    language: str
    device: Literal["window", "headset"]
    variants: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    """As a person writes them: `("inhale", "5 s")`."""
    wishes: tuple[tuple[str, str], ...] = ()
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Start:
    """All that the start screen knows. `headset`: None while it is looked for, empty if there is none, else its name."""

    offers: tuple[Offer, ...]
    language: str
    headset: str | None = None
    scene: int = -1
    """The scene that is being set up; -1 while they are shown."""
    first: int = 0
    """The first scene on the page."""
    tab: str = "session"
    device: Literal["window", "headset"] = "window"
    ask: bool = True
    variant: int = 0
    """The number of the variant, from 1; 0: as written."""
    values: tuple[tuple[str, str], ...] = ()
    """Parameters that were changed, as text."""
    wishes: tuple[tuple[str, str], ...] = ()
    """Wishes that were changed."""
    problem: str = ""
    """Why what was chosen could not be begun, in a sentence; shown in place of the headset's light."""

    @property
    def contrast(self) -> Contrast:
        """That of the screen itself: the person's."""
        return "high" if self.wish("contrast") == "high" else "normal"

    def wish(self, name: str) -> str:
        """A wish as it is now."""
        return dict(self.wishes).get(name, FIRST[name])


def items(start: Start) -> tuple[str, ...]:
    """What can be pressed now, in reading order."""
    shown = page(start)
    speaks = _able(shown.speaks)
    if isinstance(shown, Tiles):
        turns = [name for name, able in (("less", shown.less), ("more", shown.more)) if able]
        return (*[tile.name for tile in shown.tiles], *turns, *speaks)
    rows = [name for row in shown.rows for name in _able(row)]
    look = ["look_again"] if shown.ready is False else []
    return (*[tab.name for tab in shown.tabs], *rows, "start", "back", *look, *speaks)


Outcome = Start | StartChoice | Literal["look", "close"]
"""What comes of a press: another state, a choice, a new look for the headset, or the end."""


def pressed(start: Start, item: str, offers: Callable[[str], tuple[Offer, ...]]) -> Outcome:
    """What comes of pressing an item (`items`), or `escape`. `offers` gives the scenes in a language."""
    if item in ("texts-", "texts+"):
        known = languages()
        language = known[max(0, min(len(known) - 1, known.index(start.language) + (1 if item.endswith("+") else -1)))]
        return replace(start, language=language, offers=offers(language))
    if start.scene < 0:
        return _press_tiles(start, item)
    if item in ("escape", "back"):
        return replace(start, scene=-1, problem="")
    if item in ("look_again", "start"):
        return "look" if item == "look_again" else _choice(start)
    if item.startswith("tab:"):
        return replace(start, tab=item.removeprefix("tab:"))
    return _step(start, item[:-1], up=item.endswith("+"))


def found_headset(start: Start, name: str) -> Start:
    """The headset has been looked for: its name, or empty. One that is there is what one plays in, unless one says otherwise."""
    return replace(start, headset=name, device="headset" if name else "window", problem="")


def page(start: Start) -> Page:
    """What is to be seen."""
    own = words(start.language)
    known = languages()
    at = known.index(start.language)
    speaks = Setting("texts", own["texts"], own["language"], at > 0, at < len(known) - 1)
    if start.scene < 0:
        first, shown = start.first, start.offers[start.first : start.first + MOST_TILES]
        tiles = tuple(_tile(offer, start.language) for offer in shown)
        more, less = first + MOST_TILES < len(start.offers), first > 0
        return Tiles(own["start_choose"], own["start_hint"], tiles, speaks, own.language, more, less, start.contrast)
    rows = _rows(start)
    tabs = tuple(Tab(f"tab:{name}", label, name == start.tab) for name, label in _tabs(start))
    headset = start.headset
    said = own["headset_asking"] if headset is None else own["headset_absent"]
    return Setup(
        tile=_tile(start.offers[start.scene], start.language),
        tabs=tabs,
        rows=rows,
        headset=start.problem or (own.filled("headset_ready", name=headset) if headset else said),
        ready=None if headset is None else bool(headset),
        look_again=own["look_again"],
        back=own["back"],
        start=own["start"],
        hint=own["start_hint"],
        speaks=speaks,
        language=own.language,
        contrast=start.contrast,
    )


def scenes(language: str, length: LengthOf, folder: Path | None = None) -> tuple[Offer, ...]:
    """Every scene of a folder (the engine's own) that can be read, in this language where it has it, in order of names."""
    found: list[Offer] = []
    for path in sorted((folder or scenes_folder()).glob("*/*.yaml")):
        if path.stem != path.parent.name:
            continue
        has = path.with_name(f"{path.stem}.{language}.yaml").exists()
        spec, _ = read_scene(path, language=language if has else None)
        if spec is not None:
            found.append(_offer(spec, path, length(spec)))
    return tuple(found)


def neighbour(boxes: Mapping[str, Sequence[float]], item: str, way: Literal["left", "right", "up", "down"]) -> str:
    """The item next to another in a direction, by their boxes; the same if there is none."""
    if item not in boxes:
        return next(iter(boxes), item)
    here = _middle(boxes[item])
    best, least = item, float("inf")
    for name, box in boxes.items():
        there = _middle(box)
        x, y = there[0] - here[0], there[1] - here[1]
        ahead, aside = {"left": (-x, y), "right": (x, y), "up": (-y, x), "down": (y, x)}[way]
        # What overlaps in the other direction lies straight ahead, however wide it is.
        low, high = (1, 3) if way in ("left", "right") else (0, 2)
        straight = box[low] < boxes[item][high] and boxes[item][low] < box[high]
        far = ahead + (0.0 if straight else 3.0 * abs(aside))
        if ahead > 1.0 and far < least:
            best, least = name, far
    return best


def _middle(box: Sequence[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _press_tiles(start: Start, item: str) -> Start | Literal["close"]:
    if item == "escape":
        return "close"
    if item in ("more", "less"):
        return replace(start, first=max(0, start.first + (MOST_TILES if item == "more" else -MOST_TILES)))
    names = [f"scene:{offer.name}" for offer in start.offers]
    # What was set for another scene means nothing for this one; the person's wishes stay.
    return replace(start, scene=names.index(item), tab="session", variant=0, values=())


def _choice(start: Start) -> StartChoice:
    offer = start.offers[start.scene]
    variants = (offer.variants[start.variant - 1][0],) if start.variant else ()
    return StartChoice(offer.name, offer.language, start.device, variants, start.values, start.wishes, start.ask)


def _step(start: Start, name: str, *, up: bool) -> Start:
    offer = start.offers[start.scene]
    if name == "device":
        return replace(start, device="headset" if up and start.headset else "window")
    if name == "ask":
        return replace(start, ask=up)
    if name == "variant":
        return replace(start, variant=max(0, min(len(offer.variants), start.variant + (1 if up else -1))))
    for quantity, _ in offer.parameters:
        if name == f"set:{quantity.name}":
            value = _stepped(quantity, _value(start, quantity), up=up)
            kept = {**dict(start.values), quantity.name: written(quantity, value)}
            return replace(start, values=tuple(one for one in kept.items() if one[1] != written(quantity, quantity.default)))
    wishes = {**dict(start.wishes), name: stepped(name, start.wish(name), up=up)}
    return replace(start, wishes=tuple(one for one in wishes.items() if one[1] != FIRST[one[0]]))


def _tabs(start: Start) -> list[tuple[str, str]]:
    own = words(start.language)
    pages = -(-len(_session_rows(start)) // MOST_ROWS)
    numbered = [("session" if index == 0 else f"session{index + 1}", own["of_session"] + (f" {index + 1}" if index else ""))
                for index in range(pages)]  # fmt: skip
    return [*numbered, ("body", own["of_body"]), ("comfort", own["of_comfort"])]


def _rows(start: Start) -> tuple[Setting, ...]:
    if start.tab in TABS and start.tab != "session":
        own = words(start.language)
        return tuple(setting(name, start.wish(name), own) for name in TABS[start.tab])
    begin = MOST_ROWS * (int(start.tab.removeprefix("session") or 1) - 1)
    return tuple(_session_rows(start)[begin : begin + MOST_ROWS])


def _session_rows(start: Start) -> list[Setting]:
    own, offer = words(start.language), start.offers[start.scene]
    there = bool(start.headset)
    worn = start.device == "headset"
    rows = [Setting("device", own["device"], own[f"device_{start.device}"], worn, there and not worn)]
    if offer.variants:
        label = offer.variants[start.variant - 1][1] if start.variant else own["variant_none"]
        rows.append(Setting("variant", own["variant"], label, start.variant > 0, start.variant < len(offer.variants)))
    for quantity, label in offer.parameters:
        value = _value(start, quantity)
        lower, higher = (_stepped(quantity, value, up=up) != value for up in (False, True))
        part = None
        if quantity.low is not None and quantity.high is not None and isinstance(value, float | int):
            part = (float(value) - quantity.low) / max(1e-9, quantity.high - quantity.low)
        rows.append(Setting(f"set:{quantity.name}", label, shown(quantity, value, own["yes"], own["no"]), lower, higher, part))
    rows.append(setting("minutes", start.wish("minutes"), own))
    rows.append(Setting("ask", own["ask"], own["yes"] if start.ask else own["no"], start.ask, not start.ask))
    return rows


def _value(start: Start, quantity: Quantity) -> float | bool | str:
    """A parameter's value as it is set now."""
    said = dict(start.values).get(quantity.name)
    if said is None:
        return quantity.default
    if quantity.dimension in ("word", "truth"):
        return said == "true" if quantity.dimension == "truth" else said
    return float(said.partition(" ")[0])


def _stepped(quantity: Quantity, value: float | bool | str, *, up: bool) -> float | bool | str:
    if quantity.dimension == "truth":
        return up
    if quantity.choices:
        at = quantity.choices.index(str(value)) + (1 if up else -1)
        return quantity.choices[max(0, min(len(quantity.choices) - 1, at))]
    low, high = quantity.low, quantity.high
    number = float(value)
    if low is None or high is None:
        return number
    step = nice_step((high - low) / STEPS, whole=quantity.dimension == "count")
    return max(low, min(high, round(number / step) * step + (step if up else -step)))


def nice_step(least: float, *, whole: bool) -> float:
    """The smallest of 1, 2, 5, 10 … and, unless whole, 0.5, 0.2, 0.1 … that is not below `least`."""
    power = 1.0
    while power > least and (not whole or power > 1.0):
        power /= 10.0
    while True:
        for times in (1.0, 2.0, 5.0):
            if power * times >= least * 0.999:
                return max(power * times, 1.0) if whole else power * times
        power *= 10.0


UNITS: Final[Mapping[str, str]] = {
    "time": "s", "length": "m", "angle": "deg", "flux": "lm", "temperature": "K", "flow": "L/min", "mass": "kg", "level": "dB",
}  # fmt: skip
"""The unit in which each dimension is reckoned, as scenes write it."""


def written(quantity: Quantity, value: float | bool | str) -> str:
    """A parameter's value as `--set` takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    unit = UNITS.get(quantity.dimension, "")
    number = f"{value:.1f}" if quantity.dimension == "ratio" and value == int(value) else f"{value:g}"
    return f"{number} {unit}" if unit else number


def shown(quantity: Quantity, value: float | bool | str, yes: str, no: str) -> str:
    """A parameter's value as people read it."""
    if isinstance(value, bool):
        return yes if value else no
    return written(quantity, value).replace(" deg", "°").replace("_", " ")


def _able(row: Setting) -> tuple[str, ...]:
    return (*((f"{row.name}-",) if row.lower else ()), *((f"{row.name}+",) if row.higher else ()))


def _tile(offer: Offer, language: str) -> Tile:
    own = words(language)
    detail = own.filled("minutes_up", number=offer.minutes) if offer.minutes else ""
    return Tile(f"scene:{offer.name}", offer.title, detail, offer.picture, offer.language)


def _offer(spec: SceneSpec, path: Path, seconds: float) -> Offer:
    pictures = [path.with_name(f"{shot}.webp") for shot in spec.shots] + sorted(path.parent.glob("*.webp"))

    def label(name: str) -> str:
        return spec.text.get(name, name.replace("_", " ").capitalize())

    return Offer(
        spec.name,
        spec.text.get("title", label(spec.name)),
        spec.language,
        next((one for one in pictures if one.exists()), None),
        round(seconds / 60) if seconds < 1e6 else None,
        tuple((name, label(name)) for name in spec.variants),
        tuple((one, label(one.name)) for one in spec.parameters.values()),
    )
