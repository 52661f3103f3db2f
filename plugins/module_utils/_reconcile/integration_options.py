# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe a tenant's integrations, what they ask for, and what is told of them.

What describes a level or a user is said where the modules for one of them take it from.
"""

from __future__ import annotations

import contextlib
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._kept import OF_ONE, kept_option_of_several
from ansible_collections.msp.autotask.plugins.module_utils._reconcile import resource
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.integrations import (
    LEVEL,
    Integrations,
    Outcome,
    Place,
    WantedIntegration,
    WantedResource,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.level_options import (
    level_options,
    level_result,
    level_warnings,
    wanted_level,
)
from ansible_collections.msp.autotask.plugins.module_utils._reconcile.user_options import (
    USER_RULES,
    user_options,
    user_result,
    wanted_handover,
    wanted_user,
)
from ansible_collections.msp.autotask.plugins.module_utils._wording import normalise

Params = t.Mapping[str, t.Any]
Results = t.Mapping[Place, dict[str, t.Any]]


def integration_options() -> dict[str, t.Any]:
    """The argument specification behind the doc fragment C(msp.autotask.integrations)."""
    user = {"key": {"type": "str", "required": True, "no_log": False}, **user_options(), **OF_ONE}
    integration = {
        "name": {"type": "str", "required": True},
        LEVEL: {"type": "dict", "options": level_options()},
        "resources": {"type": "list", "elements": "dict", "default": [], "options": user, **USER_RULES},
    }
    wanted = {"type": "list", "elements": "dict", "required": True, "options": integration}
    return {"integrations": wanted, **kept_option_of_several()}


def hands_over(integrations: t.Sequence[Params]) -> bool:
    """Whether a secret may have to be sealed."""
    return any(user["handover"] for integration in integrations for user in integration["resources"])


def wanted_integrations(integrations: t.Sequence[Params]) -> list[WantedIntegration]:
    """What the options ask for; AutotaskError for what cannot be meant, before a browser starts."""
    _refuse_doubles(integrations)
    return [_wanted(integration) for integration in integrations]


def integrations_result(run: Integrations, integrations: t.Sequence[Params]) -> dict[str, t.Any]:
    """What a module returns of everything that was done, also if it fails later."""
    results = results_of(run, integrations)
    return {
        "changed": any(result["changed"] for result in results.values()),
        "diff": [{**result["diff"], **_headers(place)} for place, result in results.items() if result["changed"]],
        "integrations": by_integration(integrations, results),
    }


def results_of(run: Integrations, integrations: t.Sequence[Params]) -> Results:
    """What is told of each object that was done."""
    given = {Place(each["name"], user["key"]): user for each in integrations for user in each["resources"]}
    return {place: _result(outcome, given.get(place)) for place, outcome in run.done.items()}


def by_integration(integrations: t.Sequence[Params], results: Results) -> list[dict[str, t.Any]]:
    """The *results*, in the order of what was asked for."""
    return [_of_integration(integration, results) for integration in integrations]


def integrations_warnings(run: Integrations) -> list[str]:
    """What the user should know of what was done."""
    levels = [outcome for outcome in run.done.values() if not isinstance(outcome, resource.Outcome)]
    return list(dict.fromkeys(warning for level in levels for warning in level_warnings(level)))


def _wanted(given: Params) -> WantedIntegration:
    level = None
    if given[LEVEL]:
        with _told_of(Place(given["name"], LEVEL)):
            level = wanted_level(given[LEVEL])
    return WantedIntegration(given["name"], level, tuple(_wanted_resource(given, user) for user in given["resources"]))


def _wanted_resource(given: Params, user: Params) -> WantedResource:
    own = given[LEVEL]["name"] if given[LEVEL] else None
    with _told_of(Place(given["name"], user["key"])):
        asked = {**user, LEVEL: own if user[LEVEL] is None else user[LEVEL]}
        return WantedResource(user["key"], wanted_user(asked), wanted_handover(user))


@contextlib.contextmanager
def _told_of(place: Place) -> t.Iterator[None]:
    """Say of which object the options are wrong."""
    try:
        yield
    except AutotaskError as error:
        error.message = f"{place}: {error.message}"
        error.details.update(place.as_data())
        raise


def _refuse_doubles(integrations: t.Sequence[Params]) -> None:
    """Fail where two objects could not be told apart, or would undo each other."""
    users = [user for integration in integrations for user in integration["resources"]]
    _refuse_twice("the name of an integration", [integration["name"] for integration in integrations])
    _refuse_twice("the name of a security level", [each[LEVEL]["name"] for each in integrations if each[LEVEL]])
    _refuse_twice("the user name of a resource", [user["user_name"] for user in users])
    for integration in integrations:
        keys = [user["key"] for user in integration["resources"]]
        _refuse_twice(f"a key of {integration['name']}", [*keys, LEVEL])


def _refuse_twice(what: str, names: t.Sequence[str]) -> None:
    for number, name in enumerate(names):
        if normalise(name) in map(normalise, names[:number]):
            raise AutotaskError(
                f"{name!r} is {what} twice in 'integrations'. Give each once; nothing was done.", "invalid_option"
            )


def _result(outcome: Outcome, user: Params | None) -> dict[str, t.Any]:
    if isinstance(outcome, resource.Outcome):
        return user_result(outcome, t.cast(Params, user))
    return level_result(outcome)


def _of_integration(given: Params, results: Results) -> dict[str, t.Any]:
    """What became of one integration, as far as it was come to."""
    name = given["name"]
    users = [(user["key"], results.get(Place(name, user["key"]))) for user in given["resources"]]
    return {
        "name": name,
        LEVEL: results.get(Place(name, LEVEL)),
        "resources": [{"key": key, **result} for key, result in users if result],
    }


def _headers(place: Place) -> dict[str, str]:
    return {"before_header": str(place), "after_header": str(place)}
