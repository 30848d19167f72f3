"""The start screen as a state machine: what is shown, what is chosen, what comes of a press. It draws nothing and opens nothing.

    Start ─ pressed(item), typed(letters) ─► Start | StartChoice | "look" | "close"
      └──── page ─► engine.view.ui.start

Nobody in a clinic types a command: a scene, its parameters and variant, the language, the device, who takes part and how they are
in it are chosen here. Every choice is shown where it was made and is undone the same way. Who takes part is an id that says
nothing of the person (`engine.host.people`); choosing one brings the wishes that were kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.host.offers import Offer, Value, shown, written
from engine.host.offers import stepped as stepped_value
from engine.host.people import LONGEST_ID, PeopleError, is_new_id, known_people, new_id, read_person
from engine.spec.model import Quantity
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import Setting
from engine.view.ui.people import MOST_PEOPLE, Known, People
from engine.view.ui.start import MOST_ROWS, MOST_TILES, Page, Setup, Tab, Tile, Tiles
from engine.view.ui.wishes import FIRST, GROUPS, grouped, setting, stepped
from engine.view.ui.words import languages, words


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
    person: str = ""
    """The id of who takes part; empty for nobody in particular. Their wishes are to be kept."""


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
    """Why what was chosen could not be begun or taken, in a sentence."""
    person: str = ""
    """Who takes part; empty for nobody in particular."""
    people: tuple[str, ...] | None = None
    """Who is known, while it is chosen who takes part; else None."""
    first_known: int = 0
    """The first of them on the page."""
    letters: str = ""
    """What was typed there."""
    types: bool = False
    """Whether there are keys to type with."""

    @property
    def contrast(self) -> Contrast:
        """That of the screen itself: the person's."""
        return "high" if self.wish("contrast") == "high" else "normal"

    def wish(self, name: str) -> str:
        """A wish as it is now."""
        return dict(self.wishes).get(name, FIRST[name])


def items(start: Start) -> tuple[str, ...]:
    """What can be pressed now, in reading order."""
    here = page(start)
    speaks = _able(here.speaks)
    if isinstance(here, People):
        turns = [name for name, able in (("less", here.less), ("more", here.more)) if able]
        take = ["take"] if here.typed else []
        return (*take, "new", "nobody", *[one.name for one in here.known], "back", *turns, *speaks)
    if isinstance(here, Tiles):
        turns = [name for name, able in (("less", here.less), ("more", here.more)) if able]
        return (*[tile.name for tile in here.tiles], *turns, "person", *speaks)
    rows = [name for row in here.rows for name in _able(row)]
    look = ["look_again"] if here.ready is False else []
    return (*[tab.name for tab in here.tabs], *rows, "start", "back", *look, "person", *speaks)


Outcome = Start | StartChoice | Literal["look", "close"]
"""What comes of a press: another state, a choice, a new look for the headset, or the end."""


def pressed(start: Start, item: str, offers: Callable[[str], tuple[Offer, ...]]) -> Outcome:
    """What comes of pressing an item (`items`), or `escape`. `offers` gives the scenes in a language."""
    if item in ("texts-", "texts+"):
        known = languages()
        language = known[max(0, min(len(known) - 1, known.index(start.language) + (1 if item.endswith("+") else -1)))]
        return replace(start, language=language, offers=offers(language))
    if start.people is not None:
        return _press_people(start, start.people, item)
    if item == "person":
        return _open_people(start)
    return _press_tiles(start, item) if start.scene < 0 else _press_setup(start, item)


def typed(start: Start, letters: str) -> Start:
    """After letters were typed: they are part of an id, where one is asked for; `\b` takes the last one back."""
    if start.people is None or not start.types:
        return start
    now = start.letters
    for letter in letters:
        now = now[:-1] if letter == "\b" else now + letter if letter.isprintable() and not letter.isspace() else now
    return start if now == start.letters else replace(start, letters=now[:LONGEST_ID], problem="")


def taken(start: Start, person: str) -> Start:
    """With someone who takes part, by their id, and the wishes that are kept of them; nobody in particular if it is empty.

    Raises PeopleError if they cannot be read.
    """
    wishes = tuple(read_person(person).texts().items()) if person else ()
    return replace(start, person=person, wishes=wishes, people=None, letters="", problem="")


def found_headset(start: Start, name: str) -> Start:
    """The headset has been looked for: its name, or empty. One that is there is what one plays in, unless one says otherwise."""
    return replace(start, headset=name, device="headset" if name else "window", problem="")


def page(start: Start) -> Page:
    """What is to be seen."""
    own = words(start.language)
    known = languages()
    at = known.index(start.language)
    speaks = Setting("texts", own["texts"], own["language"], at > 0, at < len(known) - 1)
    if start.people is not None:
        return _people(start, start.people, speaks)
    person = own.filled("person", person=start.person or own["person_nobody"])
    if start.scene < 0:
        first, here = start.first, start.offers[start.first : start.first + MOST_TILES]
        tiles = tuple(_tile(offer, start.language) for offer in here)
        more, less = first + MOST_TILES < len(start.offers), first > 0
        return Tiles(own["start_choose"], own["start_hint"], tiles, speaks, person, own.language, more, less, start.contrast)
    rows = _rows(start)
    tabs = tuple(Tab(f"tab:{name}", label, name == start.tab) for name, label in _tabs(start))
    headset = start.headset
    said = own["headset_asking"] if headset is None else own["headset_absent"]
    return Setup(
        tile=_tile(start.offers[start.scene], start.language),
        tabs=tabs,
        rows=rows,
        headset=own.filled("headset_ready", name=headset) if headset else said,
        ready=None if headset is None else bool(headset),
        look_again=own["look_again"],
        back=own["back"],
        start=own["start"],
        hint=own["start_hint"],
        speaks=speaks,
        person=person,
        problem=start.problem,
        language=own.language,
        contrast=start.contrast,
    )


