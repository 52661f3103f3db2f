# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a tenant's form of an API user differs: the mapping ``user_form`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from .schema import Options


class UserFormOptions(Options):
    """Each default is the best-evidenced form; what was never seen is marked assumed in docs/console.md."""

    # as builds differ
    controls: t.Literal["drawn", "native"] = "drawn"
    """native: the browser's own boxes and lists, as the build of 2020 had them."""
    headings: t.Literal["usual", "repeated"] = "usual"
    """repeated: two sections are headed General, and none Credentials."""
    location: bool = True
    """There is a primary internal location."""
    tracking_at_first: t.Literal["vendor", "custom", "none", "nothing"] = "vendor"
    """Which radio button of an empty form is chosen; none: the one of that name, if none_identifier shows it."""
    fixed_tracking: t.Literal["greyed", "text", "no_radios", "hidden"] = "greyed"
    """How a tracking identifier shows that can no longer be changed; text: words instead of the list."""
    required_marks: t.Literal["star", "drawn", "missing"] = "star"
    """drawn: needed fields are marked, but not by words."""
    domain_in_capitals: bool = False
    """User names show their domain in capitals, and generated ones have it so."""
    user_name_split: bool = False
    """The box of the user name holds what stands before the @ only."""
    fees: bool = True
    """The page of an ordinary resource says that a new one may cost money."""

    # what happens when something is done
    secret_on_edit: t.Literal["box", "text"] = "box"
    """What Generate Secret shows for a user that exists: a box with the new secret in it, or the secret alone."""
    secret_drops: str = ""
    """Characters that the box of the secret takes out."""
    vendor_at_first: bool = False
    """The first vendor of the list is chosen in an empty form."""
    vendor_asks: bool = False
    """Choosing another vendor asks whether that is meant; answered no, the one before stays."""
    vendor_sets_level: str = ""
    """A security level that comes with any vendor that is chosen."""
    defaults_ms: int = 0
    """So long after an empty form come its location and formats, whatever is there by then."""
    key_ms: int = 0
    """How long Generate Key takes, which does not show."""

    # saving
    save_check_ms: int = 0
    """Save & Close is greyed until the form has been left alone for so long."""
    save_ms: int = 0
    """How long a save takes."""
    save_says: str = ""
    """What the page says while it saves."""
    closes: t.Literal["after", "before"] = "after"
    """before: the window closes without waiting for the answer."""
    email_asks: bool = False
    """Saving asks about an e-mail address that somebody else has."""
