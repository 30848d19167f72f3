"""Why something happened: an event's chain of causes as a story, from the input that began it to the event that was asked
about."""

from __future__ import annotations

from collections.abc import Sequence

from engine.session.log import Event
from headset.inputs import TICKS_PER_SECOND

VERBS = {
    "session_began": "the session began",
    "session_ended": "the session ended",
    "setting": "set",
    "triggered": "set off",
    "trigger_refused": "could not set off",
    "state_entered": "entered the state",
    "rule_fired": "followed the rule",
    "change_began": "began to change",
    "changed": "changed",
    "limit_reached": "reached the limit of",
    "overruled": "changed twice in one tick:",
    "said": "said",
    "line_dropped": "did not come to say",
    "grabbed": "took",
    "released": "let go of",
    "sound_began": "began to play",
    "sound_ended": "stopped playing",
    "teleported": "brought the participant to",
    "moved": "stepped to",
    "turned": "turned to the",
    "walked": "walked on from",
    "entered": "came into",
    "left": "went out of",
    "logged": "noted",
    "item_met": "met on the checklist:",
    "item_missed": "missed on the checklist:",
    "item_late": "did late:",
    "item_open": "left open on the checklist:",
    "alarm_began": "began to alarm",
    "alarm_ended": "stopped alarming",
    "alarm_silenced": "was silenced",
    "set_refused": "wished for what cannot be had:",
    "deed_refused": "could not",
    "not_understood": "was not understood",
    "consented": "consented to",
    "consent_withdrawn": "took back the consent to",
    "next": "went on:",
    "time_nearly_over": "said that time is nearly over",
    "break_advised": "advised a break",
}
"""Events in words; others are told by their own names."""


class NoSuchEventError(LookupError):
    """The log has no event of that number; the message says which it has."""


def chain(events: Sequence[Event], number: int) -> list[Event]:
    """The events that led to event `number`, the first cause first, itself last. Raises NoSuchEventError."""
    by_number = {event.n: event for event in events}
    if number not in by_number:
        known = f"it has {min(by_number)} to {max(by_number)}" if by_number else "it has none"
        raise NoSuchEventError(f"there is no event {number} in this log; {known}")
    found = [by_number[number]]
    while found[-1].cause is not None:
        found.append(by_number[found[-1].cause])
    return found[::-1]


def told(event: Event) -> str:
    """One event as a line: when, its number, who did what, and the reason."""
    minutes, ticks = divmod(event.tick, 60 * TICKS_PER_SECOND)
    when = f"{minutes}:{ticks // TICKS_PER_SECOND:02}.{ticks % TICKS_PER_SECOND:02}"
    words = [event.who, VERBS.get(event.event, event.event.replace("_", " ")), event.what]
    if event.value is not None:
        words.append(f"({event.value:g})" if isinstance(event.value, float) else f"({event.value})")
    because = f", because {event.because}" if event.because else ""
    return f"{when:>9}  #{event.n:<5} {' '.join(word for word in words if word)}{because}"


def why(events: Sequence[Event], number: int) -> list[str]:
    """The story of an event, line by line. It begins with an input, or with the beginning of the session itself."""
    links = chain(events, number)
    first = links[0]
    if first.event == "session_began":
        origin = "it all began with the session"
    else:
        origin = f"it all began with an input of {first.who} in tick {first.tick}"
    return [*map(told, links), origin]
