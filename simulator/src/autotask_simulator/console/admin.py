# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Admin category page: tabs, sections that fold, groups of links."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from .lists import LEVELS, RESOURCES
from .session import console, page, tenant, user

CATEGORY = "/Mvc/AdministrationSetup/AdminCategory.mvc/Landing"

CATEGORIES = {
    "users": "<Organization> Settings & Users",
    "features": "Features & Settings",
    "automation": "Automation",
    "activations": "Activations",
    "extensions": "Extensions & Integrations",
}

Links = dict[str, list[tuple[str, str, str]]]

# Category -> section -> group -> (label, address, what it is for). Only the pages with an address are simulated.
CONTENT: dict[str, dict[str, Links]] = {
    "users": {
        "Your <Organization>": {
            "General": [
                ("Locations", "", "Offices and their business hours."),
                ("Departments", "", "How work is split among people."),
                ("Local Terms & Symbols", "", "The words this instance uses."),
            ],
        },
        "Resources/Users (HR)": {
            "Resources": [
                ("Resources/Users", RESOURCES, "Add, change, activate and inactivate people and API users."),
                ("Roles", "", "What people may do on tickets and tasks."),
                ("Workgroups", "", "Groups of people for assignments."),
                ("Skills", "", "Skills, certificates and degrees."),
            ],
            "Security": [
                ("Security Levels", LEVELS, "What people and API users may see and do."),
                ("Protected Data Permission", "", "Who may see protected user-defined fields."),
                ("Single Sign-On (OpenID Connect (OIDC))", "", "Log in through your identity provider."),
            ],
            "Time Off": [("Time Off Policies", "", "Vacation, sick time and other absence.")],
        },
        "Site Setup": {"General": [("System Settings", "", "Password rules, lock-out and the like.")]},
    },
    "features": {
        "<Organizations> & Contacts": {"General": [("<Organization> Categories", "", "Layouts of the detail pages.")]},
        "Contracts": {"General": [("Contract Categories", "", "Kinds of contracts.")]},
        "Service Desk (Tickets)": {"General": [("Queues", "", "Where tickets wait.")]},
        "Finance, Accounting & Invoicing": {"General": [("Billing Codes", "", "Work types, materials, services.")]},
    },
    "automation": {"Workflow": {"General": [("Workflow Rules", "", "Do something when something happens.")]}},
    "activations": {"Activations": {"General": [("Feature Activation", "", "Switch features on and off.")]}},
    "extensions": {
        "Other Extensions & Tools": {"General": [("Integration Center", "", "Integrations and their API users.")]},
    },
}

COMMON_LINKS = [
    "Getting Started", "Resources (Users)", "Form Templates", "Notification Templates", "Workflow Rules",
    "User-Defined Fields", "System Settings", "Client Portal Global Settings", "Manage Client Portal Accounts",
]  # fmt: skip


OLDER_LINKS = {
    "Client Portal Global Settings": "Client Portal: Global Settings",
    "Manage Client Portal Accounts": "Client Portal: Manage Clients",
}


@console.get(CATEGORY)
def admin_category() -> ResponseReturnValue:
    """Without a tab named, the page opens on Features & Settings (online help, Access and security)."""
    tab = request.args.get("tab", "features")
    tab = tab if tab in CATEGORIES else "features"
    remembers = tenant().options["remember_sections"]
    return page(
        "admin.html",
        tab=tab,
        categories=CATEGORIES,
        sections=CONTENT[tab],
        address=CATEGORY,
        folded=tenant().preferences(user().user_name) if remembers else {},
        model={"toggle": tenant().options["section_toggle"], "remember": remembers},
    )


@console.app_context_processor
def admin_menu() -> dict[str, object]:
    return {
        "admin_categories": CATEGORIES,
        "admin_links": COMMON_LINKS,
        "older_links": OLDER_LINKS,
        "admin_address": CATEGORY,
        "resources_address": RESOURCES,
    }
