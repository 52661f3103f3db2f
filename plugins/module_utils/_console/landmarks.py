# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words by which the driver finds its way, and what else a tenant may call them.

This is the one place for the names of what the driver looks for, outside the permissions. What pages *say* (a refusal,
a banner, that they are busy) stands where it is judged: log_in/refusals.py, log_in/obstacles.py, windows/stillness.py
and pages/api_user_reading.py. Tenants rename their organisation term and Autotask renames its links; the words barely
change otherwise, which is why they are used and ids are not, but for KaseyaOne's two fields (log_in/login.py).
Sources: Autotask online help, vendors' set-up guides and public screenshots of 2017 to 2026. Where a word was never
seen, its comment says that it is assumed. Tenant terms, spelling and bracketed hints need no entry: the comparison
knows them.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, replace

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import ConsoleError
from ansible_collections.msp.autotask.plugins.module_utils._wording import nearest

SELECTOR = "css="
"""A user's alternative that begins so is a selector (C(css=[data-eii="..."])), not a wording."""


@dataclass(frozen=True)
class Landmark:
    """Something to find on a page: its usual words and the others it goes by."""

    words: str
    alternatives: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All wordings, the usual one first."""
        return (self.words, *(text for text in self.alternatives if not text.startswith(SELECTOR)))

    @property
    def selectors(self) -> tuple[str, ...]:
        """Selectors that a user gave for it."""
        return tuple(text[len(SELECTOR) :] for text in self.alternatives if text.startswith(SELECTOR))

    def __str__(self) -> str:
        return " / ".join(f'"{text}"' for text in self.texts)


PLACES: t.Final[dict[str, dict[str, Landmark]]] = {
    # Only the words of the first panel were seen; the later buttons are assumed.
    "log-in": {
        "continue": Landmark("Continue", ("Next",)),
        "log_in": Landmark("Log In", ("Login", "Sign In", "Continue", "Verify", "Submit")),
        # The button was seen on a picture of the first panel: high confidence.
        "log_in_with_kaseyaone": Landmark("Log in with KaseyaOne", ("Sign in with KaseyaOne", "KaseyaOne")),
    },
    "shell and Admin page": {
        "admin": Landmark("Admin"),
        "organization_settings_and_users": Landmark("Organization Settings & Users"),
        "resources_users_hr": Landmark("Resources/Users (HR)"),
        "security_levels": Landmark("Security Levels"),
        "resources_users": Landmark("Resources/Users"),
        "expand_all": Landmark("Expand All", ("Expand All Sections",)),
    },
    # What the profile and its entry are called was not seen; both are assumed.
    "log-out": {
        "profile": Landmark("Profile", ("My Profile",)),
        "log_out": Landmark("Log Out", ("Logout", "Log Off", "Sign Out")),
    },
    # How they are turned and what narrows them was not seen on these pages; the words are those of other lists.
    "lists": {
        "name_column": Landmark("Name", ("Resource Name",)),
        "security_level_column": Landmark("Security Level"),
        "license_type_column": Landmark("License Type"),
        "active_column": Landmark("Active", ("Status",)),
        "system_column": Landmark("System"),
        "no_records": Landmark(
            "There are no records.",
            (
                "No records found.",
                "No items to display.",
                "There are no items to display.",
                "No results found.",
                "No data available.",
                "No data to display.",
                "No matching records found.",
                "Nothing found.",
            ),
        ),
        "next_page": Landmark(
            "Next",
            (
                "Next Page",
                "Go to next page",
                "Go to the next page",
                "Next >",
                ">",
                "▶",
                "►",
                "▸",
                "→",
                "⟩",
                "chevron_right",
                "navigate_next",
                "keyboard_arrow_right",
            ),
        ),
        "previous_page": Landmark(
            "Previous",
            (
                "Previous Page",
                "Prev",
                "Go to previous page",
                "Go to the previous page",
                "< Previous",
                "< Prev",
                "<",
                "‹",
                "◀",
                "◄",
                "◂",
                "←",
                "⟨",
                "chevron_left",
                "navigate_before",
                "keyboard_arrow_left",
            ),
        ),
        "first_page": Landmark(
            "First", ("First Page", "Go to first page", "Go to the first page", "|<", "<<", "⏮", "first_page")
        ),
        "last_page": Landmark(
            "Last", ("Last Page", "Go to last page", "Go to the last page", ">|", ">>", "⏭", "last_page")
        ),
        "load_more": Landmark("Load More", ("Show All", "Load All")),
        "show_inactive": Landmark(
            "Show Inactive", ("Include Inactive", "Show Inactive Resources", "Show Inactive Users", "Display Inactive")
        ),
        "clear_filters": Landmark(
            "Clear Filters",
            (
                "Clear Filter",
                "Clear All Filters",
                "Remove Filter",
                "Remove this Filter",
                "Remove Filters",
                "Remove All Filters",
                "Reset Filter",
                "Reset Filters",
                "Reset All Filters",
                "Reset View",
            ),
        ),
        # Only beside words that say that a filter is at work.
        "apply_filters": Landmark("Apply Filters", ("Apply Filter", "Search")),
        "clear_all": Landmark("Clear All", ("Clear", "Reset", "Reset All", "Remove All")),
        "hide_inactive": Landmark(
            "Hide Inactive", ("Hide Inactive Resources", "Hide Inactive Users", "Exclude Inactive")
        ),
        "state_active": Landmark("Active", ("Enabled",)),
        "state_inactive": Landmark("Inactive", ("Disabled",)),
        "state_all": Landmark(
            "All", ("Both", "Any", "Active & Inactive", "Active/Inactive", "Inactive & Active", "Everybody")
        ),
        "row_menu": Landmark(
            "Menu",
            (
                "Context Menu",
                "Row Menu",
                "Open Menu",
                "Show Menu",
                "Actions",
                "Row Actions",
                "Action Menu",
                "Actions Menu",
                "More",
                "More Actions",
                "More Options",
                "Options",
                "⋮",
                "⋯",
                "…",
                "...",
                "•••",
                "☰",
                "≡",
                "more_vert",
                "more_horiz",
            ),
        ),
        "copy": Landmark("Copy Security Level", ("Copy",)),
        "edit": Landmark("Edit", ("Edit Security Level", "Edit Resource", "Edit API User")),
        "delete": Landmark("Delete", ("Delete Security Level",)),
        "new": Landmark("New"),
        "new_menu": Landmark(
            "New Menu",
            (
                "Open Menu",
                "Show Menu",
                "Menu",
                "More",
                "More Options",
                "Options",
                "Drop Down",
                "Dropdown",
                "Toggle Dropdown",
                "Toggle Menu",
                "▾",
                "▼",
                "▿",
                "▽",
                "⌄",
                "˅",
                "∨",
                "expand_more",
                "arrow_drop_down",
                "keyboard_arrow_down",
            ),
        ),
        "new_api_user": Landmark("New API User", ("Add API User", "Create API User", "API User")),
        "api_user_license": Landmark("API User"),
    },
    "editors": {
        "save_and_close": Landmark("Save & Close"),
        "save": Landmark("Save"),
        "resources_tab": Landmark("Resources"),
        "no_permission": Landmark("No Permission", ("None",)),
        "full_permission": Landmark("Full Permission", ("Full",)),
        "level_name": Landmark("Name"),
        "level_active": Landmark("Active"),
    },
    "form of an API user": {
        "first_name": Landmark("First Name"),
        "last_name": Landmark("Last Name"),
        "email": Landmark("Email Address", ("Email", "E-mail Address")),
        "active": Landmark("Active"),
        "locked": Landmark("Locked"),
        "security_level": Landmark("Security Level"),
        "date_format": Landmark("Date Format"),
        "time_format": Landmark("Time Format"),
        "number_format": Landmark("Number Format"),
        "location": Landmark("Primary Internal Location", ("Primary Location",)),
        "generate_key": Landmark("Generate Key"),
        "user_name": Landmark("Username (Key)", ("User Name (Key)",)),
        "generate_secret": Landmark("Generate Secret"),
        # On the form of an ordinary person, by a picture of 2018.
        "login_name": Landmark("Username", ("User Name",)),
        "secret": Landmark("Password (Secret)"),
        "integration_vendor": Landmark("Integration Vendor"),
        "internal_integration": Landmark("Custom (Internal Integration)"),
        "internal_integration_name": Landmark("Internal Integration Name"),
        "tracking_identifier": Landmark("Tracking Identifier", ("API Tracking Identifier",)),
    },
    # The words of guided tours are assumed.
    "dialogs and what else covers a page": {
        "ok": Landmark("OK"),
        "yes": Landmark("Yes"),
        "no": Landmark("No"),
        "cancel": Landmark("Cancel"),
        "dismiss": Landmark(
            "Got it", ("Close", "Dismiss", "Skip", "No thanks", "Not now", "Remind me later", "×", "x")
        ),
        "processing": Landmark(
            "Processing your request...", ("This may take several seconds", "Saving...", "Loading...", "Please wait...")
        ),
    },
}
"""The landmarks by where they are looked for."""

LANDMARKS: t.Final[dict[str, Landmark]] = {
    name: landmark for there in PLACES.values() for name, landmark in there.items()
}

OPENERS = (
    *("admin", "organization_settings_and_users", "resources_users_hr", "security_levels", "resources_users"),
    *("profile", "log_out", "expand_all", "next_page", "previous_page", "first_page", "load_more", "row_menu"),
    *("new_menu", "edit", "new_api_user", "resources_tab", "ok", "dismiss"),
)
"""Landmarks that may be pressed when one only looks: they open, turn or close something and store nothing."""

FILTERS = (
    *("apply_filters", "clear_filters", "clear_all", "show_inactive", "hide_inactive"),
    *("state_all", "state_active", "state_inactive", "api_user_license"),
)
"""Landmarks that may be pressed in a list, where they filter its rows; in a form such words are values."""

SAVES = ("save_and_close", "save")
"""Landmarks by which an editor is known. In the menu beside Save, Save & Close may come only once it is opened."""

WRITERS = ("copy", "delete", "new", *SAVES, "no_permission", "full_permission", "generate_key", "yes")
"""Landmarks that are never pressed in a run that only looks."""

WRITING_WORDS = ("save", "copy", "delete", "remove", "erase", "generate", "activate", "inactivate", "apply", "submit")
"""How other things that may not be pressed begin, in any page of Autotask."""


def landmarks(labels: t.Mapping[str, t.Sequence[str]] | None = None) -> dict[str, Landmark]:
    """Return the landmarks, with the wordings and selectors a user adds for a tenant in the option C(labels)."""
    added = dict(labels or {})
    for name, words in added.items():
        _check(name, words)
    return {
        name: replace(landmark, alternatives=(*landmark.alternatives, *added.get(name, ())))
        for name, landmark in LANDMARKS.items()
    }


def wordings(found: t.Mapping[str, list[str]]) -> dict[str, list[str]]:
    """By which words each landmark was *found*; an empty list for those that were not, or not looked for."""
    return {name: found.get(landmark.words, []) for name, landmark in LANDMARKS.items()}


def _check(name: str, words: t.Any) -> None:
    if name not in LANDMARKS:
        close = ", ".join(nearest(name, LANDMARKS)) or ", ".join(LANDMARKS)
        raise ConsoleError(f"'labels' has an unknown name, {name!r}. Nearest: {close}.", "invalid_labels")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ConsoleError(f"'labels' must have a list of wordings under {name!r}.", "invalid_labels")
