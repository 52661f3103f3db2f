# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every store of credentials does, and what may go wrong with it."""

from __future__ import annotations

import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError


class StoreError(AutotaskError):
    """The store could not be read or written."""

    reason = "store_failed"


class Conflict(AutotaskError):
    """Somebody else changed the store since it was read."""

    reason = "credentials_changed_meanwhile"


class Store(t.Protocol):
    """Holds one sealed text for each tenant."""

    @property
    def where(self) -> str:
        """What people call the place."""

    def read(self) -> tuple[str, str]:
        """The text and its version; both are empty where nothing is kept."""

    def write(self, text: str, version: str) -> None:
        """Store *text*, whole or not at all, if what is stored still has *version*; raises Conflict otherwise."""

    def archive(self, version: str) -> str:
        """Put the text of *version* where C(read) does not find it, and say where that is."""
