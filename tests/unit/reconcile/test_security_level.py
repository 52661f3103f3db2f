# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One level through everything that others, and Autotask itself, may do to it meanwhile. No browser takes part."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._console import console
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, Refused
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import (
    SecurityLevels,
    SecurityLevelState,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog import CATALOG
from ansible_collections.msp.autotask.plugins.module_utils._permissions.reading import Control, Reading
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import level_copy, level_reading, security_level
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.security_level import (
    Outcome,
    ensure_absent,
    ensure_in,
    ensure_present,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name

from .test_level_page import FakePage, box, choice, level, page

BASE = "API User (system)"
COPY = f"Copy (1) of {BASE}"
WISH = {"other": {"by_label": {"Right 1": True}}}

Happening = t.Callable[["Tenant"], None]


@dataclass
class Stored:
    """A level as Autotask has it."""

    shown: Reading
    active: bool = True
    system: bool | None = False
    users: tuple[str, ...] = ()


@dataclass
class Tenant:
    """The levels of a tenant, and what happens to them meanwhile: each thing once, at its moment."""

    levels: dict[str, Stored]
    stores_copies: bool = True
    happens: dict[str, Happening] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    """The levels whose editors were opened."""
    says: str = ""
    """How Autotask refuses to save, although it may have saved."""
    keeps_what_is_saved: bool = True
    journal: Journal = field(default_factory=lambda: Journal(timeout=60))

    def moment(self, name: str) -> None:
        happening = self.happens.pop(name, None)
        if happening:
            happening(self)

    def run(self, check: bool = False, **wanted: t.Any) -> Outcome:
        self.journal = Journal(timeout=60, read_only=check)
        self.writes = []
        return ensure_present(t.cast(t.Any, FakeWindow(self)), level(wanted.pop("permissions", WISH), **wanted))

    def refusal(self, **wanted: t.Any) -> ConsoleError:
        with pytest.raises(ConsoleError) as caught:
            self.run(**wanted)
        return caught.value


class FakeWindow:
    turn = contextlib.nullcontext()

    def __init__(self, tenant: Tenant) -> None:
        self.tenant, self.journal = tenant, tenant.journal
        self.page = SimpleNamespace(context=None)

    def wait_until(self, condition: t.Callable[[], t.Any], _seconds: float) -> t.Any:
        """Each look comes a while after the one before it."""
        looks = []
        while len(looks) < 3 and not any(looks):
            looks.append(condition())
            self.tenant.moment("a while later")
        return looks[-1]


class FakeLevels:
    remember, shown = SecurityLevels.remember, SecurityLevels.shown

    def __init__(self, window: FakeWindow) -> None:
        self.window, self.tenant = window, window.tenant
        self._shown: list[tuple[str, SecurityLevelState]] = []

    def overview(self) -> list[dict[str, t.Any]]:
        return [{"name": name} for name in self.tenant.levels]

    def open(self) -> None:
        pass

    def names(self) -> list[str]:
        return list(self.tenant.levels)

    def find(self, name: str) -> t.Any:
        found = [stored for known, stored in self.tenant.levels.items() if same_name(known, name)]
        return SimpleNamespace(ticked=lambda _heading: found[0].system) if found else None

    def source(self, name: str) -> None:
        if not self.find(name):
            raise ConsoleError("There is no such level.", "base_level_missing")

    def edit(self, name: str) -> FakeEditor:
        known = next(known for known in self.tenant.levels if same_name(known, name))
        self.tenant.opened.append(known)
        return FakeEditor(self.tenant, known, replace(self.tenant.levels[known]))

    def copy(self, name: str) -> FakeEditor:
        self.window.journal.write("copy")
        self.tenant.writes.append("copy")
        copied = replace(self.tenant.levels[name], active=False, system=False, users=())
        copied.shown = Reading(replace(control, enabled=True) for control in copied.shown)
        if self.tenant.stores_copies:
            self.tenant.levels[COPY] = copied
        self.tenant.moment("copied")
        return FakeEditor(self.tenant, COPY, replace(copied))

    def delete(self, name: str) -> None:
        self.tenant.writes.append(f"delete {name}")
        if self.tenant.levels[name].users:
            raise Refused("It is in use.", "delete_refused")
        del self.tenant.levels[name]

    def delete_double(self, name: str) -> None:
        pass


class FakeEditor(FakePage):
    def __init__(self, tenant: Tenant, name: str, stored: Stored) -> None:
        super().__init__(stored.shown, active=stored.active)
        self.tenant, self.stored_as, self.name, self._stored = tenant, name, name, stored
        self.window = FakeWindow(tenant)
        self.late: Reading | None = None
        """What it shows only after a while."""

    def read(self, awaited: t.Sequence[t.Any] = ()) -> SecurityLevelState:
        state = replace(super().read(awaited), name=self.name)
        if self.done:
            self.tenant.moment("set")
        return state

    def apply(self, changes: t.Any) -> None:
        assert not self.tenant.journal.read_only
        super().apply(changes)
        self.tenant.moment("applied")

    def users(self) -> list[tuple[str, bool]]:
        return [(user, True) for user in self._stored.users]

    def rename(self, name: str) -> str:
        old, self.name = self.name, name
        return old

    def save_and_close(self, _what: str) -> None:
        self.tenant.journal.write("save")
        self.tenant.writes.append("save")
        if self.tenant.keeps_what_is_saved:
            self.tenant.levels.pop(self.stored_as, None)
            self.tenant.levels[self.name] = replace(self._stored, shown=self.shown, active=self.active)
        self.tenant.moment("saved")
        if self.tenant.says:
            raise Refused(self.tenant.says, "save_refused")

    def let_values_come(self) -> None:
        self.shown = self.late or self.shown

    def leave(self) -> None:
        pass


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def another_window(window: FakeWindow) -> t.Iterator[FakeWindow]:
        window.tenant.moment("looked again")
        yield FakeWindow(window.tenant)

    monkeypatch.setattr(security_level, "SecurityLevels", FakeLevels)
    monkeypatch.setattr(console, "another_window", another_window)
    monkeypatch.setattr(level_copy, "named_failures", lambda _context, _journal: contextlib.nullcontext())


def rights(*values: bool, **shown: t.Any) -> Reading:
    return page(*(box(f"Right {number}", value, **shown) for number, value in enumerate(values))).shown


def tenant(reader: Reading | None = None, **more: t.Any) -> Tenant:
    levels = {BASE: Stored(rights(True, True, True, enabled=False), system=True)}
    if reader:
        levels["Reader"] = Stored(reader)
    return Tenant(levels, **more)


def values(where: Tenant, name: str = "Reader") -> list[t.Any]:
    return [control.value for control in where.levels[name].shown]


@pytest.mark.parametrize("stores_copies", [True, False])
def test_a_level_is_made_once_and_kept(stores_copies: bool) -> None:
    where = tenant(stores_copies=stores_copies)
    assert where.run(check=True).created and not where.writes and "Reader" not in where.levels
    assert where.run().created and where.writes == ["copy", "save"]
    assert values(where) == [False, True, False] and where.levels["Reader"].active
    assert sorted(where.levels) == [BASE, "Reader"]
    again = where.run()
    assert not again.changed and not where.writes


@pytest.mark.parametrize("other", ["Reader", BASE])
def test_an_editor_of_another_name_is_left(monkeypatch: pytest.MonkeyPatch, other: str) -> None:
    def edit(levels: FakeLevels, name: str) -> FakeEditor:
        shown = "Reader 2" if name == other else name
        return FakeEditor(levels.tenant, shown, replace(levels.tenant.levels[name]))

    monkeypatch.setattr(FakeLevels, "edit", edit)
    where = tenant(rights(True, True, False)) if other == "Reader" else tenant()
    runs = [where.run, lambda: where.run(check=True), lambda: ensure_absent(t.cast(t.Any, FakeWindow(where)), "Reader")]
    for run in runs[: 3 if other == "Reader" else 1]:
        with pytest.raises(ConsoleError, match='its name is "Reader 2"'):
            run()
    assert not where.writes


def test_check_mode_tells_what_a_run_does_then() -> None:
    where = tenant(rights(True, False, False))
    predicted = where.run(check=True)
    assert not where.writes
    done = where.run()
    assert (predicted.before, predicted.after) == (done.before, done.after)
    assert predicted.before == {"permissions": {"other": {"by_label": {"Right 0": True, "Right 1": False}}}}
    assert predicted.as_shown[0] == {"Other": {"Right 0": True, "Right 1": False}}


def test_what_only_reads_opens_each_level_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level_reading, "USUAL_SECTIONS", [CATALOG.section("other")])
    where = tenant(rights(True, False, False))
    where.journal = Journal(timeout=60, read_only=True)
    levels = t.cast(t.Any, FakeLevels(FakeWindow(where)))
    assert ensure_in(levels, level(WISH)).changed and ensure_in(levels, level(WISH, name="New")).created
    read = {name: level_reading.whole_levels(levels, name) for name in ("Reader", BASE, "Nobody")}
    assert where.opened == ["Reader", BASE]
    assert read["Reader"][0]["settings"] == {"Other": {"Right 0": True, "Right 1": False, "Right 2": False}}
    assert read["Nobody"] == []


def test_one_that_did_not_show_all_sections_is_opened_again() -> None:
    where = tenant(rights(True, False, False))
    where.journal = Journal(timeout=60, read_only=True)
    levels = t.cast(t.Any, FakeLevels(FakeWindow(where)))
    for _time in range(2):
        level_reading.whole_levels(levels, "Reader")
    assert where.opened == ["Reader", "Reader"]


def test_what_writes_looks_again() -> None:
    where = tenant(rights(True, False, False))
    levels = t.cast(t.Any, FakeLevels(FakeWindow(where)))
    ensure_in(levels, level(WISH))
    assert levels.shown("Reader", ()) is None


def test_what_is_not_given_is_not_managed() -> None:
    where = tenant(rights(True, False, True))
    outcome = where.run(permissions=None, active=False)
    assert (outcome.before, outcome.after) == ({"active": True}, {"active": False})
    assert values(where) == [True, False, True] and not where.levels["Reader"].active
    assert not where.run(permissions=None).changed
    assert tenant().refusal(permissions=None, active=True).reason == "level_missing"


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (lambda where: where.levels.update(Reader=Stored(rights(True, False, True))), "Right 2"),
        (lambda where: where.levels.update(Reader=Stored(rights(True, False, False), active=False)), "active"),
        (lambda where: where.levels.update(Writer=where.levels.pop("Reader")), "name"),
    ],
)
def test_what_others_change_meanwhile_is_not_saved_over(meanwhile: Happening, told: str) -> None:
    where = tenant(rights(True, False, False), happens={"looked again": meanwhile})
    refused = where.refusal()
    assert refused.reason == "changed_meanwhile" and told in refused.message
    assert not where.writes


