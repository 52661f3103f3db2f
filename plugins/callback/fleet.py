# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: fleet
type: stdout
short_description: What a person wants to see of a run over many tenants
version_added: "0.9.0"
description:
  - A tenant that is done is one line. What went wrong with one is told when it happens, in full, and once more in the
    summary. A mistake that many tenants have in common is told once.
  - On a terminal, the tenants at work stand below all that, each with the task, what the console is being worked for at
    the moment, and for how many seconds. They vanish when they are done.
  - The summary comes last, also after Ctrl-C. It names the C(--limit) that runs what is left.
  - Of what tasks say with M(ansible.builtin.debug), sentences are shown. Lists and dictionaries are reports, and come
    with C(-v).
  - Warnings and, with C(--diff), differences are shown with the name of their tenant.
  - C(-v) and more bring back all that P(ansible.builtin.default#callback) shows, and nothing of the above.
  - Where there is no terminal, and where another callback stands in front of this one as that of ansible-runner does
    (AWX, Automation Platform), nothing is painted. A tenant that begins is a line then.
notes:
  - To show the steps of a module while it works, a folder for them is made that only the user can look into (in
    E(TMPDIR)), and removed at the end. It holds no secrets.
  - Colours follow Ansible's settings.
requirements:
  - set as stdout in configuration
author:
  - The msp.autotask contributors (@msp-autotask)
extends_documentation_fragment:
  - default_callback
  - result_format_callback
"""

import atexit
import functools
import os
import sys
import threading
import time
import typing as t

from ansible import constants as C  # noqa: N812  # what Ansible calls it everywhere
from ansible import context
from ansible.plugins.callback.default import CallbackModule as DefaultCallback
from ansible_collections.msp.autotask.plugins.module_utils._steps import StepsFolder
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.live_lines import LiveLines
from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.progress import FleetProgress, Line, Mood

ABOUT_THE_FLEET = "__msp_autotask_about_the_fleet"
"""A variable of plays whose hosts are no tenants."""

COLOURS = {
    Mood.OK: C.COLOR_OK,
    Mood.CHANGED: C.COLOR_CHANGED,
    Mood.FAILED: C.COLOR_ERROR,
    Mood.WARNING: C.COLOR_WARN,
    Mood.OFF: C.COLOR_SKIP,
    Mood.PLAIN: None,
}

Handler = t.TypeVar("Handler", bound=t.Callable[..., None])


def unless_verbose(handler: Handler) -> Handler:
    """With C(-v), what Ansible's default callback does instead."""

    @functools.wraps(handler)
    def chosen(self: CallbackModule, *args: t.Any, **kwargs: t.Any) -> None:
        if self._display.verbosity:
            getattr(DefaultCallback, handler.__name__)(self, *args, **kwargs)
        else:
            # Ansible calls from two threads.
            with self._one_at_a_time:
                handler(self, *args, **kwargs)

    return t.cast("Handler", chosen)


class CallbackModule(DefaultCallback):
    """Passes on what Ansible tells, and prints what is worth a line."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "msp.autotask.fleet"

    def __init__(self) -> None:
        super().__init__()
        self._one_at_a_time = threading.RLock()
        self._live: LiveLines | None = None
        self._steps: StepsFolder | None = None
        self._is_over = False

    # ---- the run

    @unless_verbose
    def v2_playbook_on_start(self, playbook: t.Any) -> None:
        paints = self._is_on_terminal()
        self._progress = FleetProgress(check=bool(context.CLIARGS.get("check")), announces=not paints)
        if paints:
            self._paint()
        atexit.register(self._at_exit, os.getpid())

    @unless_verbose
    def v2_playbook_on_play_start(self, play: t.Any) -> None:
        self._play = play
        # Those of the whole play: in batches (serial), Ansible shows only those of the batch elsewhere.
        hosts = play.get_variable_manager().get_vars(play=play)["ansible_play_hosts_all"]
        about_the_fleet = ABOUT_THE_FLEET in play.get_vars()
        self._tell(self._progress.play_begins(map(str, hosts), time.monotonic(), about_the_fleet=about_the_fleet))

    @unless_verbose
    def v2_playbook_on_no_hosts_matched(self) -> None:
        self._tell(self._progress.nobody_matched())

    @unless_verbose
    def v2_playbook_on_no_hosts_remaining(self) -> None:
        """The summary says it."""

    @unless_verbose
    def v2_playbook_on_stats(self, stats: t.Any) -> None:
        self._is_over = True
        self._tell(self._progress.ends(time.monotonic()))

    # ---- tasks

    @unless_verbose
    def v2_playbook_on_task_start(self, task: t.Any, is_conditional: bool) -> None:
        """Each host's own start is what counts."""

    @unless_verbose
    def v2_playbook_on_handler_task_start(self, task: t.Any) -> None:
        """Each host's own start is what counts."""

    @unless_verbose
    def v2_playbook_on_include(self, included_file: t.Any) -> None:
        """Nothing that a person would do."""

    @unless_verbose
    def v2_runner_on_start(self, host: t.Any, task: t.Any) -> None:
        name = host.get_name()
        if self._steps:
            self._steps.begin(name)
        self._tell(self._progress.task_begins(name, str(task.name or task.action), task.action, time.monotonic()))

    @unless_verbose
    def v2_runner_on_ok(self, result: t.Any) -> None:
        self._tell_warnings(result)
        name, action = result.host.get_name(), result.task.action
        self._tell(self._progress.task_ends(name, action, result.result, time.monotonic()))

    @unless_verbose
    def v2_runner_on_skipped(self, result: t.Any) -> None:
        self._tell_warnings(result)
        self._tell(self._progress.task_is_passed_over(result.host.get_name()))

    @unless_verbose
    def v2_runner_on_failed(self, result: t.Any, ignore_errors: bool = False) -> None:
        self._tell_warnings(result)
        self._fail(result, is_ignored=ignore_errors)

    @unless_verbose
    def v2_runner_on_unreachable(self, result: t.Any) -> None:
        self._fail(result, is_ignored=bool(result.task.ignore_unreachable))

    @unless_verbose
    def v2_on_file_diff(self, result: t.Any) -> None:
        items = result.result.get("results", []) if result.task.loop else [result.result]
        diffs = [self._get_diff(item["diff"]) for item in items if item.get("changed") and item.get("diff")]
        if any(diffs):
            self._tell(self._progress.differs(result.host.get_name()))
            self._display.display("\n".join(filter(None, diffs)))

    @unless_verbose
    def v2_runner_retry(self, result: t.Any) -> None:
        """A task that is tried again is still at work."""

    @unless_verbose
    def v2_runner_item_on_ok(self, result: t.Any) -> None:
        """The loop as a whole is told of."""

    @unless_verbose
    def v2_runner_item_on_failed(self, result: t.Any) -> None:
        """The loop as a whole is told of."""

    @unless_verbose
    def v2_runner_item_on_skipped(self, result: t.Any) -> None:
        """The loop as a whole is told of."""

    @unless_verbose
    def v2_runner_on_async_poll(self, result: t.Any) -> None:
        """A task that is waited for is still at work."""

    @unless_verbose
    def v2_runner_on_async_ok(self, result: t.Any) -> None:
        """The task itself is told of."""

    @unless_verbose
    def v2_runner_on_async_failed(self, result: t.Any) -> None:
        """The task itself is told of."""

    def _fail(self, result: t.Any, is_ignored: bool) -> None:
        name = result.host.get_name()
        if is_ignored:
            self._tell(self._progress.task_is_passed_over(name))
        else:
            self._tell(self._progress.task_fails(name, result.result, is_rescued=_is_rescued(result.task)))

    def _tell_warnings(self, result: t.Any) -> None:
        for warning in result.result.pop("warnings", None) or ():
            self._tell(self._progress.warned(result.host.get_name(), str(warning)))
        # Deprecations are for who writes playbooks, in Ansible's own words.
        self._handle_warnings(result.result)

    # ---- the terminal

    def _tell(self, lines: t.Iterable[Line]) -> None:
        for line in lines:
            self._display.display(line.text, color=COLOURS[line.mood])

    def _is_on_terminal(self) -> bool:
        """Whether lines can be painted: not where another callback, as ansible-runner's, takes what is printed."""
        return self.__class__ is CallbackModule and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"

    def _paint(self) -> None:
        steps = self._steps = StepsFolder()
        live = self._live = LiveLines(
            sys.stdout.fileno(),
            lambda width, height: self._progress.live(time.monotonic(), steps.last, width, height),
        )
        print_it = self._display.display

        def display(*args: t.Any, **kwargs: t.Any) -> None:
            with live.above():
                print_it(*args, **kwargs)

        # Ansible prints warnings and errors itself, and those must not meet with the lines either.
        self._display.display = display
        live.begin()

    def _at_exit(self, process: int) -> None:
        """After all that Ansible says of its own end."""
        if os.getpid() != process:
            return
        if self._live:
            self._live.close()
        if self._steps:
            self._steps.remove()
        if not self._is_over:
            self._tell(self._progress.breaks_off(time.monotonic()))


def _is_rescued(task: t.Any) -> bool:
    """Whether the playbook goes on when the task fails: it stands in a block with a rescue that this run has, too."""
    below, block = task, task._parent
    while block is not None:
        # What was imported stands in the block itself, and the import, which is the parent, in no list of it.
        of_others = [*(getattr(block, "rescue", None) or ()), *(getattr(block, "always", None) or ())]
        is_of_others = any(below._uuid == other._uuid for other in of_others)
        if getattr(block, "rescue", None) and not is_of_others and block.filter_tagged_tasks({}).rescue:
            return True
        below, block = block, block._parent
    return False
