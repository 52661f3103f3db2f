# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One API user whose name and secret are kept: what a module is told of them, and what is noted of its answer."""

from __future__ import annotations

import contextlib
import hashlib
import time
import typing as t
from dataclasses import dataclass, field, replace
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import (
    Asked,
    Entry,
    OtherUser,
    facts_of,
    make_secret,
    same_user,
)
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import EntryGone, Keeper, moment
from ansible_collections.msp.autotask.plugins.plugin_utils._given import plain

Options = dict[str, t.Any]
Result = dict[str, t.Any]

NEVER_SAVED = {"user_missing", "other_user_name", "user_in_use"}
"""Failures that tell that Autotask never got the secret that was made for the user."""

SIBLING_SECONDS = 20.0
"""How long another run, which keeps its credentials in the same place, may take from saving a user to saying so."""


NEW_SECONDS = 3600
"""How long a secret counts as new, which Autotask perhaps does not accept yet."""


class RotationInterrupted(AutotaskError):
    """Which of two secrets Autotask has is not known, and a wrong one would lock the user."""

    reason = "rotation_interrupted"


INTERRUPTED = (
    "A rotation of this tenant's secrets was interrupted. Run msp.autotask.rotate_secret for it first; it goes on with "
    "the same new secret."
)


class NoCredentials(AutotaskError):
    """There is nothing to sign in with."""

    reason = "no_credentials"


class NotNoted(AutotaskError):
    """What came of it could not be written down."""

    reason = "outcome_not_noted"


