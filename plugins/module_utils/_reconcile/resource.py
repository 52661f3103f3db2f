# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API user, brought to what is wanted of it. There is only ever one: users can never be deleted."""

from __future__ import annotations

import typing as t
from dataclasses import replace

from ansible_collections.msp.autotask.plugins.module_utils._console.console import opened_elsewhere
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ChangedMeanwhile,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm, Secret
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_saving import Answer
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import (
    ApiUserState,
    Tracking,
    Wish,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.windows.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_refusals import (
    refuse_another,
    refuse_in_use,
    refuse_incomplete,
    refuse_missing,
    refuse_other_tracking,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_saving import (
    fill_in,
    finish,
    handed_over,
    refuse_unseen,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_search import Found, Search
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import Means, Outcome, WantedUser


class _Taken(Exception):
    """Somebody else created the user while its form was being filled in here."""


def ensure(window: Window, wanted: WantedUser, means: Means | None = None) -> Outcome:
    """Make the user exist as wanted; in a read-only run, tell what would change."""
    resources = Resources(window)
    resources.open()
    return ensure_in(resources, wanted, means or Means())


def ensure_in(resources: Resources, wanted: WantedUser, means: Means) -> Outcome:
    """The same, in a list that lies open, and is left so."""
    search = Search(resources, wanted, means.memory)
    found = search.near() or search.everywhere()
    if found:
        return _correct(search, *found, means)
    refuse_missing(wanted)
    refuse_another(search)
    refuse_incomplete(wanted)
    return _create(search, means)


def _correct(search: Search, form: ApiUserForm, before: ApiUserState, means: Means) -> Outcome:
    wanted, journal = search.wanted, search.resources.window.journal
    refuse_other_tracking(form, before, wanted)
    refuse_in_use(before, wanted)
    goal = {**before.wishes(), **_resolved(form, wanted, before)}
    different = before.unlike(goal)
    sets_secret = bool(wanted.secret and wanted.replace_secret)
    after = replace(before, **t.cast("dict[str, t.Any]", goal))
    outcome = Outcome(
        bool(different) or sets_secret, *_difference(before, after, sets_secret), after, secret_set=sets_secret
    )
    if outcome.changed:
        form.refuse_empty({*different, "secret"})
    if not outcome.changed or journal.read_only:
        outcome.tracking_identifier = form.tracking_identifier()
        form.leave()
        return outcome
    secret, goal = fill_in(form, goal, wanted if sets_secret else None, means)
    with search.resources.window.turn:
        with handed_over(form, secret, before.user_name, means):
            _refuse_change_meanwhile(search, before)
            form.bring_to(goal, secret, at_last=True)
            answer = form.save(f'the API user "{before.user_name}"')
        if not (different or answer.gone):
            # Only the secret was to change, and nobody can look at that.
            refuse_unseen(answer, before.user_name)
        finish(search, form, goal, answer, outcome)
    outcome.handed_over = bool(secret and not secret.is_ours)
    return outcome


def _refuse_change_meanwhile(search: Search, before: ApiUserState) -> None:
    """Look at the stored user once more, since saving writes every field of the form, those that others set too."""
    with opened_elsewhere(search.resources) as others:
        found = replace(search.as_stored(before.wishes()), resources=others).near()
        different = found[1].unlike(before.wishes()) if found else ["user_name"]
        if found:
            found[0].leave()
    if different:
        raise ChangedMeanwhile(
            f'Somebody else changed the API user "{before.user_name}" while it was open here: {", ".join(different)}. '
            "Nothing was saved. Run again."
        )


def _create(search: Search, means: Means) -> Outcome:
    wanted, journal = search.wanted, search.resources.window.journal
    form = search.resources.new()
    goal = _resolved(form, wanted)
    if wanted.location is None and (first := form.location_at_first()):
        goal["location"] = first
    form.refuse_empty({*goal, "user_name", "secret"})
    goal["user_name"] = _whole_name(form, wanted.user_name)
    if journal.read_only:
        filled = replace(form.read(), **t.cast("dict[str, t.Any]", goal))
        form.leave()
        return Outcome(True, {}, {**filled.as_data(), "secret": "new"}, filled, created=True, secret_set=True)
    secret, goal = fill_in(form, goal, wanted, means)
    with search.resources.window.turn:
        return _store_new(search, form, goal, secret, means)


def _store_new(
    search: Search, form: ApiUserForm, goal: dict[str, Wish], secret: Secret | None, means: Means
) -> Outcome:
    """Save a form that is filled in, unless somebody else has made the user meanwhile."""
    user_name = str(goal["user_name"])
    try:
        with handed_over(form, secret, user_name, means):
            _refuse_taken(search, form, user_name)
            filled = form.bring_to(goal, secret, at_last=True)
            answer = form.save(f'the new API user "{user_name}"')
    except _Taken:
        form.leave()
        return _go_on_with(search, goal, means)
    goal = {**filled.wishes(), **goal}
    if answer.refused and (made := _made_by_another(search, goal, answer)):
        form.leave()
        return _correct(made[0], *made[1], means)
    outcome = Outcome(True, {}, {**filled.as_data(), "secret": "new"}, created=True, secret_set=True)
    outcome.handed_over = bool(secret and not secret.is_ours)
    after = finish(search, form, goal, answer, outcome)
    outcome.others = _doubles(search, after)
    return outcome


def _whole_name(form: ApiUserForm, user_name: str) -> str:
    """The user name with its domain, as far as looking tells it."""
    key, _at, domain = user_name.partition("@")
    domain = domain or form.domain() or ("" if form.window.journal.read_only else form.generated_domain())
    return f"{key}@{domain}" if domain else key


def _refuse_taken(search: Search, form: ApiUserForm, user_name: str) -> None:
    """Look again whether the user is there, or another one of the integration."""
    again = search.anew(user_name=user_name)
    if form.window is not search.resources.window:
        # The list lies open behind the form, and loading it anew leaves that alone; to open a row might not.
        again.resources.open()
        if not again.has_unopened_rows():
            return
    with opened_elsewhere(search.resources) as again.resources:
        if again.near():
            raise _Taken
    refuse_another(again)


def _go_on_with(search: Search, goal: t.Mapping[str, Wish], means: Means) -> Outcome:
    """Bring a user to what is wanted that somebody else has just created."""
    search.resources.open()
    again = search.anew(user_name=str(goal["user_name"]))
    found = again.near()
    if found is None:
        raise ChangedMeanwhile(
            f'Somebody else is creating or changing the API user "{goal["user_name"]}" at this moment. Run again.'
        )
    return _correct(again, *found, means)


def _made_by_another(search: Search, goal: t.Mapping[str, Wish], answer: Answer) -> tuple[Search, Found] | None:
    """The user that was there before ours, which is why Autotask refused the name."""
    search.resources.open()
    again = search.anew(user_name=str(goal["user_name"]))
    found = again.near()
    if found is None:
        return None
    if not found[1].unlike(goal) and not _says_taken(answer):
        found[0].leave()
        return None
    return again, found


def _says_taken(answer: Answer) -> bool:
    words = " ".join(answer.said).casefold()
    return any(said in words for said in ("in use", "taken", "exist"))


def _doubles(search: Search, after: Search) -> list[str]:
    """The user names of other users with the same tracking identifier, those included that came meanwhile."""
    tracking = search.wanted.tracking
    after.near()
    same = [
        other.user_name
        for other in (*search.others, *after.others)
        if tracking and other.tracking and other.tracking.is_of(tracking)
    ]
    found = list(dict.fromkeys(same))
    if found:
        search.resources.window.journal.warn(
            f"There are other API users with the tracking identifier of {t.cast(Tracking, tracking).name}: "
            f"{', '.join(found)}. API users cannot be deleted; make those inactive that nobody uses."
        )
    return found


def _resolved(form: ApiUserForm, wanted: WantedUser, before: ApiUserState | None = None) -> dict[str, Wish]:
    """What is wanted, in the words of the form; fails where it cannot be had."""
    fields = wanted.fields()
    known: dict[str, Wish] = {}
    if before and before.tracking and "tracking" in fields:
        known["tracking"] = before.tracking
    if wanted.level_is_planned and form.window.journal.read_only and "security_level" in fields:
        known["security_level"] = fields["security_level"]
    return form.resolve({name: value for name, value in fields.items() if name not in known}) | known


def _difference(
    before: ApiUserState, after: ApiUserState, sets_secret: bool
) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    was, will_be = before.as_data(), after.as_data()
    names = [name for name in was if was[name] != will_be[name]]
    secret = ({"secret": "kept"}, {"secret": "replaced"}) if sets_secret else ({}, {})
    return {name: was[name] for name in names} | secret[0], {name: will_be[name] for name in names} | secret[1]
