# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API user, brought to what is wanted of it. There is only ever one: users can never be deleted."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field, replace

from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._console.console import another_window
from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ChangedMeanwhile,
    ConsoleError,
    NotStored,
    Refused,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.grid import Row
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import (
    LISTS,
    TEXTS,
    Answer,
    ApiUserForm,
    ApiUserState,
    Secret,
    Tracking,
    Wish,
    same_user_name,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_users import Resources
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.security_levels import SecurityLevels
from ansible_collections.msp.autotask.plugins.module_utils._console.window import GLANCE_SECONDS, Window
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver, Handover
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name, same_value

NEEDED = ("first_name", "last_name", "email", "security_level", "secret", "tracking")
"""What creating a user takes."""

LATE_SECONDS = 30.0
"""How long what was saved may take to show in the list, where it was not seen that it was refused."""


@dataclass(frozen=True)
class WantedUser:
    """What is wanted of a user; None is not managed.

    *user_name* is the whole name, or only the key before its "@".
    """

    user_name: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    security_level: str | None = None
    tracking: Tracking | None = None
    location: str | None = None
    date_format: str | None = None
    time_format: str | None = None
    number_format: str | None = None
    active: bool | None = None
    unlock: bool | None = None
    secret: str | None = None
    replace_secret: bool = False
    refuse_in_use: bool = False
    """Whether *replace_secret* is for a new user or an inactive one only: *secret* was made just now, so that of a user
    that somebody signs in as is another one."""
    allow_another: bool = False
    must_exist: bool = False
    """Whether it is a failure that there is no such user, whatever creating it would take."""
    level_is_planned: bool = False
    """In a read-only run: the level need not exist yet."""

    def fields(self) -> dict[str, Wish]:
        """The fields that are managed, by their names on the form; the user name apart."""
        wanted = {name: getattr(self, name) for name in (*TEXTS, *LISTS, "active", "tracking")}
        boxes = {"locked": False} if self.unlock else {}
        return {name: value for name, value in wanted.items() if value is not None} | boxes


Identity = tuple[t.Any, ...]
"""What tells the rows of one list apart."""


@dataclass
class Memory:
    """What searches learned of a tenant, so that later ones need not look again."""

    users: dict[Identity, ApiUserState | None] = field(default_factory=dict)
    """Whom the rows stand for that were opened; None is nobody who is an API user."""
    api_levels: t.Sequence[str] | None = None
    """The levels for API users only."""


@dataclass(frozen=True)
class Means:
    """What the work is done with, besides the browser."""

    learn: t.Callable[[str], None] = lambda _secret: None
    """Told every secret that turns up, so that nothing shows it."""
    handover: Handover | None = None
    memory: Memory = field(default_factory=Memory)


@dataclass
class Outcome:
    """What was found, and what was or would be done."""

    changed: bool
    before: dict[str, t.Any]
    after: dict[str, t.Any]
    state: ApiUserState | None = None
    created: bool = False
    secret_set: bool = False
    handed_over: bool = False
    """Whether the secret that was set is Autotask's own."""
    tracking_identifier: str | None = None
    others: list[str] = field(default_factory=list)
    """User names of other API users with the same tracking identifier."""


Found = tuple[ApiUserForm, ApiUserState]


class _Taken(Exception):
    """Somebody else created the user while its form was being filled in here."""


@dataclass
class _Search:
    """The search for one user by its user name, which lists do not show: rows are opened, each once.

    One that is known to be another user's is not opened again by later searches either.
    """

    resources: Resources
    wanted: WantedUser
    memory: Memory
    seen: set[Identity] = field(default_factory=set)
    """The rows that this search is done with."""
    others: list[ApiUserState] = field(default_factory=list)
    """API users that were looked at and are not the wanted one."""

    def near(self) -> Found | None:
        """Among those of its name, then those who have its security level."""
        return self._among(self._near_rows())

    def everywhere(self) -> Found | None:
        """Among all who have a level for API users."""
        return self._among(row for level in self._api_levels() for row in self.resources.having(level))

    def as_stored(self, state: t.Mapping[str, Wish]) -> _Search:
        """A new search, for a user that is stored as *state* says."""
        known = {name: state.get(name) for name in ("user_name", "first_name", "last_name", "security_level")}
        return self.anew(**t.cast("dict[str, t.Any]", known))

    def anew(self, **known: t.Any) -> _Search:
        """A new search in the same list, for what is *known* of the user by now."""
        return _Search(self.resources, replace(self.wanted, **known), self.memory)

    def has_unopened_rows(self) -> bool:
        """Whether there is a row near that nobody has opened, or that of the wanted user."""
        return any(self._may_be_wanted(_identity(row)) for row in self._near_rows())

    def _near_rows(self) -> t.Iterator[Row]:
        wanted = self.wanted
        if wanted.last_name:
            yield from self.resources.named(wanted.first_name or "", wanted.last_name)
        if wanted.security_level:
            yield from self.resources.having(wanted.security_level)

    def _api_levels(self) -> t.Sequence[str]:
        if self.memory.api_levels is None:
            levels = SecurityLevels(self.resources.window)
            levels.open()
            self.memory.api_levels = levels.api_only()
            self.resources.open()
        return self.memory.api_levels

    def _among(self, rows: t.Iterable[Row]) -> Found | None:
        for row in rows:
            identity = _identity(row)
            if identity in self.seen:
                continue
            self.seen.add(identity)
            if self._may_be_wanted(identity) and (form := self._open(row)):
                return form
            if other := self.memory.users[identity]:
                self.others.append(other)
        return None

    def _open(self, row: Row) -> Found | None:
        """Open a row, and leave it again unless it is that of the wanted user."""
        form = self.resources.edit(row)
        state = self.memory.users[_identity(row)] = form.read() if form else None
        if form is None or state is None:
            return None
        if self._is_wanted(state):
            return form, state
        form.leave()
        return None

    def _may_be_wanted(self, identity: Identity) -> bool:
        if identity not in self.memory.users:
            return True
        state = self.memory.users[identity]
        return state is not None and self._is_wanted(state)

    def _is_wanted(self, state: ApiUserState) -> bool:
        return same_user_name(state.user_name, self.wanted.user_name)


def _identity(row: Row) -> Identity:
    # Rows that look alike are told apart by their order, as long as there are as many of them.
    return row.looks, row.key, row.nth, row.twins


def ensure(window: Window, wanted: WantedUser, means: Means | None = None) -> Outcome:
    """Make the user exist as wanted; in a read-only run, tell what would change."""
    resources = Resources(window)
    resources.open()
    return ensure_in(resources, wanted, means or Means())


def ensure_in(resources: Resources, wanted: WantedUser, means: Means) -> Outcome:
    """The same, in a list that lies open, and is left so."""
    search = _Search(resources, wanted, means.memory)
    found = search.near() or search.everywhere()
    if found:
        return _correct(search, *found, means)
    _refuse_missing(wanted)
    _refuse_another(search)
    _refuse_incomplete(wanted)
    return _create(search, means)


# ---- a user that exists


def _correct(search: _Search, form: ApiUserForm, before: ApiUserState, means: Means) -> Outcome:
    wanted, journal = search.wanted, search.resources.window.journal
    _refuse_other_tracking(form, before, wanted)
    _refuse_in_use(before, wanted)
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
    secret, goal = _fill_in(form, goal, wanted if sets_secret else None, means)
    with search.resources.window.turn:
        with _handed_over(form, secret, before.user_name, means):
            _refuse_change_meanwhile(search, before)
            form.bring_to(goal, secret)
            answer = form.save(f'the API user "{before.user_name}"')
        if not (different or answer.gone):
            # Only the secret was to change, and nobody can look at that.
            _refuse_unseen(answer, before.user_name)
        _finish(search, form, goal, answer, outcome)
    outcome.handed_over = bool(secret and not secret.is_ours)
    return outcome


def _refuse_change_meanwhile(search: _Search, before: ApiUserState) -> None:
    """Look at the stored user once more, since saving writes every field of the form, those that others set too."""
    with another_window(search.resources.window) as window:
        others = Resources(window)
        others.open()
        found = replace(search.as_stored(before.wishes()), resources=others).near()
        different = found[1].unlike(before.wishes()) if found else ["user_name"]
        if found:
            found[0].leave()
    if different:
        raise ChangedMeanwhile(
            f'Somebody else changed the API user "{before.user_name}" while it was open here: {", ".join(different)}. '
            "Nothing was saved. Run again."
        )


def _refuse_in_use(before: ApiUserState, wanted: WantedUser) -> None:
    if wanted.refuse_in_use and before.active is not False:
        raise ConsoleError(
            f'The API user "{before.user_name}" is there already, with a secret that is kept somewhere else: another '
            "run is making it at this moment, or another machine did, or its credentials were lost here. Nothing was "
            "changed. Bring them back from a backup or from there.",
            "user_in_use",
            user_name=before.user_name,
        )


def _refuse_other_tracking(form: ApiUserForm, before: ApiUserState, wanted: WantedUser) -> None:
    """A tracking identifier can never be changed, so a user with another one is not the one that is wanted."""
    found = before.tracking
    if wanted.tracking is None or found is None or form.tracking_is(wanted.tracking):
        return
    if found.kind == "unknown":
        raise ConsoleError(
            f'The form of the API user "{before.user_name}" does not show whose tracking identifier it has, so it may '
            f"be of another integration than {wanted.tracking.name}. Nothing was changed. If it is the right one, "
            "leave the integration out.",
            "tracking_not_shown",
        )
    raise ConsoleError(
        f'The API user "{before.user_name}" has the tracking identifier of {found.kind} "{found.name}", not of '
        f'{wanted.tracking.kind} "{wanted.tracking.name}". Autotask never lets it be changed: make this user inactive '
        "and create one with another user name.",
        "other_tracking_identifier",
        found={"type": found.kind, "name": found.name},
    )


def _refuse_unseen(answer: Answer, user_name: str) -> None:
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


# ---- a new user


def _create(search: _Search, means: Means) -> Outcome:
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
    secret, goal = _fill_in(form, goal, wanted, means)
    with search.resources.window.turn:
        return _store_new(search, form, goal, secret, means)


def _store_new(
    search: _Search, form: ApiUserForm, goal: dict[str, Wish], secret: Secret | None, means: Means
) -> Outcome:
    """Save a form that is filled in, unless somebody else has made the user meanwhile."""
    user_name = str(goal["user_name"])
    try:
        with _handed_over(form, secret, user_name, means):
            _refuse_taken(search, form, user_name)
            filled = form.bring_to(goal, secret)
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
    after = _finish(search, form, goal, answer, outcome)
    outcome.others = _doubles(search, after)
    return outcome


def _whole_name(form: ApiUserForm, user_name: str) -> str:
    """The user name with its domain, as far as looking tells it."""
    key, _at, domain = user_name.partition("@")
    domain = domain or form.domain() or ("" if form.window.journal.read_only else form.generated_domain())
    return f"{key}@{domain}" if domain else key


def _refuse_taken(search: _Search, form: ApiUserForm, user_name: str) -> None:
    """Look again whether the user is there, or another one of the integration."""
    again = search.anew(user_name=user_name)
    if form.window is not search.resources.window:
        # The list lies open behind the form, and loading it anew leaves that alone; to open a row might not.
        again.resources.open()
        if not again.has_unopened_rows():
            return
    with another_window(search.resources.window) as window:
        again.resources = Resources(window)
        again.resources.open()
        if again.near():
            raise _Taken
    _refuse_another(again)


def _go_on_with(search: _Search, goal: t.Mapping[str, Wish], means: Means) -> Outcome:
    """Bring a user to what is wanted that somebody else has just created."""
    search.resources.open()
    again = search.anew(user_name=str(goal["user_name"]))
    found = again.near()
    if found is None:
        raise ChangedMeanwhile(
            f'Somebody else is creating or changing the API user "{goal["user_name"]}" at this moment. Run again.'
        )
    return _correct(again, *found, means)


def _made_by_another(search: _Search, goal: t.Mapping[str, Wish], answer: Answer) -> tuple[_Search, Found] | None:
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


def _doubles(search: _Search, after: _Search) -> list[str]:
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
        search.resources.window.journal.warnings.append(
            f"There are other API users with the tracking identifier of {t.cast(Tracking, tracking).name}: "
            f"{', '.join(found)}. API users cannot be deleted; make those inactive that nobody uses."
        )
    return found


def _refuse_missing(wanted: WantedUser) -> None:
    """Users never go away, so a name that is not found is a wrong one, whose user stays active."""
    if wanted.must_exist:
        raise ConsoleError(
            f'No API user "{wanted.user_name}" was found, so none was made inactive. Correct the name, or look for it '
            "in Autotask by hand.",
            "user_missing",
        )


def _refuse_incomplete(wanted: WantedUser) -> None:
    missing = [name for name in NEEDED if not getattr(wanted, name)]
    if missing:
        options = {"tracking": "integration_vendor' or 'internal_integration"}
        raise ConsoleError(
            f'No API user "{wanted.user_name}" was found, and creating it needs '
            f"{' and '.join(repr(options.get(name, name)) for name in missing)}. Give what is missing, or correct the "
            "name.",
            "user_missing",
            missing=missing,
        )


def _refuse_another(search: _Search) -> None:
    """A second user of the integration could never be deleted."""
    wanted = search.wanted
    same = [other for other in search.others if _may_be_meant(other, wanted)]
    if same and not wanted.allow_another:
        names = ", ".join(other.user_name for other in same)
        raise ConsoleError(
            f"The API user of {wanted.tracking.name if wanted.tracking else 'this name'} exists already, with the user "
            f"name {names} instead of {wanted.user_name}: it has the same name and e-mail address, or the same "
            "tracking identifier. A second one was not created, since it could never be deleted. If that user is "
            "meant, name it in 'user_name'; if another one is wanted beside it, set 'allow_another'.",
            "other_user_name",
            user_names=[other.user_name for other in same],
        )


def _may_be_meant(other: ApiUserState, wanted: WantedUser) -> bool:
    person = ((other.first_name, wanted.first_name), (other.last_name, wanted.last_name), (other.email, wanted.email))
    if all(shown and name and same_value(shown, name) for shown, name in person):
        return True
    if not wanted.tracking or not other.tracking:
        return False
    has_level = same_name(other.security_level or "", wanted.security_level or "")
    if other.tracking.kind == "unknown":
        return has_level
    return other.tracking.is_of(wanted.tracking) and (has_level or other.active is not False)


# ---- what both have in common


def _resolved(form: ApiUserForm, wanted: WantedUser, before: ApiUserState | None = None) -> dict[str, Wish]:
    """What is wanted, in the words of the form; fails where it cannot be had."""
    fields = wanted.fields()
    known: dict[str, Wish] = {}
    if before and before.tracking and "tracking" in fields:
        known["tracking"] = before.tracking
    if wanted.level_is_planned and form.window.journal.read_only and "security_level" in fields:
        known["security_level"] = fields["security_level"]
    return form.resolve({name: value for name, value in fields.items() if name not in known}) | known


def _fill_in(
    form: ApiUserForm, goal: t.Mapping[str, Wish], wanted: WantedUser | None, means: Means
) -> tuple[Secret | None, dict[str, Wish]]:
    """Fill in the form, and its secret if that of *wanted* is to be set; returns that, and the goal in whole entries.

    A list that wants to be asked shows only then which entry a part of its name stands for.
    """
    secret = _secret_for(form, wanted, means) if wanted else None
    shown = form.bring_to(goal, secret)
    return secret, {name: getattr(shown, name) for name in goal}


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
def _handed_over(form: ApiUserForm, secret: Secret | None, user_name: str, means: Means) -> t.Iterator[None]:
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


def _finish(
    search: _Search, form: ApiUserForm, goal: t.Mapping[str, Wish], answer: Answer, outcome: Outcome
) -> _Search:
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


def _stored(search: _Search, goal: t.Mapping[str, Wish], answer: Answer) -> tuple[_Search, Found]:
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

    def as_expected() -> tuple[_Search, Found] | None:
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
            window.journal.warnings.append(
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


def _refusal(answer: Answer, user_name: str) -> Refused:
    return Refused(
        f'Autotask did not save the API user "{user_name}", as its list shows. The page says: '
        f"{'; '.join(answer.said)[:500] or 'nothing'}.",
        "save_refused",
        said=answer.said[:20],
        user_name=user_name,
    )


def _difference(
    before: ApiUserState, after: ApiUserState, sets_secret: bool
) -> tuple[dict[str, t.Any], dict[str, t.Any]]:
    was, will_be = before.as_data(), after.as_data()
    names = [name for name in was if was[name] != will_be[name]]
    secret = ({"secret": "kept"}, {"secret": "replaced"}) if sets_secret else ({}, {})
    return {name: was[name] for name in names} | secret[0], {name: will_be[name] for name in names} | secret[1]