def test_values_that_come_late_are_not_taken_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    where, edit = tenant(rights(False, True, True)), FakeLevels.edit

    def slow(levels: FakeLevels, name: str) -> FakeEditor:
        editor = edit(levels, name)
        editor.late, editor.shown = editor.shown, rights(False, True, False)
        return editor

    monkeypatch.setattr(FakeLevels, "edit", slow)
    assert where.run(check=True).changed
    assert where.run().changed and values(where) == [False, True, False]
    assert not where.run().changed


def test_what_comes_late_or_moves_by_itself_is_not_saved() -> None:
    shown: list[FakeEditor] = []
    edit = FakeLevels.edit
    where = tenant(rights(True, False, False))

    def late(_tenant: Tenant) -> None:
        first = shown[0]
        first.shown = Reading([*first.shown, replace(box("Came late", section="Brand New"), position=9)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FakeLevels, "edit", lambda self, name: shown.append(edit(self, name)) or shown[-1])
        where.happens["looked again"] = late
        refused = where.refusal()
    assert refused.reason == "page_changed" and "Brand New > Came late" in refused.message
    assert not where.writes


def test_what_is_stored_otherwise_than_it_shows_is_named() -> None:
    where = tenant(
        rights(True, False, False),
        happens={"saved": lambda one: one.levels.update(Reader=Stored(rights(True, True, False)))},
    )
    refused = where.refusal()
    assert refused.reason == "not_stored" and list(refused.details["differences"]) == ["Other > Right 0"]


def test_what_is_stored_after_the_level_was_opened_again_is_seen() -> None:
    """A page that is open by then never shows it."""

    def store(one: Tenant) -> None:
        one.levels["Reader"] = Stored(rights(False, True, False))

    where = tenant(rights(True, False, False), keeps_what_is_saved=False, happens={"a while later": store})
    assert where.run().changed and values(where) == [False, True, False]


def test_a_save_that_is_not_answered_is_looked_up() -> None:
    where = tenant(rights(True, False, False), says="No answer.")
    assert where.run().changed and "stored as wanted all the same" in where.journal.warnings[0]
    where = tenant(rights(True, False, False), says="No.", keeps_what_is_saved=False)
    assert where.refusal().reason == "save_refused"


def test_a_failure_removes_its_own_copy_and_says_so() -> None:
    for stores_copies in (True, False):
        where = tenant(says="No.", keeps_what_is_saved=False, stores_copies=stores_copies)
        refused = where.refusal()
        assert refused.reason == "save_refused" and list(where.levels) == [BASE]
        assert refused.details["unfinished_copy"] == {"name": COPY, "made_here": True, "gone": True}
        assert COPY in refused.message

    def takes(where: Tenant) -> None:
        where.levels[COPY].users = ("Ada",)

    where = tenant(says="No.", keeps_what_is_saved=False, happens={"copied": takes})
    refused = where.refusal()
    assert refused.details["unfinished_copy"]["gone"] is False and "delete it by hand" in refused.message
    assert COPY in where.levels


def test_a_failure_before_the_copy_makes_none() -> None:
    where = tenant()
    where.levels[BASE].shown = page(choice("Sharing", "Anyone", "Anyone", "Me"), box("Right 1")).shown
    for check in (True, False):
        assert where.refusal(check=check).reason == "not_cleared"
        assert not where.writes and list(where.levels) == [BASE]


def test_only_what_holds_nothing_of_anybodys_is_taken_up() -> None:
    untouched = Stored(rights(True, True, True), active=False)
    where = tenant()
    where.levels[COPY] = untouched
    assert where.run().created and where.writes == ["save"] and sorted(where.levels) == [BASE, "Reader"]
    assert "taken up" in where.journal.warnings[0]

    for touched, why in (
        (replace(untouched, shown=rights(True, True, False)), "Right 2"),
        (replace(untouched, active=True), "active"),
        (replace(untouched, users=("Ada",)), "Ada has it"),
    ):
        where = tenant()
        where.levels[f"{BASE} (Copy)"] = touched
        assert where.run().created and where.writes == ["copy", "save"]
        assert where.levels[f"{BASE} (Copy)"] is touched
        assert why in where.journal.warnings[0]


def test_a_copy_that_was_taken_up_is_left_where_it_was_after_a_failure() -> None:
    where = tenant(says="No.", keeps_what_is_saved=False)
    where.levels[COPY] = Stored(rights(True, True, True), active=False)
    refused = where.refusal()
    assert refused.details["unfinished_copy"] == {"name": COPY, "made_here": False, "gone": False}
    assert sorted(where.levels) == [BASE, COPY] and where.writes == ["save"]


def test_two_runs_at_once_leave_one_level() -> None:
    def other(where: Tenant) -> None:
        where.levels["Reader"] = Stored(rights(False, True, True))

    where = tenant(happens={"applied": other})
    outcome = where.run()
    assert not outcome.created and outcome.changed, "it goes on with the level of the other run"
    assert sorted(where.levels) == [BASE, "Reader"] and values(where) == [False, True, False]
    assert where.writes == ["copy", f"delete {COPY}", "save"]


def test_a_system_level_is_known_by_its_tick_and_else_by_its_name() -> None:
    where = tenant(rights(True, False, False))
    where.levels["Reader"].system = True
    refused = where.refusal()
    assert refused.reason == "system_level" and "by its name" not in refused.message and not where.writes

    named = "Rewst - API User (system)"
    where.levels[named] = Stored(rights(True, False, False))
    assert where.run(name=named).changed
    where.levels[named] = Stored(rights(True, False, False), system=None)
    refused = where.refusal(name=named)
    assert refused.reason == "system_level" and "by its name" in refused.message
    with pytest.raises(ConsoleError, match="cannot be deleted"):
        ensure_absent(t.cast(t.Any, FakeWindow(where)), named)


def test_a_base_that_is_missing_fails_in_check_mode_too() -> None:
    where = tenant()
    where.levels = {}
    for check in (True, False):
        assert where.refusal(check=check).reason == "base_level_missing"


def test_a_wish_that_is_greyed_out_fails_in_check_mode_too() -> None:
    shown = Reading(
        [*rights(False), Control("Other", None, "Right 1", None, "checkbox", False, enabled=False, position=7)]
    )
    where = tenant(shown)
    messages = set()
    for check in (True, False):
        with pytest.raises(Exception, match="greyed out") as caught:
            where.run(check=check)
        messages.add(str(caught.value))
    assert len(messages) == 1 and not where.writes