def _people(start: Start, people: tuple[str, ...], speaks: Setting) -> People:
    own = words(start.language)
    here = people[start.first_known : start.first_known + MOST_PEOPLE]
    return People(
        title=own["person_choose"],
        hint=own["person_hint" if start.types else "person_hint_worn"],
        typed=start.letters if start.types else None,
        take=own["person_take"],
        new=own.filled("person_new", person=new_id(people)),
        nobody=Known("nobody", own["person_nobody"], not start.person),
        known=tuple(Known(f"known:{one}", one, one == start.person) for one in here),
        none=own["person_none"],
        problem=start.problem,
        back=own["back"],
        speaks=speaks,
        language=own.language,
        more=start.first_known + MOST_PEOPLE < len(people),
        less=start.first_known > 0,
        contrast=start.contrast,
    )


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


def _press_setup(start: Start, item: str) -> Outcome:
    if item in ("escape", "back"):
        return replace(start, scene=-1, problem="")
    if item in ("look_again", "start"):
        return "look" if item == "look_again" else _choice(start)
    if item.startswith("tab:"):
        return replace(start, tab=item.removeprefix("tab:"))
    return _step(start, item[:-1], up=item.endswith("+"))


def _open_people(start: Start) -> Start:
    """The page of who takes part; if it cannot be read who is known, that is said on it."""
    try:
        return replace(start, people=known_people(), first_known=0, letters="", problem="")
    except PeopleError as error:
        return replace(start, people=(), first_known=0, letters="", problem=str(error))


def _press_people(start: Start, people: tuple[str, ...], item: str) -> Start:
    if item in ("escape", "back"):
        return replace(start, people=None, letters="", problem="")
    if item in ("more", "less"):
        return replace(start, first_known=max(0, start.first_known + (MOST_PEOPLE if item == "more" else -MOST_PEOPLE)))
    given = {"nobody": "", "new": new_id(people), "take": start.letters}.get(item, item.removeprefix("known:"))
    if item == "take" and given not in people and not is_new_id(given):
        return replace(start, problem=words(start.language).filled("person_bad", person=given))
    try:
        return taken(start, given)
    except PeopleError as error:
        return replace(start, problem=str(error))


def _choice(start: Start) -> StartChoice:
    offer = start.offers[start.scene]
    variants = (offer.variants[start.variant - 1][0],) if start.variant else ()
    return StartChoice(
        offer.name, offer.language, start.device, variants, start.values, start.wishes, start.ask, start.person
    )  # fmt: skip


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
            value = stepped_value(quantity, _value(start, quantity), up=up)
            values = {**dict(start.values), quantity.name: written(quantity, value)}
            if values[quantity.name] == written(quantity, quantity.default):
                del values[quantity.name]
            return replace(start, values=tuple(values.items()))
    wishes = {**dict(start.wishes), name: stepped(name, start.wish(name), up=up)}
    return replace(start, wishes=tuple(one for one in wishes.items() if one[1] != FIRST[one[0]]))


def _tabs(start: Start) -> list[tuple[str, str]]:
    own = words(start.language)
    pages = -(-len(_session_rows(start)) // MOST_ROWS)
    numbered = [("session" if index == 0 else f"session{index + 1}", own["of_session"] + (f" {index + 1}" if index else ""))
                for index in range(pages)]  # fmt: skip
    return [*numbered, *((heading, own[f"of_{heading}"]) for heading in GROUPS)]


def _rows(start: Start) -> tuple[Setting, ...]:
    if start.tab in GROUPS:
        own = words(start.language)
        return tuple(setting(name, start.wish(name), own) for name in grouped(start.tab))
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
        lower, higher = (stepped_value(quantity, value, up=up) != value for up in (False, True))
        part = None
        if quantity.low is not None and quantity.high is not None and isinstance(value, float | int):
            part = (float(value) - quantity.low) / max(1e-9, quantity.high - quantity.low)
        rows.append(Setting(f"set:{quantity.name}", label, shown(offer, quantity, value, own), lower, higher, part))
    rows.append(setting("minutes", start.wish("minutes"), own))
    rows.append(Setting("ask", own["ask"], own["yes"] if start.ask else own["no"], start.ask, not start.ask))
    return rows


def _value(start: Start, quantity: Quantity) -> Value:
    """A parameter's value as it is set now."""
    said = dict(start.values).get(quantity.name)
    if said is None:
        return quantity.default
    if quantity.dimension in ("word", "truth"):
        return said == "true" if quantity.dimension == "truth" else said
    return float(said.partition(" ")[0])


def _able(row: Setting) -> tuple[str, ...]:
    return (*((f"{row.name}-",) if row.lower else ()), *((f"{row.name}+",) if row.higher else ()))


def _tile(offer: Offer, language: str) -> Tile:
    own = words(language)
    detail = own.filled("minutes_up", time=own.amount(offer.minutes, "min")) if offer.minutes else ""
    return Tile(f"scene:{offer.name}", offer.title, detail, offer.picture, offer.language)
