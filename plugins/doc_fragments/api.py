# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the modules that talk to the REST API."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.api): how to reach the API; C(msp.autotask.api.credentials): who asks."""

    DOCUMENTATION = r"""
requirements:
  - requests >= 2.31
  - urllib3 >= 2.2
options:
  api_url:
    description:
      - Where to ask for the user's zone. Any address of the REST service answers for every user name, so the default
        fits all tenants; the module then talks to the zone that the answer names.
      - Must be an C(https) address. Only the local machine may be spoken to by C(http).
      - The answer must name the same host, or one in C(autotask.net); otherwise nothing is sent there.
      - If not set, the value of the environment variable E(AUTOTASK_API_URL) is used.
    type: str
    default: https://webservices.autotask.net/ATServicesRest/
  timeout:
    description:
      - Seconds that all requests of the module together may take, repetitions and pauses included.
      - A request is repeated, with growing pauses, when the connection breaks or the service is busy, never when
        credentials were refused. The service's own wish for a pause (C(Retry-After)) is respected.
    type: int
    default: 120
  validate_certs:
    description:
      - Whether the server's certificate is checked. If V(false), anyone who intercepts the connection can read the
        secret.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificates of the authorities to trust, for networks whose proxy signs traffic anew.
      - If not set, the usual ones are used, or those that the environment variable E(REQUESTS_CA_BUNDLE) names.
    type: path
  proxy:
    description:
      - Address of the proxy, such as C(http://user:password@host:port). Hosts in E(no_proxy) are reached without it. It
        may hold a password, so it is never shown.
      - If not set, the one that the environment names (E(HTTPS_PROXY), E(ALL_PROXY)).
    type: str
notes:
  - Runs where Python reaches the API, usually on the controller (C(connection=local)).
"""

    CREDENTIALS = r"""
options:
  api_user_name:
    description:
      - The API user's user name (key), in full.
      - If not set, the value of the environment variable E(AUTOTASK_API_USER_NAME) is used.
      - With O(credentials) it is taken from there.
    type: str
    required: true
  api_secret:
    description:
      - The API user's password (secret).
      - If not set, the value of the environment variable E(AUTOTASK_API_SECRET) is used.
      - With O(credentials) it is taken from there.
    type: str
    required: true
  api_integration_code:
    description:
      - The API tracking identifier that the API user has. Autotask shows a custom one to administrators; the one of an
        integration vendor is known to the vendor alone.
      - If not set, the value of the environment variable E(AUTOTASK_API_INTEGRATION_CODE) is used.
      - With O(credentials) the one that is kept is used, if it is known.
    type: str
    required: true
"""
