# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of the modules that drive the web console."""

from __future__ import annotations


class ModuleDocFragment:
    """C(msp.autotask.console): which console, who logs in, and with which browser."""

    DOCUMENTATION = r"""
requirements:
  - playwright >= 1.49
  - cryptography, where O(console_totp_secret) is given
  - Chromium, its headless shell, or Google Chrome
options:
  console_url:
    description:
      - Where to log in. The default leads every account to the zone of its tenant; the C(web_url) that
        M(msp.autotask.autotask_zone_info) finds goes there directly.
      - If not set, the value of the environment variable E(AUTOTASK_CONSOLE_URL) is used.
    type: str
    default: https://www.autotask.net
  console_username:
    description:
      - User name of the account that does the work. It needs the Admin permission C(Resources/Users (HR)), and must
        log in with a password of its own (in tenants that require KaseyaOne, as a user exception).
      - If not set, the value of the environment variable E(AUTOTASK_CONSOLE_USERNAME) is used.
    type: str
    required: true
  console_password:
    description:
      - Its password. It is tried once; Autotask locks accounts after a number of bad tries.
      - May be left out while O(console_session) names a session that is still valid.
      - If not set, the value of the environment variable E(AUTOTASK_CONSOLE_PASSWORD) is used.
    type: str
  console_totp_secret:
    description:
      - The secret that its authenticator app was set up with, in base32 (blanks and lower case do not matter), or the
        whole C(otpauth://) address of the QR code with its digits, period and algorithm.
      - The one-time code is made when it is asked for. A code counts once, so the next one is waited for where the
        current one was used already by anything that shares O(state_dir).
      - If not set, the value of the environment variable E(AUTOTASK_CONSOLE_TOTP_SECRET) is used.
    type: str
  console_login:
    description:
      - How the account logs in. V(autotask) is Autotask's own page; V(kaseyaone) goes through KaseyaOne, with a
        password and one-time codes. A push to a telephone cannot be answered.
    type: str
    choices: [autotask, kaseyaone]
    default: autotask
  console_company:
    description:
      - Name of the company, which KaseyaOne asks for unless O(console_url) is the company's own address, and which is
        chosen where a page lets one choose between companies.
    type: str
  console_session:
    description:
      - File that keeps the session, so that several tasks log in once. It is made with mode C(0600) and is as good as a
        password until Autotask ends the session; delete it when the work is done.
      - A session of another account, or one that has ended, is replaced.
      - A file that a person saved with C(playwright open --save-storage=FILE), after logging in by single sign-on for
        instance, is used whatever O(console_username) says, and is never written. O(console_url) must then be the
        address of the zone.
      - If not set, every task logs in for itself, and out at its end.
    type: path
  session:
    description:
      - File with a session that a person made with the playbook C(msp.autotask.login), encrypted with Ansible Vault. It
        is for tenants whose log-in only a person can pass (single sign-on, push, passkey).
      - It is used instead of O(console_password) and O(console_session), and never written or deleted. When it has
        ended the task fails (V(session_ended)) and says how to renew it. It must be the user's own and private.
      - Works in playbooks only, where the action plugin of the module opens it on the controller.
    type: path
  session_vault_password:
    description:
      - Encrypts O(session). If not set, the vault secrets of the run do.
    type: str
  state_dir:
    description:
      - Folder that remembers, for every account, when the last one-time code was used and which credentials were
        refused (as a salted slow hash). Tasks and playbooks that share it take turns in logging in, and none tries what
        was refused before. They take turns in writing to one tenant, too. It holds no secret, and must last from run to
        run.
      - If not set, the value of the environment variable E(AUTOTASK_STATE_DIR) is used.
    type: path
    default: ~/.ansible/msp.autotask
  retry_refused:
    description:
      - Whether to try credentials once more that Autotask refused before. Set it for one run, when the account was
        unlocked or this machine's clock was set; other credentials are tried without it.
    type: bool
    default: false
  tenant:
    description:
      - Which tenant it must be, so that credentials of one customer in the variables of another change nothing. The
        name of its database, as the title of the browser's window shows it behind C(Autotask -); the domain of its
        users; or its zone, by number or address.
      - It is compared after logging in, before anything else is done. What the console does not show is refused, too.
        The domain is that of O(console_username), or in a session that a person saved that of the user names on the
        page.
    type: str
  tenant_file:
    description:
      - File in which the first run notes which tenant it worked in. Later ones refuse another. A tenant that O(tenant)
        names is noted anew.
    type: path
  browser_executable:
    description:
      - The browser to start. If not set, an installed headless shell, Chromium or Google Chrome is used, or else the
        Chromium that Playwright installs; the first one that starts.
      - If not set, the value of the environment variable E(AUTOTASK_BROWSER_EXECUTABLE) is used.
    type: path
  browser_endpoint:
    description:
      - Address of a running browser to use instead of starting one. C(http) and C(ws) addresses of a DevTools port, and
        C(ws) addresses of a Playwright server, are understood. It may hold a token, so it is never shown.
      - If not set, the value of the environment variable E(AUTOTASK_BROWSER_ENDPOINT) is used.
    type: str
  browser_headless:
    description:
      - Whether the browser works without a window. V(false) lets you watch; it needs a display, and a browser that has
        windows (not a headless shell).
    type: bool
    default: true
  validate_certs:
    description:
      - Whether the browser checks the certificates of the pages. If V(false), anyone who intercepts the connection can
        read the password.
      - There is no option for an authority of your own, as Chromium takes none for a single run. Install it where the
        browser looks for it; for Chromium on Linux that is the NSS database of the user who runs the module.
    type: bool
    default: true
  browser_slow_motion:
    description:
      - Milliseconds that the browser waits before each of its actions, so that a person can follow what it does with
        O(browser_headless=false).
    type: int
    default: 0
  proxy:
    description:
      - Address of the proxy for a browser that is started here, such as C(http://user:password@host:port). Hosts in
        E(no_proxy) are reached without it. It may hold a password, so it is never shown.
      - If not set, the one that the environment names (E(https_proxy), E(all_proxy)).
    type: str
  timeout:
    description:
      - Seconds that the whole task may take. It is looked at before every step, so that nothing is written after it.
      - The task keyword C(timeout) does not end a module. One that it, or the end of C(ansible-playbook), has left
        behind notices before its next step and writes nothing more.
    type: int
    default: 300
  evidence_dir:
    description:
      - Folder for evidence of a failure - a picture of each window and an outline of its words - to look at or attach
        to a report. Typed text and the rows of lists are covered, generated keys and addresses left out. The failure
        says where it is, or why it could not be kept.
      - If not set, nothing is kept.
    type: path
  labels:
    description:
      - Other wordings for what the driver looks for, for tenants whose pages are worded differently. The keys are those
        that an error message names; each has a list of wordings, or of selectors that begin with C(css=).
        C(docs/driver.md) in the repository has an example.
    type: dict
    default: {}
  diagnostics:
    description:
      - Whether the result says how the module found its way, step by step, and by which words. At verbosity 3 (C(-vvv))
        and above it always does.
    type: bool
    default: false
notes:
  - Autotask has no API for what this module does, so it drives the web console as a person would. It was tested against
    the simulator in the collection's repository, not yet against a live tenant; try check mode on yours first.
  - Runs where the browser is, usually on the controller (C(connection=local)).
  - With C(async), the playbook must wait for the task; what C(ansible-playbook) leaves behind writes nothing more.
  - Whether your agreement with Kaseya allows automating the web console is for you to find out.
"""
