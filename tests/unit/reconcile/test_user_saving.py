# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is stored of an API user tells whether it was saved, and whose it is. Form and list are stand-ins here."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError, NotStored, Refused
from ansible_collections.msp.autotask.plugins.module_utils._console.journal import Journal
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import Secret
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_saving import Answer
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import ApiUserState, Tracking
from ansible_collections.msp.autotask.plugins.module_utils._handover import Handover, new_key_pair, open_sealed
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import user_refusals, user_saving
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means, Outcome, WantedUser

VENDOR = Tracking("vendor", "Work 365 Sync")
STATE = ApiUserState(
    "reader1@alder.example", "Contract", "Reader", "alerts@msp.example", True, False, "Reader", "North",
    "MM/dd/yyyy", "HH:mm", "X,XXX.XX", VENDOR,
)  # fmt: skip
GOAL = STATE.wishes()


@dataclass
class Form:
    """What stands for a form: the state that it shows, and what became of it."""

    state: ApiUserState = STATE
    asked_to_store: bool = False
    window: t.Any = field(
        default_factory=lambda: SimpleNamespace(
            journal=Journal(timeout=60),
            wait_until=lambda seen, _seconds=0.0: next(filter(None, (seen() for _look in range(5))), None),
        )
    )

    def leave(self) -> None:
        pass

    def tracking_identifier(self) -> str | None:
        return None

    def tracking_is(self, wanted: Tracking) -> bool:
        return bool(self.state.tracking and self.state.tracking.is_of(wanted))


class Listed:
    """What stands for a search: the states that the list leads to, look by look; None where it has no such user."""

    def __init__(self, *states: ApiUserState | None) -> None:
        self.form = Form()
        self.states = list(states)
        self.loaded = 0
        self.resources = SimpleNamespace(
            window=self.form.window, open=self._load, grid=SimpleNamespace(lies_open=False)
        )

    def _load(self) -> None:
        self.loaded += 1

    def as_stored(self, _goal: t.Any) -> Listed:
        return self

    def near(self) -> tuple[Form, ApiUserState] | None:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return (self.form, state) if state else None


OTHER = replace(STATE, security_level="Everything")
CLOSED, SILENT = Answer(gone=True), Answer(said=["Please wait"])
REFUSED = Answer(refused=True, said=["The e-mail address is in use."])
BROKEN = Answer(error=ConsoleError("The browser broke off.", "browser_failed"))


def finish(answer: Answer, *states: ApiUserState | None) -> Outcome:
    listed, outcome = Listed(*states), Outcome(True, {}, {})
    user_saving.finish(t.cast(t.Any, listed), t.cast(t.Any, Form()), GOAL, answer, outcome)
    assert listed.loaded, "the list was loaded anew"
    return outcome


@pytest.mark.parametrize(
    ("answer", "states"),
    [
        (CLOSED, [STATE]),
        (CLOSED, [None, OTHER, STATE]),
        (SILENT, [STATE]),
        (SILENT, [None, None, STATE]),
        (REFUSED, [STATE]),
        (BROKEN, [STATE]),
    ],
)
def test_what_is_stored_as_wanted_was_saved_whatever_was_answered(answer: Answer, states: list[t.Any]) -> None:
    assert finish(answer, *states).state == STATE


@pytest.mark.parametrize(
    ("answer", "stored", "failure", "words"),
    [
        (CLOSED, OTHER, NotStored, "not as wanted in: security_level"),
        (CLOSED, replace(STATE, tracking=Tracking("vendor", "Rewst - Automation")), NotStored, "tracking"),
        (CLOSED, replace(STATE, user_name="reader2@alder.example"), NotStored, "user_name"),
        (CLOSED, None, NotStored, "does not list it"),
        (REFUSED, None, Refused, "The e-mail address is in use"),
        (SILENT, None, Refused, "Please wait"),
        (BROKEN, None, ConsoleError, "broke off"),
    ],
)
def test_what_is_not_stored_as_wanted_is_a_failure_in_the_pages_words(
    answer: Answer, stored: t.Any, failure: type[ConsoleError], words: str
) -> None:
    with pytest.raises(failure, match=words) as failed:
        finish(answer, stored)
    assert failed.value.details["user_name"] == STATE.user_name


def test_a_tracking_identifier_that_the_form_does_not_show_is_told() -> None:
    listed = Listed(replace(STATE, tracking=Tracking("unknown")))
    user_saving.finish(t.cast(t.Any, listed), t.cast(t.Any, Form()), GOAL, CLOSED, Outcome(True, {}, {}))
    assert "does not show whose tracking identifier" in str(listed.form.window.journal.warnings)


WANTED = WantedUser("reader1", "Contract", "Reader", "alerts@msp.example", "Reader", VENDOR)


