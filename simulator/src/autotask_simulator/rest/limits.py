# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Autotask limits: requests per rolling hour and tenant, and threads per identifier and endpoint."""

from __future__ import annotations

import threading
import time
import typing as t
from collections import Counter
from contextlib import contextmanager

from ..store import Store, Tenant
from . import errors
from .options import RestOptions

TIMEFRAME_MINUTES = 60
THREADS = 3

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS rest_usage (tenant_id INT, minute INT, requests INT, PRIMARY KEY (tenant_id, minute))"
)


class Limits:
    def __init__(self, store: Store) -> None:
        self.store = store
        self._threads: Counter[tuple[int, str, str]] = Counter()
        self._lock = threading.Lock()
        store.change(_SCHEMA)

    def count(self, tenant: Tenant, options: RestOptions) -> None:
        """Count one request; slow it down near the threshold, refuse it beyond."""
        minute = int(time.time() // 60)
        self.store.change(
            "INSERT INTO rest_usage VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET requests = requests + 1",
            tenant.id,
            minute,
        )
        share = self.used(tenant) / options.threshold
        if share > 1:
            raise errors.over_threshold()
        if options.latency and share >= 0.5:
            time.sleep(0.5 if share < 0.75 else 1)

    def used(self, tenant: Tenant) -> int:
        """Requests within the rolling hour, to the minute."""
        since = int(time.time() // 60) - TIMEFRAME_MINUTES
        rows = self.store.rows(
            "SELECT COALESCE(SUM(requests), 0) AS requests FROM rest_usage WHERE tenant_id = ? AND minute > ?",
            tenant.id,
            since,
        )
        return int(rows[0]["requests"])

    @contextmanager
    def thread(self, tenant: Tenant, identifier: str, endpoint: str) -> t.Iterator[None]:
        """One of the three places that an integration has at an endpoint of a tenant."""
        key = (tenant.id, identifier, endpoint)
        with self._lock:
            if self._threads[key] >= THREADS:
                raise errors.too_many_threads()
            self._threads[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._threads[key] -= 1
