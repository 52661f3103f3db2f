# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a task says where a tenant's credentials are; for every action plugin that uses them."""

from __future__ import annotations

import os
import re
import stat
import typing as t
from pathlib import Path

from ansible.utils.path import unfrackpath
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.program_store import ProgramStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Store

VARIABLE = re.compile(r"\$(?:\w+|\{[^}]*\})")
"""Of the environment, as it stands in a path."""


class BadPlace(AutotaskError):
    """Credentials must not be kept there."""

    reason = "bad_credentials_path"


def keeper_of(place: t.Mapping[str, t.Any], task_vars: t.Mapping[str, t.Any]) -> Keeper:
    """The keeper of the credentials that the options *place* name, for a task with the variables *task_vars*."""
    password = place.get("vault_password")
    return Keeper(
        _store_of(place, task_vars),
        Seal.of_password(password) if password else Seal.of_run(),
        place["tenant"],
    )


def _store_of(place: t.Mapping[str, t.Any], task_vars: t.Mapping[str, t.Any]) -> Store:
    if program := place.get("store"):
        return ProgramStore(Path(unfrackpath(program)), place["tenant"], place.get("store_options") or {})
    archive = place.get("archive_folder")
    return FileStore(absolute(place["path"], task_vars), absolute(archive, task_vars) if archive else None)


def absolute(path: str, task_vars: t.Mapping[str, t.Any]) -> Path:
    """*path* on the controller, with C(~) and variables of the environment resolved; relative to where the run started.

    Raises BadPlace for a path below an inventory folder, which Ansible would read as one more inventory; and for one
    that names something unknown, as another place than the one that is meant has other credentials, or none.
    """
    if "://" in path or "\\" in path:
        raise BadPlace(f"{path} is not a path on this machine, such as /folder/file. Nothing was read or written.")
    if unknown := _unknown_in(path):
        raise BadPlace(
            f"{path} names {unknown}, which this run does not know: there is no such variable in its environment, or "
            "no such user of this machine. Nothing was read or written."
        )
    found = Path(unfrackpath(path, follow=False))
    try:
        real = found.resolve()
    except (OSError, RuntimeError) as error:
        raise BadPlace(f"{found} leads nowhere: {error}. Nothing was read or written.") from error
    if _keeps_nothing(real):
        raise BadPlace(f"{found} is a pipe, a device or a socket, which keeps nothing. Name a file, or a folder.")
    for source in map(Path, task_vars.get("ansible_inventory_sources") or []):
        if source.is_dir() and real.is_relative_to(source.resolve()):
            raise BadPlace(
                f"{found} lies below the inventory folder {source}; the next run would read it as an inventory. "
                "Nothing was written. Name a place outside of it."
            )
    return found


def _keeps_nothing(path: Path) -> bool:
    """Whether it is neither a file nor a folder; to read a pipe or a device may never end."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _unknown_in(path: str) -> str:
    """The variable, or the user, that *path* names and that is not there."""
    expanded = os.path.expandvars(path)
    parts = [Path(expanded), *Path(expanded).parents]
    for missing in VARIABLE.findall(expanded):
        # A folder may be called so, such as that of the inventory.
        if not any(missing in part.name and part.exists() for part in parts):
            return str(missing)
    try:
        Path(expanded).expanduser()
    except RuntimeError:
        return expanded.partition("/")[0]
    return ""
