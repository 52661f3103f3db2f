# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What only one host of a run can have: its tenant, as two would make two credentials for one user, and its files."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError


class TwoNames(AutotaskError):
    """Another host of the run is the same tenant."""

    reason = "tenant_twice"


class NoPlace(AutotaskError):
    """It is not clear where things are to be written."""

    reason = "no_place"


def claim(folder: Path, tenant: str, host: str) -> None:
    """Note in *folder*, which lasts as long as the run, that *tenant* is *host*; raises TwoNames if it is another."""
    first = _first(folder, tenant.casefold(), host)
    if first != host:
        raise TwoNames(
            f"The hosts {first} and {host} of this run are one tenant, {tenant.partition(' ')[0]}. Nothing was done "
            f"for {host}: credentials would be made a second time. Tenants are told apart by what stands after the @ "
            "in work365_integration_console_username, and by the console's address: correct that of one of the two, "
            "take one out of the inventory, or switch it off with work365_integration_enabled: false."
        )


def claim_place(folder: Path, path: Path, named_in: str, who: str) -> None:
    """Note there that the file at *path* is that of *who*; raises NoPlace if it is another's."""
    real = os.path.realpath(path)
    first = _first(folder, f"file {real}", who)
    if first != who:
        raise NoPlace(
            f"{first} and {who} of this run would have one file, {real}. Nothing was done for {who}. Give each its "
            f"own in {named_in}, for example with {{{{ inventory_hostname }}}} in it."
        )


def refuse_unwritable(path: Path, named_in: str) -> None:
    """Fail where nothing can be written at *path*, before it is to be written; raises NoPlace."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            raise NoPlace(f"{path} is a folder, and a file is to go there. Name one in {named_in}. Nothing was done.")
        above = next(folder for folder in path.parents if folder.exists())
        why = "" if os.access(above, os.W_OK | os.X_OK) else f"this user may not write in {above}"
        why = why if above.is_dir() else f"{above} is a file, not a folder"
        if why:
            raise NoPlace(f"{path} cannot be written: {why}. Mend that, or correct {named_in}. Nothing was done.")


def _first(folder: Path, what: str, who: str) -> str:
    """Whose it is: *who*'s, unless somebody was quicker."""
    try:
        return _noted_first(folder, what, who)
    except OSError as error:
        raise NoPlace(
            f"Nothing can be noted in {folder}, which Ansible made for this run: {error.strerror}. Nothing was done. "
            "Let ANSIBLE_LOCAL_TEMP name a folder on a local disk with room on it."
        ) from error


def _noted_first(folder: Path, what: str, who: str) -> str:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / hashlib.sha256(what.encode()).hexdigest()
    whole = folder / secrets.token_hex(16)
    whole.write_text(who, encoding="utf-8")
    try:
        # A link never takes the place of what is there, and brings its content with it.
        with contextlib.suppress(FileExistsError):
            os.link(whole, place)
    finally:
        whole.unlink()
    return place.read_text(encoding="utf-8")
