# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people are told of a run, event by event."""

from __future__ import annotations

import shlex
import typing as t

import pytest
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.progress import (
    FleetProgress,
    Mood,
    clean,
    cut,
    text_width,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.summary import limit_to
from hypothesis import given
from hypothesis import strategies as st


class Run:
    """A run that takes a second for each event, and all lines that it told."""

    def __init__(self, *tenants: str, **options: bool) -> None:
        self.progress = FleetProgress(**options)
        self.now = 100.0
        self.moods: list[Mood] = []
        self.lines: list[str] = []
        self.take(self.progress.play_begins(tenants, self.now))
        self.now = 100.0

    def take(self, lines: t.Iterable[t.Any]) -> list[str]:
        told = list(lines)
        self.lines += [line.text for line in told]
        self.moods += [line.mood for line in told]
        self.now += 1
        return [line.text for line in told]

    def begin(self, tenant: str, part: str = "Set up", action: str = "command") -> list[str]:
        return self.take(self.progress.task_begins(tenant, part, action, self.now))

    def end(self, tenant: str, action: str = "command", **result: t.Any) -> list[str]:
        return self.take(self.progress.task_ends(tenant, action, result, self.now))

    def fail(self, tenant: str, msg: str, is_rescued: bool = False, **result: t.Any) -> list[str]:
        return self.take(self.progress.task_fails(tenant, {"msg": msg, **result}, is_rescued=is_rescued))

    def note(self, tenant: str, summary: str, **outcome: t.Any) -> list[str]:
        """The playbook notes what became of the tenant."""
        fact = {"failed": False, "changed": False, "summary": summary, **outcome}
        return self.end(tenant, "set_fact", ansible_facts={"work365_integration_result": fact})

    def live(self, *, step: str = "", width: int = 80, height: int = 24) -> list[str]:
        return self.progress.live(self.now, lambda _tenant: step, width, height)


def test_a_tenant_that_is_well_is_one_line_and_a_place_in_the_summary() -> None:
    run = Run("alder", "birch")
    for tenant in ("alder", "birch"):
        run.begin(tenant)
        run.end(tenant, changed=False)
        run.begin(tenant, "Note")
        run.note(tenant, "ok, nothing to change")
    run.take(run.progress.ends(run.now))
    assert run.lines == [
        "alder: ok, nothing to change (3 s)",
        "birch: ok, nothing to change (3 s)",
        "2 tenants: 2 ok, in 8 s",
    ]
    assert set(run.moods) == {Mood.OK}


def test_where_nobody_sees_it_at_work_a_tenant_that_begins_is_told() -> None:
    run = Run("alder", "birch", announces=True)
    assert run.begin("birch") == ["birch: begins (2 of 2)"]
    assert run.begin("birch", "Go on") == []


@pytest.mark.parametrize(("check", "said"), [(False, "changed: Set up"), (True, "would change: Set up")])
def test_without_a_word_of_the_playbook_the_tasks_that_changed_something_are_named(check: bool, said: str) -> None:
    run = Run("alder", check=check)
    run.begin("alder")
    run.end("alder", changed=True)
    lines = run.take(run.progress.ends(run.now))
    assert lines[0] == f"alder: {said} (2 s)" and run.moods[0] == Mood.CHANGED
    assert lines[1].startswith(f"1 tenant: 1 {said.partition(':')[0]}, in")


def test_a_failure_is_told_in_full_when_it_happens_and_once_in_the_summary() -> None:
    run = Run("alder")
    run.begin("alder", "Log in")
    assert run.fail("alder", "The password was refused.\nIt was tried once.", is_rescued=True) == []
    run.begin("alder", "Remember why")
    why = "FAILED: The password was refused. It was tried once."
    assert run.note("alder", why, failed=True) == [
        "alder: FAILED at 'Log in':",
        "  The password was refused.",
        "  It was tried once.",
    ]
    run.begin("alder", "Tell how far it is", "debug")
    assert run.end("alder", "debug", msg=f"alder: {why} (tenant 1 of 1)") == []
    run.take(run.progress.play_begins(["alder"], run.now))
    run.begin("alder", "Fail those that need somebody")
    assert run.fail("alder", why) == []
    assert run.take(run.progress.ends(run.now)) == [
        "1 tenant: 1 failed, in 9 s",
        "alder: The password was refused. It was tried once.",
        "Once that is mended, run those again with: --limit 'alder'",
    ]


def test_a_failure_names_what_a_person_sets_and_not_the_option_of_a_module() -> None:
    run = Run("alder")
    run.begin("alder", "Log in")
    run.fail("alder", "Refused. Check 'console_password'.", is_rescued=True)
    why = "FAILED: Refused. Check 'work365_integration_console_password'."
    assert run.note("alder", why, failed=True) == [f"alder: FAILED at 'Log in': {why.removeprefix('FAILED: ')}"]


def test_another_failure_of_the_same_tenant_is_told_as_well() -> None:
    run = Run("alder")
    run.begin("alder", "Log in")
    run.fail("alder", "The password was refused.")
    run.begin("alder", "Clean up")
    assert run.fail("alder", "The disk is full.") == ["alder: FAILED at 'Clean up': The disk is full."]


def test_what_the_playbook_deals_with_is_no_failure() -> None:
    run = Run("alder")
    run.begin("alder", "Try")
    run.fail("alder", "not there", is_rescued=True)
    run.begin("alder", "Do without")
    run.end("alder")
    assert run.take(run.progress.ends(run.now))[0].startswith("alder: ok")


def test_a_mistake_of_many_tenants_is_told_once() -> None:
    tenants = [f"tenant{number:02}" for number in range(30)]
    run = Run(*tenants)
    for tenant in tenants:
        run.begin(tenant)
        run.fail(
            tenant, f"work365_integration_emial of {tenant} is no variable. Do you mean work365_integration_email?"
        )
    run.take(run.progress.ends(run.now))
    assert sum("is no variable" in line for line in run.lines) == 2
    assert run.lines[1] == "tenant01: FAILED, for the same reason as tenant00"
    assert run.lines[-2].startswith("30 tenants (tenant00, tenant01, ") and " and 22 more): " in run.lines[-2]
    assert run.lines[-1].count("tenant") == 30
    assert len(run.lines) == 30 + 3


def test_drift_is_no_failure_and_no_reason_to_run_again() -> None:
    run = Run("alder")
    run.begin("alder")
    assert run.note("alder", "drifted in 1: other > x", failed=True, audit={}) == [
        "alder: drifted in 1: other > x (1 s)"
    ]
    run.begin("alder")
    assert run.fail("alder", "drifted in 1: other > x") == []
    assert run.take(run.progress.ends(run.now)) == [
        "1 tenant: 1 drifted or not read, in 4 s",
        "alder: drifted in 1: other > x",
    ]


def test_failing_items_of_a_loop_say_why() -> None:
    run = Run("alder")
    run.begin("alder", "Loop")
    items = [{"msg": "went well"}, {"failed": True, "msg": "broke"}, {"failed": True, "msg": "broke"}]
    assert run.fail("alder", "One or more items failed", results=items) == ["alder: FAILED at 'Loop': broke"]


def test_what_is_censored_stays_so() -> None:
    run = Run("alder")
    run.begin("alder", "Hidden")
    assert run.take(run.progress.task_fails("alder", {"censored": "hidden by no_log"})) == [
        "alder: FAILED at 'Hidden': hidden by no_log"
    ]


def test_sentences_of_debug_are_shown_and_reports_are_not() -> None:
    run = Run("alder")
    run.begin("alder", "Tell", "debug")
    assert run.end("alder", "debug", msg="proven:\n  all of it") == ["alder: proven: all of it"]
    assert run.end("alder", "debug", msg=["one"]) == ["alder: one"]
    assert run.end("alder", "debug", msg=["one", "two"]) == []
    assert run.end("alder", "debug", msg={"one": 1}) == []
    assert run.end("alder", "command", msg="of no interest") == []


def test_a_warning_is_told_once_and_its_tenants_are_counted() -> None:
    run = Run("alder", "birch", "cedar")
    for tenant in ("alder", "birch", "alder"):
        run.take(run.progress.warned(tenant, f"the clock of {tenant} is off"))
        run.begin(tenant)
        run.end(tenant)
    run.take(run.progress.warned("cedar", "another"))
    run.take(run.progress.ends(run.now))
    assert [line for line in run.lines if "warning" in line] == [
        "alder: warning: the clock of alder is off",
        "cedar: warning: another",
        "2 tenants (alder, birch): warning: the clock of alder is off",
    ]


def test_after_ctrl_c_the_rest_is_named() -> None:
    run = Run("alder", "birch", "cedar", "elm")
    run.begin("alder")
    run.note("alder", "ok, nothing to change")
    run.begin("birch")
    run.fail("birch", "The password was refused.")
    run.begin("cedar")
    lines = run.take(run.progress.breaks_off(run.now))
    assert lines[0].startswith("4 tenants: 1 ok, 1 failed, 1 broken off, 1 not begun, in ")
    assert lines[-1].endswith("The rest: --limit 'birch,cedar,elm'") and "safe" in lines[-1]
    assert not any("Once that is mended" in line for line in lines)


def test_a_run_that_never_began_ends_without_a_word() -> None:
    assert FleetProgress().breaks_off(1.0) == []


def test_those_of_later_batches_are_in_the_rest() -> None:
    run = Run("alder", "birch")
    run.begin("alder")
    run.end("alder")
    run.take(run.progress.play_begins(["alder", "birch"], run.now))
    assert run.take(run.progress.breaks_off(run.now))[-1].endswith("--limit 'birch'")


def test_the_controller_is_no_tenant() -> None:
    run = Run("localhost", announces=True)
    run.begin("localhost", "Look at the inventory")
    run.end("localhost", changed=True)
    assert run.live() == []
    run.begin("localhost", "Look again")
    assert run.fail("localhost", "There is no such group.") == [
        "localhost: FAILED at 'Look again': There is no such group."
    ]
    run.take(run.progress.play_begins(["alder"], run.now))
    run.begin("alder")
    run.end("alder")
    assert any(line.startswith("1 tenant: 1 ok") for line in run.take(run.progress.ends(run.now)))


# ---- while it works


def test_each_tenant_at_work_has_a_line_with_what_is_being_done() -> None:
    run = Run("alder", "birch-tree", "cedar")
    run.begin("alder", "Bring the level to what is wanted")
    run.begin("birch-tree", "Prove it")
    assert run.live(step="Open the editor", width=100) == [
        "alder         2 s  Bring the level to what is wanted: Open the editor",
        "birch-tree    1 s  Prove it: Open the editor",
        "0 of 3 tenants done, 2 s",
    ]
    run.end("alder")
    assert run.live()[0].startswith("birch-tree")


def test_nothing_is_painted_while_a_person_is_asked() -> None:
    run = Run("alder")
    run.begin("alder", "Ask", "ansible.builtin.pause")
    assert run.live() == []
    run.end("alder")
    run.begin("alder", "Work")
    assert len(run.live()) == 1


@given(st.integers(1, 40), st.integers(1, 30), st.integers(1, 120))
def test_what_is_painted_fits_in(tenants: int, height: int, width: int) -> None:
    run = Run(*(f"tenant with a long name {number}" for number in range(tenants)))
    for number in range(tenants):
        run.begin(f"tenant with a long name {number}", "会" * 30)
    lines = run.live(step="x" * 200, width=width, height=max(height, 3))
    assert 0 < len(lines) <= max(height, 3)
    assert all(text_width(line) <= width for line in lines)


@given(st.text(), st.integers(0, 20))
def test_what_is_cut_is_no_wider_and_does_nothing_to_a_terminal(text: str, width: int) -> None:
    assert text_width(cut(clean(text), width)) <= max(width, 0)
    assert all(character.isprintable() for character in clean(text))


def test_names_from_pages_do_nothing_to_a_terminal() -> None:
    run = Run("alder")
    run.begin("alder", "Read \x1b[31m")
    run.take(run.progress.warned("alder", "level \x1b]0;gotcha\x07"))
    run.fail("alder", "no level \x1b[2J")
    run.take(run.progress.ends(run.now))
    assert not any("\x1b" in line or "\x07" in line for line in [*run.lines, *run.live()])


# ---- the limit

HOSTS = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: name not in ("", "all", "ungrouped")),
    min_size=2,
    max_size=6,
    unique=True,
)


