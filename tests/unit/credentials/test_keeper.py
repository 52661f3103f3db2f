# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One owner: runs side by side end with the same, nothing is replaced that was not read, everything opens again."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import subprocess
import sys
import threading
import typing as t
from pathlib import Path
from unittest import mock

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked, Entry
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import EntryGone, Keeper
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import CannotOpen, NoVaultSecret, Seal
from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict, StoreError

TENANT = "alder.example"
ASKED = {"work365": Asked("work365"), "verification": Asked("verification")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "credentials" / "alder.yml"


def keeper(path: Path, seal: Seal | None = None, tenant: str = TENANT) -> Keeper:
    return Keeper(FileStore(path), seal or Seal.of_password("hunter2"), tenant)


def test_credentials_are_made_once(path: Path) -> None:
    first, made = keeper(path).ensure(ASKED)
    assert made == ["work365", "verification"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    before = path.read_bytes()
    again, made = keeper(path).ensure(ASKED)
    assert made == []
    assert again.kept == first.kept
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["alder.yml"]


def test_a_check_makes_nothing(path: Path) -> None:
    opened, made = keeper(path).ensure(ASKED, check=True)
    assert made == list(ASKED)
    assert opened.kept.users.keys() == ASKED.keys()
    assert not path.parent.exists()
    with pytest.raises(NoVaultSecret, match="no vault password"):
        keeper(path, Seal([])).ensure(ASKED, check=True)


class Held(FileStore):
    """A store whose first write waits."""

    def __init__(self, path: Path, about_to_write: threading.Event, go: threading.Event) -> None:
        super().__init__(path)
        self._about_to_write, self._go = about_to_write, go

    def write(self, text: str, version: str) -> None:
        self._about_to_write.set()
        assert self._go.wait(10)
        super().write(text, version)


@pytest.mark.parametrize("kept_before", [False, True])
def test_two_runs_at_once_end_with_the_same(path: Path, kept_before: bool) -> None:
    """One is held after it has read, the other goes from start to end."""
    if kept_before:
        keeper(path).ensure({"verification": Asked("verification")})
    about, go = threading.Event(), threading.Event()
    held: list[t.Any] = []
    thread = threading.Thread(
        target=lambda: held.append(Keeper(Held(path, about, go), Seal.of_password("hunter2"), TENANT).ensure(ASKED))
    )
    thread.start()
    assert about.wait(10)
    quick, made = keeper(path).ensure(ASKED)
    go.set()
    thread.join()
    slow, made_by_slow = held[0]
    assert "work365" in made
    assert made_by_slow == []
    assert quick.kept == slow.kept == keeper(path).read().kept


def test_many_processes_at_once_end_with_the_same(path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.document import Asked\n"
        "from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.file_store import FileStore\n"
        "from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.keeper import Keeper\n"
        "from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.sealing import Seal\n"
        "keeper = Keeper(FileStore(pathlib.Path(sys.argv[1])), Seal.of_password('hunter2'), 'alder.example')\n"
        "opened, _made = keeper.ensure({'work365': Asked('work365')})\n"
        "print(opened.kept.users['work365'].secret)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(4)
    ]
    secrets = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert secrets == {keeper(path).read().kept.users["work365"].secret}


def test_what_was_not_read_is_never_replaced(path: Path) -> None:
    opened, _made = keeper(path).ensure(ASKED)
    keeper(path).note({"work365": {"secret_set": True}})
    before = path.read_bytes()
    with pytest.raises(Conflict):
        keeper(path).change(opened, {"work365": {"next_secret": "n"}})
    with pytest.raises(Conflict):
        FileStore(path).write("new", "")
    with pytest.raises(Conflict):
        FileStore(path).archive(opened.version)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("", StoreError),
        (" \n", StoreError),
        ("work365: {}\n", CannotOpen),
        ("$ANSIBLE_VAULT;1.1;AES256\n6", CannotOpen),
    ],
)
def test_a_file_that_cannot_be_read_stays_as_it_is(path: Path, content: str, error: type[Exception]) -> None:
    path.parent.mkdir()
    path.write_text(content)
    for work in (keeper(path).read, lambda: keeper(path).ensure(ASKED)):
        with pytest.raises(error):
            work()
    assert path.read_text() == content


