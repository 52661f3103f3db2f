# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module's documentation says of its options, for its action plugin."""

from __future__ import annotations

import functools
import typing as t

from ansible.plugins.loader import fragment_loader, module_loader
from ansible.utils.plugin_docs import get_docstring

Spec = dict[str, dict[str, t.Any]]


@functools.cache
def options_of(action: str) -> Spec:
    """The options of the module *action* by name, with their types."""
    found = module_loader.find_plugin_with_context(action)
    documentation = get_docstring(
        found.plugin_resolved_path,
        fragment_loader,
        collection_name=found.plugin_resolved_collection,
        plugin_type="module",
    )[0]
    return _spec(documentation["options"])


def _spec(options: t.Mapping[str, t.Any]) -> Spec:
    spec: Spec = {}
    for name, option in options.items():
        spec[name] = {"type": option.get("type", "str")}
        if suboptions := option.get("suboptions"):
            spec[name]["options"] = _spec(suboptions)
    return spec