@given(HOSTS, st.data())
def test_the_limit_matches_just_the_hosts_it_is_for(hosts: list[str], data: st.DataObject) -> None:
    inventory = InventoryManager(DataLoader(), sources=None)
    for host in hosts:
        inventory._inventory.add_host(host, "all")
    some = data.draw(st.lists(st.sampled_from(hosts), min_size=1, unique=True))
    option, limit = shlex.split(limit_to(some))
    assert option == "--limit"
    inventory.subset(limit)
    assert {host.name for host in inventory.get_hosts("all")} == set(some)


def test_plain_names_stay_as_they_are() -> None:
    assert limit_to(["alder", "birch.example"]) == "--limit 'alder,birch.example'"


def test_hosts_of_a_play_about_the_fleet_are_no_tenants() -> None:
    run = Run()
    run.take(run.progress.play_begins(["web", "alder"], run.now, about_the_fleet=True))
    assert run.begin("web") == []
    # What Ansible warns of, the task says better.
    assert run.take(run.progress.warned("web", "Could not match supplied host pattern, ignoring: autotask")) == []
    assert run.fail("web", "No host matches.") == ["localhost: FAILED at 'Set up': No host matches."]
    run.take(run.progress.play_begins(["alder"], run.now))
    run.begin("alder")
    run.note("alder", "ok")
    run.take(run.progress.play_begins(["web", "alder"], run.now, about_the_fleet=True))
    run.begin("alder")
    assert run.take(run.progress.ends(run.now))[0].startswith("1 tenant: 1 ok")
