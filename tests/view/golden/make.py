"""Draws the golden pictures anew, or says how far they are from what is drawn here:

python -m tests.view.golden.make                  all; look at what changed before you commit it
python -m tests.view.golden.make NAME…            only these; a name may end in *
python -m tests.view.golden.make --compare        draws and writes nothing; the greatest difference of each, and what draws
"""

from __future__ import annotations

import sys
from fnmatch import fnmatch
from itertools import groupby

import panda3d.core as p3d
from PIL import Image

from engine.view.stage import Stage
from tests.view.golden.pictures import FOLDER, difference, golden_picture, goldens, painter, path_of


def main(words: list[str]) -> int:
    """Draw all, or those that are named; 1 if a comparison found another picture."""
    comparing = "--compare" in words
    names = [word for word in words if word != "--compare"]
    wanted = [one for name, one in goldens().items() if not names or any(fnmatch(name, pattern) for pattern in names)]
    if not wanted:
        print("no golden picture has that name; there are:", *goldens(), file=sys.stderr)
        return 2
    if comparing:
        stage = Stage()
        print(f"{stage.renderer}, Panda3D {p3d.PandaSystem.get_version_string()}")
        stage.close()
    else:
        for path in FOLDER.glob("*.webp"):
            if path.stem not in goldens():
                path.unlink()
    others = 0
    for setting, some in groupby(wanted, key=lambda golden: golden.setting):
        with painter(setting) as paint:
            for golden in some:
                new = paint(golden)
                if comparing:
                    found = difference(golden_picture(golden.name), new)
                    others += not found.small
                    said = f"most {found.most:3}  worst tile {found.mean:5.2f}  tiles beyond {len(found.stray):3}"
                    print(f"{golden.name:36} {said}{'' if found.small else '  ANOTHER PICTURE'}", flush=True)
                    continue
                Image.fromarray(new).save(path_of(golden.name), lossless=True, quality=100, method=4)
                print(path_of(golden.name), flush=True)
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
