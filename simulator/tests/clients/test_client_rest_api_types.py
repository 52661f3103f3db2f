# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""npm's autotask-rest-api-types: its program that writes the fields and pick-lists of a tenant as TypeScript."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from client_service import HERE, Service

CLIENT = "autotask-rest-api-types"


def test_it_enriches_its_types(service: Service, node_clients: Path, allowed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"AUTOTASK_USER={service.user_name}\n"
        f"AUTOTASK_SECRET={service.secret}\n"
        f"AUTOTASK_INTEGRATION_CODE={service.code}\n"
    )
    environment = {
        **os.environ,
        "AUTOTASK_SIMULATOR": service.url.rstrip("/"),
        "NODE_OPTIONS": f"--require {HERE / 'redirect.js'}",
    }
    program = node_clients / "node_modules" / CLIENT / "scripts/enrich.mjs"
    ran = subprocess.run(
        ["node", program, "made.ts"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = re.search(r"(\d+) captured, .* (\d+) unexpected error\(s\), (\d+) fatal", ran.stdout)
    assert told and int(told[1]) > 150 and told[3] == "0", ran.stdout
    # What exists only below a parent answers 405, which the program knows of.
    unexpected = {call for call, status in service.refused().items() if status != 405}
    assert unexpected == allowed.keys(), ran.stdout
    made = (tmp_path / "made.ts").read_text(encoding="utf-8")
    for collection, field in (
        ("Tickets", "ticketNumber"),
        ("Companies", "companyType"),
        ("TimeEntries", "hoursWorked"),
    ):
        assert collection in made and field in made
