# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The callback in real runs: what a person sees on a terminal, and what a log gets."""

from __future__ import annotations

import dataclasses
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import typing as t
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.callback import fleet

SITE = Path(__file__).parent / "callback_site"
ROWS, COLUMNS = 24, 100
LONGEST_RUN = 120


class Screen:
    """A terminal as far as it is needed here: what went out at the top stays on paper."""

    def __init__(self) -> None:
        self.lines = [""]
        self.row = self.column = 0

    def take(self, text: str) -> None:
        for piece in re.findall(r"\x1b\[[\d;]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", text):
            if piece == "\r":
                self.column = 0
            elif piece == "\n":
                self.row += 1
                self.lines += [""] * (self.row - len(self.lines) + 1)
            elif piece.startswith("\x1b"):
                self._control(piece)
            else:
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + piece + line[self.column + len(piece) :]
                self.column += len(piece)

    def _control(self, sequence: str) -> None:
        if sequence.endswith("A"):
            self.row -= int(sequence[2:-1])
            assert self.row >= 0
        elif sequence == "\x1b[J":
            del self.lines[self.row + 1 :]
            self.lines[self.row] = self.lines[self.row][: self.column]
        else:
            assert sequence.endswith("m"), sequence

    @property
    def text(self) -> list[str]:
        return [line.rstrip() for line in self.lines if line.strip()]


@dataclasses.dataclass
class Seen:
    """What was on the screen in the end and on the way there, and what it was written with."""

    status: int
    lines: list[str]
    moments: list[list[str]]
    raw: str


def command(*tenants: str, options: t.Sequence[str] = ()) -> list[str]:
    inventory = "".join(f"{tenant}," for tenant in tenants)
    return ["ansible-playbook", "--inventory", inventory, str(SITE / "fleet.yml"), *options]


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    return {
        **kept,
        "ANSIBLE_COLLECTIONS_PATH": os.environ["PYTHONPATH"].partition(os.pathsep)[0],
        "ANSIBLE_CONFIG": str(SITE / "ansible.cfg"),
        "ANSIBLE_FORKS": "4",
        "ANSIBLE_HOME": str(tmp_path / "home"),
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TERM": "xterm",
        # Not below the long name of a test: ansible-core 2.21 has a socket there, whose path may have 107 characters.
        "TMPDIR": tempfile.mkdtemp(dir=tmp_path.parent),
        **variables,
    }


def on_terminal(
    tmp_path: Path, *tenants: str, options: t.Sequence[str] = (), interrupt_at: str = "", **variables: str
) -> Seen:
    """Run the playbook on a terminal of its own; press Ctrl-C when *interrupt_at* is seen."""
    variables = environment(tmp_path, **variables)
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe("ansible-playbook", command(*tenants, options=options), variables)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    screen, moments, raw, interrupted = Screen(), list[list[str]](), "", False
    end = time.monotonic() + LONGEST_RUN
    try:
        while time.monotonic() < end:
            try:
                text = os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
            raw += text
            screen.take(text.replace("^C", ""))
            moments.append(screen.text)
            if interrupt_at and interrupt_at in raw and not interrupted:
                os.write(terminal, b"\x03")
                interrupted = True
        else:
            os.kill(process, signal.SIGKILL)
    finally:
        os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert not list(Path(variables["TMPDIR"]).glob("msp.autotask.*")), "the folder of the steps was left behind"
    return Seen(status, screen.text, moments, raw)


