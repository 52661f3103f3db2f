# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters of the collection."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleFilterError
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
        return permissions_of(matrix, profile=profile, profiles=profiles, overrides=overrides, purge=purge)
    except PermissionMistakes as mistakes:
        raise AnsibleFilterError(mistakes.message) from mistakes


class FilterModule:
    """The filters by name."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"matrix_permissions": matrix_permissions}
