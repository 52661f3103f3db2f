# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulator's memory.

Look into a running simulator like this::

    tenant = Store("state.sqlite").tenant("alder.example")
    tenant.level("Work 365 API User").settings["contracts"]["contracts"]    # {"view": "All", "add": "Yes"}
    tenant.api_user("work365api@alder.example").secret_is(secret)
    [event.verb for event in tenant.events()]
"""

from __future__ import annotations

import fnmatch
import json
import secrets
import sqlite3
import typing as t
from datetime import UTC, datetime

from .database import Database, R, dump, load
from .records import API_USER_LICENSE, ConsoleUser, Event, Fault, Level, Location, Resource, Session, Vendor

MAXIMUM_API_LEVELS = 50


class Store(Database):
    """All tenants of one simulator."""

    # -- tenants

    def add_tenant(self, domain: str, options: dict[str, t.Any]) -> Tenant:
        return Tenant(self, self.insert("tenants", domain=domain, options=options), domain, options)

    def tenants(self) -> list[Tenant]:
        return [self._tenant(row) for row in self.rows("SELECT * FROM tenants ORDER BY id")]

    def tenant(self, domain: str) -> Tenant:
        rows = self.rows("SELECT * FROM tenants WHERE domain = ?", domain)
        if not rows:
            raise KeyError(f"no tenant {domain!r}")
        return self._tenant(rows[0])

    def _tenant(self, row: sqlite3.Row) -> Tenant:
        return Tenant(self, row["id"], row["domain"], json.loads(row["options"]))

    def _tenant_by_id(self, tenant_id: int) -> Tenant:
        return self._tenant(self.rows("SELECT * FROM tenants WHERE id = ?", tenant_id)[0])

    # -- who is it?

    def find_api_user(self, user_name: str) -> tuple[Tenant, Resource] | None:
        """The API user of that name, active or not, and its tenant."""
        rows = self.rows(
            "SELECT * FROM resources WHERE user_name = ? AND license_type = ?", user_name, API_USER_LICENSE
        )
        return (self._tenant_by_id(rows[0]["tenant_id"]), load(Resource, rows[0])) if rows else None

    def find_console_user(self, user_name: str) -> tuple[Tenant, ConsoleUser] | None:
        rows = self.rows("SELECT * FROM console_users WHERE user_name = ?", user_name)
        return (self._tenant_by_id(rows[0]["tenant_id"]), load(ConsoleUser, rows[0])) if rows else None

    def tenant_of_user(self, user_name: str) -> Tenant | None:
        """The tenant of any user, of whichever kind (what ZoneInformation looks up)."""
        found = self.find_console_user(user_name) or self.find_api_user(user_name)
        return found[0] if found else None

    # -- console sessions

    def begin_session(self, tenant: Tenant, user_name: str, step: str) -> Session:
        session = Session(secrets.token_urlsafe(24), tenant.id, user_name, step)
        self.insert("sessions", **vars(session))
        return session

    def session(self, token: str) -> tuple[Tenant, Session] | None:
        rows = self.rows("SELECT * FROM sessions WHERE token = ?", token)
        return (self._tenant_by_id(rows[0]["tenant_id"]), load(Session, rows[0])) if rows else None

    def end_session(self, token: str) -> None:
        self.change("DELETE FROM sessions WHERE token = ?", token)

    def end_sessions(self, domain: str) -> None:
        """Log everybody of that tenant out."""
        self.change("DELETE FROM sessions WHERE tenant_id IN (SELECT id FROM tenants WHERE domain = ?)", domain)

    # -- faults

    def arm(self, kind: str, **values: t.Any) -> Fault:
        fault = Fault(0, kind, **values)
        number = self.insert("faults", **{name: value for name, value in vars(fault).items() if name != "id"})
        return Fault(number, kind, **values)

    def faults(self) -> list[Fault]:
        """The faults that are still armed."""
        return [load(Fault, row) for row in self.rows("SELECT * FROM faults WHERE times != 0 ORDER BY id")]

    def disarm(self, fault_id: int | None = None) -> None:
        self.change("DELETE FROM faults WHERE ? IS NULL OR id = ?", fault_id, fault_id)

    def take_fault(self, surface: str, domain: str, page: str, kinds: t.Collection[str] = ()) -> Fault | None:
        """The fault that hits this request, if any, used up by one. *kinds* limits the choice."""
        if not self.rows("SELECT 1 FROM faults WHERE times != 0 LIMIT 1"):
            return None
        with self.transaction():
            for fault in self.faults():
                concerned = fault.surface == surface and fault.domain.lower() in ("", domain.lower())
                if not concerned or (kinds and fault.kind not in kinds) or not fnmatch.fnmatch(page, fault.page):
                    continue
                if fault.skip > 0:
                    self.change("UPDATE faults SET skip = skip - 1 WHERE id = ?", fault.id)
                    continue
                if fault.times > 0:
                    self.change("UPDATE faults SET times = times - 1 WHERE id = ?", fault.id)
                return fault
        return None


class Tenant:
    """One Autotask instance: everything below belongs to it alone."""

    def __init__(self, store: Store, tenant_id: int, domain: str, options: dict[str, t.Any]) -> None:
        self.store = store
        self.id = tenant_id
        self.domain = domain
        self.options = options

    def _all(self, kind: type[R], table: str, order: str, condition: str = "1", *values: t.Any) -> list[R]:
        sql = f"SELECT * FROM {table} WHERE tenant_id = ? AND {condition} ORDER BY {order}"
        return [load(kind, row) for row in self.store.rows(sql, self.id, *values)]

    def _update(self, table: str, key: str, identity: t.Any, changes: dict[str, t.Any]) -> None:
        if changes:
            assignments = ", ".join(f"{name} = ?" for name in changes)
            self.store.change(
                f"UPDATE {table} SET {assignments} WHERE tenant_id = ? AND {key} = ?",
                *dump(changes).values(),
                self.id,
                identity,
            )

    def _next_id(self, table: str, first: int) -> int:
        return int(
            self.store.rows(
                f"SELECT MAX(COALESCE(MAX(id), 0) + 1, ?) AS id FROM {table} WHERE tenant_id = ?", first, self.id
            )[0]["id"]
        )

    def update_options(self, **changes: t.Any) -> None:
        """Change how the tenant looks or behaves; what it holds stays."""
        unknown = set(changes) - set(self.options)
        if unknown:
            raise ValueError(f"unknown option {', '.join(sorted(unknown))}")
        self.options |= changes
        self.store.change("UPDATE tenants SET options = ? WHERE id = ?", json.dumps(self.options), self.id)

    # -- security levels

    def levels(self) -> list[Level]:
        return self._all(Level, "levels", "name COLLATE NOCASE, id")

    def level(self, which: int | str) -> Level:
        """A level by its id or its name."""
        column = "id" if isinstance(which, int) else "name"
        found = self._all(Level, "levels", "id", f"{column} = ?", which)
        if not found:
            raise KeyError(f"{self.domain} has no security level {which!r}")
        return found[0]

    def add_level(self, level_id: int | None = None, **values: t.Any) -> Level:
        with self.store.transaction():
            number = level_id or self._next_id("levels", 101)
            self.store.insert("levels", tenant_id=self.id, id=number, **values)
        return Level(number, **values)

    def update_level(self, level_id: int, **changes: t.Any) -> None:
        self._update("levels", "id", level_id, changes)

    def delete_level(self, level_id: int) -> None:
        self.store.change("DELETE FROM levels WHERE tenant_id = ? AND id = ?", self.id, level_id)

    def api_level_room(self) -> int:
        """How many more custom API-only levels the tenant may have."""
        return MAXIMUM_API_LEVELS - sum(level.api_only and not level.system for level in self.levels())

    # -- resources

    def resources(self) -> list[Resource]:
        """Everybody, API users included, in the order of the list page."""
        return self._all(Resource, "resources", "last_name COLLATE NOCASE, first_name COLLATE NOCASE, id")

    def api_users(self) -> list[Resource]:
        return [resource for resource in self.resources() if resource.is_api_user]

    def resource(self, resource_id: int) -> Resource:
        found = self._all(Resource, "resources", "id", "id = ?", resource_id)
        if not found:
            raise KeyError(f"{self.domain} has no resource {resource_id}")
        return found[0]

    def api_user(self, user_name: str) -> Resource:
        found = self._all(
            Resource, "resources", "id", "user_name = ? AND license_type = ?", user_name, API_USER_LICENSE
        )
        if not found:
            raise KeyError(f"{self.domain} has no API user {user_name!r}")
        return found[0]

    def users_of_level(self, level_id: int) -> list[Resource]:
        return [resource for resource in self.resources() if resource.level_id == level_id]

    def user_name_taken(self, user_name: str, but_for: int | None = None) -> bool:
        return bool(
            self.store.rows(
                "SELECT 1 FROM resources WHERE tenant_id = ? AND user_name = ? AND id IS NOT ?",
                self.id,
                user_name,
                but_for,
            )
        )

    def add_resource(self, **values: t.Any) -> Resource:
        with self.store.transaction():
            resource = Resource(self._next_id("resources", 29682885), **values)
            self.store.insert("resources", tenant_id=self.id, **vars(resource))
        return resource

    def update_resource(self, resource_id: int, **changes: t.Any) -> None:
        self._update("resources", "id", resource_id, changes)

    def count_bad_api_login(self, resource_id: int) -> bool:
        """Count a failed API login; true when that locked the user."""
        limit = int(self.options["lock_after"])
        with self.store.transaction():
            failed = self.resource(resource_id).failed_logins + 1
            self.update_resource(resource_id, failed_logins=failed, locked=failed >= limit)
        return failed >= limit

    # -- console users

    def add_console_user(self, user: ConsoleUser) -> None:
        self.store.insert("console_users", tenant_id=self.id, **vars(user))

    def console_user(self, user_name: str) -> ConsoleUser:
        return self._all(ConsoleUser, "console_users", "user_name", "user_name = ?", user_name)[0]

    def update_console_user(self, user_name: str, **changes: t.Any) -> None:
        self._update("console_users", "user_name", user_name, changes)

    def count_bad_login(self, user_name: str) -> bool:
        """Count a wrong password or code; true when that locked the account."""
        limit = int(self.options["lock_after"])
        with self.store.transaction():
            failed = self.console_user(user_name).failed_logins + 1
            self.update_console_user(user_name, failed_logins=failed, locked=failed >= limit)
        return failed >= limit

    def preferences(self, user_name: str) -> dict[str, bool]:
        """How that user left menus and sections: name -> folded."""
        rows = self.store.rows("SELECT * FROM preferences WHERE tenant_id = ? AND user_name = ?", self.id, user_name)
        return {row["name"]: bool(row["value"]) for row in rows}

    def set_preference(self, user_name: str, name: str, folded: bool) -> None:
        self.store.change("INSERT OR REPLACE INTO preferences VALUES (?, ?, ?, ?)", self.id, user_name, name, folded)

    # -- vendors and locations

    def vendors(self) -> list[Vendor]:
        return self._all(Vendor, "vendors", "label COLLATE NOCASE")

    def locations(self) -> list[Location]:
        return self._all(Location, "locations", "id")

    # -- records of the REST surface (Companies, Contracts, ...)

    def records(self, entity: str) -> list[dict[str, t.Any]]:
        rows = self.store.rows(
            "SELECT record FROM records WHERE tenant_id = ? AND entity = ? ORDER BY id", self.id, entity
        )
        return [json.loads(row["record"]) for row in rows]

    def put_record(self, entity: str, record: dict[str, t.Any]) -> None:
        """Add or replace a record by its ``id``."""
        with self.store.transaction():
            self.delete_record(entity, record["id"])
            self.store.insert("records", tenant_id=self.id, entity=entity, id=record["id"], record=json.dumps(record))

    def delete_record(self, entity: str, record_id: int) -> bool:
        return bool(
            self.store.change(
                "DELETE FROM records WHERE tenant_id = ? AND entity = ? AND id = ?", self.id, entity, record_id
            )
        )

    # -- events

    def log(self, verb: str, object: str = "", *, actor: str = "", surface: str = "console", **details: t.Any) -> None:
        """Write down that *actor* did *verb* to *object*."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.store.insert(
            "events",
            tenant_id=self.id,
            at=now,
            surface=surface,
            actor=actor,
            verb=verb,
            object=object,
            details=details,
        )

    def events(self, verb: str | None = None, after: int = 0) -> list[Event]:
        """What happened, oldest first; only that verb, only after the event of that id."""
        return self._all(Event, "events", "id", "(? IS NULL OR verb = ?) AND id > ?", verb, verb, after)
