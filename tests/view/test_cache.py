"""What took long to make is made once, whatever happens to the process, the folder or the disk."""

from __future__ import annotations

import logging
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.view import cache
from engine.view.cache import Arrays, keep, kept, key, recall

MAKER = "engine.view.geometry.noise"
NUMBERS: Arrays = {"even": np.arange(0, 2000, 2, dtype=np.float32).reshape(10, 100), "bytes": np.full((3, 4, 2), 7, np.uint8)}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("ABATON_CACHE", str(tmp_path / "cache"))
    cache._say_once.cache_clear()
    return tmp_path / "cache"


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def never() -> Arrays:
    raise AssertionError("it was made again")


def same(one: Arrays, other: Arrays) -> bool:
    return list(one) == list(other) and all(
        one[name].dtype == other[name].dtype and np.array_equal(one[name], other[name]) for name in one
    )


def test_what_was_made_once_is_found_again() -> None:
    assert same(kept(MAKER, ["oak", 3], lambda: NUMBERS), NUMBERS)
    assert same(kept(MAKER, ["oak", 3], never), NUMBERS)


@pytest.mark.parametrize(
    "other", [["oak", 4], ["oak", "3"], ["oak3"], ["oak", 3, None], ["o", "ak", 3], [b"oak", 3], ["oak", np.array([3])]]
)
def test_whatever_is_given_otherwise_has_another_name(other: list[cache.Given]) -> None:
    assert key(MAKER, other) != key(MAKER, ["oak", 3])


def test_arrays_of_another_shape_or_kind_have_another_name() -> None:
    whole = np.arange(6, dtype=np.int32)
    names = {key(MAKER, [array]) for array in (whole, whole.reshape(2, 3), whole.astype(np.uint32), whole.astype(np.int64))}
    assert len(names) == 4


def test_the_programs_that_make_it_are_part_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engine" / "view").mkdir(parents=True)
    maker, used = tmp_path / "engine" / "view" / "maker.py", tmp_path / "engine" / "view" / "used.py"
    maker.write_text("from engine.view import (\n    used,\n)\n")
    (tmp_path / "engine" / "view" / "other.py").write_text("")
    monkeypatch.setattr(cache, "_ENGINE", tmp_path / "engine")
    names = []
    for text in ("one = 1\n", "one = 2\n"):
        used.write_text(text)
        cache._code.cache_clear()
        names.append(key("engine.view.maker", []))
    (tmp_path / "engine" / "view" / "other.py").write_text("two = 2\n")
    cache._code.cache_clear()
    names.append(key("engine.view.maker", []))
    cache._code.cache_clear()
    assert names[0] != names[1] == names[2]


def test_nobody_else_may_read_it(folder: Path) -> None:
    keep("one", NUMBERS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in files(folder)] == [0o600]


@pytest.mark.parametrize("at", [0, 12, 60, -1])
def test_a_damaged_file_is_said_and_made_again(folder: Path, at: int, caplog: pytest.LogCaptureFixture) -> None:
    keep("one", NUMBERS)
    (path,) = files(folder)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING, "abaton.cache"):
        assert recall("one") is None
    assert [record.getMessage() for record in caplog.records] == [f"{path} was damaged; what it held is made again"]
    assert files(folder) == []


@pytest.mark.parametrize("length", [0, 5, 45, 400])
def test_a_file_that_was_cut_off_is_not_read(folder: Path, length: int) -> None:
    keep("one", NUMBERS)
    (path,) = files(folder)
    path.write_bytes(path.read_bytes()[:length])
    assert recall("one") is None


def test_a_crash_midway_leaves_nothing_that_is_read(folder: Path) -> None:
    crashes = (
        "import os, signal, numpy as np\n"
        "from engine.view import cache\n"
        "def cut_off(arrays):\n"
        "    parts = written(arrays)\n"
        "    yield from parts[:-1]\n"
        "    yield parts[-1][:100]\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "written, cache._written = cache._written, cut_off\n"
        "cache.keep('one', {'a': np.zeros(100000)})\n"
    )
    done = subprocess.run([sys.executable, "-c", crashes], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [path.suffix for path in files(folder)] == [".part"]
    assert recall("one") is None
    keep("one", NUMBERS)
    found = recall("one")
    assert found is not None
    assert same(found, NUMBERS)


def test_what_a_crash_left_is_cleared_away_later(folder: Path) -> None:
    keep("one", NUMBERS)
    old, new = folder / "old.part", folder / "new.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    keep("two", NUMBERS)
    assert not old.exists()
    assert new.exists()


def test_many_runs_at_once_read_and_write_whole_files(folder: Path) -> None:
    worker = (
        "import numpy as np\n"
        "from engine.view.cache import keep, recall\n"
        "for turn in range(60):\n"
        "    found = recall('shared')\n"
        "    assert found is None or (found['a'] == found['a'][0]).all()\n"
        "    keep('shared', {'a': np.full(50000, turn)})\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", worker], stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [run.communicate()[1] for run in runs] == [""] * 4
    assert [path.suffix for path in files(folder)] == [".abaton"]


def test_what_was_asked_for_least_lately_goes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for index, name in enumerate("abcde"):
        keep(name, {"a": np.zeros(1000, np.uint8)})
        os.utime(folder / f"{name}.abaton", (index, index))
    recall("a")
    monkeypatch.setattr(cache, "MOST", 5000)
    keep("f", {"a": np.zeros(1000, np.uint8)})
    assert [path.stem for path in files(folder)] == ["a", "e", "f"]


def test_a_folder_that_cannot_be_made_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ABATON_CACHE", str(tmp_path / "file" / "cache"))
    with caplog.at_level(logging.WARNING, "abaton.cache"):
        assert same(kept(MAKER, [1], lambda: NUMBERS), NUMBERS)
        assert same(kept(MAKER, [1], lambda: NUMBERS), NUMBERS)
    (record,) = caplog.records
    assert "is not used: not a directory, so scenes start slowly; let ABATON_CACHE name another folder" in record.getMessage()


def test_a_full_disk_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def full(arrays: Arrays) -> list[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "_written", full)
    with caplog.at_level(logging.WARNING, "abaton.cache"):
        assert same(kept(MAKER, [1], lambda: NUMBERS), NUMBERS)
    assert "No space left on device" in caplog.text
    assert files(folder) == []


def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABATON_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    assert same(kept(MAKER, [1], lambda: NUMBERS), NUMBERS)
    assert recall(key(MAKER, [1])) is None
    assert files(tmp_path) == []


def test_its_size_is_known(folder: Path) -> None:
    assert cache.size() == (0, 0)
    keep("one", NUMBERS)
    assert cache.size() == (1, files(folder)[0].stat().st_size)
