# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of a tenant's API users, as data; and how new keys and secrets are made."""

from __future__ import annotations

import base64
import hashlib
import secrets
import string
import typing as t
from dataclasses import asdict, dataclass, field, fields, replace

import yaml
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

VERSION = 2

SPECIAL = "!*-_"
"""Special characters that survive URLs, shells and spreadsheets."""


class NotCredentials(AutotaskError):
    """What was opened does not hold credentials."""

    reason = "credentials_not_readable"


class OtherTenant(AutotaskError):
    """The credentials belong to another tenant."""

    reason = "other_tenant"


class OtherUser(AutotaskError):
    """Another user, or another secret, is kept than the one that was given."""

    reason = "other_user_kept"


@dataclass(frozen=True)
class Entry:
    """One API user. Moments are text that sorts as time does, such as C(2026-11-25T08:00:00Z)."""

    user_name: str
    """The key; with "@" and the domain once Autotask has shown it."""
    secret: str = ""
    """Empty for a user made by hand whose secret nobody gave."""
    secret_since: str = ""
    made_here: bool = True
    """False: the inventory named a user that somebody made by hand."""
    secret_set: bool = False
    """Whether this collection has saved the secret in Autotask."""
    tracking_identifier: str | None = None
    next_secret: str | None = None
    """The secret that a rotation is about to set, or was when it was interrupted."""
    rotation: str | None = None
    """Which rotation that is; where there is no next secret, the one that is over."""
    previous_secret: str | None = None
    """The secret before a rotation that could not be proven."""
    activated: str | None = None
    """When a run made it active again, so that another, which has just made it inactive, does not put it away."""
    handover_key: str | None = None
    """Opens what a console module hands over while a run may be killed at any moment."""


@dataclass(frozen=True)
class Kept:
    """Everything that is kept for a tenant."""

    tenant: str = ""
    """Whose credentials these are; empty in what version 1 left."""
    users: t.Mapping[str, Entry] = field(default_factory=dict)
    """By what they are for, such as C(work365) and C(verification)."""
    set_aside: tuple[Entry, ...] = ()
    """Entries that others took the place of, in case Autotask has those users after all."""


@dataclass(frozen=True)
class Asked:
    """What a run says of one user; None where it says nothing."""

    integration: str
    """What the user is for, in this tenant and all others; a new key is derived from it."""
    user_name: str | None = None
    secret: str | None = None
    generation: int = 1
    """Another number gives another key, for a tenant where the first is somebody else's."""


def parse(text: str, where: str) -> Kept:
    """What the opened *text* holds; C(NotCredentials) if it is something else. Takes what version 1 wrote, too."""
    try:
        data = yaml.load(text, _AsWritten)
        version = data.get("version", 1)
        # A newer one may be made in any way.
        if isinstance(version, int) and version > VERSION:
            raise NotCredentials(
                f"{where} was written by a newer version of msp.autotask. Nothing was changed; update."
            )
        users, set_aside, tenant = data, [], ""
        if "version" in data:
            users, set_aside, tenant = data["users"], data.get("set_aside", []), _text(data["tenant"])
        return Kept(
            tenant=tenant,
            users={str(key): _entry(f"{key}.", entry) for key, entry in users.items()},
            set_aside=tuple(_entry("set_aside.", entry) for entry in set_aside),
        )
    except _Mistyped as mistyped:
        raise NotCredentials(
            f"{where} was opened, but {mistyped}: put a text in quotes, and write true or false without. Nothing was "
            "changed."
        ) from None
    except (yaml.YAMLError, TypeError, AttributeError, KeyError):
        # Not the parser's own words: they quote what they could not read.
        raise NotCredentials(f"{where} was opened, but does not hold credentials. Nothing was changed.") from None


class _AsWritten(yaml.SafeLoader):
    """Leaves moments the texts that they are, also where somebody's editor took their quotes away."""


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Mistyped(Exception):
    """A value that was changed by hand, so that it is not what it was: 0123 without quotes is another number."""


