# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: matrix
author:
  - The msp.autotask contributors (@msp-autotask)
version_added: "0.9.0"
short_description: What a vendor's integration asks for in Autotask, as options of the modules
description:
  - The collection ships what vendors publish of the security level and the API user of their integrations, one matrix
    for each. This lookup takes one by its name and returns what
    M(msp.autotask.autotask_security_level) and M(msp.autotask.autotask_resource) take.
  - A matrix of your own in the same form will do as well, or a shipped one with what is different about it.
  - All matrices that are shipped, and what each of them may do, are in C(docs/matrices.md) of the repository.
  - Every mistake in a matrix is told in one message, with the nearest right names.
options:
  _terms:
    description:
      - Names of shipped matrices, and dictionaries. Of a dictionary, only C(title) and C(settings) are needed, or
        C(extends).
      - C(extends) names the shipped matrix that the dictionary is laid over, setting by setting.
      - C(title) is what the integration is called. The level is named after it unless C(level) has a C(name).
      - C(settings) are sections by key as O(msp.autotask.autotask_security_level#module:permissions) takes them. Each
        value may be a dictionary with C(value) and what there is to say about it, as the filter
        P(msp.autotask.matrix_permissions#filter) takes it. C(added) are more of them, which are not the vendor's.
      - C(full_permission) lists sections in which everything is on that the settings catalog knows.
      - C(level) has C(name), C(copy_from), and in C(start) what the settings are laid over. With V(no_permission)
        (which is meant if nothing is said) and V(not_stated) everything else is off, with V(full) it stays as it is in
        the copy. V(unchanged) gives the user the level of C(copy_from) itself. V(not_published) cannot be set up.
      - C(tracking) has the C(vendor) as Autotask's list shows it, and in C(also) its other entries; or C(custom), the
        name of an integration of your own.
      - C(user) has C(first_name) and C(last_name).
      - C(purpose), C(note), C(outside), C(left_out), C(source), C(read), C(completeness), C(confidence) and
        C(least_privilege) are for readers.
    type: list
    elements: raw
    required: true
notes:
  - A warning says so where a vendor's list is not known as a whole.
seealso:
  - plugin: msp.autotask.matrix_permissions
    plugin_type: filter
"""

EXAMPLES = r"""
- name: The security level that COW asks for
  msp.autotask.autotask_security_level:
    name: "{{ cow.security_level.name }}"
    copy_from: "{{ cow.security_level.copy_from }}"
    permissions: "{{ cow.security_level.permissions }}"
    purge_permissions: "{{ cow.security_level.purge_permissions }}"
  vars:
    cow: "{{ lookup('msp.autotask.matrix', 'cow') }}"

- name: Several integrations, one of them with a change and one of your own
  ansible.builtin.debug:
    msg: "{{ item.title }} gets the level {{ item.resource.security_level }}"
  loop: "{{ query('msp.autotask.matrix', *integrations) }}"
  loop_control:
    label: "{{ item.name }}"
  vars:
    integrations:
      - work365
      - extends: cow
        settings:
          inventory: {products: {view: none}}
      - title: Contract reports
        tracking: {custom: Contract reports}
        settings:
          contracts: {contracts: {view: all}, contract_visibility: full}
          web_services_api: {can_login_to_web_services_api: true}
"""

RETURN = r"""
_list:
  description: One dictionary for each term.
  type: list
  elements: dict
  contains:
    name:
      description: Its name; that of a matrix of your own is its title.
      type: str
      sample: cow
    title:
      description: What the integration is called.
      type: str
      sample: COW
    security_level:
      description:
        - What M(msp.autotask.autotask_security_level) takes, but for the way into the console. None where the vendor
          has the user get a system level as it is; there is nothing to manage then.
      type: dict
      sample:
        name: COW API User
        copy_from: API User (system) (API-only)
        active: true
        permissions: {crm: {access_customer_and_cancelation: all}}
        purge_permissions: true
    resource:
      description:
        - What M(msp.autotask.autotask_resource) takes, as far as the matrix says. Without C(integration_vendor) and
          C(internal_integration) where the vendor names no tracking identifier.
      type: dict
      sample:
        first_name: COW
        last_name: Integration
        security_level: COW API User
        integration_vendor: CyberDrain B.V.
    other_vendors:
      description: Other entries of the list of vendors that are this one's as well, for another product or user.
      type: list
      elements: str
      sample: []
    completeness:
      description:
        - Whether all of the vendor's list is known (V(complete)), a part of it (V(partial)), or little, as it is shown
          in V(pictures). None for a matrix of your own that does not say.
      type: str
      sample: complete
    confidence:
      description: How sure it is that this is what the vendor publishes today, V(high), V(medium) or V(low).
      type: str
      sample: high
    source:
      description: The public page that it was read on.
      type: str
      sample: https://docs.cow.tech/inputs/psa-integrations/autotask-psa/autotask-permissions
    left_out:
      description: What the vendor names and the matrix does not set, and why.
      type: list
      elements: str
      sample: []
    outside:
      description: What the integration needs that no security level governs. Nothing here sets it.
      type: list
      elements: str
      sample: ["Protected Data Permission: the user needs View Protected Data."]
"""

import typing as t

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display
from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.model import Matrix
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.options import options_of
from ansible_collections.msp.autotask.plugins.plugin_utils._matrices.shipping import matrix_of

display = Display()


class LookupModule(LookupBase):
    """The lookup by name."""

    def run(self, terms: list[t.Any], variables: t.Any = None, **kwargs: t.Any) -> list[dict[str, t.Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        try:
            return [options_with_warning(matrix_of(term)) for term in terms]
        except AutotaskError as error:
            raise AnsibleLookupError(error.message) from error


def options_with_warning(matrix: Matrix) -> dict[str, t.Any]:
    """What the matrix stands for, and a warning if its vendor may want more than is known here."""
    options = options_of(matrix)
    # A matrix that is kept in a role's defaults says there how sure each value is.
    if matrix.is_partial and not matrix.defaults_of:
        display.warning(f"What {matrix.title} wants is known in part only: see left_out, and {matrix.source}.")
    return options
