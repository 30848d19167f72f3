"""`abaton check --prove`: what is proved of a scene, told to its designer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.authoring.prove.claims import Can, Claims, Finding, claim, spoken, told
from engine.authoring.prove.explore import MOST, TooManyError
from engine.authoring.prove.flash import FLASHES
from engine.authoring.prove.witness import Tape, Witnesses, witness
from engine.spec.diagnostics import Diagnostic
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
        """The findings as `abaton check` shows them. The lines they stand in are looked up by whoever shows them."""
        return tuple(
            Diagnostic(one.code, "warning" if one.code.startswith("W") else "error", one.span, one.message, one.remedy)
            for one in self.findings
        )


def prove(scene: SceneSpec) -> Proof:
    """Prove what can be proved of a scene, and let people try the rest."""
    try:
        claims = claim(scene)
    except TooManyError:
        message = f"this scene can be in more than {MOST} configurations, which is too many to prove anything of it"
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


def lines(proof: Proof) -> list[str]:
    """The proof in a few lines, the findings left out."""
    claims = proof.claims
    if claims is None:
        return []
    shown = [can for tape in proof.witnesses.tapes for can in tape.shows]
    states = _count(shown, proof.witnesses.open, "reached")
    said = [
        f"always ends: after {spoken(claims.shortest.seconds)} at the shortest, {spoken(claims.longest.seconds)} at the longest"
    ]
    said += [
        f"    the longest: {leg}" if not index else f"                 {leg}" for index, leg in enumerate(told(claims.longest))
    ]
    said.append(f"{states} states can be reached")
    if proof.scene.checklist:
        met, missed = (_count(shown, proof.witnesses.open, wanted) for wanted in ("met", "missed"))
        said.append(f"{met} items of the checklist can be met, {missed} can be missed")
    if not any(one.code == "E0557" for one in claims.findings):
        said.append(f"no light flashes more than {FLASHES} times a second by the scene's own doing")
    said += [f"shown by someone who {_plain(tape)}" for tape in proof.witnesses.tapes]
    said.append(f"unknown: {len(proof.witnesses.open)}")
    return said


def plain(proof: Proof) -> dict[str, Any]:
    """The proof for programs. Times are seconds, null for ever."""
    claims = proof.claims
    if claims is None:
        return {"proved": False}
    most = claims.longest.seconds
    return {
        "proved": not any(one.code.startswith("E") for one in proof.findings),
        "shortest": claims.shortest.seconds,
        "longest": None if most == float("inf") else most,
        "longest_way": list(told(claims.longest)),
        "shown": [
            {"by": tape.plan, "shows": [{"wanted": can.wanted, "name": can.name} for can in tape.shows]}
            for tape in proof.witnesses.tapes
        ],
        "unknown": [{"wanted": can.wanted, "name": can.name} for can in proof.witnesses.open],
    }


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


def _plain(tape: Tape) -> str:
    """What a witness did, and what that showed."""
    parts = []
    for wanted, word in (("reached", "reaches"), ("met", "meets"), ("missed", "misses")):
        names = [can.name for can in tape.shows if can.wanted == wanted]
        if names:
            parts.append(f"{word} {', '.join(names)}")
    return f"{tape.plan}: {'; '.join(parts)}"
