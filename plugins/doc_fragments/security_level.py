# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that describe a security level."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.security_level): what is wanted of one level."""

    DOCUMENTATION = r"""
options:
  name:
    description:
      - Name of the level. The C((API-only)) that lists show behind it may be left out.
    type: str
    required: true
  copy_from:
    description:
      - The level to copy when O(name) does not exist. A level can only be made by copying.
    type: str
    default: API User (system) (API-only)
  active:
    description:
      - Whether the level can be given to users.
      - If not given, a level that exists stays as it is, and a new one is made active.
    type: bool
  permissions:
    description:
      - The permissions to grant, section by section. Keys are those of the settings catalog
        (C(docs/security-level-settings.md) in the repository); sections are V(contracts), V(crm), V(inventory),
        V(projects), V(service_desk), V(documents_knowledgebase), V(timesheet), V(reports), V(admin), V(other),
        V(web_services_api) and V(workforce_management).
      - If not given, the permissions of the level are not managed. A level that does not exist cannot be created then.
      - Object rows take a dictionary of V(view), V(add), V(edit) and V(delete).
      - Values are ideas - V(all), V(mine), V(none), V(full), V(limited), V(true), V(false), numbers - for which the
        word that the page offers is chosen. A word of the page itself will do as well.
      - A setting that the catalog lacks is given by its label in the section's C(by_label), with its group before it
        where two have the same label (C(Group > Label)). Settings of a section that the catalog lacks are given below
        C(by_label) as well, by heading and label.
      - A mistake in a key or value is told before a browser starts, all mistakes in one message.
    type: dict
  purge_permissions:
    description:
      - With O(permissions), whether every setting that they do not list is cleared, also of sections and
        labels that the catalog does not know. If V(false), only the listed settings are managed.
      - Lists of which the catalog knows that they grant nothing are left alone, as the one that chooses a dashboard.
      - The page must be whole then. What can be operated and is not understood, a known section that is missing, and
        two sections of one name each fail the task.
    type: bool
    default: true
  optional_sections:
    description:
      - Keys of sections that this tenant's page may lack, such as V(inventory), beside those that the catalog knows to
        be optional (V(workforce_management)).
    type: list
    elements: str
    default: []
"""
