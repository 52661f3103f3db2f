# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what the calling user may do, entity by entity, in as few requests as the service allows."""

from __future__ import annotations

import concurrent.futures
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._rest.access import Access, access_of
from ansible_collections.msp.autotask.plugins.module_utils._rest.client import Client, dicts_in
from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import NotAutotaskError, RestError
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import AT_A_TIME


class Survey(t.NamedTuple):
    """What was read, what could not be, and whether one listing told it all."""

    access: dict[str, Access]
    unread: dict[str, RestError]
    listed: bool


def survey(client: Client, entities: t.Sequence[str]) -> Survey:
    """Return the access to *entities*: from the listing of all where it can be trusted, else one by one."""
    listing = trusted_listing(client, entities)
    access = {entity: found for entity in entities if (found := listed_as(entity, listing))}
    rest = [entity for entity in entities if entity not in access]
    unread: dict[str, RestError] = {}
    for entity, answer in ask_for_each(client, rest).items():
        if isinstance(answer, Access):
            access[entity] = answer
        else:
            unread[entity] = answer
    return Survey({entity: access[entity] for entity in entities if entity in access}, unread, bool(listing))


def trusted_listing(client: Client, entities: t.Sequence[str]) -> dict[str, Access]:
    """Return the access to every entity by its singular name, or nothing.

    The listing is part of the published interface, but no recording of a live answer is known. So it is used only when
    it says the same of the first entity as the entity itself does.
    """
    try:
        answer = client.get("EntityInformation")
    except RestError as error:
        if error.about_one_question:
            return {}
        raise
    listing = {}
    for description in dicts_in(answer.get("entityDescriptions")):
        for info in dicts_in([description.get("info")]):
            access = access_of(info)
            if access:
                listing[str(info.get("name")).lower()] = access
    sample = next((entity for entity in entities if listed_as(entity, listing)), None)
    if sample is None or ask_for_each(client, [sample])[sample] != listed_as(sample, listing):
        return {}
    return listing


def listed_as(entity: str, listing: t.Mapping[str, Access]) -> Access | None:
    """Return the entry of *entity* (Companies) under the singular name that the listing uses (Company)."""
    for name in singulars(entity.lower()):
        if name in listing:
            return listing[name]
    return None


def singulars(plural: str) -> list[str]:
    """Return what the singular of an English plural may be, most likely first."""
    guesses = []
    if plural.endswith("ies"):
        guesses.append(f"{plural[:-3]}y")
    if plural.endswith("es"):
        guesses.append(plural[:-2])
    if plural.endswith("s"):
        guesses.append(plural[:-1])
    return [*guesses, plural]


def ask_for_each(client: Client, entities: t.Sequence[str]) -> dict[str, Access | RestError]:
    """Return each entity's own answer, or why there is none."""
    fatal: list[RestError] = []

    def ask(entity: str) -> Access | RestError:
        # A user that was refused must not be refused thirty times: that would lock it.
        if fatal:
            return fatal[0]
        try:
            return ask_for(client, entity)
        except RestError as error:
            fatal.append(error)
            return error

    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        answers = dict(zip(entities, pool.map(ask, entities), strict=True))
    if fatal:
        raise fatal[0]
    return answers


def ask_for(client: Client, entity: str) -> Access | RestError:
    try:
        info = client.get(f"{entity}/entityInformation").get("info")
    except RestError as error:
        if error.about_one_question:
            return error
        raise
    access = access_of(info) if isinstance(info, dict) else None
    return access or NotAutotaskError(f"The description of {entity} does not say what the user may do.")
