"""Diagnostics of what a session asks of a scene (E09xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

_PACE = "parameters:\n  inhale: {default: 4 s, range: 3 s to 6 s}\n"

SESSION = (
    Code(
        "E0901",
        "The scene has no such variant",
        "`--variant` names one of the scene's `variants`; `abaton check` with a variant says what it changes.",
        "$ abaton run scene.yaml --variant dimm\nprops:\n  lamp: {use: lantern}\nvariants:\n  dim: {props.lamp.flux: 50 lm}\n",
        "$ abaton run scene.yaml --variant dim\nprops:\n  lamp: {use: lantern}\nvariants:\n  dim: {props.lamp.flux: 50 lm}\n",
    ),
    Code(
        "E0902",
        "The scene does not speak that language",
        "A scene speaks the language of its file, and those whose texts lie beside it: `scene.de.yaml` for German.",
        "$ abaton run scene.yaml --language fr\nlanguage: en\n",
        "$ abaton run scene.yaml --language en\nlanguage: en\n",
    ),
    Code(
        "E0903",
        "The scene has no such parameter",
        "`--set` sets one of the scene's `parameters`. What is not among them is fixed.",
        f"$ abaton run scene.yaml --set inhal='5 s'\n{_PACE}",
        f"$ abaton run scene.yaml --set inhale='5 s'\n{_PACE}",
    ),
    Code(
        "E0904",
        "This is no value for the parameter",
        "A setting is written as in the scene: a time with its unit, a choice as its word.",
        f"$ abaton run scene.yaml --set inhale=5\n{_PACE}",
        f"$ abaton run scene.yaml --set inhale='5 s'\n{_PACE}",
    ),
    Code(
        "E0905",
        "The setting is outside its range",
        "Whoever wrote the scene said within which ends a parameter makes sense.",
        f"$ abaton run scene.yaml --set inhale='9 s'\n{_PACE}",
        f"$ abaton run scene.yaml --set inhale='6 s'\n{_PACE}",
    ),
    Code(
        "E0906",
        "The scene asks for no pictures",
        "`abaton shots` draws what stands under `shots`. Name there from where each picture looks, and at what.",
        "$ abaton shots scene.yaml\nprops:\n  lamp: {use: lantern}\n",
        "$ abaton shots scene.yaml\nprops:\n  lamp: {use: lantern, at: [0 m, 2 m]}\n"
        "shots:\n  hero: {from: participant, to: lamp}\n",
    ),
)
