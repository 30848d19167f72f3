"""Reading the YAML files that tell a driver of controllers and headsets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from headset.driver import DriverError


def read(path: Path, *, instead: str, model: str) -> tuple[Any, Any]:
    """What the file says, and its tree of nodes, each with its place. Raises DriverError: `instead` is what to give if it cannot
    be read, `model` what to do if it is not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DriverError(f"{path}: is not a text in UTF-8; give {instead}") from error
    except OSError as error:
        raise DriverError(f"{path}: cannot be read ({error.strerror or error}); give {instead}") from error
    try:
        return yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f":{mark.line + 1}:{mark.column + 1}"
        problem = getattr(error, "problem", None) or "is not YAML"
        raise DriverError(f"{path}{line}: {problem}; {model}") from error
