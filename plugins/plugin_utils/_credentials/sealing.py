# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sealing and opening, with the vault secrets of the run or with a password of its own.

Ansible has no public API for what C(--ask-vault-pass), C(--vault-password-file), C(--vault-id), client scripts and
C(ansible.cfg) gave it. What is used of its private one is in this file only, and is tried on every ansible-core that is
supported.
"""

from __future__ import annotations

import typing as t

from ansible.constants import config
from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, VaultSecret, VaultSecretsContext, is_encrypted, parse_vaulttext_envelope
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError

DEFAULT_ID = "default"

OWN_PASSWORD = (
    "the vault password in vault_password (roles: work365_integration_vault_password, WORK365_VAULT_PASSWORD)"
)

VaultSecrets = list[tuple[str, VaultSecret]]
"""Vault ids with their secrets, as Ansible has them."""


class NoVaultSecret(AutotaskError):
    """There is nothing to seal with, or it is not clear with what."""

    reason = "no_vault_secret"


class CannotOpen(AutotaskError):
    """A text is not sealed, or none of the given passwords opens it."""

    reason = "credentials_not_readable"


class Seal:
    """Turns text into what C(ansible-vault view) opens, and back."""

    def __init__(self, secrets: VaultSecrets, encrypt_id: str | None = None, given_as: str = "") -> None:
        self._secrets = secrets
        self._encrypt_id = encrypt_id
        self._given_as = given_as
        """Where a password of its own was given."""

    @classmethod
    def of_run(cls) -> Seal:
        """Whatever the run was given; see Ansible's guide "Managing vault passwords"."""
        context = VaultSecretsContext.current(optional=True)
        secrets = list(context.secrets or []) if context else []
        return cls(secrets, config.get_config_value("DEFAULT_VAULT_ENCRYPT_IDENTITY"))

    @classmethod
    def of_password(cls, password: str) -> Seal:
        """A password that is used for nothing else; blanks and line breaks around it do not count, as in Ansible."""
        stripped = password.strip()
        if not stripped:
            raise NoVaultSecret("The vault password is empty. Give the password that encrypts the credentials.")
        return cls([(DEFAULT_ID, VaultSecret(stripped.encode()))], given_as=OWN_PASSWORD)

    def seal(self, text: str, like: str = "") -> str:
        """Encrypt *text*, with what opens the sealed text *like* and by the vault id that it has, if there is one."""
        vault_id, secret = self._chosen(like)
        sealed = VaultLib().encrypt(text, secret=secret, vault_id=None if vault_id == DEFAULT_ID else vault_id)
        return t.cast(bytes, sealed).decode()

    def open(self, sealed: str, where: str) -> str:
        """Decrypt *sealed*, which is kept at *where*."""
        if not is_encrypted(sealed.encode()):
            raise CannotOpen(
                f"{where} is not encrypted with Ansible Vault, so it is not a credentials file of this "
                "collection. Nothing was changed; move it away, or encrypt it with 'ansible-vault encrypt'."
            )
        try:
            return t.cast(bytes, VaultLib(self._secrets).decrypt(sealed.encode())).decode()
        except UnicodeDecodeError:
            raise CannotOpen(
                f"{where} was opened, but is no text in UTF-8. Nothing was changed. Save it as such with "
                "'ansible-vault edit', or bring it back from a backup."
            ) from None
        except AnsibleError:
            pass
        tried = self._given_as or f"the vault secrets of this run: there {_listed(self._ids())}"
        raise CannotOpen(
            f"{where} cannot be opened with {tried}. Nothing was changed. Give the one it was encrypted with; "
            "'ansible-vault view' shows whether it fits."
        )

    def require(self) -> None:
        """Fail if nothing new could be sealed."""
        self._chosen("")

    def _chosen(self, like: str) -> tuple[str, VaultSecret]:
        if like:
            # Several secrets may go by one id, and by others than they went by then.
            return _vault_id_of(like), VaultLib(self._secrets).decrypt_and_get_vault_id(like.encode())[2]
        vault_id = self._chosen_id()
        secret = next((secret for name, secret in self._secrets if name == vault_id), None)
        if secret is None:
            raise NoVaultSecret(
                f"There is no vault secret with the id '{vault_id}' to encrypt the credentials with; there "
                f"{_listed(self._ids())}. Give it with --vault-id {vault_id}@..."
            )
        return vault_id, secret

    def _chosen_id(self) -> str:
        """The id that new text gets; with several it must be said which."""
        if self._encrypt_id:
            return self._encrypt_id
        names = self._ids()
        if not names:
            raise NoVaultSecret(
                "There is no vault password to encrypt the credentials with, and they are never written in the clear. "
                "Give one to Ansible (--vault-id, --vault-password-file, --ask-vault-pass) or to the role "
                "(work365_integration_vault_password, WORK365_VAULT_PASSWORD)."
            )
        if len(names) > 1:
            raise NoVaultSecret(
                f"There are several vault secrets ({', '.join(names)}), and nothing says which of them encrypts new "
                "credentials. Name one in Ansible's setting 'vault_encrypt_identity'."
            )
        return names[0]

    def _ids(self) -> list[str]:
        return list(dict.fromkeys(name for name, _secret in self._secrets))


def _vault_id_of(sealed: str) -> str:
    return str(parse_vaulttext_envelope(sealed.encode())[3])


def _listed(names: t.Sequence[str]) -> str:
    if not names:
        return "are none"
    return f"is one with the id {names[0]}" if len(names) == 1 else f"are those with the ids {', '.join(names)}"
