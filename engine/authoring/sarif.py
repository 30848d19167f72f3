"""Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which editors and code hosts show beside the lines they are about.

Section numbers in comments are those of the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine import __version__
from engine.spec import Diagnostic
from engine.spec.codes import CODES, Code

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """A log with one run: each code that was found as a rule, each finding as a result."""
    found = list(diagnostics)
    codes = sorted({one.code for one in found}, key=lambda code: (code[1:], code))
    driver = {
        "name": "abaton",
        "semanticVersion": __version__,
        "rules": [_rule(CODES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        # 3.14.17: our columns count characters, not UTF-16's halves of them.
        "columnKind": "unicodeCodePoints",
        # 3.14.14: relative addresses are from where the command ran.
        "originalUriBaseIds": {"ROOT": {"uri": f"{Path.cwd().as_uri()}/"}},
        "results": [_result(one, codes) for one in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code) -> dict[str, Any]:
    """3.49: a reportingDescriptor."""
    parts = [code.why]
    markdown = [code.why]
    if code.wrong:
        parts += [f"Wrong:\n{code.wrong}", f"Right:\n{code.right}"]
        markdown += [f"Wrong:\n\n```yaml\n{code.wrong}```", f"Right:\n\n```yaml\n{code.right}```"]
    return {
        "id": code.code,
        "shortDescription": {"text": f"{code.title}."},
        "fullDescription": {"text": code.why},
        "help": {"text": "\n\n".join(parts), "markdown": "\n\n".join(markdown)},
        "defaultConfiguration": {"level": "error" if code.code.startswith("E") else "warning"},
        "properties": {"tags": [code.group]},
    }


def _result(one: Diagnostic, codes: Sequence[str]) -> dict[str, Any]:
    """3.27: a result."""
    text = f"{one.message}: {one.remedy}" if one.remedy else one.message
    location: dict[str, Any] = {"artifactLocation": _address(one.span.file)}
    if one.span.line:
        # 3.30.8: the column behind the last character of the region.
        location["region"] = {
            "startLine": one.span.line,
            "startColumn": one.span.column,
            "endLine": one.span.end_line,
            "endColumn": max(one.span.end_column, one.span.column),
        }
    return {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": one.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def _address(file: str) -> dict[str, str]:
    """3.4: an artifactLocation, relative to where the command ran if the file lies below it."""
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "ROOT"}
