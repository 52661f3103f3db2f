# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a tenant's form of an API user differs: the mapping ``user_form`` of its entry in the fleet file."""

from __future__ import annotations

import typing as t

from .schema import Options


class UserFormOptions(Options):
    """Each default is the best-evidenced form."""

    # as builds differ
    controls: t.Literal["drawn", "native"] = "drawn"
    """native: the browser's own boxes and lists, as the build of 2020 had them. [evidenced]"""
    headings: t.Literal["usual", "repeated"] = "usual"
    """repeated: two sections are headed General, and none Credentials. [evidenced]"""
    location: bool = True
    """There is a primary internal location. [evidenced]"""
    tracking_at_first: t.Literal["vendor", "custom", "none", "nothing"] = "vendor"
    """Which radio button of an empty form is chosen; none: the one of that name, if none_identifier shows it.
    [partly]"""
    fixed_tracking: t.Literal["greyed", "text", "no_radios", "hidden"] = "greyed"
    """How a tracking identifier shows that can no longer be changed; text: words instead of the list. [partly]"""
    required_marks: t.Literal["star", "drawn", "missing"] = "star"
    """drawn: needed fields are marked, but not by words. [partly]"""
    domain_in_capitals: bool = False
    """User names show their domain in capitals, and generated ones have it so. [evidenced]"""
    user_name_split: bool = False
    """The box of the user name holds what stands before the @ only. [partly]"""
    fees: bool = True
    """The page of an ordinary resource says that a new one may cost money. [evidenced]"""
    demands: str = ""
    """Label of one more box, which a new user cannot be saved without; what is typed there is forgotten. [assumed]"""

    # what happens when something is done
    secret_on_edit: t.Literal["box", "text"] = "box"
    """What Generate Secret shows for a user that exists: a box with the new secret in it, or the secret alone.
    [partly]"""
    secret_drops: str = ""
    """Characters that the box of the secret takes out. [assumed]"""
    vendor_at_first: bool = False
    """The first vendor of the list is chosen in an empty form. [assumed]"""
    vendor_asks: bool = False
    """Choosing another vendor asks whether that is meant; answered no, the one before stays. [evidenced]"""
    vendor_sets_level: str = ""
    """A security level that comes with any vendor that is chosen. [assumed]"""
    defaults_ms: int = 0
    """So long after an empty form come its location and formats, whatever is there by then. [assumed]"""
    key_ms: int = 0
    """How long Generate Key takes, which does not show. [assumed]"""

    # saving
    save_check_ms: int = 0
    """Save & Close is greyed until the form has been left alone for so long. [partly]"""
    save_ms: int = 0
    """How long a save takes. [assumed]"""
    save_says: str = ""
    """What the page says while it saves. [assumed]"""
    closes: t.Literal["after", "before"] = "after"
    """before: the window closes without waiting for the answer. [assumed]"""
    email_asks: bool = False
    """Saving asks about an e-mail address that somebody else has. [assumed]"""
