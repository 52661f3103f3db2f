# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HTTPS on request: with a certificate that somebody has, or with one that is made for the run."""

from __future__ import annotations

import ipaddress
import ssl
import tempfile
import typing as t
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


class TlsError(Exception):
    """HTTPS cannot be served; the message says why."""


@dataclass(frozen=True)
class Certificate:
    """A PEM file of certificates, and one with the private key (perhaps the same)."""

    path: Path
    key: Path
    folder: tempfile.TemporaryDirectory[str] | None = None
    """Where they are, if they were made for this run: it goes with them."""

    @classmethod
    def of(cls, wanted: bool, path: Path | None, key: Path | None, host: str) -> t.Self | None:
        """The certificate for what the command line says; None for plain HTTP."""
        if path is None and key is not None:
            raise TlsError("--key needs --certificate")
        if path is not None:
            return cls(path, key or path)
        return cls._made_for(host) if wanted else None

    @classmethod
    def _made_for(cls, host: str) -> t.Self:
        folder = tempfile.TemporaryDirectory(prefix="autotask-simulator-")
        made = cls(Path(folder.name) / "certificate.pem", Path(folder.name) / "key.pem", folder)
        certificate, key = _self_signed({"localhost", "127.0.0.1", "::1", host})
        made.path.write_bytes(certificate)
        made.key.write_bytes(key)
        return made

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self.path, self.key)
        except (OSError, ssl.SSLError) as error:
            raise TlsError(f"{self.path} and {self.key} are no certificate and its key: {error}") from error
        return context


def _self_signed(hosts: set[str]) -> tuple[bytes, bytes]:
    """Certificate and key, as PEM."""
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError:
        raise TlsError("--tls needs the package cryptography: pip install 'autotask-simulator[tls]'") from None

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "autotask-simulator")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([_name(x509, host) for host in sorted(hosts)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return (
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def _name(x509: t.Any, host: str) -> t.Any:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
