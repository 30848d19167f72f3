"""Diagnostics of scenes made of several files and layers (E07xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_LAMPS = "# file: lamps.yaml\nprops:\n  lamp: {use: lantern}\n"
_MANY = "".join(f"  - lamp{number}.yaml\n" for number in range(33))

COMPOSITION = (
    Code(
        "E0701",
        "Too many included files",
        "A scene includes at most 32 files. Put some of them together.",
        f"include:\n{_MANY}",
        f"include: [lamps.yaml]\n{_LAMPS}",
    ),
    Code(
        "E0702",
        "An included file is named by one text",
        "`include` takes the names of files in the scene's folder: one, or a list of them.",
        f"include: [{{file: lamps.yaml}}]\n{_LAMPS}",
        f"include: [lamps.yaml]\n{_LAMPS}",
    ),
    Code(
        "E0703",
        "Not a .yaml file in the scene's folder",
        "A scene and all that belongs to it lie in one folder, so that it can be copied, sent and checked as a whole. A path, "
        "or a link, that leads out of the folder is not followed.",
        f"include: ../lamps.yaml\n{_LAMPS}",
        f"include: lamps.yaml\n{_LAMPS}",
    ),
    Code(
        "E0704",
        "Included twice",
        "The same file is included twice; all it says would be given twice.",
        f"include: [lamps.yaml, lamps.yaml]\n{_LAMPS}",
        f"include: [lamps.yaml]\n{_LAMPS}",
    ),
    Code(
        "E0705",
        "There is no such file to include",
        "No file of that name lies in the scene's folder.",
        f"include: lmaps.yaml\n{_LAMPS}",
        f"include: lamps.yaml\n{_LAMPS}",
    ),
    Code(
        "E0706",
        "An included file does not begin a scene",
        "`spec` and `include` stand in the scene's own file alone; so files cannot include each other in a ring.",
        "include: lamps.yaml\n# file: lamps.yaml\nspec: 1\nprops:\n  lamp: {use: lantern}\n",
        f"include: lamps.yaml\n{_LAMPS}",
    ),
    Code(
        "E0707",
        "Given by two files",
        "Included files are joined key by key, and each value may be given once. To change one for a session use `variants`.",
        f"include: lamps.yaml\nprops:\n  lamp: {{use: lantern, flux: 300 lm}}\n{_LAMPS}",
        f"include: lamps.yaml\nprops:\n  lamp: {{flux: 300 lm}}\n{_LAMPS}",
    ),
    Code(
        "E0708",
        "Two variants clash",
        "Several variants can be chosen for one session, if they do not set the same thing. Nobody could say which of them wins.",
        "$ abaton run scene.yaml --variant dim --variant bright\n"
        "props:\n  lamp: {use: lantern}\nvariants:\n  dim: {props.lamp.flux: 50 lm}\n  bright: {props.lamp.flux: 500 lm}\n",
        "$ abaton run scene.yaml --variant dim\n"
        "props:\n  lamp: {use: lantern}\nvariants:\n  dim: {props.lamp.flux: 50 lm}\n  bright: {props.lamp.flux: 500 lm}\n",
    ),
    Code(
        "E0709",
        "Nothing to take away",
        "`none` takes a named entry of the scene away. Here there is none of that name.",
        "$ abaton run scene.yaml --variant bare\nprops:\n  lamp: {use: lantern}\nvariants:\n  bare: {props.lmap: none}\n",
        "$ abaton run scene.yaml --variant bare\nprops:\n  lamp: {use: lantern}\nvariants:\n  bare: {props.lamp: none}\n",
    ),
    Code(
        "E0710",
        "No variant changes this",
        "`spec`, `language`, `include` and `variants` hold for the scene as a whole.",
        "variants:\n  winter: {language: de}\n",
        "environment: {use: alpine_lake}\nvariants:\n  winter: {environment.use: frozen_lake}\n",
    ),
    Code(
        "E0711",
        "A variant is a mapping of paths",
        "A variant says which values it sets, each by its path: `environment.sun: 4 deg`.",
        "variants:\n  night: dark\n",
        "environment: {use: alpine_lake}\nvariants:\n  night: {environment.sun: 0 deg}\n",
    ),
    Code(
        "E0712",
        "A file of another language holds texts only",
        "Beside `scene.yaml` the file `scene.de.yaml` holds its German texts: `text`, and `text` of variants. All else is the "
        "same in every language.",
        "$ abaton run scene.yaml --language de\n"
        "text:\n  title: A test\n# file: scene.de.yaml\nprops:\n  lamp: {use: lantern}\ntext:\n  title: Ein Test\n",
        "$ abaton run scene.yaml --language de\ntext:\n  title: A test\n# file: scene.de.yaml\ntext:\n  title: Ein Test\n",
    ),
    Code(
        "E0713",
        "The scene has no such text",
        "A file of another language translates the texts of the scene, so it has the same keys.",
        "$ abaton run scene.yaml --language de\ntext:\n  title: A test\n# file: scene.de.yaml\ntext:\n  titel: Ein Test\n",
        "$ abaton run scene.yaml --language de\ntext:\n  title: A test\n# file: scene.de.yaml\ntext:\n  title: Ein Test\n",
    ),
    Code(
        "E0714",
        "The scene has no such variant",
        "A file of another language translates the texts of the scene's variants, so it names them alike.",
        "$ abaton run scene.yaml --language de\n"
        "text:\n  title: A test\nvariants:\n  dim: {text.title: A dim test}\n"
        "# file: scene.de.yaml\ntext:\n  title: Ein Test\nvariants:\n  dmi.text.title: Ein dunkler Test\n",
        "$ abaton run scene.yaml --language de\n"
        "text:\n  title: A test\nvariants:\n  dim: {text.title: A dim test}\n"
        "# file: scene.de.yaml\ntext:\n  title: Ein Test\nvariants:\n  dim.text.title: Ein dunkler Test\n",
    ),
    Code(
        "W0715",
        "Texts are not translated yet",
        "The file of another language lacks some of the scene's texts. Until it has them they are shown in the scene's own "
        "language.",
        "$ abaton run scene.yaml --language de\n"
        "scenario:\n  do: {say: hello}\n  rules: {when: done, go: end}\n"
        "text:\n  title: A test\n  hello: Hello\n# file: scene.de.yaml\ntext:\n  title: Ein Test\n",
        "$ abaton run scene.yaml --language de\n"
        "scenario:\n  do: {say: hello}\n  rules: {when: done, go: end}\n"
        "text:\n  title: A test\n  hello: Hello\n# file: scene.de.yaml\ntext:\n  title: Ein Test\n  hello: Hallo\n",
    ),
    Code(
        "E0716",
        "A file that includes itself",
        "Including a file in itself would never end.",
        "include: scene.yaml\n",
        f"include: lamps.yaml\n{_LAMPS}",
    ),
)