def _text(value: t.Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _entry(place: str, said: t.Mapping[str, t.Any]) -> Entry:
    """An entry with the fields that are *said*; TypeError where there are others."""
    known = {item.name: bool if item.type == "bool" else str for item in fields(Entry)}
    if not set(said) <= set(known):
        raise TypeError(said.keys())
    given = {name: value for name, value in said.items() if value is not None}
    if given.get("user_name") == "":
        raise _Mistyped(f"{place}user_name is empty")
    for name, value in given.items():
        if not isinstance(value, known[name]):
            raise _Mistyped(f"{place}{name} is {'no text' if known[name] is str else 'neither true nor false'}")
    return Entry(**given)


def as_text(kept: Kept) -> str:
    """The text that C(parse) reads."""
    data = {
        "version": VERSION,
        "tenant": kept.tenant,
        "users": {key: _filled(entry) for key, entry in kept.users.items()},
        **({"set_aside": [_filled(entry) for entry in kept.set_aside]} if kept.set_aside else {}),
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _filled(entry: Entry) -> dict[str, t.Any]:
    return {name: value for name, value in asdict(entry).items() if value is not None}


def of_tenant(kept: Kept, tenant: str, where: str) -> Kept:
    """*kept*, as that of *tenant*; raises OtherTenant if it belongs to another."""
    owners = [kept.tenant] if kept.tenant else [_domain(entry.user_name) for entry in kept.users.values()]
    others = [owner for owner in owners if owner and owner.casefold() != tenant.casefold()]
    if others:
        raise OtherTenant(
            f"{where} holds the credentials of the tenant {others[0]}, not of {tenant}. Nothing was changed. "
            "Credentials belong to one tenant: give each its own place, or take the file of another customer away if "
            "a host's name was given to a new one."
        )
    return replace(kept, tenant=kept.tenant or tenant)


def with_asked(kept: Kept, key: str, asked: Asked, moment: str) -> tuple[Kept, bool]:
    """*kept* with an entry for *asked* below *key*, and whether that entry is to be stored already.

    A user that the inventory names is stored only when it was found in Autotask (C(note)), so that a mistyped name
    leaves nothing behind.
    """
    found = kept.users.get(key)
    if found and asked.user_name and not same_user(found.user_name, asked.user_name):
        kept, found = _without_other_user(kept, key, found, asked.user_name), None
    if found:
        _refuse_other_secret(found, asked)
        new_secret = asked.secret if asked.secret and asked.secret != found.secret else None
        entry = replace(found, secret=new_secret, secret_since=moment) if new_secret else found
        return with_entry(kept, key, entry), True
    if asked.user_name:
        return with_entry(kept, key, Entry(asked.user_name, asked.secret or "", moment, made_here=False)), False
    name = new_user_name(kept.tenant, asked.integration, asked.generation)
    return with_entry(*_from_aside(kept, key, name, asked.secret or make_secret(), moment)), True


def _from_aside(kept: Kept, key: str, name: str, secret: str, moment: str) -> tuple[Kept, str, Entry]:
    """A new entry; or the one of that name that was set aside, whose secret Autotask may have."""
    aside = [entry for entry in kept.set_aside if same_user(entry.user_name, name)]
    rest = tuple(entry for entry in kept.set_aside if entry not in aside)
    return replace(kept, set_aside=rest), key, aside[-1] if aside else Entry(name, secret, moment)


def _without_other_user(kept: Kept, key: str, found: Entry, asked: str) -> Kept:
    if found.secret_set:
        raise OtherUser(
            f"The user name {asked} was given, but the credentials of {found.user_name} are kept, which Autotask has. "
            "API users cannot be deleted, so no second one is made. Leave the name out to go on with the kept one, or "
            "move the credentials away if they belong to another user."
        )
    # One that was made here may have been saved by a run that was killed before it could say so.
    return without_entry(kept, key, set_aside=found.made_here)


def _refuse_other_secret(found: Entry, asked: Asked) -> None:
    if asked.secret and found.made_here and asked.secret != found.secret:
        raise OtherUser(
            f"A secret was given for {found.user_name}, but another one is kept that was made for it. Leave the given "
            "one out. If the kept one is to be replaced, the playbook msp.autotask.rotate_secret makes a new one."
        )


def with_entry(kept: Kept, key: str, entry: Entry) -> Kept:
    """*kept* with *entry* below *key*."""
    return replace(kept, users={**kept.users, key: entry})


def without_entry(kept: Kept, key: str, set_aside: bool) -> Kept:
    """*kept* without the entry below *key*, which is perhaps *set_aside*."""
    users = {other: entry for other, entry in kept.users.items() if other != key}
    aside = (*kept.set_aside, kept.users[key]) if set_aside else kept.set_aside
    return replace(kept, users=users, set_aside=aside)


def facts_of(entry: Entry) -> dict[str, t.Any]:
    """What may be shown of an entry and passed on: everything but secrets and identifiers."""
    return {
        "user_name": entry.user_name,
        "made_here": entry.made_here,
        "has_secret": bool(entry.secret),
        "secret_set": entry.secret_set,
        "secret_since": entry.secret_since,
        "has_tracking_identifier": bool(entry.tracking_identifier),
        "rotation_interrupted": entry.next_secret is not None,
    }


def same_user(one: str, other: str) -> bool:
    """Whether two user names are the same; each may be only the key before its "@"."""
    (key, _at, domain), (other_key, _other_at, other_domain) = (name.casefold().partition("@") for name in (one, other))
    return key == other_key and (not domain or not other_domain or domain == other_domain)


def new_user_name(tenant: str, integration: str, generation: int = 1) -> str:
    """The key of a new user: 15 characters, as Autotask makes them, a letter first and a digit last.

    It is derived, not drawn: a user name is unique in a tenant, inactive users included (Autotask's help on API users),
    so whichever run is second to make this user is refused by Autotask itself. A key is no secret.
    """
    seed = "\0".join([tenant.casefold(), integration.casefold(), str(generation)])
    digest = hashlib.sha256(seed.encode()).digest()
    letters = base64.b32encode(digest).decode().lower()
    return string.ascii_lowercase[digest[0] % 26] + letters[:13] + str(digest[-1] % 10)


def make_secret() -> str:
    """A new secret: 25 characters, as Autotask makes them, a letter first, every kind that its rules can ask for."""
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits, SPECIAL)
    rest = [secrets.choice(kind) for kind in kinds] + [secrets.choice("".join(kinds)) for _place in range(20)]
    secrets.SystemRandom().shuffle(rest)
    # What begins with a dash is taken for an option, and with other characters for a formula.
    return secrets.choice(string.ascii_letters) + "".join(rest)


def _domain(user_name: str) -> str:
    return user_name.partition("@")[2]