def test_a_file_system_without_links_keeps_credentials_too(path: Path) -> None:
    with mock.patch("os.link", side_effect=OSError(errno.EPERM, "Operation not permitted")):
        keeper(path).ensure(ASKED)
        kept = path.read_text()
        store = FileStore(path)
        with pytest.raises(Conflict), mock.patch.object(store, "read", return_value=("", "")):
            store.write("another", "")
    assert path.read_text() == kept and path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"users: {work365: {user_name: M\xfcller}}"])
def test_what_was_opened_may_be_no_text(path: Path, content: bytes) -> None:
    """Such as what an editor saved in another encoding: a name with a character in it that nobody knows is another."""
    path.parent.mkdir()
    path.write_bytes(VaultLib([]).encrypt(content, secret=VaultSecret(b"hunter2")))
    before = path.read_bytes()
    for work in (keeper(path).read, lambda: keeper(path).ensure(ASKED)):
        with pytest.raises(CannotOpen, match=r"was opened, but is no text in UTF-8"):
            work()
    assert path.read_bytes() == before


def test_an_editor_may_mark_the_encoding(path: Path) -> None:
    keeper(path).ensure(ASKED)
    path.write_text(path.read_text(), encoding="utf-8-sig")
    assert keeper(path).note({"work365": {"secret_set": True}})
    assert keeper(path).read().kept.users["work365"].secret_set


@pytest.mark.parametrize("link", ["kept/alder.yml", "kept"])
def test_a_link_to_what_is_not_mounted_is_not_taken_for_nothing(tmp_path: Path, link: str) -> None:
    place = tmp_path / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(tmp_path / "not" / "mounted")
    with pytest.raises(StoreError, match="is a link to .* which is not there"):
        keeper(tmp_path / "kept" / "alder.yml").read()


def test_another_password_is_told_and_nothing_changes(path: Path) -> None:
    keeper(path).ensure(ASKED)
    before = path.read_bytes()
    with pytest.raises(CannotOpen, match=r"cannot be opened with the vault password in vault_password"):
        keeper(path, Seal.of_password("other")).ensure(ASKED)
    assert path.read_bytes() == before


def test_changes_need_the_version_that_was_read_and_notes_take_the_newest(path: Path) -> None:
    opened, _made = keeper(path).ensure(ASKED)
    assert keeper(path).note({"work365": {"secret_set": True, "user_name": "k@alder.example"}})
    assert not keeper(path).note({"work365": {"secret_set": True}})
    opened = keeper(path).read()
    changed = keeper(path).change(opened, {"verification": {"next_secret": "n"}})
    assert changed.kept.users["verification"].next_secret == "n"
    assert changed.kept.users["work365"].secret_set


def test_a_user_that_was_found_is_kept(path: Path) -> None:
    entry = Entry("hand@alder.example", made_here=False)
    assert keeper(path).note({}, new={"work365": entry})
    assert keeper(path).read().kept.users == {"work365": entry}


def test_archives_of_one_day_are_all_kept(path: Path) -> None:
    places = []
    for _ in range(3):
        keeper(path).ensure(ASKED)
        text = path.read_text()
        place = keeper(path).archive(keeper(path).read())
        assert place
        assert Path(place).read_text() == text
        places.append(place)
        assert not path.exists()
    assert len(set(places)) == 3
    assert keeper(path).archive(keeper(path).read()) is None


def test_an_archive_may_be_on_another_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper(path).ensure(ASKED)
    monkeypatch.setattr(os, "link", mock.Mock(side_effect=OSError(errno.EXDEV, "Invalid cross-device link")))
    assert keeper(path).archive(keeper(path).read()) and not path.exists()


