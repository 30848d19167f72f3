"""Draws the golden pictures anew: `python -m tests.view.golden.make`. Look at what changed before you commit it."""

from __future__ import annotations

from contextlib import closing

from PIL import Image

from tests.view.golden.pictures import FOLDER, GOLDENS, Lake


def main() -> None:
    """Draw all of them."""
    for winter in (False, True):
        with closing(Lake(winter=winter)) as lake:
            for name, golden in GOLDENS.items():
                if golden.winter == winter:
                    Image.fromarray(lake.draw(golden)).save(FOLDER / f"{name}.png", optimize=True)
                    print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
