# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filling in the form of an API user, its secret included, and seeing what was stored."""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
    NotStored,
    Refused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm, Secret
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_saving import Answer
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import ApiUserState, Wish
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import GLANCE_SECONDS
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_search import Found, Search
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means, Outcome, WantedUser

LATE_SECONDS = 30.0
"""How long what was saved may take to show in the list, where it was not seen that it was refused."""


def fill_in(
    form: ApiUserForm, goal: t.Mapping[str, Wish], wanted: WantedUser | None, means: Means
) -> tuple[Secret | None, dict[str, Wish]]:
    """Fill in the form, and its secret if that of *wanted* is to be set; returns that, and the goal in whole entries.

    A list that wants to be asked shows only then which entry a part of its name stands for.
    """
    secret = _secret_for(form, wanted, means) if wanted else None
    shown = form.bring_to(goal, secret).wishes()
    return secret, {name: shown.get(name, value) for name, value in goal.items()}


def _secret_for(form: ApiUserForm, wanted: WantedUser, means: Means) -> Secret:
    """The secret that the form will hold: ours where there is a box, which for a user that exists must be asked for."""
    made = None if form.can_type_secret() else form.generate_secret(means.learn)
    if made is None:
        return Secret(t.cast(str, wanted.secret))
    if means.handover is None:
        raise ConsoleError(
            "This form has no box to type a secret in; it only shows one that Autotask made. Nothing was saved. With "
            "'handover' the module takes that one, and writes it down sealed before it is stored.",
            "secret_not_ours",
        )
    return Secret(made, is_ours=False)


@contextlib.contextmanager
def handed_over(form: ApiUserForm, secret: Secret | None, user_name: str, means: Means) -> t.Iterator[None]:
    """Write down a secret that Autotask made before it is stored; take that back if it never came to it."""
    handover = means.handover
    if secret is None or secret.is_ours or handover is None:
        yield
        return
    window = form.window
    window.journal.step("Hand over the secret that Autotask made")
    _handover.write(handover.path, _handover.seal(HandedOver(user_name, secret.text), handover.public_key))
    try:
        if handover.wait and not window.wait_until(lambda: _handover.is_confirmed(handover.path), handover.wait):
            raise ConsoleError(
                f"Nobody confirmed within {handover.wait:g} seconds that the secret in {handover.path} was kept, so "
                "nothing was saved.",
                "handover_not_confirmed",
            )
        yield
    except BaseException:
        if not form.asked_to_store:
            _handover.withdraw(handover.path)
        raise


def finish(search: Search, form: ApiUserForm, goal: t.Mapping[str, Wish], answer: Answer, outcome: Outcome) -> Search:
    """See what is stored, which alone tells whether it was saved, and note it in *outcome*."""
    journal, user_name = search.resources.window.journal, str(goal["user_name"])
    try:
        after, (stored, state) = _stored(search, goal, answer)
    except ConsoleError as error:
        error.details.setdefault("user_name", user_name)
        raise
    journal.messages += [text for text in answer.said if text not in journal.messages]
    outcome.state, outcome.tracking_identifier = state, stored.tracking_identifier()
    stored.leave()
    form.leave()
    return after


def _stored(search: Search, goal: t.Mapping[str, Wish], answer: Answer) -> tuple[Search, Found]:
    """Open the user as it is stored, which it may be later than it looks; fail if that is not what was saved."""
    window, user_name = search.resources.window, str(goal["user_name"])
    last: ApiUserState | None = None
    expected = dict(goal)
    # A form that closes lets the list behind it be loaded anew; if that shows the user, it need not be loaded again.
    is_fresh = bool(
        answer.gone
        and search.resources.grid.lies_open
        and window.wait_until(search.as_stored(goal).has_unopened_rows, GLANCE_SECONDS)
    )

    def as_expected() -> tuple[Search, Found] | None:
        nonlocal last, is_fresh
        if not is_fresh:
            search.resources.open()
        is_fresh = False
        after = search.as_stored(goal)
        found = after.near()
        if found is None:
            return None
        last = found[1]
        if last.tracking and last.tracking.kind == "unknown":
            expected.pop("tracking", None)
        if not last.unlike(expected):
            return after, found
        found[0].leave()
        return None

    found = window.wait_until(as_expected, 0 if answer.refused or answer.error else LATE_SECONDS)
    if found:
        if "tracking" in goal and "tracking" not in expected:
            window.journal.warn(
                f'The form of the API user "{user_name}" does not show whose tracking identifier was stored.'
            )
        return found
    if answer.error:
        raise answer.error
    if not answer.gone:
        raise _refusal(answer, user_name)
    if last is None:
        raise NotStored(f'Autotask took the API user "{user_name}", but does not list it.')
    differences = last.differences(expected)
    raise NotStored(
        f'The API user "{user_name}" was saved, but is not as wanted in: {", ".join(differences)}. Another '
        "administrator may be at work; run again.",
        differences=differences,
    )


def refuse_unseen(answer: Answer, user_name: str) -> None:
    if answer.error:
        raise answer.error
    if answer.refused:
        raise _refusal(answer, user_name)
    raise NotStored(
        f'It was not seen whether the new secret of the API user "{user_name}" was stored, and Autotask never shows '
        "it. Run again: the same secret is set once more.",
        "save_not_seen",
        user_name=user_name,
    )


def _refusal(answer: Answer, user_name: str) -> Refused:
    return Refused(
        f'Autotask did not save the API user "{user_name}", as its list shows. The page says: '
        f"{'; '.join(answer.said)[:500] or 'nothing'}.",
        "save_refused",
        said=answer.said[:20],
        user_name=user_name,
    )
