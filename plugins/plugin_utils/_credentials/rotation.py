# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""New secrets for users that have one: the old is kept until the new one is in place, wherever a run is killed.

1. The new secrets of all users that are due are kept, as C(next_secret), and read back.
2. User by user, the new secret is typed into Autotask and saved.
3. It signs in, where the user's tracking identifier is known.
4. It becomes the secret; where step 3 was not possible, the old one stays as C(previous_secret).
"""

from __future__ import annotations

import secrets
import typing as t
from dataclasses import dataclass

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Entry, Kept, make_secret
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import EntryGone, Keeper, Opened, moment


class NothingToRotate(AutotaskError):
    """There are no credentials."""

    reason = "no_credentials"


class OtherRotation(AutotaskError):
    """What is kept is not what this run set."""

    reason = "other_rotation"


@dataclass(frozen=True)
class Wish:
    """Whose secrets a rotation is to replace."""

    keys: tuple[str, ...]
    """In the order in which they are replaced."""
    older_than: int = 0
    """In days."""
    made_by_hand: bool = False
    """Whether the secret of a user made by hand counts, which is in use somewhere that is not known here."""


def begin(keeper: Keeper, wish: Wish, check: bool) -> tuple[Opened, list[str]]:
    """Keep new secrets for all users that are due; returns their keys.

    What an interrupted rotation had begun is finished, and nothing else: no user gets a second secret because of it.
    """
    opened = keeper.read()
    if not opened.kept.users:
        raise NothingToRotate(
            "Nothing is kept for this tenant, so there is no secret to replace. Run msp.autotask.provision first."
        )
    begun = [key for key in wish.keys if key in opened.kept.users and opened.kept.users[key].next_secret]
    due = begun or _due(opened.kept, wish)
    unset = [key for key in wish.keys if key in opened.kept.users and _is_only_kept(opened.kept.users[key])]
    if unset and not due:
        raise NothingToRotate(
            f"As far as is kept, Autotask does not have the secret of {' and '.join(unset)} yet. Run "
            "msp.autotask.provision first, or let that which is at work come to its end."
        )
    if not begun and due and not check:
        opened = keeper.change(opened, {key: _new_rotation() for key in due})
    return opened, due


def _new_rotation() -> dict[str, t.Any]:
    return {"next_secret": make_secret(), "rotation": secrets.token_hex(8)}


def finish(keeper: Keeper, key: str, proven: bool, rotation: str | None = None) -> Opened:
    """Let the new secret of *key* be its secret, unless another run did so that went on with the same *rotation*.

    Raises OtherRotation where the new secret is that of another rotation than the one that is named, and EntryGone
    where nothing of it is kept any more.
    """
    opened = keeper.read()
    entry = opened.kept.users.get(key)
    if entry is None and rotation:
        raise EntryGone(keeper.where, key)
    if entry and rotation and entry.rotation != rotation:
        raise OtherRotation(
            f"Another run began to give {key} yet another secret after this one had set its own. Nothing was changed. "
            "Let that run end, and run msp.autotask.rotate_secret again."
        )
    if entry and rotation and not entry.next_secret:
        return opened
    if entry is None or not entry.next_secret:
        raise NothingToRotate(f"No rotation of the secret of {key} was begun, so there is nothing to finish.")
    now: dict[str, t.Any] = {
        "secret": entry.next_secret,
        "secret_since": moment(),
        "next_secret": None,
        "previous_secret": None if proven else entry.secret or None,
        "made_here": True,
        "secret_set": True,
    }
    return keeper.change(opened, {key: now})


def _due(kept: Kept, wish: Wish) -> list[str]:
    known = [(key, kept.users[key]) for key in wish.keys if key in kept.users]
    return [key for key, entry in known if _is_ours(entry, wish) and _is_old(entry, wish)]


def _is_ours(entry: Entry, wish: Wish) -> bool:
    return entry.secret_set or (wish.made_by_hand and not entry.made_here)


def _is_only_kept(entry: Entry) -> bool:
    """A new secret of it would be in the way of the run that makes the user."""
    return entry.made_here and not entry.secret_set


def _is_old(entry: Entry, wish: Wish) -> bool:
    """One whose age is not known counts as old."""
    return entry.secret_since <= moment(ago=wish.older_than * 86400)
