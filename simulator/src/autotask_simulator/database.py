# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The SQLite database under the store: safe for many threads, readable from outside while the simulator runs."""

from __future__ import annotations

import json
import sqlite3
import threading
import typing as t
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

_SCHEMA = """
CREATE TABLE tenants (id INTEGER PRIMARY KEY, domain TEXT UNIQUE COLLATE NOCASE, options TEXT);
CREATE TABLE levels (tenant_id INT, id INT, name TEXT, system INT, api_only INT, active INT, copyable INT,
    license_type INT, modules TEXT, settings TEXT, PRIMARY KEY (tenant_id, id));
CREATE TABLE resources (tenant_id INT, id INT, first_name TEXT, last_name TEXT, email TEXT,
    user_name TEXT COLLATE NOCASE, level_id INT, license_type INT, active INT, locked INT, secret TEXT,
    failed_logins INT, location_id INT, date_format TEXT, time_format TEXT, number_format TEXT, department TEXT,
    tracking TEXT, vendor_id INT, tracking_name TEXT, tracking_identifier TEXT, lines_of_business TEXT,
    sees_unassigned INT, hire_date TEXT, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, user_name));
CREATE TABLE vendors (tenant_id INT, id INT, label TEXT, identifier TEXT, active INT, PRIMARY KEY (tenant_id, id));
CREATE TABLE locations (tenant_id INT, id INT, name TEXT, PRIMARY KEY (tenant_id, id));
CREATE TABLE console_users (tenant_id INT, user_name TEXT UNIQUE COLLATE NOCASE, password TEXT, resource_id INT,
    totp_secret TEXT, state TEXT, locked INT, failed_logins INT, last_code_step INT, internal_cost INT, is_admin INT);
CREATE TABLE sessions (token TEXT PRIMARY KEY, tenant_id INT, user_name TEXT, step TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, tenant_id INT, at TEXT, surface TEXT, actor TEXT, verb TEXT, object TEXT,
    details TEXT);
CREATE INDEX events_of_tenant ON events (tenant_id, verb);
CREATE TABLE faults (id INTEGER PRIMARY KEY, kind TEXT, surface TEXT, domain TEXT, page TEXT, skip INT, times INT,
    options TEXT);
CREATE TABLE preferences (tenant_id INT, user_name TEXT COLLATE NOCASE, name TEXT, value INT,
    PRIMARY KEY (tenant_id, user_name, name));
CREATE TABLE records (tenant_id INT, entity TEXT, id INT, record TEXT, PRIMARY KEY (tenant_id, entity, id));
CREATE INDEX resources_by_name ON resources (user_name);
"""

_JSON_COLUMNS = {"options", "modules", "settings", "details", "lines_of_business"}
_BOOLEAN_COLUMNS = {
    "system",
    "api_only",
    "active",
    "copyable",
    "locked",
    "sees_unassigned",
    "internal_cost",
    "is_admin",
}

R = t.TypeVar("R")


def load(kind: type[R], row: sqlite3.Row) -> R:
    """Turn a row into a record of that kind."""
    values = {}
    for column in fields(t.cast(t.Any, kind)):
        value = row[column.name]
        if column.name in _JSON_COLUMNS:
            value = json.loads(value)
        elif column.name in _BOOLEAN_COLUMNS:
            value = bool(value)
        values[column.name] = value
    return kind(**values)


def dump(values: dict[str, t.Any]) -> dict[str, t.Any]:
    return {name: json.dumps(value) if name in _JSON_COLUMNS else value for name, value in values.items()}


# Any change of the tables makes older state files unreadable.
_VERSION = zlib.crc32(_SCHEMA.encode()) & 0x7FFFFFFF


class StateError(Exception):
    """The state file cannot be used."""


class Database:
    """What the store is kept in."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        self.path = str(path)
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, timeout=10)
        self._db.row_factory = sqlite3.Row
        if self.empty:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(f"{_SCHEMA} PRAGMA user_version = {_VERSION};")
        elif self.rows("PRAGMA user_version")[0][0] != _VERSION:
            raise StateError(f"{self.path} was written by another version of the simulator; start with --reset")
        self._db.execute("PRAGMA synchronous = OFF")

    @property
    def empty(self) -> bool:
        return not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'tenants'")

    def close(self) -> None:
        self._db.close()

    # -- the database, for this package and for whoever adds a surface

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what happens inside one step that no other thread can see half done."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._db.execute("BEGIN IMMEDIATE")
                yield
                if self._depth == 1:
                    self._db.execute("COMMIT")
            except BaseException:
                if self._depth == 1:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def rows(self, sql: str, *values: t.Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def insert(self, table: str, **values: t.Any) -> int:
        values = dump(values)
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        with self._lock:
            cursor = self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))
            return int(cursor.lastrowid or 0)

    def insert_all(self, table: str, names: str, rows: t.Iterable[tuple[t.Any, ...]]) -> None:
        """Add many rows at once, which is much quicker; *names* are those of their columns, none of which is JSON."""
        with self._lock:
            marks = ", ".join("?" * len(names.split()))
            self._db.executemany(f"INSERT INTO {table} ({', '.join(names.split())}) VALUES ({marks})", rows)

    def change(self, sql: str, *values: t.Any) -> int:
        """Run an UPDATE or DELETE and return how many rows it touched."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def clear(self) -> None:
        """Forget everything, faults included."""
        with self.transaction():
            for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self.change(f"DELETE FROM {row['name']}")

    def snapshot(self, path: str | Path) -> None:
        """Write a copy of the present state to another file."""
        target = sqlite3.connect(path)
        with self._lock, target:
            self._db.backup(target)
        target.close()

    def restore(self, path: str | Path) -> None:
        """Take over the state of a snapshot."""
        source = sqlite3.connect(path)
        with self._lock:
            source.backup(self._db)
        source.close()


def forget(path: Path) -> None:
    """Delete a state file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
