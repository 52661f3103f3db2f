# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a secret that Autotask made itself reaches whoever keeps it, before Autotask stores it.

The receiver makes a key pair, keeps the private key, and names the public key and a file that does not exist yet. The
module seals the secret for that key, writes the file, and only then lets Autotask store it. A run that is killed leaves
the file, so what Autotask may have stored is never lost; only the receiver can open it. Where the receiver wants to
keep it first, the module waits until a second file beside the first says so.

Sealed by X25519 with a key pair for this secret alone, HKDF-SHA256 and AES-256-GCM.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import traceback
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

CRYPTOGRAPHY_IMPORT_ERROR: str | None = None
try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
except ImportError:
    CRYPTOGRAPHY_IMPORT_ERROR = traceback.format_exc()

PURPOSE = b"msp.autotask handover 1"
"""Names format and version; what was sealed for another purpose does not open."""

KEY_BYTES = 32
NONCE_BYTES = 12

CONFIRMED = ".confirmed"
"""Ends the name of the file that says that the receiver has kept the secret."""


class HandoverError(AutotaskError):
    """A secret could not be handed over."""

    reason = "handover_failed"


@dataclass(frozen=True)
class KeyPair:
    """Both halves as text (base64 of 32 bytes); the private one belongs to the receiver alone."""

    private: str
    public: str


@dataclass(frozen=True)
class HandedOver:
    """A secret, and the whole user name it belongs to."""

    user_name: str
    secret: str


@dataclass(frozen=True)
class Handover:
    """Where a secret is handed over, sealed for whom, and how many seconds its receiver has to keep it first."""

    path: Path
    public_key: str
    wait: float = 0.0


def new_key_pair() -> KeyPair:
    """Make a key pair for a receiver."""
    return key_pair_of(_text(X25519PrivateKey.generate().private_bytes_raw()))


def key_pair_of(private_key: str) -> KeyPair:
    """The pair that a private key belongs to."""
    private = X25519PrivateKey.from_private_bytes(_bytes(private_key))
    return KeyPair(private_key, _text(private.public_key().public_bytes_raw()))


def seal(content: HandedOver, public_key: str) -> str:
    """*content* as one line that only the holder of the private key opens. HandoverError if *public_key* is none."""
    ours, nonce = X25519PrivateKey.generate(), os.urandom(NONCE_BYTES)
    sender = ours.public_key().public_bytes_raw()
    try:
        receiver = _bytes(public_key)
        shared = ours.exchange(X25519PublicKey.from_public_bytes(receiver))
    except ValueError as error:
        raise HandoverError(
            "The public key for the hand-over is not valid. It must be the 32 bytes of an X25519 key in base64."
        ) from error
    key = _key(shared, sender, receiver)
    plain = json.dumps({"user_name": content.user_name, "secret": content.secret}).encode()
    return _text(sender + nonce + AESGCM(key).encrypt(nonce, plain, PURPOSE))


def open_sealed(sealed: str, private_key: str) -> HandedOver:
    """What was sealed for the public half of *private_key*; HandoverError if it was not, or is damaged."""
    try:
        private = X25519PrivateKey.from_private_bytes(_bytes(private_key))
        data = _bytes(sealed.strip())
        sender, nonce, hidden = data[:KEY_BYTES], data[KEY_BYTES:][:NONCE_BYTES], data[KEY_BYTES + NONCE_BYTES :]
        shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
        key = _key(shared, sender, private.public_key().public_bytes_raw())
        return HandedOver(**json.loads(AESGCM(key).decrypt(nonce, hidden, PURPOSE)))
    except (ValueError, InvalidTag) as error:
        raise HandoverError("What was handed over does not open with this key, or is damaged.") from error


def write(path: Path, sealed: str) -> None:
    """Write a new file for its owner's eyes only, so that it outlives whatever happens next.

    HandoverError if there is a file already, which may hold the only copy of another secret, or it cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError as error:
        raise HandoverError(
            f"{path} is there already. It may hold the secret of a run before, so it was not replaced. Let its "
            "receiver take it first.",
            "handover_pending",
        ) from error
    except OSError as error:
        raise HandoverError(f"The secret cannot be handed over in {path}: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{sealed}\n")
            file.flush()
            os.fsync(file.fileno())
        _keep_entry(path.parent)
    except OSError as error:
        withdraw(path)
        raise HandoverError(f"The secret cannot be handed over in {path}: {error.strerror}.") from error


def withdraw(path: Path) -> None:
    """Take back what was written at *path*, if Autotask was never asked to store it."""
    for name in (path, _confirmation(path)):
        with contextlib.suppress(FileNotFoundError):
            name.unlink()


def confirm(path: Path) -> None:
    """Say that what lies at *path* has been kept; for the receiver."""
    _confirmation(path).write_text(_fingerprint(path), encoding="ascii")


def is_confirmed(path: Path) -> bool:
    """Whether the receiver has kept the very secret that lies at *path*."""
    with contextlib.suppress(OSError, ValueError):
        return _confirmation(path).read_text(encoding="ascii").strip() == _fingerprint(path)
    return False


def _confirmation(path: Path) -> Path:
    return path.with_name(path.name + CONFIRMED)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _keep_entry(folder: Path) -> None:
    """Let the folder remember the new file through a crash, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _key(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=sender + receiver, info=PURPOSE).derive(shared)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii"), validate=True)