def test_what_cannot_be_archived_stays_and_is_named(path: Path) -> None:
    keeper(path).ensure(ASKED)
    (path.parent / "archive").write_text("no folder")
    with pytest.raises(StoreError, match=f"{path} cannot be put into the archive .*File exists. It is where it was"):
        keeper(path).archive(keeper(path).read())
    assert keeper(path).read().kept.users


def test_what_is_written_goes_where_a_link_leads(path: Path) -> None:
    real = path.parent / "mounted" / "alder.yml"
    keeper(real).ensure(ASKED)
    path.symlink_to("mounted/alder.yml")
    assert keeper(path).note({"work365": {"secret_set": True}})
    assert path.is_symlink() and keeper(real).read().kept.users["work365"].secret_set
    archived = keeper(path).archive(keeper(path).read())
    assert archived and not path.is_symlink() and not real.exists()


def test_a_file_keeps_its_vault_id(path: Path) -> None:
    secrets = [("prod", VaultSecret(b"one")), ("lab", VaultSecret(b"two"))]
    with pytest.raises(NoVaultSecret, match=r"several vault secrets \(prod, lab\).*vault_encrypt_identity"):
        keeper(path, Seal(secrets)).ensure(ASKED)
    keeper(path, Seal(secrets, "lab")).ensure(ASKED)
    assert path.read_text().startswith("$ANSIBLE_VAULT;1.2;AES256;lab\n")
    keeper(path, Seal(secrets, "prod")).note({"work365": {"secret_set": True}})
    assert path.read_text().startswith("$ANSIBLE_VAULT;1.2;AES256;lab\n")
    for check in (True, False):
        with pytest.raises(NoVaultSecret, match="no vault secret with the id 'moon'"):
            keeper(path.with_name("b.yml"), Seal(secrets, "moon")).ensure(ASKED, check=check)


@pytest.mark.parametrize("password", ["hunter2\n", " hunter2 ", "hunter2"])
def test_ansible_vault_opens_what_is_sealed(path: Path, tmp_path: Path, password: str) -> None:
    keeper(path, Seal.of_password(password)).ensure(ASKED)
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    command = [Path(sys.executable).with_name("ansible-vault"), "view", "--vault-password-file", file, path]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "tenant: alder.example" in shown


def test_an_empty_password_is_refused() -> None:
    with pytest.raises(NoVaultSecret, match="empty"):
        Seal.of_password(" \n")


def test_a_text_that_went_by_another_id_is_sealed_with_what_opened_it() -> None:
    secret = VaultSecret(b"hunter2")
    sealed = Seal([("other", secret)]).seal("text")
    again = Seal([("default", secret)]).seal("new text", like=sealed)
    assert Seal([("default", secret)]).open(again, "a file") == "new text"
    assert again.startswith(sealed.partition("\n")[0])
    # As while a password is replaced by another, which not everybody has yet.
    both = Seal([("default", VaultSecret(b"new")), ("other", VaultSecret(b"newer")), ("default", secret)])
    assert Seal([("default", secret)]).open(both.seal("newest text", like=again), "a file") == "newest text"


def test_what_was_written_is_looked_at_before_another_run_may_write(path: Path) -> None:
    class Followed(FileStore):
        """Another run writes as soon as it may."""

        @contextlib.contextmanager
        def _locked(self) -> t.Iterator[None]:
            with super()._locked():
                yield
            path.write_text("another run's", encoding="utf-8")

    Followed(path).write("ours", "")
    assert path.read_text(encoding="utf-8") == "another run's"


def test_a_note_about_credentials_that_were_archived_meanwhile_is_a_failure_by_name(path: Path) -> None:
    mine = keeper(path)
    mine.ensure(ASKED)
    mine.archive(mine.read())
    with pytest.raises(EntryGone, match="work365"):
        mine.note({"work365": {"secret_set": True}})
    assert not path.exists()
