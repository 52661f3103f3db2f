# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A store that is a file on the controller, one for each tenant."""

from __future__ import annotations

import contextlib
import datetime
import errno
import fcntl
import hashlib
import os
import secrets
import typing as t
from pathlib import Path

from ansible_collections.msp.autotask.plugins.plugin_utils._credentials.store import Conflict, StoreError

NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
"""What file systems say that know no second name for a file, such as those of USB sticks and of some shares."""


class FileStore:
    """A private file, replaced in one piece.

    A version is the hash of the file's content. Between the look at it and the replacement the folder is locked against
    other runs on this machine. Over a network file system that knows no locks of folders, two machines may still
    replace the same version at once; what one of them made first is never lost, as a new file never takes the place of
    an old one.
    """

    def __init__(self, path: Path, archive_folder: Path | None = None) -> None:
        self._path = path
        self._archive_folder = archive_folder or path.parent / "archive"

    @property
    def where(self) -> str:
        return str(self._path)

    @property
    def _real(self) -> Path:
        """Where a link leads to, so that what is written goes where it is read."""
        return self._path.resolve()

    def read(self) -> tuple[str, str]:
        try:
            # Some editors put a mark of the encoding first.
            text = self._path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            # What cannot be read is not absent.
            if dead := dead_link(self._path):
                raise StoreError(
                    f"{dead} is a link to {dead.readlink()}, which is not there. Nothing was changed; mount what it "
                    "leads to, or remove it."
                ) from None
            return "", ""
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self._path} cannot be read: {_why(error)}. Nothing was changed.") from error
        # An empty file is what a broken editor leaves; it is not "nothing kept".
        if not text.strip():
            raise StoreError(f"{self._path} is empty. Nothing was changed; bring it back from a backup, or remove it.")
        return text, _version(text)

    def write(self, text: str, version: str) -> None:
        try:
            with self._locked():
                if self.read()[1] != version:
                    raise Conflict(f"Another run changed {self._path} meanwhile. Nothing was overwritten; run again.")
                self._replace(text, is_new=not version)
                _flush_folder(self._real.parent)
                if self.read()[0] != text:
                    raise StoreError(f"{self._path} is not read back as it was written. Nothing further was done.")
        except OSError as error:
            raise StoreError(f"{self._path} cannot be written: {_why(error)}. Nothing was changed.") from error

    def archive(self, version: str) -> str:
        try:
            with self._locked():
                text, found = self.read()
                if found != version:
                    raise Conflict(f"Another run changed {self._path} meanwhile. It was not archived; run again.")
                place = self._copy_to_archive(text)
                self._real.unlink()
                self._path.unlink(missing_ok=True)
                return str(place)
        except OSError as error:
            raise StoreError(
                f"{self._path} cannot be put into the archive {self._archive_folder}: {_why(error)}. It is where it "
                "was; mend that, and run again."
            ) from error

    def _copy_to_archive(self, text: str) -> Path:
        """Never over a file that is there; and no link, as the archive may be on another disk."""
        self._archive_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for place in self._archive_places():
            with contextlib.suppress(FileExistsError):
                _write_new(place, text)
                _flush_folder(self._archive_folder)
                return place
        raise AssertionError("there is always one more place")

    def _archive_places(self) -> t.Iterator[Path]:
        now = datetime.datetime.now(datetime.UTC)
        stem = f"{self._path.stem}-{now:%Y%m%d}"
        yield self._archive_folder / f"{stem}{self._path.suffix}"
        for number in range(2, 10_000):
            yield self._archive_folder / f"{stem}-{number}{self._path.suffix}"

    def _replace(self, text: str, is_new: bool) -> None:
        whole = self._real.with_name(f".{self._path.name}.{secrets.token_hex(8)}")
        try:
            _write_new(whole, text)
            if is_new:
                self._put_if_absent(whole, text)
            else:
                whole.replace(self._real)
        finally:
            whole.unlink(missing_ok=True)

    def _put_if_absent(self, whole: Path, text: str) -> None:
        try:
            try:
                os.link(whole, self._path)
            except OSError as error:
                if error.errno not in NO_LINKS:
                    raise
                # In place, so one that a run was killed at is not whole; it is refused then, as nothing can open it.
                _write_new(self._path, text)
        except FileExistsError:
            raise Conflict(f"Another run made {self._path} meanwhile. Nothing was overwritten; run again.") from None

    @contextlib.contextmanager
    def _locked(self) -> t.Iterator[None]:
        self._real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(self._real.parent, os.O_RDONLY)
        try:
            # Some network file systems cannot.
            with contextlib.suppress(OSError):
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def dead_link(path: Path) -> Path | None:
    """The part of *path* that leads to what is not there, such as a disk that is not mounted."""
    try:
        return next((part for part in (path, *path.parents) if part.is_symlink() and not part.exists()), None)
    # A name that is too long for a link.
    except OSError:
        return None


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _why(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not text"


def _write_new(path: Path, text: str) -> None:
    """A private file that was not there, whole."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise


def _flush_folder(folder: Path) -> None:
    """Make sure that the new name outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
