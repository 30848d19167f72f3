"""Diagnostics of prefabs' cards and of model files (E08xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code


def _card(said: str) -> str:
    """A scene with a card of its own beside it."""
    return f"props:\n  box: {{use: box}}\n# file: box.yaml\n{said}"


_BOX = "card: 1\nkind: prop\ndoc: A box.\nsize: [1 m, 1 m, 1 m]\n"
_LID = f"{_BOX}live:\n  lid: {{default: 0 deg, range: 0 deg to 90 deg}}\n"
_HUNG = "joints:\n  lid: {by: lid, axis: width, at: [0 m, 0 m, 1 m], from: 0 deg, to: 90 deg}\n"
_OPEN = f"{_BOX}flags: {{opened: moment}}\n"

CARDS = (
    Code(
        "E0801",
        "There is no such prefab",
        "`use` names a card in the folder of prefabs, or a model file (.glb) in the scene's own. `abaton prefabs` lists the "
        "cards.",
        "props:\n  lamp: {use: latern}\n",
        "props:\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0802",
        "Another version of cards",
        "The key `card` says for which version of the engine a card was written.",
        _card(_BOX.replace("card: 1", "card: 9")),
        _card(_BOX),
    ),
    Code(
        "E0803",
        "A start value of another kind",
        "A parameter with the name of a live property is its start value, so both are of one kind.",
        _card(f"{_LID}params:\n  lid: {{default: 0 m, range: 0 m to 1 m}}\n"),
        _card(_LID),
    ),
    Code(
        "E0804",
        "The name belongs to the language",
        "`at`, `in`, `use`, `present` and the other words that every thing has cannot be names of a card's own values.",
        _card(f"{_BOX}params:\n  at: {{default: 0 m, range: 0 m to 1 m}}\n"),
        _card(f"{_BOX}params:\n  depth: {{default: 0 m, range: 0 m to 1 m}}\n"),
    ),
    Code(
        "E0805",
        "A joint from angle to angle, or from length to length",
        "A part that turns goes from one angle to another, and one that slides from one length to another.",
        _card(f"{_LID}joints:\n  lid: {{by: lid, axis: width, at: [0 m, 0 m, 1 m], from: 0 deg, to: 1 m}}\n"),
        _card(f"{_LID}joints:\n  lid: {{by: lid, axis: width, at: [0 m, 0 m, 1 m], from: 0 deg, to: 90 deg}}\n"),
    ),
    Code(
        "E0806",
        "The control does not say what it works",
        "A button `raises` a flag; every other control `sets` a live property.",
        _card(f"{_OPEN}controls:\n  knob: {{kind: button, at: [0 m, 0 m, 1 m], radius: 5 cm}}\n"),
        _card(f"{_OPEN}controls:\n  knob: {{kind: button, at: [0 m, 0 m, 1 m], radius: 5 cm, raises: opened}}\n"),
    ),
    Code(
        "E0807",
        "The control has no such key",
        "A button raises a flag and sets nothing; every other control sets a property and raises nothing. A `step` has only a "
        "dial, a lever or a slider.",
        _card(f"{_OPEN}controls:\n  knob: {{kind: button, at: [0 m, 0 m, 1 m], radius: 5 cm, raises: opened, step: 1 cm}}\n"),
        _card(f"{_OPEN}controls:\n  knob: {{kind: button, at: [0 m, 0 m, 1 m], radius: 5 cm, raises: opened}}\n"),
    ),
    Code(
        "E0808",
        "'model' is a mapping",
        "What a thing looks like is written as keys and values under `model`.",
        _card(f"{_BOX}model: box\n"),
        _card(f"{_BOX}model:\n  shape: box\n"),
    ),
    Code(
        "E0810",
        "The prefab belongs to another section",
        "Lights, openings and props are one model and may stand in each other's sections. Sounds, people and landscapes have "
        "sections of their own.",
        "props:\n  shore: {use: lake_shore}\n",
        "sounds:\n  shore: {use: lake_shore}\n",
    ),
    Code(
        "E0811",
        "A model file cannot be this",
        "A model file is a solid thing. A landscape, a sound or a person needs a card, which says what it can do.",
        "people:\n  patient: {use: patient.glb}\n",
        "props:\n  bed: {use: exam_bed}\npeople:\n  patient: {use: adult, in: bed}\n",
    ),
    Code(
        "E0812",
        "There is no such model file",
        "A model file lies in the scene's folder, so that the scene can be copied as a whole; its name is written with its "
        "folder, if it has one: `models/chair.glb`. A path, or a link, that leads out of the folder is not followed.",
        "props:\n  chair: {use: chair.glb}\n",
        "props:\n  chair: {use: visitor_chair}\n",
    ),
    Code(
        "E0813",
        "The model file cannot be read",
        "The file is there, but the computer does not let you read it, or the disk fails. Look at its permissions.",
    ),
    Code(
        "E0814",
        "The model file is no sound glTF",
        "A model file is glTF 2.0 in its binary form (.glb), whole, and true to itself: what it points at is there, and its "
        "nodes are a tree. A file that was cut off in copying, or only renamed to .glb, is none. Copy it, or export it, again.",
    ),
    Code(
        "E0815",
        "An image in the model file cannot be used",
        "The images of a model are PNG, JPEG or WebP, inside the file. Others (KTX2, for one) need another program. Export the "
        "model with PNG or JPEG images.",
    ),
    Code(
        "E0816",
        "The model file needs an extension",
        "Some programs compress meshes (KHR_draco_mesh_compression, EXT_meshopt_compression) or images (KHR_texture_basisu), and "
        "say that the file cannot be read without. The engine does not read these. Export the model without compression.",
    ),
    Code(
        "E0817",
        "The model file needs other files",
        "A scene's folder is copied as a whole, and a model is one file in it, with its numbers and images inside. In Blender "
        "choose the format glTF Binary (.glb), not glTF Separate.",
    ),
    Code(
        "E0818",
        "The model file is too large",
        "So that a scene is ready in seconds and fits into a headset's memory, a model has at most 2,000,000 triangles and as "
        "many vertices, images of at most 8192 × 8192 pixels, and 512 MiB. Simplify it (in Blender: the modifier Decimate), or "
        "make its images smaller.",
    ),
    Code(
        "E0819",
        "There is nothing to see in the model file",
        "The file is sound, but nothing in it has faces: there are only cameras, lights, points or lines, or nothing at all. "
        "Select the object before you export it.",
    ),
    Code(
        "W0820",
        "The model file is probably in another unit",
        "glTF counts in metres. A thing longer than 100 m or shorter than 1 mm was most likely made in millimetres or "
        "centimetres, or scaled twice: set the unit, or the scale, when you export it.",
    ),
    Code(
        "E0821",
        "The control's part moves otherwise",
        "A slider is moved along with a joint that slides, a hinge or a knob is turned with a joint that turns; the joint is the "
        "one that goes `by` the property that the control sets.",
        _card(f"{_LID}{_HUNG}controls:\n  grip: {{kind: slider, at: [0 m, 1 m, 1 m], radius: 10 cm, sets: lid}}\n"),
        _card(f"{_LID}{_HUNG}controls:\n  grip: {{kind: hinge, at: [0 m, 1 m, 1 m], radius: 10 cm, sets: lid}}\n"),
    ),
)
