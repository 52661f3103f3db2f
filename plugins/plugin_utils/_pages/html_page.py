# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pages made from templates, with everything that comes from outside escaped."""

from __future__ import annotations

import typing as t
from datetime import datetime
from pathlib import Path

import jinja2
from ansible_collections.msp.autotask.plugins.plugin_utils._pages.printable import printable


def html_page(template: Path, values: t.Mapping[str, t.Any]) -> str:
    """Render a template file. Unlike Ansible's own templating it escapes every value for HTML and XML."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(template.parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=printable,
    )
    environment.filters |= {"moment": moment, "zip": zip}
    return environment.get_template(template.name).render(**values)


def moment(text: str) -> str:
    """A moment of ISO 8601 as people write it."""
    return f"{datetime.fromisoformat(text):%-d %b %Y, %H:%M} UTC"
