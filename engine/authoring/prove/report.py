"""`abaton check --prove`: what is proved of a scene, told to its designer."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from engine.authoring.prove.claims import Can, Claims, Finding, claim, spoken, told
from engine.authoring.prove.explore import TooManyError
from engine.authoring.prove.flash import FLASHES
from engine.authoring.prove.witness import Tape, Witnesses, witness
from engine.spec.diagnostics import Diagnostic, Severity
from engine.spec.model import SceneSpec

WAYS = {"reached": "be reached", "met": "be met", "missed": "be missed"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of one scene. `claims` is None if it is too large to be looked at."""

    scene: SceneSpec
    claims: Claims | None
    witnesses: Witnesses
    findings: tuple[Finding, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings as `abaton check` shows them; how each comes about is told in its remedy."""
        return tuple(self._diagnostic(one) for one in self.findings)

    def _diagnostic(self, one: Finding) -> Diagnostic:
        lines = self.scene.sources.get(one.span.file, ())
        source = lines[one.span.line - 1] if 0 < one.span.line <= len(lines) else ""
        story = f" (it goes: {'; '.join(one.story)})" if one.story else ""
        severity: Severity = "warning" if one.code.startswith("W") else "error"
        return Diagnostic(one.code, severity, one.span, one.message, f"{one.remedy}{story}", source)

    @property
    def lines(self) -> list[str]:
        """What was proved in a few lines, the findings left out."""
        claims, left = self.claims, self.witnesses.open
        if claims is None:
            return []
        shown = [can for tape in self.witnesses.tapes for can in tape.shows]
        least, most = spoken(claims.shortest.seconds), spoken(claims.longest.seconds)
        said = [f"always ends: after {least} at the shortest, {most} at the longest"]
        said += [f"{'' if index else 'the longest:':16}{leg}" for index, leg in enumerate(told(claims.longest))]
        said.append(f"{_count(shown, left, 'reached')} states can be reached")
        if self.scene.checklist:
            met, missed = _count(shown, left, "met"), _count(shown, left, "missed")
            said.append(f"{met} items of the checklist can be met, {missed} can be missed")
        if not any(one.code == "E0557" for one in claims.findings):
            said.append(f"no light flashes more than {FLASHES} times a second by the scene's own doing")
        said += [f"shown by someone who {_plain(tape)}" for tape in self.witnesses.tapes]
        return [*said, f"unknown: {len(left)}"]

    @property
    def data(self) -> dict[str, Any]:
        """The proof for programs: `proved`; `shortest` and `longest` in seconds (null: for ever) and `longest_way`, its legs in
        words; `shown`, who showed what; `unknown`, what nobody showed."""
        claims = self.claims
        if claims is None:
            return {"proved": False}
        most = claims.longest.seconds
        return {
            "proved": not self.witnesses.open and not any(one.code.startswith("E") for one in self.findings),
            "shortest": claims.shortest.seconds,
            "longest": None if most == inf else most,
            "longest_way": list(told(claims.longest)),
            "shown": [{"by": tape.plan, "shows": [_can(can) for can in tape.shows]} for tape in self.witnesses.tapes],
            "unknown": [_can(can) for can in self.witnesses.open],
        }


def prove(scene: SceneSpec) -> Proof:
    """Prove what can be proved of a scene, and let people try the rest."""
    try:
        claims = claim(scene)
    except TooManyError:
        message = "this scene can be in so many configurations, and go between them in so many ways, that nothing is proved"
        large = Finding("E0558", scene.scenario.span, message, "take regions apart, or let fewer things go on at once")
        return Proof(scene, None, Witnesses(), (large,))
    shown = witness(claims)
    return Proof(scene, claims, shown, (*claims.findings, *(_unknown(can) for can in shown.open)))


def _unknown(can: Can) -> Finding:
    what = f"the state '{can.name}'" if can.wanted == "reached" else f"'{can.name}'"
    message = f"nobody who was tried showed that {what} can {WAYS[can.wanted]}, and nothing shows that it cannot"
    return Finding(
        "W0559", can.span, message, "try it yourself; a rule or an item that is easier to bring about is easier to show"
    )


def save(proof: Proof, folder: Path) -> list[Path]:
    """Write each witness's tape as a recording that `abaton replay` plays; files that are there already are not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, tape in enumerate(proof.witnesses.tapes, 1):
        path = folder / f"{proof.scene.name}_{number}.jsonl"
        with path.open("x", encoding="utf-8") as file:
            file.writelines(f"{one}\n" for one in tape.lines)
        path.chmod(0o600)
        paths.append(path)
    return paths


def _count(shown: list[Can], left: list[Can], wanted: str) -> str:
    done = sum(can.wanted == wanted for can in shown)
    return f"{done} of {done + sum(can.wanted == wanted for can in left)}"


def _can(can: Can) -> dict[str, str]:
    return {"wanted": can.wanted, "name": can.name}


def _plain(tape: Tape) -> str:
    """What a witness did, and what that showed."""
    parts = []
    for wanted, word in (("reached", "reaches"), ("met", "meets"), ("missed", "misses")):
        names = [can.name for can in tape.shows if can.wanted == wanted]
        if names:
            parts.append(f"{word} {', '.join(names)}")
    return f"{tape.plan}: {'; '.join(parts)}"
