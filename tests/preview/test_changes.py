"""The watcher with real files: what counts as a change, what does not, and that a flurry is one."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest

from vaaldplan.preview.changes import Changes

LONGEST = 90.0
QUIET = 0.4
LONG_QUIET = 1.8
"""Seconds: longer than the watcher's own look at the files takes to come round."""


class Watcher:
    """A watcher that runs, and the changes it tells of."""

    def __init__(self, folder: Path) -> None:
        self.changes = Changes(folder)
        self.stop = threading.Event()
        self._told: Queue[None] = Queue()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        for _ in self.changes.each(self.stop):
            self._told.put(None)

    def sees(self) -> bool:
        """Whether it tells of a change before long."""
        try:
            self._told.get(timeout=LONGEST)
        except Empty:
            return False
        return True

    def count(self, quiet: float = QUIET) -> int:
        """How many changes it tells of until it has been quiet for a while."""
        number = 0
        while True:
            try:
                self._told.get(timeout=quiet)
                number += 1
            except Empty:
                return number

    def end(self) -> None:
        self.stop.set()
        self._thread.join(LONGEST)
        assert not self._thread.is_alive()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text("titel: Plan\n", "utf-8")
    (tmp_path / "nämnder").mkdir()
    (tmp_path / "ut").mkdir()
    return tmp_path


@pytest.fixture
def watcher(plan: Path) -> Iterator[Watcher]:
    running = Watcher(plan)
    yield running
    running.end()


def saved_in_place(file: Path) -> None:
    file.write_text("titel: En annan\n", "utf-8")


def saved_by_rename(file: Path) -> None:
    fresh = file.with_name(".plan.yaml.swp")
    fresh.write_text("titel: En annan\n", "utf-8")
    fresh.replace(file)


def deleted_and_made_anew(file: Path) -> None:
    file.unlink()
    file.write_text("titel: Plan\n", "utf-8")


def moved_aside_and_made_anew(file: Path) -> None:
    file.rename(file.with_name("plan.yaml~"))
    file.write_text("titel: En annan\n", "utf-8")


@pytest.mark.parametrize(
    "save",
    [saved_in_place, saved_by_rename, deleted_and_made_anew, moved_aside_and_made_anew],
    ids=lambda f: f.__name__,
)
def test_a_save_is_seen_however_an_editor_does_it_and_again_the_next_time(
    save: Callable[[Path], None], plan: Path, watcher: Watcher
) -> None:
    for _ in range(2):
        save(plan / "plan.yaml")
        assert watcher.sees()
        watcher.count()


@pytest.mark.parametrize(
    "name",
    ["vaaldplan.toml", "del.yaml", "del.yml", "nämnder/socialnämnden.yaml", "mallar/plan.md", "mallar/word/styles.xml"],
)
def test_a_file_that_belongs_to_the_plan_counts_when_it_comes_changes_and_goes(
    name: str, plan: Path, watcher: Watcher
) -> None:
    file = plan / name
    file.parent.mkdir(parents=True, exist_ok=True)
    watcher.count()
    file.write_text("a", "utf-8")
    assert watcher.sees()
    watcher.count()
    file.write_text("ab", "utf-8")
    assert watcher.sees()
    watcher.count()
    file.unlink()
    assert watcher.sees()


def test_what_is_nothing_to_the_plan_does_not_count(plan: Path, watcher: Watcher) -> None:
    for name in ("ut/plan.html", "anteckningar.txt", ".vaaldplan.json", ".plan.yaml.swp", "nämnder/lista.xlsx"):
        (plan / name).write_text("x", "utf-8")
    os.utime(plan / "ut")
    assert watcher.count(LONG_QUIET) == 0


def test_an_editors_lock_hides_nothing(plan: Path, watcher: Watcher) -> None:
    (plan / ".#plan.yaml").symlink_to("någon@dator.4711")
    (plan / "nämnder/.#a.yaml").symlink_to("någon@dator.4711")
    assert watcher.count(LONG_QUIET) == 0
    (plan / "plan.yaml").write_text("titel: En annan\n", "utf-8")
    assert watcher.sees()


def test_the_plan_counts_whatever_it_is_called(plan: Path) -> None:
    (plan / "plan.txt").write_text("titel: Plan\n", "utf-8")
    running = Watcher(plan / "plan.txt")
    try:
        (plan / "plan.txt").write_text("titel: En annan\n", "utf-8")
        assert running.sees()
    finally:
        running.end()


def test_a_flurry_of_saves_is_few_changes_and_the_last_is_seen(plan: Path) -> None:
    running = Changes(plan)
    stop = threading.Event()
    over = threading.Event()
    seen: list[str] = []

    def slowly() -> None:
        for _ in running.each(stop):
            seen.append((plan / "plan.yaml").read_text("utf-8"))
            over.wait(LONGEST)  # a build that takes as long as the flurry, however fast the machine is

    thread = threading.Thread(target=slowly)
    thread.start()
    for number in range(40):
        (plan / "plan.yaml").write_text(f"titel: Plan {number}\n", "utf-8")
        time.sleep(0.005)
    over.set()
    end = time.monotonic() + LONGEST
    while (not seen or seen[-1] != "titel: Plan 39\n") and time.monotonic() < end:
        time.sleep(0.02)
    stop.set()
    thread.join(LONGEST)
    assert seen[-1] == "titel: Plan 39\n"
    assert len(seen) < 6


def test_parts_farther_away_and_behind_links_are_followed(plan: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("annanstans")
    (elsewhere / "gemensam.yaml").write_text("a", "utf-8")
    deep = plan / "nämnder/social/del.yaml"
    deep.parent.mkdir()
    deep.write_text("a", "utf-8")
    link = plan / "länk.yaml"
    link.symlink_to(elsewhere / "gemensam.yaml")
    running = Watcher(plan)
    try:
        running.changes.follow([plan / "plan.yaml", deep, link])
        running.count()
        deep.write_text("ab", "utf-8")
        assert running.sees()
        running.count()
        (elsewhere / "gemensam.yaml").write_text("ab", "utf-8")
        assert running.sees()
    finally:
        running.end()


def test_the_whole_folder_may_go_and_come_back(plan: Path, watcher: Watcher) -> None:
    aside = plan.with_name(plan.name + "-undan")
    plan.rename(aside)
    assert watcher.sees()
    watcher.count()
    aside.rename(plan)
    assert watcher.sees()
    watcher.count()
    (plan / "plan.yaml").write_text("titel: Tillbaka\n", "utf-8")
    assert watcher.sees()
