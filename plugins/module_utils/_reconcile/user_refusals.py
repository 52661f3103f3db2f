# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why an API user is left as it is, or not made: looked at before anything is written."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import (
    ConsoleError,
)
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_form import ApiUserForm
from ansible_collections.msp.autotask.plugins.module_utils._console.pages.api_user_state import ApiUserState
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_search import Search
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.wanted_user import WantedUser
from ansible_collections.msp.autotask.plugins.module_utils._wording import same_name, same_value

NEEDED = ("first_name", "last_name", "email", "security_level", "secret", "tracking")
"""What creating a user takes."""


def refuse_missing(wanted: WantedUser) -> None:
    """Users never go away, so a name that is not found is a wrong one, whose user stays active."""
    if wanted.must_exist:
        raise ConsoleError(
            f'No API user "{wanted.user_name}" was found, so none was made inactive. Correct the name, or look for it '
            "in Autotask by hand.",
            "user_missing",
        )


def refuse_incomplete(wanted: WantedUser) -> None:
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


def refuse_another(search: Search) -> None:
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


def refuse_in_use(before: ApiUserState, wanted: WantedUser) -> None:
    if wanted.refuse_in_use and before.active is not False:
        raise ConsoleError(
            f'The API user "{before.user_name}" is there already, with a secret that is kept somewhere else: another '
            "run is making it at this moment, or another machine did, or its credentials were lost here. Nothing was "
            "changed. Bring them back from a backup or from there.",
            "user_in_use",
            user_name=before.user_name,
        )


def refuse_other_tracking(form: ApiUserForm, before: ApiUserState, wanted: WantedUser) -> None:
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
