# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a person does by hand, step by step. The templates runbook.md.j2 and runbook.html.j2 draw it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.plugin_utils._integration.by_hand import sections_by_hand

Step = dict[str, str]
"""A sentence, C(text), and what to choose or type, C(value)."""
Chapter = dict[str, t.Any]


def chapters(plan: t.Mapping[str, t.Any]) -> list[Chapter]:
    """The whole job for the tenant of *plan*, with every value."""
    settings = {name: value or "" for name, value in plan["settings"].items()}
    terms = plan["settings"]["terms"] or {}
    words = terms.get("organization") or "Organization"
    return [
        _before(settings),
        *([_level(settings, words, _sections(plan, terms))] if plan["level"] else []),
        _user(settings, words, plan["title"], proves=plan["proves_by_hand"]),
        _proof(settings, plan["title"]),
        _vendor(settings, plan["title"]) if plan["origin"] else _work365(settings),
    ]


def _sections(plan: t.Mapping[str, t.Any], terms: t.Mapping[str, str | None]) -> list[dict[str, t.Any]]:
    return sections_by_hand(plan["granted"], terms, plan["level"]["purge_permissions"])


def _step(text: str, value: str = "") -> Step:
    return {"text": text, **({"value": value} if value else {})}


def _before(settings: t.Mapping[str, str]) -> Chapter:
    return {
        "title": "Before you start",
        "intro": (
            "You need an administrator of this Autotask tenant who may edit security levels and resources, about "
            "twenty minutes, and a safe place for two secrets. Do not mail them."
        ),
        "steps": [
            _step("Log in to Autotask as", settings["console_username"] or "an administrator"),
            _step("Make sure that nobody else is editing security levels at the same time."),
        ],
    }


def _level(settings: t.Mapping[str, str], organization: str, sections: t.Sequence[t.Any]) -> Chapter:
    menu = f"{organization} Settings & Users > Resources/Users (HR) > Security > Security Levels"
    cleared = all(section["cleared"] for section in sections)
    found = 'If this level is in the list already, open it by "Edit" and go on with the sections below. Do not make'
    return {
        "title": "The security level",
        "intro": (
            f"Everything that is not in this list stays {'without permission' if cleared else 'as it is'}. Where your "
            "page words something "
            'differently, choose what means the same; where it lacks something that is marked "perhaps not on your '
            'page", go on.'
        ),
        "steps": [
            _step("Open the menu at the top left and choose", "Admin"),
            _step("Open", menu),
            _step(f"{found} a second one.", settings["security_level_name"]),
            _step(
                "Otherwise open the menu of this level (right click, or the sign at the left of its row)",
                settings["base_security_level"],
            ),
            _step("Choose", "Copy Security Level"),
            _step("Type as Name", settings["security_level_name"]),
            _step("Make sure that this is checked", "Active"),
        ],
        "sections": sections,
        "steps_after": [
            _step("Press", "Save & Close"),
            _step(
                "Open the level again and compare it with this list once more. Autotask sometimes keeps a box that "
                "depends on another."
            ),
        ],
    }


def _user(settings: t.Mapping[str, str], organization: str, title: str, proves: bool) -> Chapter:
    # For the proof, that variable names the second user, not the one that this chapter is about.
    name = "" if proves else settings["user_name"]
    api_only = "" if settings["security_level_name"].endswith("(API-only)") else " (API-only)"
    return {
        "title": "The API user",
        "intro": (
            "API users are free. They can never be deleted, and their tracking identifier can never be changed: look "
            "twice before you save."
        ),
        "steps": [
            _step("Open", f"Admin > {organization} Settings & Users > Resources/Users (HR) > Resources/Users"),
            _step(
                f"Look, with inactive users shown, whether there is one for {title} already. If so, edit it and do "
                "not make a second one."
            ),
            _step(
                'Point at "+ New" without clicking (its button itself makes a user that costs money) and choose',
                "New API User",
            ),
            _step("First Name", settings["first_name"]),
            _step("Last Name", settings["last_name"]),
            _step("Email Address", settings["email"]),
            _step("Security Level", f"{settings['security_level_name']}{api_only}"),
            _step("Primary Internal Location", settings["location"] or "the one of your head office"),
            _step("Username (Key)", name or 'press "Generate Key"'),
            _step("Password (Secret)", 'press "Generate Secret"'),
            _step("Write both down now in your safe place. Autotask never shows the secret again."),
            _identifier(settings),
            _step("Press", "Save & Close"),
        ],
    }


def _identifier(settings: t.Mapping[str, t.Any]) -> Step:
    if settings["vendor"]:
        return _step('API Tracking Identifier: choose "Integration Vendor", and in its list', settings["vendor"])
    custom = settings["user"]["internal_integration"]
    return _step('API Tracking Identifier: choose "Custom (Internal Integration)" and type', custom)


def _proof(settings: t.Mapping[str, str], title: str) -> Chapter:
    return {
        "title": "Proof",
        "intro": (
            f"Only {title} knows the tracking identifier of its own user. A second, free API user with the same level "
            "proves what the level allows. It can be made inactive afterwards."
        ),
        "steps": [
            _step(
                "Make another API user as above, with this name",
                f"{settings['verify_first_name']} {settings['verify_last_name']}",
            ),
            _step(
                'API Tracking Identifier: choose "Custom (Internal Integration)" and type',
                settings["verify_integration"],
            ),
            _step("Write down its Username (Key), its Password (Secret) and its Tracking Identifier."),
            _step(
                "Give the three to the person who runs Ansible, safely. With them as work365_integration_user_name, "
                "work365_integration_secret and work365_integration_tracking_identifier this playbook signs in and "
                "says what the level allows."
            ),
        ],
    }


def _vendor(settings: t.Mapping[str, t.Any], title: str) -> Chapter:
    said = [*(settings["left_out"] or ()), *(settings["outside"] or ())]
    where = [_step("The vendor's own page", settings["source"])] if settings["source"] else []
    return {
        "title": title,
        "intro": "It gets the user's Username (Key) and Password (Secret), and where the tenant lives.",
        "steps": [*where, *map(_step, said), _step("Type both into it, and delete your copy of the secret.")],
    }


def _work365(settings: t.Mapping[str, str]) -> Chapter:
    user = f"{settings['first_name']} {settings['last_name']}"
    return {
        "title": "Work 365",
        "intro": "What goes into which field is on the page of Work 365 about its Autotask connector.",
        "steps": [
            _step(
                "Open in Work 365", "Admin Hub > Integrations > Add New > PSA connectors > datto | Autotask > Create"
            ),
            _step("Username", f"the Username (Key) of {user}"),
            _step("Password", "its Password (Secret)"),
            _step(
                "Environment: what Work 365 means by it is not documented. Zone, addresses and whether it is a sandbox "
                "are what it can mean; ask its support when in doubt."
            ),
        ],
    }
