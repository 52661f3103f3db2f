#!/usr/bin/env python3
# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sends standard input as a mail: send_mail.py FROM TO SUBJECT. mail.yml says which variables name the server."""

from __future__ import annotations

import os
import smtplib
import ssl
import sys
from email.message import EmailMessage


def main() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sys.argv[1:]
    message.set_content(sys.stdin.read())
    user, password = (os.environ.get(f"NEWS_SMTP_{name}") for name in ("USER", "PASSWORD"))
    port = int(os.environ.get("NEWS_SMTP_PORT", "587"))
    with smtplib.SMTP(os.environ["NEWS_SMTP_HOST"], port, timeout=60) as server:
        if user and password:
            server.starttls(context=ssl.create_default_context())
            server.login(user, password)
        server.send_message(message)


if __name__ == "__main__":
    main()
