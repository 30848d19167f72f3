"""What all tests share: a cache of their own, the count of what ran, and no skipping where everything must be there."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

COUNTS = ("passed", "failed", "skipped", "xfailed", "xpassed")


CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """One cache for all workers of a run, which begins empty: what one test has made, the next one finds. And no sound device:
    what tests play is heard by nobody."""
    os.environ["ALSOFT_DRIVERS"] = "none"
    # Before numpy is loaded. There is a worker for each core: threads of BLAS beside them only wait for each other, and to build
    # a room then takes twice as long (measured).
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # The same examples each time, however slow the machine: a test that fails fails for everyone.
    settings.register_profile("abaton", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("abaton")
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist has its environment from the one that started it
        config.stash[CACHE] = os.environ["ABATON_CACHE"] = tempfile.mkdtemp(prefix="abaton-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if CACHE in config.stash:
        shutil.rmtree(config.stash[CACHE], ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI, a run that skipped something has failed: a machine that lacks a driver must not look like one that passed."""
    skipped = _count(session.config, "skipped")
    if os.environ.get("CI") and skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line of counts, which `.ci/run` adds up."""
    config = terminalreporter.config
    counts = {name: _count(config, name) for name in COUNTS}
    counts["failed"] += _count(config, "error")
    listed = ", ".join(f"{name} {number}" for name, number in counts.items() if number or name in COUNTS[:3])
    terminalreporter.write_line(f"tests counted: collected {sum(counts.values())}, {listed}")
    if os.environ.get("CI") and counts["skipped"]:
        terminalreporter.write_line(
            "with CI set, a skipped test is a failure: run `sh .ci/machine.sh --ci` and see why it was skipped"
        )


def _count(config: pytest.Config, name: str) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get(name, ())) if isinstance(reporter, pytest.TerminalReporter) else 0