def in_log(tmp_path: Path, *tenants: str, options: t.Sequence[str] = (), **variables: str) -> Seen:
    run = subprocess.run(
        command(*tenants, options=options),
        env=environment(tmp_path, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=LONGEST_RUN,
    )
    return Seen(run.returncode, run.stdout.splitlines(), [], run.stdout)


def without_seconds(lines: t.Iterable[str]) -> list[str]:
    return [re.sub(r"(?:\d+ min )?\d+ s\b", "N s", line) for line in lines]


@pytest.mark.parametrize("count", [3, pytest.param(30, marks=pytest.mark.long)])
def test_a_fleet_that_is_well_is_one_line_a_tenant_and_a_summary(tmp_path: Path, count: int) -> None:
    tenants = [f"tenant{number:02}" for number in range(count)]
    seen = on_terminal(tmp_path, *tenants)
    assert seen.status == 0
    *lines, summary = without_seconds(seen.lines)
    assert sorted(lines) == [f"{tenant}: ok, nothing to change (N s)" for tenant in tenants]
    assert summary == f"{count} tenants: {count} ok, in N s"

    seen = in_log(tmp_path, *tenants)
    assert seen.status == 0 and len(seen.lines) == 2 * count + 1
    assert {f"{tenant}: begins ({place + 1} of {count})" for place, tenant in enumerate(tenants)} < {*seen.lines}
    assert "\x1b" not in seen.raw


def test_steps_are_seen_while_they_are_made_and_gone_afterwards(tmp_path: Path) -> None:
    seen = on_terminal(tmp_path, "slow1", "tenant1")
    live = [line for moment in seen.moments for line in moment if line.startswith("slow1 ")]
    assert {match[1] for line in live if (match := re.search(r"Work the console: (.+)", line))} == {
        "Open the login page",
        "Type ********",
        "Save the level",
    }
    assert "CANARY" not in seen.raw
    assert len(seen.lines) == 3 and not any("Work the console" in line for line in seen.lines)


def test_a_mistake_of_all_is_told_in_full_once_and_once_in_the_summary(tmp_path: Path) -> None:
    for seen in (on_terminal(tmp_path, "refused1", "refused2", "tenant1"), in_log(tmp_path, "refused1", "refused2")):
        assert seen.status == 2
        lines = [line for line in seen.lines if "begins" not in line and "tenant1" not in line]
        first = lines[0].partition(":")[0]
        second = {"refused1": "refused2", "refused2": "refused1"}[first]
        assert lines[:3] == [
            f"{first}: FAILED at 'Refuse the password':",
            "  The password was refused.",
            "  It was tried once.",
        ]
        assert lines[3] == f"{second}: FAILED, for the same reason as {first}"
        assert lines[-2:] == [
            "2 tenants (refused1, refused2): The password was refused. It was tried once.",
            "Once that is mended, run those again with: --limit 'refused1,refused2'",
        ]
        assert len(lines) == 7
        assert "Origin" not in seen.raw and "fatal" not in seen.raw


def test_after_ctrl_c_the_summary_comes_last_and_names_the_rest(tmp_path: Path) -> None:
    seen = on_terminal(tmp_path, "tenant1", "slow1", "slow 2", ANSIBLE_FORKS="1", interrupt_at="Open the login page")
    assert seen.status == 99
    assert any("User interrupted" in line for line in seen.lines)
    assert without_seconds(seen.lines)[-2:] == [
        "3 tenants: 1 ok, 1 broken off, 1 not begun, in N s",
        r"Running again is safe: it goes on where this run stopped. The rest: --limit 'slow1,~^slow\x202\Z'",
    ]


def test_v_brings_back_what_ansible_shows(tmp_path: Path) -> None:
    seen = on_terminal(tmp_path, "tenant1", options=["-v"])
    plain = in_log(tmp_path, "tenant1", options=["-v"], ANSIBLE_STDOUT_CALLBACK="ansible.builtin.default")
    assert [line.rstrip("*").rstrip() for line in seen.lines] == [
        line.rstrip("*").rstrip() for line in plain.lines if line.strip()
    ]
    assert any("PLAY RECAP" in line for line in seen.lines)


def test_behind_another_callback_there_are_plain_lines_even_on_a_terminal(tmp_path: Path) -> None:
    seen = on_terminal(
        tmp_path,
        "tenant1",
        ANSIBLE_CALLBACK_PLUGINS=str(SITE / "stands_in_front"),
        ANSIBLE_STDOUT_CALLBACK="in_front",
        ORIGINAL_STDOUT_CALLBACK="msp.autotask.fleet",
    )
    assert seen.status == 0
    assert without_seconds(seen.lines) == [
        "tenant1: begins",
        "tenant1: ok, nothing to change (N s)",
        "1 tenant: 1 ok, in N s",
    ]
    assert not re.search(r"\x1b\[[^m]*[A-HJK]", seen.raw)


def test_colours_are_as_ansible_is_told(tmp_path: Path) -> None:
    assert "\x1b[0;32mtenant1: ok" in on_terminal(tmp_path, "tenant1").raw
    assert "\x1b[0;35mtenant1: ok" in on_terminal(tmp_path, "tenant1", ANSIBLE_COLOR_OK="purple").raw
    assert not re.search(r"\x1b\[[\d;]*m", on_terminal(tmp_path, "tenant1", ANSIBLE_NOCOLOR="1").raw)


def test_where_nobody_matches_that_is_said(tmp_path: Path) -> None:
    seen = in_log(tmp_path, "tenant1", options=["--extra-vars", "tenants=nobody"])
    assert seen.lines[-2:] == ["No host matches, so nothing was looked at and nothing was done."] * 2


def test_what_was_imported_into_a_block_is_rescued_as_what_stands_in_it() -> None:
    def part(name: str, parent: t.Any, **lists: t.Any) -> SimpleNamespace:
        return SimpleNamespace(_uuid=name, _parent=parent, **lists)

    chosen = part("what tags chose", None, rescue=[part("rescue", None)])
    always, tagged = [part("always", None)], lambda _variables: chosen
    block = part("block", None, rescue=[part("rescue", None)], always=always, filter_tagged_tasks=tagged)
    imported = part("task", part("role's block", part("import", block), rescue=[], always=[]))
    assert fleet._is_rescued(imported) and fleet._is_rescued(part("task", block))
    assert not fleet._is_rescued(part("rescue", block)) and not fleet._is_rescued(part("always", block))
    assert not fleet._is_rescued(part("task", None))
    # With --skip-tags always, say.
    chosen.rescue = []
    assert not fleet._is_rescued(imported)
