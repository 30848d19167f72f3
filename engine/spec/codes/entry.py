"""What is known of one diagnostic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GROUPS: Mapping[str, str] = {
    "01": "text and tree",
    "02": "names",
    "03": "values and expressions",
    "04": "things and placing words",
    "05": "what happens",
    "06": "the built world",
    "07": "composition",
    "08": "cards and model files",
    "09": "what a session asks for",
}
"""The digits behind the letter -> what the codes of that hundred are about."""


@dataclass(frozen=True, slots=True)
class Code:
    """A mistake that has a name: `E0203`.

    `wrong` and `right` are top-level keys of a scene; what a scene needs besides is left out. A line `# file: NAME` begins
    another file of the scene's folder, and a first line `$ abaton …` says how the scene is asked for. Both are empty where no
    piece of a scene can show the mistake.
    """

    code: str
    title: str
    why: str
    """Why it is one, and what to do, in a nurse's words."""
    wrong: str = ""
    right: str = ""

    @property
    def group(self) -> str:
        """What its hundred is about."""
        return GROUPS[self.code[1:3]]
