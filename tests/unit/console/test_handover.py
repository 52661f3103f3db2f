# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A secret that is handed over opens with one key only, outlives a crash, and never replaces another."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from ansible_collections.msp.autotask.plugins.module_utils import _handover
from ansible_collections.msp.autotask.plugins.module_utils._handover import HandedOver, HandoverError
from hypothesis import given
from hypothesis import strategies as st

KEYS = _handover.new_key_pair()
OURS = HandedOver("key@tenant.example", "Autotask's-own-Secret-1~")


@given(st.text(), st.text())
def test_whatever_is_sealed_opens_with_its_key(user_name: str, secret: str) -> None:
    content = HandedOver(user_name, secret)
    assert _handover.open_sealed(_handover.seal(content, KEYS.public), KEYS.private) == content


def test_nothing_of_it_shows_and_no_two_are_alike() -> None:
    sealed = [_handover.seal(OURS, KEYS.public) for _ in range(2)]
    assert sealed[0] != sealed[1] and not [part for part in (OURS.secret, "key@") if part in sealed[0]]
    assert OURS.secret.encode() not in base64.b64decode(sealed[0])


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(HandoverError):
        _handover.open_sealed(_handover.seal(OURS, KEYS.public), _handover.new_key_pair().private)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_what_was_changed_does_not_open(at: int, by: int) -> None:
    data = bytearray(base64.b64decode(_handover.seal(OURS, KEYS.public)))
    data[at % len(data)] ^= by
    with pytest.raises(HandoverError):
        _handover.open_sealed(base64.b64encode(data).decode(), KEYS.private)


@given(st.text() | st.binary(max_size=40).map(lambda data: base64.b64encode(data).decode()))
def test_what_is_no_key_or_nothing_sealed_is_refused_by_name(text: str) -> None:
    with pytest.raises(HandoverError):
        _handover.open_sealed(text, KEYS.private)
    try:
        _handover.seal(OURS, text)
    except HandoverError:
        return
    assert len(base64.b64decode(text)) == _handover.KEY_BYTES


def test_a_key_that_leads_every_secret_to_the_same_is_refused() -> None:
    with pytest.raises(HandoverError):
        _handover.seal(OURS, base64.b64encode(bytes(32)).decode())


def test_the_file_is_new_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    _handover.write(path, "one")
    assert path.read_text() == "one\n" and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(HandoverError) as refused:
        _handover.write(path, "another")
    assert refused.value.reason == "handover_pending" and path.read_text() == "one\n"


@pytest.mark.parametrize("target", ["nowhere", "."])
def test_a_link_is_not_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "sealed").symlink_to(tmp_path / target)
    with pytest.raises(HandoverError):
        _handover.write(tmp_path / "sealed", "one")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(HandoverError, match="nowhere"):
        _handover.write(tmp_path / "nowhere/sealed", "one")


def test_a_confirmation_is_of_this_very_secret(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    assert not _handover.is_confirmed(path)
    _handover.write(path, "one")
    assert not _handover.is_confirmed(path)
    _handover.confirm(path)
    assert _handover.is_confirmed(path)
    path.write_text("another\n")
    assert not _handover.is_confirmed(path)
    _handover.withdraw(path)
    assert list(tmp_path.iterdir()) == []
    _handover.withdraw(path)
