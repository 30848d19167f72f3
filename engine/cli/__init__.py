"""The `abaton` command."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Mapping

import typer

from engine.cli.author import budget, check, explain, migrate, new, prefabs, reference, rehearse, schema, shots
from engine.cli.begin import begin
from engine.cli.machine import bench, doctor, version
from engine.cli.person import person
from engine.cli.play import run
from engine.cli.replay import replay

# Each command imports what it needs when it runs, so that `abaton check` never loads a renderer.

app = typer.Typer(
    name="abaton",
    help="Immersive clinics from YAML scenes. Without a command the start screen opens.",
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.callback(invoke_without_command=True)(begin)
authoring = (new, check, explain, shots, budget, prefabs, schema, reference, migrate)
for command in (run, replay, rehearse, person, *authoring, doctor, bench, version):
    app.command()(command)


def main() -> None:
    """Run the command. What a person can mend is said in a sentence; only a fault of Abaton itself shows a traceback."""
    from engine.session.recording import RecordingError
    from engine.spec.diagnostics import SceneError
    from headset.driver import DriverError

    # Until a session runs (engine.host.interrupt) there is nothing to end in order: Ctrl-C ends the process at once. As an
    # exception it would be a traceback out of some import, and in the middle of Panda3D's a crash.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        app()
    except SceneError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    except (DriverError, RecordingError) as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(1) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        what = os.strerror(error.errno) if error.errno else str(error)
        remedy = _REMEDIES.get(error.errno or 0)
        typer.echo(f"error: {place}{what}{f'; {remedy}' if remedy else ''}", err=True)
        raise SystemExit(1) from None
    finally:
        signal.signal(signal.SIGINT, before)


_ANOTHER_FOLDER = "give another folder"
_REMEDIES: Mapping[int, str] = {
    errno.EEXIST: "it was not overwritten; give another name",
    errno.ENOENT: "see that the path is right",
    errno.ENOTDIR: _ANOTHER_FOLDER,
    errno.EACCES: _ANOTHER_FOLDER,
    errno.EPERM: _ANOTHER_FOLDER,
    errno.EROFS: _ANOTHER_FOLDER,
    errno.ENOSPC: "what was written until then is kept; make room and begin again",
    errno.EDQUOT: "what was written until then is kept; make room and begin again",
}
"""What to do when the disk refuses."""
