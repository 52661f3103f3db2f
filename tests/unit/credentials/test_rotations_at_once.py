# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several runs give one user a new secret, in any order of their steps, and some are killed.

Whatever happens, the secret that Autotask has is kept.
"""

from __future__ import annotations

import random
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.module_utils._redaction import Redactor
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Entry
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.rotation import Wish, begin, finish
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.user import KeptUser, sign_in_options

KEY = "work365"
NAME = "key@alder.example"


class Unsealed(Seal):
    """Leaves the text as it is: sealing takes longer than everything else here."""

    def __init__(self) -> None:
        pass

    def seal(self, text: str, like: str = "") -> str:
        return text

    def open(self, sealed: str, where: str) -> str:
        return sealed


class Refused(AutotaskError):
    """Autotask has another secret."""

    reason = "wrong_credentials"


@dataclass
class Tenant:
    """A tenant's user, and where its credentials are kept."""

    keeper: Keeper
    secret: str
    ends: list[str] = field(default_factory=list)

    @property
    def kept(self) -> Entry:
        return self.keeper.read().kept.users[KEY]

    def rotation(self) -> t.Iterator[None]:
        """A run, which stands still after each step."""
        try:
            opened, due = begin(self.keeper, Wish((KEY,)), check=False)
            if due:
                yield
                yield from self._replace(opened.kept.users[KEY].rotation or "")
            self.ends.append("well")
        except AutotaskError as error:
            self.ends.append(error.reason)

    def _replace(self, rotation: str) -> t.Iterator[None]:
        one = KeptUser(self.keeper, KEY, KEY, purpose="rotate", rotation=rotation)
        options = one.fill_in({})
        yield
        self.secret = options["secret"]
        yield
        one.note({"changed": True, "secret_set": True, "resource": {"user_name": NAME}})
        yield
        code = {"api_integration_code": "code"}
        if sign_in_options(self.keeper, KEY, "rotate", code, Redactor())["api_secret"] != self.secret:
            raise Refused("Autotask refused the sign-in.")
        yield
        finish(self.keeper, KEY, proven=True, rotation=rotation)


@pytest.fixture
def tenant(tmp_path: Path) -> Tenant:
    keeper = Keeper(FileStore(tmp_path / "alder.yml"), Unsealed(), "alder.example")
    keeper.note({}, new={KEY: Entry(NAME, "first", "2026-11-01T00:00:00Z", secret_set=True)})
    return Tenant(keeper, "first")


def to_the_end(run: t.Iterator[None]) -> None:
    for _step in run:
        pass


@pytest.mark.parametrize("seed", range(80))
def test_what_autotask_has_is_kept(tenant: Tenant, seed: int) -> None:
    chance = random.Random(seed)
    runs = [tenant.rotation() for _run in range(chance.randint(2, 4))]
    while runs:
        run = chance.choice(runs)
        # One in thirty steps is a run's last, because it is killed.
        if next(run, run) is run or chance.random() < 1 / 30:
            runs.remove(run)
        assert tenant.secret in (tenant.kept.secret, tenant.kept.next_secret)
    to_the_end(tenant.rotation())
    assert tenant.ends[-1] == "well"
    assert (tenant.kept.secret, tenant.kept.next_secret) == (tenant.secret, None)


@pytest.mark.parametrize("stands", range(6))
def test_one_that_another_finished_ends_well(tenant: Tenant, stands: int) -> None:
    standing = tenant.rotation()
    for _step in range(stands):
        next(standing)
    to_the_end(tenant.rotation())
    to_the_end(standing)
    assert tenant.ends == ["well", "well"]
    assert (tenant.kept.secret, tenant.kept.next_secret) == (tenant.secret, None)


def test_one_that_two_others_left_behind_loses_nothing(tenant: Tenant) -> None:
    standing = tenant.rotation()
    next(standing)
    next(standing)
    for _other in range(2):
        to_the_end(tenant.rotation())
    to_the_end(standing)
    assert tenant.ends == ["well", "well", "other_rotation"]
    assert tenant.secret == tenant.kept.next_secret
    to_the_end(tenant.rotation())
    assert (tenant.ends[-1], tenant.kept.secret) == ("well", tenant.secret)


@pytest.mark.parametrize("stands", range(1, 6))
def test_one_whose_credentials_were_archived_is_told_so(tenant: Tenant, stands: int) -> None:
    standing = tenant.rotation()
    for _step in range(stands):
        next(standing)
    tenant.keeper.archive(tenant.keeper.read())
    to_the_end(standing)
    assert tenant.ends == ["no_credentials" if stands == 4 else "credentials_gone"]
    # What it saved after the archive was made is in no archive.
    assert stands not in (2, 3) or tenant.kept.next_secret == tenant.secret
