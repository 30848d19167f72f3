"""Asks this machine for its OpenXR runtime, in a process of its own: `python -m headset.openxr.probe`.

A runtime is a foreign library that can hang or end the process that loads it, so `abaton doctor` runs this one beside itself.
It prints one JSON object: `manifest` and `library` (what is configured), `runtime`, `version` and `system` (what answered), or an
`error` with its `stage`: none, broken, silent, no_headset.
"""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import xr

MANIFESTS = ("openxr/1/active_runtime.{machine}.json", "openxr/1/active_runtime.json")


def manifest() -> Path | None:
    """The active runtime's manifest, looked for where the loader does (OpenXR loader design, "Linux runtime discovery")."""
    chosen = os.environ.get("XR_RUNTIME_JSON")
    if chosen:
        return Path(chosen)
    folders = [os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")]
    folders += (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    folders += ["/usr/local/etc", "/etc"]
    names = [name.format(machine=platform.machine()) for name in MANIFESTS]
    paths = [Path(folder) / name for folder in folders if folder for name in names]
    return next((path for path in paths if path.is_file()), None)


def library(path: Path) -> str:
    """The runtime's library as its manifest names it: a path, made absolute, or a name for the linker. Raises ValueError."""
    try:
        named = json.loads(path.read_text(encoding="utf-8"))["runtime"]["library_path"]
    except OSError as error:
        raise ValueError(f"{path} cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a runtime's manifest") from error
    return str(path.resolve().parent / named) if "/" in named else str(named)


def probe() -> dict[str, str]:
    """What is configured, and what it answers."""
    path = manifest()
    if path is None:
        return {"stage": "none", "error": "no OpenXR runtime is set up"}
    found = {"manifest": str(path)}
    try:
        found["library"] = library(path)
    except ValueError as error:
        return found | {"stage": "broken", "error": str(error)}
    if "/" in found["library"] and not Path(found["library"]).is_file():
        return found | {"stage": "broken", "error": f"{path} names {found['library']}, which is not there"}
    return found | ask()


def ask() -> dict[str, str]:
    """Make an instance and ask it for a headset, as a session would."""
    try:
        instance = xr.create_instance(
            xr.InstanceCreateInfo(application_info=xr.ApplicationInfo(application_name="abaton doctor"))
        )
    except xr.exception.RuntimeUnavailableError:
        return {"stage": "broken", "error": "the runtime's library cannot be loaded"}
    except xr.exception.ResultException as error:
        return {"stage": "silent", "error": f"the runtime does not answer ({type(error).__name__})"}
    properties = xr.get_instance_properties(instance)
    found = {"runtime": properties.runtime_name.decode(), "version": str(properties.runtime_version)}
    try:
        system = xr.get_system(instance)
        return found | {"system": xr.get_system_properties(instance, system).system_name.decode()}
    except xr.exception.FormFactorUnavailableError:
        return found | {"stage": "no_headset", "error": "no headset is connected"}
    except xr.exception.ResultException as error:
        return found | {"stage": "silent", "error": f"the runtime knows no headset ({type(error).__name__})"}
    finally:
        xr.destroy_instance(instance)


if __name__ == "__main__":
    print(json.dumps(probe()), flush=True)
