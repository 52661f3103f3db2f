# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API user, brought to what is wanted of it. There is only ever one: users can never be deleted."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.console import another_window
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ChangedMeanwhile,
    ConsoleError,
    NotStored,
    Refused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import (
    LISTS,
    TEXTS,
    ApiUserForm,
    ApiUserState,
    Resources,
    Tracking,
    goes_by,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.window import Window
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name


@dataclass(frozen=True)
class WantedUser:
    """What is wanted of a user; None leaves a field as it is.

    *user_name* is the whole name, or only the key before its "@".
    """

    user_name: str
    first_name: str
    last_name: str
    email: str | None
    security_level: str | None
    tracking: Tracking
    location: str | None = None
    date_format: str | None = None
    time_format: str | None = None
    number_format: str | None = None
    active: bool = True
    unlock: bool = False
    secret: str | None = None
    replace_secret: bool = False
    allow_another: bool = False

    def fields(self) -> dict[str, str | bool]:
        """The plain fields that are managed, by their names on the form."""
        wanted = {name: getattr(self, name) for name in (*TEXTS, *LISTS)}
        boxes = {"active": self.active} | ({"locked": False} if self.unlock else {})
        return {name: value for name, value in wanted.items() if value is not None} | boxes


@dataclass
class Outcome:
    """What was found, and what was or would be done."""

    changed: bool
    before: dict[str, t.Any]
    after: dict[str, t.Any]
    state: ApiUserState | None = None
    created: bool = False
    secret_set: bool = False
    tracking_identifier: str | None = None


def ensure(window: Window, wanted: WantedUser) -> Outcome:
    """Make the user exist as wanted; in a read-only run, tell what would change."""
    resources = Resources(window)
    resources.open()
    found = _find(resources, wanted)
    return _correct(resources, *found, wanted) if found else _create(resources, wanted)


def _find(resources: Resources, wanted: WantedUser) -> tuple[ApiUserForm, ApiUserState] | None:
    """The form of the user with the wanted user name, and what it shows; the list shows no user names."""
    others = []
    for row in _candidates(resources, wanted):
        form = resources.edit(row)
        if form is None:
            continue
        state = form.read()
        if goes_by(state.user_name, wanted.user_name):
            return form, state
        form.leave()
        others.append(state)
    same = [other for other in others if _is_same_person(other, wanted) or _has_its_tracking(other, wanted)]
    if same and not wanted.allow_another:
        names = ", ".join(other.user_name for other in same)
        raise ConsoleError(
            f"The API user of {wanted.tracking.name} exists already, with the user name {names} instead of "
            f"{wanted.user_name}: it has the same name and e-mail address, or the same security level and tracking "
            "identifier. A second one was not created, since it could never be deleted. If that user is meant, name it "
            "in 'user_name'; if another one is wanted beside it, set 'allow_another'.",
            "other_user_name",
            user_names=[other.user_name for other in same],
        )
    return None


def _candidates(resources: Resources, wanted: WantedUser) -> t.Iterator[Row]:
    """Who may be the wanted user: those of its name, then those who have its security level."""
    named = resources.named(wanted.first_name, wanted.last_name)
    yield from named
    if wanted.security_level:
        known = [row.cells for row in named]
        yield from (row for row in resources.having(wanted.security_level) if row.cells not in known)


def _correct(resources: Resources, form: ApiUserForm, before: ApiUserState, wanted: WantedUser) -> Outcome:
    _refuse_other_tracking(before, wanted)
    different = {name: value for name, value in wanted.fields().items() if not _equal(getattr(before, name), value)}
    reads = resources.window.journal.read_only
    new_level_to_come = reads and "security_level" in different
    settable = {
        name: value for name, value in different.items() if not (new_level_to_come and name == "security_level")
    }
    for name, value in settable.items():
        form.set(name, value)
    after = form.read() if settable else before
    _refuse_not_taken(after, settable)
    if new_level_to_come:
        after = replace(after, security_level=str(wanted.security_level))
    sets_secret = bool(wanted.secret and wanted.replace_secret)
    changed = after != before or sets_secret
    outcome = Outcome(changed, *_difference(before, after, sets_secret), after, secret_set=sets_secret)
    if not changed or reads:
        outcome.tracking_identifier = form.tracking_identifier()
        form.leave()
        return outcome
    _refuse_change_meanwhile(resources, before, wanted)
    if sets_secret:
        form.set_secret(t.cast(str, wanted.secret))
    form.save_and_close(f'the API user "{before.user_name}"')
    outcome.state, outcome.tracking_identifier = _stored(resources, wanted, after)
    return outcome


def _refuse_change_meanwhile(resources: Resources, before: ApiUserState, wanted: WantedUser) -> None:
    """Look at the stored user once more, since saving writes every field of the form, those that others set too."""
    now: dict[str, t.Any] = {}
    with another_window(resources.window) as window:
        others = Resources(window)
        others.open()
        found = _find(others, replace(wanted, user_name=before.user_name))
        if found:
            form, state = found
            now = state.as_data()
            form.leave()
    different = [name for name, value in before.as_data().items() if now.get(name) != value]
    if different:
        raise ChangedMeanwhile(
            f'Somebody else changed the API user "{before.user_name}" while it was open here: {", ".join(different)}. '
            "Nothing was saved. Run again."
        )


def _create(resources: Resources, wanted: WantedUser) -> Outcome:
    _refuse_incomplete(wanted)
    reads = resources.window.journal.read_only
    form = resources.new()
    filled = _fill_in(form, wanted, reads)
    outcome = Outcome(True, {}, {**filled.as_data(), "secret": "new"}, filled, created=True, secret_set=True)
    if reads:
        form.leave()
        return outcome
    try:
        form.save_and_close(f'the new API user "{filled.user_name}"')
    except Refused:
        # Another run may have created it in the meantime: Autotask refuses a user name that is taken.
        # The form stays open, so that evidence of the refusal shows it.
        resources.open()
        taken = _find(resources, replace(wanted, user_name=filled.user_name))
        if taken is None:
            raise
        form.leave()
        return _correct(resources, *taken, wanted)
    outcome.state, outcome.tracking_identifier = _stored(resources, wanted, filled)
    return outcome


def _refuse_incomplete(wanted: WantedUser) -> None:
    missing = [name for name in ("email", "security_level", "secret") if not getattr(wanted, name)]
    if missing:
        raise ConsoleError(
            f'No API user "{wanted.user_name}" was found among those of its name or security level, and creating it '
            f"needs {' and '.join(map(repr, missing))}. Give what is missing, or correct the name.",
            "user_missing",
            missing=missing,
        )


def _fill_in(form: ApiUserForm, wanted: WantedUser, reads: bool) -> ApiUserState:
    """Fill in a new form and return what it shows then; nothing is saved."""
    fields = wanted.fields()
    if wanted.location is None:
        fields["location"] = form.read().location or form.only_choice("location")
    level = fields.pop("security_level", None)
    for name, value in fields.items():
        form.set(name, value)
    if level is not None and not reads:
        # In a read-only run the level may be one that an earlier task would have created.
        form.set("security_level", level)
    key, _at, domain = wanted.user_name.partition("@")
    user_name = f"{key}@{domain or form.tenant_domain()}"
    form.set_user_name(user_name)
    form.set_tracking(wanted.tracking)
    if not reads:
        form.set_secret(t.cast(str, wanted.secret))
    filled = form.read()
    _refuse_not_taken(filled, fields)
    return replace(filled, security_level=str(level)) if reads and level is not None else filled


def _stored(resources: Resources, wanted: WantedUser, saved: ApiUserState) -> tuple[ApiUserState, str | None]:
    """Open the user again, from the list as it is now, and make sure that it is what was saved."""
    resources.open()
    found = _find(resources, replace(wanted, user_name=saved.user_name))
    if found is None:
        raise NotStored(f'Autotask took the API user "{saved.user_name}", but does not list it.')
    form, stored = found
    identifier = form.tracking_identifier()
    form.leave()
    differences = {
        name: {"expected": want, "read": got}
        for (name, want), got in zip(saved.as_data().items(), stored.as_data().values(), strict=True)
        if want != got
    }
    if differences:
        raise NotStored(
            f'The API user "{saved.user_name}" was saved, but now differs in: {", ".join(differences)}. Another '
            "administrator may be at work; run again.",
            differences=differences,
        )
    return stored, identifier


def _refuse_other_tracking(before: ApiUserState, wanted: WantedUser) -> None:
    """A tracking identifier can never be changed, so a user with another one is not the one that is wanted."""
    found = before.tracking
    if found is None or found.is_of(wanted.tracking):
        return
    raise ConsoleError(
        f'The API user "{before.user_name}" has the tracking identifier of {found.kind} "{found.name}", not of '
        f'{wanted.tracking.kind} "{wanted.tracking.name}". Autotask never lets it be changed: make this user inactive '
        "and create one with another user name.",
        "other_tracking_identifier",
        found={"type": found.kind, "name": found.name},
    )


def _has_its_tracking(state: ApiUserState, wanted: WantedUser) -> bool:
    """Whether a user with the wanted level is that of the wanted integration, by whatever name."""
    has_level = same_name(state.security_level, wanted.security_level or "")
    return has_level and state.tracking is not None and state.tracking.is_of(wanted.tracking)


def _refuse_not_taken(shown: ApiUserState, fields: t.Mapping[str, str | bool]) -> None:
    """Fail before saving if the form shows something else than was set."""
    differences = {
        name: {"expected": value, "read": getattr(shown, name)}
        for name, value in fields.items()
        if not _equal(getattr(shown, name), value)
    }
    if differences:
        raise ConsoleError(
            f"The form did not take over what was set in: {', '.join(differences)}. Nothing was saved.",
            "not_taken",
            differences=differences,
        )


def _is_same_person(state: ApiUserState, wanted: WantedUser) -> bool:
    names = (wanted.first_name, wanted.last_name, wanted.email or "")
    return all(same_name(*pair) for pair in zip((state.first_name, state.last_name, state.email), names, strict=True))


def _equal(read: str | bool, wanted: str | bool) -> bool:
    return same_name(read, wanted) if isinstance(read, str) and isinstance(wanted, str) else read == wanted


def _difference(
    before: ApiUserState, after: ApiUserState, sets_secret: bool
) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    was, will_be = before.as_data(), after.as_data()
    names = [name for name in was if was[name] != will_be[name]]
    secret = ({"secret": "kept"}, {"secret": "replaced"}) if sets_secret else ({}, {})
    return {name: was[name] for name in names} | secret[0], {name: will_be[name] for name in names} | secret[1]
