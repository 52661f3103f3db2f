# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every module says about check mode, diff mode, idempotence and its action group."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.attributes) and its parts."""

    # The attributes themselves; a module adds the C(support) of each.
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff
      mode.
  idempotent:
    description:
      - When run twice in a row outside check mode, with the same arguments, the second invocation indicates no change.
      - This assumes that the system controlled or queried by the module has not changed in a relevant way.
"""

    # Modules that work in the web console: module_defaults can give account and browser once for all of them.
    CONSOLE_GROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/msp.autotask.console) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - msp.autotask.console
"""

    # Modules that ask the REST API.
    REST_GROUP = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/msp.autotask.rest) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - msp.autotask.rest
"""

    # Names that only an action plugin stands behind; Ansible looks for documentation among modules.
    CONTROLLER = r"""
options: {}
notes:
  - There is no module behind this; it runs as an action plugin on the controller, whatever the connection of the host
    is.
"""

    # Modules that only read: check mode is the same as a normal run and there is nothing to show in a diff.
    INFO_MODULE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This module does not modify state.
  diff_mode:
    support: N/A
    details:
      - This module does not modify state.
  idempotent:
    support: full
    details:
      - This module does not modify state.
"""
