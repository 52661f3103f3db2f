# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people are told of a run: events in, lines out. No I/O, no clock, nothing of Ansible's."""

from __future__ import annotations

import enum
import re
import typing as t
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from ansible_collections.msp.autotask.plugins.plugin_utils._fleet.summary import (
    STATES,
    Result,
    count_of,
    in_variables,
    limit_to,
    state_of,
)

CONTROLLER = ("localhost", "127.0.0.1", "::1")
"""Hosts that are no tenants: where plays do what concerns the whole fleet."""

PROMPTS = ("pause", "ansible.builtin.pause", "ansible.legacy.pause")
DEBUG = ("debug", "ansible.builtin.debug", "ansible.legacy.debug")

DRIFTED, FAILED = STATES[-2:]
BROKEN_OFF, NOT_BEGUN = "broken off", "not begun"

NO_MATCH = "Could not match supplied host pattern"

MOST_NAMES = 8
LONGEST_SUMMARY = 300


class Mood(enum.StrEnum):
    """What a line is about; the callback has a colour for each."""

    OK = "ok"
    CHANGED = "changed"
    FAILED = "failed"
    WARNING = "warning"
    OFF = "off"
    PLAIN = "plain"


class Line(t.NamedTuple):
    text: str
    mood: Mood = Mood.PLAIN


@dataclass
class Tenant:
    """What is known of one host."""

    name: str
    began: float | None = None
    part: str = ""
    part_began: float = 0.0
    """When its present task began; with *part*, what a person sees of it while it works."""
    is_at_work: bool = False
    is_prompting: bool = False
    changes: list[str] = field(default_factory=list)
    """The names of the tasks that changed something."""
    failure: str | None = None
    """Why it failed for good."""
    rescued: str | None = None
    """Why a task of it failed that the playbook goes on after; the outcome tells what became of it."""
    failed_part: str = ""
    """The task that failed."""
    outcome: Result | None = None
    """What the playbook itself says of the tenant."""
    told: list[str] = field(default_factory=list)
    """The failures of it that were told."""
    said: str = ""
    """The last line that told how it stands."""


