# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter msp.autotask.html_page."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible.errors import AnsibleFilterError
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.html_page import html_page


def page(values: t.Mapping[str, t.Any], template: str) -> str:
    """Render a template with every value escaped."""
    try:
        return html_page(Path(template), values)
    # What a template does with values that it was not made for can be anything.
    except Exception as error:
        raise AnsibleFilterError(f"{template} cannot be rendered: {error}") from error


class FilterModule:
    """The filter by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"html_page": page}