@dataclass
class KeptUser:
    """The user below *key*; C(fill_in) before the module, C(note) after it."""

    keeper: Keeper
    key: str
    integration: str
    generation: int = 1
    purpose: str = "use"
    take_over: bool = False
    named_in: str = "user_name"
    rotation: str | None = None
    """Which rotation, so that one which another run finished meanwhile is known."""
    check: bool = False
    handover_folder: Path | None = None
    """Where a private folder can be made that the module writes to; None where it runs on another machine."""
    redactor: Redactor = field(default_factory=Redactor)

    entry: Entry | None = field(default=None, init=False)
    fresh: bool = field(default=False, init=False)
    """Whether the secret was made by this very task."""
    handover: Path | None = field(default=None, init=False)

    # ---- before the module

    def fill_in(self, options: Options) -> Options:
        """*options* with the user's name, its secret, and what is to be done with that."""
        given = {name: value for name, value in options.items() if name not in ("user_name", "secret", "update_secret")}
        self._take_what_lies_there()
        if self.purpose == "retire":
            return {**given, "user_name": self._retiring(options).user_name, "update_secret": "on_create"}
        entry = self._rotating() if self.purpose == "rotate" else self._using(options)
        for secret in (entry.secret, entry.next_secret, entry.previous_secret, entry.tracking_identifier):
            self.redactor.add(secret)
        secret = (entry.next_secret or entry.secret) if self.purpose == "rotate" else entry.secret
        update = self._update_of(entry)
        # The identifier is noted, and taken out of the result again.
        given["return_tracking_identifier"] = True
        filled = {**given, "user_name": entry.user_name, "update_secret": update}
        if secret:
            filled["secret"] = secret
        return {**filled, **self._handing_over(entry)} if update != "on_create" and not self.check else filled

    def _using(self, options: Options) -> Entry:
        name = options.get("user_name")
        asked = Asked(self.integration, name, options.get("secret"), self.generation)
        opened, made = self.keeper.ensure({self.key: asked}, check=self.check)
        entry = opened.kept.users[self.key]
        if entry.next_secret and self.purpose != "look":
            raise RotationInterrupted(INTERRUPTED)
        self.fresh = self.key in made
        if self.take_over and name and not entry.secret:
            # Nobody else uses it, so it gets a secret of ours, kept before Autotask has it.
            entry = replace(entry, secret=make_secret(), made_here=True, secret_since=moment())
            if not self.check:
                self.keeper.note({}, new={self.key: entry})
        self.entry = entry
        return entry

    def _rotating(self) -> Entry:
        entry = self.keeper.read().kept.users.get(self.key)
        if entry is None and self.rotation:
            raise EntryGone(self.keeper.where, self.key)
        is_over = entry is not None and self.rotation is not None and entry.rotation == self.rotation
        if entry is None or not (entry.next_secret or is_over or self.check):
            raise NoCredentials(f"No rotation of the secret of {self.key} was begun.")
        # One that another run finished meanwhile comes to the same once more.
        self.entry = replace(entry, next_secret=entry.next_secret or (entry.secret if is_over else make_secret()))
        return self.entry

    def _retiring(self, options: Options) -> Entry:
        entry = self.keeper.read().kept.users.get(self.key)
        named = options.get("user_name")
        if entry is None and not named:
            raise NoCredentials(f"No credentials are kept for the user {self.key}, and no user name was given.")
        if entry and named and not same_user(entry.user_name, named):
            raise OtherUser(
                f"The user name {named} was given, but the credentials of {entry.user_name} are kept. Leave the name "
                "out, or move the credentials away if they belong to another user. Nothing was done."
            )
        self.entry = entry or Entry(t.cast(str, named), made_here=False)
        return self.entry

    def _update_of(self, entry: Entry) -> str:
        """A run that was killed between keeping a secret and saving it is finished with the same secret."""
        if self.purpose == "rotate":
            return "always"
        if not entry.made_here or entry.secret_set or not entry.secret:
            return "on_create"
        return "if_unused" if self.fresh else "always"

    # ---- a secret that Autotask makes itself

    def _handing_over(self, entry: Entry) -> Options:
        """The option by which a module hands over a secret that is not ours, sealed for us alone."""
        if self.handover_folder is None:
            return {}
        pair = _handover.key_pair_of(entry.handover_key) if entry.handover_key else _handover.new_key_pair()
        if not entry.handover_key:
            self.keeper.note({self.key: {"handover_key": pair.private}})
            self.entry = replace(entry, handover_key=pair.private)
        self.handover = self._handover_path()
        # The mode is that of the last folder alone; others get what the user's mask leaves.
        for folder in (self.handover.parent.parent, self.handover.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {"handover": {"path": str(self.handover), "public_key": pair.public}}

    def _handover_path(self) -> Path:
        folder = t.cast(Path, self.handover_folder)
        name = hashlib.sha256(f"{self.keeper.tenant}\0{self.keeper.where}\0{self.key}".encode()).hexdigest()[:32]
        return folder / f"handover-{name}" / "secret"

    def _take_what_lies_there(self) -> None:
        """Take over the secret of a run that was killed after Autotask may have stored it."""
        if self.check or self.handover_folder is None or not (path := self._handover_path()).exists():
            return
        entry = self.keeper.read().kept.users.get(self.key)
        if entry and entry.handover_key:
            self._take_over(entry, path, stored=False)

    def _take_over(self, entry: Entry, path: Path, stored: bool) -> None:
        secret = _handover.open_sealed(path.read_text(encoding="ascii"), t.cast(str, entry.handover_key)).secret
        self.redactor.add(secret)
        changes: dict[str, t.Any] = {"next_secret": secret}
        if self.purpose != "rotate" and not entry.next_secret:
            changes = {"secret": secret, "secret_since": moment(), "secret_set": stored}
        self.keeper.note({self.key: changes})
        # Only now, that it is kept.
        _handover.withdraw(path)

    def _leave_no_folder(self) -> None:
        if self.handover:
            with contextlib.suppress(OSError):
                self.handover.parent.rmdir()

    # ---- after the module

    def made_by_a_sibling(self, result: Result) -> bool:
        """Whether another run was quicker that keeps its credentials in the same place, so that all is well."""
        if not (self.fresh and _reason(result) == "user_in_use" and not self.check):
            return False
        end = time.monotonic() + SIBLING_SECONDS
        while time.monotonic() < end:
            entry = self.keeper.read().kept.users.get(self.key)
            if entry and entry.secret_set:
                return True
            time.sleep(1)
        return False

    def put_away(self) -> None:
        """Put aside what was made for the user, which the module did not come to; another run may be using it."""
        if self.entry and not self.check and self._is_ours_alone(self.entry):
            self.keeper.take_back(self.key, self.entry, set_aside=self.fresh)
        self._leave_no_folder()

    def note(self, result: Result) -> Result:
        """Write down what came of it; returns *result* without what is secret in it."""
        try:
            return self._noted(result)
        finally:
            self._leave_no_folder()

    def _noted(self, result: Result) -> Result:
        identifier = result.pop("tracking_identifier", None)
        self.redactor.add(identifier)
        entry = self.entry
        if entry is None or self.check:
            return self._shown(self._of_another_name(result), entry)
        if result.get("failed"):
            return self._noted_failure(result, entry)
        if self.purpose == "retire":
            return self._shown(result, entry)
        known: dict[str, t.Any] = {"user_name": plain(result["resource"]["user_name"])}
        if identifier:
            known["tracking_identifier"] = plain(identifier)
        if result.get("secret_set"):
            known |= self._set(entry)
        if _was_activated(result):
            known["activated"] = moment()
        try:
            self.keeper.note({self.key: known}, new={self.key: entry})
            if self.handover and result.get("secret_handed_over"):
                self._take_over(self._kept(), self.handover, stored=True)
        except AutotaskError as error:
            raise NotNoted(
                f"The API user {known['user_name']} is in Autotask as wanted, but that could not be noted: "
                f"{error.message} Run again."
            ) from error
        return self._shown(result, self._kept())

    def _set(self, entry: Entry) -> dict[str, t.Any]:
        """What is known of the secrets, now that Autotask has that of *entry*."""
        if self.purpose != "rotate":
            return {"secret_set": True}
        kept = self.keeper.read().kept.users.get(self.key)
        if kept is None:
            # Whoever took the user out made it inactive, and a save of the whole form may have undone that.
            self.keeper.note({}, new={self.key: entry})
            saved = (
                "Its new secret was saved meanwhile, so the user may be active again; what it signs in with is kept. "
            )
            raise EntryGone(self.keeper.where, self.key, saved)
        # Other rotations went on meanwhile: theirs is in Autotask no more, and the next goes on with this one.
        return {} if entry.next_secret in (kept.secret, kept.next_secret) else {"next_secret": entry.next_secret}

    def _noted_failure(self, result: Result, entry: Entry) -> Result:
        failure = result.get("failure") or {}
        if self.purpose == "retire":
            return self._not_retired(result, entry)
        if self.handover and self.handover.exists():
            # Autotask was asked to store it, and whether it did was not to be seen.
            self._take_over(self._kept(), self.handover, stored=False)
        elif self._is_ours_alone(entry) and _reason(result) in NEVER_SAVED:
            self.keeper.take_back(self.key, entry, set_aside=_reason(result) == "user_in_use")
        name = failure.get("user_name")
        if name and _reason(result) not in NEVER_SAVED and same_user(name, entry.user_name):
            with contextlib.suppress(EntryGone):
                self.keeper.note({self.key: {"user_name": plain(name)}})
        return self._of_another_name(result)

    def _of_another_name(self, result: Result) -> Result:
        """Its credentials were lost, or somebody made it by hand. A second one could never be deleted."""
        names = (result.get("failure") or {}).get("user_names")
        if _reason(result) != "other_user_name" or not names:
            return result
        then = "it gets a new secret" if self.take_over else "its secret stays as it is"
        whose = f"Bring back {self.keeper.where} from a backup, or"
        if self.entry and self.entry.secret_set:
            whose = (
                f"{self.entry.user_name}, whose credentials are kept, is not: if it was renamed, give it that name "
                f"again; if this is another user, move {self.keeper.where} away and"
            )
        return _told(
            result,
            f"An API user for {self.integration} is there already: {', '.join(names)}. No second one was made, as API "
            f"users cannot be deleted. {whose} take the user over with {self.named_in}: {names[0]} ({then})",
        )

    def _is_ours_alone(self, entry: Entry) -> bool:
        """Whether Autotask cannot have the secret of *entry* unless the module gave it to it."""
        return self.fresh or bool(self.take_over and entry.secret and not entry.secret_set)

    def _not_retired(self, result: Result, entry: Entry) -> Result:
        if _reason(result) != "user_missing":
            return result
        if entry.made_here and not entry.secret_set:
            return {"changed": False, "resource": None, "kept": facts_of(entry), "diff": {"before": {}, "after": {}}}
        return _told(
            result,
            f"The API user {entry.user_name} was not found among the tenant's API users, so it could not be made "
            "inactive. If it was renamed, give it that name again in Autotask, and run again; or look for it by hand.",
        )

    def _kept(self) -> Entry:
        return self.keeper.read().kept.users[self.key]

    def _shown(self, result: Result, entry: Entry | None) -> Result:
        return {**result, **({"kept": facts_of(entry)} if entry else {})}


def sign_in_options(keeper: Keeper, key: str, purpose: str, given: Options, redactor: Redactor) -> Options:
    """*given* with how to sign in over REST as the user below *key*.

    Waiting helps a user whose secret is new; an old one that is refused would be refused again, and locked.
    """
    identifier = given.get("api_integration_code")
    entry = keeper.read().kept.users.get(key)
    secret = (entry.next_secret or entry.secret) if entry and purpose == "rotate" else entry.secret if entry else ""
    # That of a vendor is for a user that has none of its own.
    code = (entry.tracking_identifier if entry else None) or identifier
    if entry is None or not secret or not code:
        missing = "a user" if entry is None else "its secret" if not secret else "its tracking identifier"
        raise NoCredentials(f"Nobody can sign in as {key}: {missing} is not kept for this tenant.")
    if entry.next_secret and purpose == "use":
        raise RotationInterrupted(INTERRUPTED)
    for hidden in (secret, code):
        redactor.add(hidden)
    is_new = purpose == "rotate" or entry.secret_since > moment(ago=NEW_SECONDS)
    wait = {"wait": given["wait"] if is_new else 0} if "wait" in given else {}
    return {**given, **wait, "api_user_name": entry.user_name, "api_secret": secret, "api_integration_code": code}


def _was_activated(result: Result) -> bool:
    difference = result.get("diff") or {}
    before, after = (difference.get(side) or {} for side in ("before", "after"))
    return before.get("active") is False and after.get("active") is True


def _reason(result: Result) -> str:
    return str((result.get("failure") or {}).get("reason", ""))


def _told(result: Result, message: str) -> Result:
    """A failure in other words, which are the only ones: what the module said stands in C(exception), too."""
    return {**{name: value for name, value in result.items() if name != "exception"}, "msg": message}