class FleetProgress:
    """Follows the tenants of a run, and says what is worth a line."""

    def __init__(self, *, check: bool = False, announces: bool = False) -> None:
        self._check = check
        self._announces = announces
        """Whether a tenant that begins is worth a line, as nobody sees it at work."""
        self._tenants: dict[str, Tenant] = {}
        self._controller = Tenant(CONTROLLER[0])
        self._play: list[str] = []
        self._is_about_the_fleet = False
        """Whether the play does what concerns the whole fleet, on whichever host."""
        self._first_told: dict[str, str] = {}
        """The tenant for which a mistake was told in full, by the mistake."""
        self._warned: dict[str, tuple[list[str], str]] = {}
        self._began = 0.0

    # ---- events

    def play_begins(self, hosts: t.Iterable[str], now: float, *, about_the_fleet: bool = False) -> list[Line]:
        """A play, or a batch of it, begins; *hosts* are those of the whole play."""
        lines = self._conclude(now)
        self._began = self._began or now
        self._is_about_the_fleet = about_the_fleet
        self._play = [] if about_the_fleet else [host for host in hosts if host not in CONTROLLER]
        for host in self._play:
            self._tenants.setdefault(host, Tenant(host))
        return lines

    def task_begins(self, host: str, part: str, action: str, now: float) -> list[Line]:
        tenant = self._of(host)
        is_first, tenant.began = tenant.began is None, tenant.began or now
        tenant.part, tenant.part_began = part, now
        tenant.is_at_work, tenant.is_prompting = True, action in PROMPTS
        if is_first and self._announces and host in self._play:
            place = f" ({self._play.index(host) + 1} of {len(self._play)})" if len(self._play) > 1 else ""
            return [Line(f"{host}: begins{place}")]
        return []

    def task_ends(self, host: str, action: str, result: t.Mapping[str, t.Any], now: float) -> list[Line]:
        """A task went well, or was skipped."""
        tenant = self._of(host)
        tenant.is_at_work = tenant.is_prompting = False
        if result.get("changed"):
            tenant.changes.append(tenant.part)
        lines = self._messages(tenant, result) if action in DEBUG else []
        outcome = _outcome_in(result.get("ansible_facts"))
        return lines + (self._comes_to(tenant, outcome, now) if outcome else [])

    def task_fails(self, host: str, result: t.Mapping[str, t.Any], *, is_rescued: bool = False) -> list[Line]:
        """A task failed; *is_rescued* says that the playbook itself deals with it."""
        tenant = self._of(host)
        tenant.is_at_work = tenant.is_prompting = False
        message, tenant.failed_part = _message_of(result), tenant.part
        if is_rescued:
            tenant.rescued = in_variables(message)
            return []
        tenant.failure = tenant.failure or message
        return self._tell_failure(tenant, message)

    def task_is_passed_over(self, host: str) -> list[Line]:
        """A task failed or was skipped, and that does not matter."""
        tenant = self._of(host)
        tenant.is_at_work = tenant.is_prompting = False
        return []

    def warned(self, host: str, warning: str) -> list[Line]:
        warning = clean(warning)
        if self._is_about_the_fleet and warning.startswith(NO_MATCH):
            # The task fails for it, and says which groups there are.
            return []
        tenants, _first = self._warned.setdefault(_without_name(warning, host), ([], warning))
        if host not in tenants:
            tenants.append(host)
        return [Line(f"{host}: warning: {warning}", Mood.WARNING)] if tenants == [host] else []

    def differs(self, host: str) -> list[Line]:
        """What stands above the difference that a task shows."""
        return [Line(f"{host}: {clean(self._of(host).part)}")]

    def nobody_matched(self) -> list[Line]:
        return [Line("No host matches, so nothing was looked at and nothing was done.", Mood.FAILED)]

    # ---- while it works

    def live(self, now: float, step: t.Callable[[str], str], width: int, height: int) -> list[str]:
        """A line for each tenant at work and one for the fleet, as far as they fit in; none while a person is asked."""
        at_work = [tenant for tenant in self._tenants.values() if tenant.is_at_work]
        if not at_work or any(tenant.is_prompting for tenant in at_work):
            return []
        shown = at_work if len(at_work) < height else at_work[: max(0, height - 2)]
        longest = max((text_width(tenant.name) for tenant in shown), default=0)
        lines = [_live_line(tenant, clean(step(tenant.name)), min(longest, width // 3), now) for tenant in shown]
        if len(shown) < len(at_work):
            lines.append(f"and {len(at_work) - len(shown)} more at work")
        if len(self._tenants) > 1:
            lines.append(self._fleet_line(now))
        return [cut(line, width) for line in lines]

    def _fleet_line(self, now: float) -> str:
        counts = Counter(self._state(tenant) for tenant in self._tenants.values())
        done = sum(bool(tenant.said) for tenant in self._tenants.values())
        failed = f", {counts[FAILED]} failed" if counts[FAILED] else ""
        return f"{done} of {count_of(self._tenants)} done{failed}, {duration(now - self._began)}"

    # ---- the end

    def ends(self, now: float) -> list[Line]:
        """Ansible came to the end of the run."""
        return [*self._conclude(now), *self._summary(now)]

    def breaks_off(self, now: float) -> list[Line]:
        """The run ended before its end, by Ctrl-C for instance."""
        if not self._tenants:
            return []
        rest = [name for name, tenant in self._tenants.items() if self._is_unfinished(tenant)]
        lines = self._summary(now, broken_off=True)
        if rest:
            again = f"Running again is safe: it goes on where this run stopped. The rest: {limit_to(rest)}"
        else:
            again = "Nothing was left to do for any tenant; running again is safe."
        return [*lines, Line(again, Mood.WARNING)]

    def _summary(self, now: float, broken_off: bool = False) -> list[Line]:
        states = {name: self._state(tenant, broken_off) for name, tenant in self._tenants.items()}
        if not states:
            return []
        counts = Counter(states.values())
        known = ", ".join(f"{counts[s]} {s}" for s in (*STATES, BROKEN_OFF, NOT_BEGUN) if counts[s])
        bad = [name for name, state in states.items() if state in (DRIFTED, FAILED)]
        mood = Mood.FAILED if bad else Mood.WARNING if broken_off else Mood.OK
        failed = [name for name in bad if states[name] == FAILED]
        again = f"Once that is mended, run those again with: {limit_to(failed)}"
        return [
            Line(f"{count_of(states)}: {known}, in {duration(now - self._began)}", mood),
            *self._shared_warnings(),
            *self._reasons(bad),
            *([Line(again, Mood.FAILED)] if failed and not broken_off else []),
        ]

    def _reasons(self, tenants: t.Iterable[str]) -> t.Iterator[Line]:
        """Why those failed, one line for each reason."""
        by_reason: dict[str, list[str]] = {}
        for name in tenants:
            by_reason.setdefault(_without_name(self._reason(self._tenants[name]), name), []).append(name)
        for names in by_reason.values():
            reason = self._reason(self._tenants[names[0]])
            short = reason if len(reason) <= LONGEST_SUMMARY else f"{reason[: LONGEST_SUMMARY - 3]}..."
            yield Line(f"{_named(names)}: {short}", Mood.FAILED)

    def _shared_warnings(self) -> t.Iterator[Line]:
        """Warnings that several tenants have in common, of which only the first was told."""
        for names, warning in self._warned.values():
            if len(names) > 1:
                yield Line(f"{_named(names)}: warning: {warning}", Mood.WARNING)

    # ---- what is worth a line

    def _comes_to(self, tenant: Tenant, outcome: Result, now: float) -> list[Line]:
        """The playbook says what became of the tenant."""
        tenant.outcome = outcome
        if not outcome["failed"] or _is_drift(outcome):
            lines = self._done(tenant, now)
        else:
            lines = self._tell_failure(tenant, tenant.rescued or str(outcome["summary"]))
        # A playbook that fails the tenant in the end says it again.
        tenant.told.append(_plain(str(outcome["summary"])))
        return lines

    def _conclude(self, now: float) -> list[Line]:
        """What became of the tenants of the play that is over, where nobody has said it yet."""
        begun = [self._tenants[name] for name in self._play if self._tenants[name].began is not None]
        for tenant in begun:
            tenant.is_at_work = tenant.is_prompting = False
        return [line for tenant in begun if tenant.failure is None for line in self._done(tenant, now)]

    def _done(self, tenant: Tenant, now: float) -> list[Line]:
        result = self._result(tenant)
        summary = clean(str(result["summary"]))
        if summary == tenant.said or (result["failed"] and not _is_drift(result)):
            return []
        tenant.said = summary
        seconds = f" ({duration(now - (tenant.began or now))})"
        return [Line(f"{tenant.name}: {summary}{seconds}", _MOODS.get(state_of(result, self._check), Mood.FAILED))]

    def _tell_failure(self, tenant: Tenant, message: str) -> list[Line]:
        """Why the tenant failed: in full, unless that was said before of this one or of another."""
        plain = _plain(message)
        if any(told.startswith(plain) for told in tenant.told):
            return []
        tenant.told.append(plain)
        tenant.said = tenant.said or plain
        first = self._first_told.setdefault(_without_name(plain, tenant.name), tenant.name)
        if first != tenant.name:
            return [Line(f"{tenant.name}: FAILED, for the same reason as {first}", Mood.FAILED)]
        lines = [clean(line) for line in message.strip().removeprefix("FAILED: ").splitlines()] or ["no message"]
        at = f" at {clean(tenant.failed_part)!r}" if tenant.failed_part else ""
        if len(lines) == 1:
            return [Line(f"{tenant.name}: FAILED{at}: {lines[0]}", Mood.FAILED)]
        return [Line(f"{tenant.name}: FAILED{at}:", Mood.FAILED), *(Line(f"  {line}", Mood.FAILED) for line in lines)]

    def _messages(self, tenant: Tenant, result: t.Mapping[str, t.Any]) -> list[Line]:
        """What a debug task says in a sentence. Reports of many lines are for C(-v), and what was told is told."""
        message = result.get("msg")
        if isinstance(message, list) and len(message) == 1:
            message = message[0]
        if not isinstance(message, str) or not message.strip():
            return []
        text = clean(" ".join(message.split())).removeprefix(f"{tenant.name}: ")
        if tenant.outcome and _plain(text).startswith((tenant.said, *tenant.told)):
            return []
        return [Line(f"{tenant.name}: {text}")]

    # ---- how tenants stand

    def _of(self, host: str) -> Tenant:
        """The tenant; what is none takes part in no counting."""
        if self._is_about_the_fleet:
            return self._controller
        return self._tenants.get(host, self._controller)

    def _result(self, tenant: Tenant) -> Result:
        """The tenant's outcome, by the playbook's word or else by what its tasks did."""
        if tenant.failure is not None:
            return {"failed": True, "changed": False, "summary": tenant.failure, **_kept(tenant.outcome)}
        if tenant.outcome is not None:
            return tenant.outcome
        changes = ", ".join(dict.fromkeys(tenant.changes))
        verb = "would change" if self._check else "changed"
        return {"failed": False, "changed": bool(changes), "summary": f"{verb}: {changes}" if changes else "ok"}

    def _state(self, tenant: Tenant, broken_off: bool = False) -> str:
        if tenant.began is None:
            return NOT_BEGUN
        state = state_of(self._result(tenant), self._check)
        is_open = tenant.is_at_work or not tenant.said
        return BROKEN_OFF if broken_off and state != FAILED and is_open else state

    def _is_unfinished(self, tenant: Tenant) -> bool:
        return self._state(tenant, broken_off=True) in (NOT_BEGUN, BROKEN_OFF, FAILED)

    def _reason(self, tenant: Tenant) -> str:
        words = str((tenant.outcome or {}).get("summary") or tenant.failure or "")
        return clean(" ".join(words.removeprefix("FAILED: ").split()))


_MOODS = {
    "ok": Mood.OK,
    "switched off": Mood.OFF,
    "changed": Mood.CHANGED,
    "would change": Mood.CHANGED,
}


def clean(text: str) -> str:
    """The text without what would do something to a terminal: pages choose names."""
    return "".join(character if character.isprintable() else " " for character in text).rstrip()


def text_width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def cut(text: str, width: int) -> str:
    """As much of the text as fits in."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - 3:
        text = text[:-1]
    return f"{text}..."[: max(width, 0)]


def duration(seconds: float) -> str:
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _live_line(tenant: Tenant, step: str, column: int, now: float) -> str:
    name = cut(tenant.name, column)
    doing = f"{clean(tenant.part)}: {step}" if step else clean(tenant.part)
    return f"{name}{' ' * (column - text_width(name))}  {duration(now - tenant.part_began):>5}  {doing}"


def _message_of(result: t.Mapping[str, t.Any]) -> str:
    """Why a task failed: of a loop, why its items did."""
    items = result.get("results")
    failed = [item for item in items if isinstance(item, t.Mapping) and item.get("failed")] if items else []
    texts = [_text(item) for item in failed or [result]]
    return "\n".join(dict.fromkeys(texts))


def _text(result: t.Mapping[str, t.Any]) -> str:
    told = next(
        (result[key] for key in ("msg", "censored") if result.get(key)), "no message; run with -v to see its result"
    )
    errors = str(result.get("stderr") or "").strip()
    message = "\n".join(map(str, told)) if isinstance(told, list) else str(told)
    return f"{message}\n{errors}" if errors and errors not in message else message


def _outcome_in(facts: t.Any) -> Result | None:
    """The outcome that a playbook notes of a tenant: a fact like C(work365_integration_result)."""
    for name, fact in facts.items() if isinstance(facts, t.Mapping) else ():
        if (
            str(name).endswith("_result")
            and isinstance(fact, t.Mapping)
            and {"failed", "changed", "summary"} <= {*fact}
        ):
            return fact
    return None


def _is_drift(outcome: Result) -> bool:
    """Whether it is an audit that failed the tenant: nothing went wrong."""
    return state_of(outcome, check=False) == DRIFTED


def _kept(outcome: Result | None) -> dict[str, t.Any]:
    return {"audit": outcome["audit"]} if outcome and "audit" in outcome else {}


def _plain(message: str) -> str:
    return " ".join(message.split()).removeprefix("FAILED: ").removesuffix("...").rstrip(". ")


def _without_name(text: str, name: str) -> str:
    """What says the same of each tenant is equal."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "...", text)


def _named(names: t.Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    several = f"{count_of(names)} (" if len(names) > 1 else ""
    return f"{several}{', '.join(names[:MOST_NAMES])}{more}{')' if several else ''}"