@pytest.mark.parametrize(
    ("tracking", "reason"),
    [
        (VENDOR, None),
        (None, None),
        (Tracking("unknown"), "tracking_not_shown"),
        (Tracking("vendor", "Rewst - Automation"), "other_tracking_identifier"),
        (Tracking("custom", "Work 365 Sync"), "other_tracking_identifier"),
    ],
)
def test_a_user_of_another_vendor_or_of_one_that_is_not_shown_is_not_ours(
    tracking: Tracking | None, reason: str | None
) -> None:
    state = replace(STATE, tracking=tracking)
    try:
        user_refusals.refuse_other_tracking(t.cast(t.Any, Form(state)), state, WANTED)
        assert reason is None
    except ConsoleError as error:
        assert error.reason == reason


@pytest.mark.parametrize(
    ("other", "is_meant"),
    [
        (replace(STATE, user_name="old1@alder.example"), True),
        (replace(STATE, user_name="old1@alder.example", first_name="Ada", security_level="Else"), True),
        (replace(STATE, user_name="old1@alder.example", tracking=Tracking("custom", "x")), True),
        (replace(STATE, first_name="Ada", tracking=Tracking("unknown")), True),
        (replace(STATE, first_name="Ada", tracking=Tracking("unknown"), security_level="Else"), False),
        (replace(STATE, first_name="Ada", active=False, security_level="Else"), False),
        (replace(STATE, first_name="Ada", tracking=Tracking("vendor", "Rewst - Automation")), False),
    ],
)
def test_another_user_is_not_made_beside_one_that_may_be_meant(other: ApiUserState, is_meant: bool) -> None:
    def search(wanted: WantedUser) -> t.Any:
        return SimpleNamespace(wanted=wanted, others=[other])

    user_refusals.refuse_another(search(replace(WANTED, allow_another=True)))
    if not is_meant:
        user_refusals.refuse_another(search(WANTED))
        return
    with pytest.raises(ConsoleError) as failed:
        user_refusals.refuse_another(search(WANTED))
    assert failed.value.details["user_names"] == [other.user_name]


SECRET = "Abcdefghijkl-1"


@pytest.mark.parametrize(("asked_to_store", "kept"), [(False, False), (True, True)])
def test_a_secret_of_autotask_is_sealed_before_it_is_stored_and_taken_back_if_it_never_is(
    tmp_path: Path, asked_to_store: bool, kept: bool
) -> None:
    keys, path, form = new_key_pair(), tmp_path / "sealed", Form()
    means = Means(handover=Handover(path, keys.public))
    with (
        pytest.raises(RuntimeError),
        user_saving.handed_over(t.cast(t.Any, form), Secret(SECRET, is_ours=False), STATE.user_name, means),
    ):
        assert open_sealed(path.read_text(encoding="ascii"), keys.private).secret == SECRET
        form.asked_to_store = asked_to_store
        raise RuntimeError
    assert path.exists() is kept


def test_what_nobody_confirms_is_not_stored(tmp_path: Path) -> None:
    keys, path, form = new_key_pair(), tmp_path / "sealed", Form()
    means = Means(handover=Handover(path, keys.public, wait=1))
    entered = user_saving.handed_over(t.cast(t.Any, form), Secret(SECRET, is_ours=False), STATE.user_name, means)
    with pytest.raises(ConsoleError, match="Nobody confirmed"):
        entered.__enter__()
    assert not path.exists()
    form.window.wait_until = lambda seen, _seconds: (_handover.confirm(path), seen())[1]
    with user_saving.handed_over(t.cast(t.Any, form), Secret(SECRET, is_ours=False), STATE.user_name, means):
        assert path.exists()


def test_a_secret_of_our_own_is_handed_over_to_nobody(tmp_path: Path) -> None:
    means = Means(handover=Handover(tmp_path / "sealed", new_key_pair().public))
    with user_saving.handed_over(t.cast(t.Any, Form()), Secret(SECRET), STATE.user_name, means):
        assert not list(tmp_path.iterdir())


def fill_in(can_type: bool, made: str | None, handover: Handover | None) -> Secret | None:
    """Fill in a form that has a box for the secret, or what Generate Secret gives it."""
    form = SimpleNamespace(
        can_type_secret=lambda: can_type, generate_secret=lambda _learn: made, bring_to=lambda _goal, _secret: STATE
    )
    wanted = replace(WANTED, secret="Correct-Horse-9")
    return user_saving.fill_in(t.cast(t.Any, form), {"active": True}, wanted, Means(handover=handover))[0]


def test_ours_is_typed_where_there_is_a_box_and_else_autotasks_is_taken(tmp_path: Path) -> None:
    handover = Handover(tmp_path / "sealed", new_key_pair().public)
    assert fill_in(True, SECRET, handover) == Secret("Correct-Horse-9")
    assert fill_in(False, None, handover) == Secret("Correct-Horse-9"), "a box came when a secret was asked for"
    assert fill_in(False, SECRET, handover) == Secret(SECRET, is_ours=False)
    with pytest.raises(ConsoleError) as failed:
        fill_in(False, SECRET, None)
    assert failed.value.reason == "secret_not_ours"
