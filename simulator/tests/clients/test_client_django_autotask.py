# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PyPI's django-autotask: its full synchronization of every object that it knows into its own database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from client_service import Service

pytest.importorskip("djautotask", reason="installed by 'make clients'")

CLIENT = "django-autotask"

# In a process of its own, as Django takes its settings once.
SYNCHRONIZE = """
import json, os, sys
import django
from django.conf import settings
from django.core.management import CommandError, call_command

settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "djautotask"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
    AUTOTASK_SERVER_URL=os.environ["SERVER_URL"],
    AUTOTASK_CREDENTIALS={
        "username": os.environ["USER_NAME"],
        "password": os.environ["SECRET"],
        "integration_code": os.environ["CODE"],
        "rest_api_version": "1.0",
    },
)
django.setup()
call_command("migrate", verbosity=0)
try:
    call_command("atsync", full=True, stdout=sys.stderr)
except CommandError as error:
    print(error, file=sys.stderr)

from djautotask import models
jobs = models.SyncJob.objects.all()
print(json.dumps({
    "failed": {job.entity_name: str(job.message) for job in jobs if not job.success},
    "synchronized": {job.entity_name: job.added for job in jobs if job.success},
}))
"""


def test_it_synchronizes_everything(service: Service, allowed: dict[str, str], tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SERVER_URL": f"{service.url}ATServicesRest/",
        "USER_NAME": service.user_name,
        "SECRET": service.secret,
        "CODE": service.code,
    }
    ran = subprocess.run(
        [sys.executable, "-c", SYNCHRONIZE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert len(told["synchronized"]) > 30 and told["synchronized"]["Account"] > 10, told
    assert told["failed"].keys() | service.refused().keys() == allowed.keys(), json.dumps(told["failed"], indent=2)
