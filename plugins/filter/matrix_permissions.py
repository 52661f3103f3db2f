# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters of the collection."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
from ansible.module_utils.common.validation import check_type_dict
from ansible_collections.msp.autotask.plugins.module_utils._permissions.matrix import permissions_of
from ansible_collections.msp.autotask.plugins.module_utils._permissions.wanted import PermissionMistakes


def matrix_permissions(
    matrix: t.Mapping[str, t.Any],
    profile: str | None = None,
    profiles: t.Mapping[str, t.Any] | None = None,
    overrides: t.Mapping[str, t.Any] | None = None,
    purge: bool = True,
) -> dict[str, t.Any]:
    """Turn a permission matrix into the option C(permissions) of a module."""
    try:
        # From the command line, and in an INI inventory, a dictionary is text, which Ansible reads for options.
        sections = {name: _read(said) for name, said in matrix.items()} if isinstance(matrix, t.Mapping) else matrix
        return permissions_of(
            sections, profile=profile, profiles=_read(profiles), overrides=_read(overrides), purge=purge
        )
    except PermissionMistakes as mistakes:
        raise AnsibleFilterError(mistakes.message) from mistakes


def _read(said: t.Any) -> t.Any:
    try:
        return check_type_dict(said) if isinstance(said, str) and said.strip() else said
    except TypeError:
        return said


class FilterModule:
    """The filters by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"matrix_permissions": matrix_permissions}
