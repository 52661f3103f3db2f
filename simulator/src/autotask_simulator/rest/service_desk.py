# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of tickets, their notes, tasks and time entries.

All sentences were recorded live; docs/rest.md says by whom.
"""

from __future__ import annotations

import typing as t
from datetime import UTC, datetime

from . import errors
from .call import Call
from .fields import Record, known_fields
from .picklists import picklist
from .seed import COMPLETE
from .values import now

WORK_TYPE = 1
_TIME_OF_TICKETS, _TIME_OF_TASKS = 2, 6
_NUMBERS = {"Tickets": "ticketNumber", "Tasks": "taskNumber", "Phases": "phaseNumber", "Projects": "projectNumber"}
_STATUS_AND_PRIORITY = {"status": 1, "priority": 2}
_PAIR_UNDEFINED = "The specified {} and AssignedRoleID combination is not currently defined"


def _holds(call: Call, resource: t.Any, role: t.Any) -> bool:
    """Whether a person works in a role."""
    return any((each["resourceID"], each["roleID"]) == (resource, role) for each in call.records.all("ResourceRoles"))


# -- tickets


def _check_ticket(call: Call, ticket: Record, stored: Record) -> None:
    _check_category(call, ticket)
    _check_assignment(call, ticket, stored)
    company = call.records.get("Companies", ticket["companyID"]) or {}
    families = (company.get("id"), company.get("parentCompanyID"))
    contact = call.records.get("Contacts", ticket.get("contactID") or 0)
    if contact and contact["companyID"] not in families:
        raise errors.refused("contactID is not associated to the companyID or its Parent Company")
    item = call.records.get("ConfigurationItems", ticket.get("configurationItemID") or 0)
    if item and item["companyID"] != company.get("id"):
        raise errors.refused(
            f"The configurationItemID [{item['id']}] is not associated with Company [{company.get('id')}]"
        )
    place = call.records.get("CompanyLocations", ticket.get("companyLocationID") or 0)
    if place and place["companyID"] not in (company.get("id"), (contact or {}).get("companyID")):
        raise errors.refused(
            f"The companyLocationID[{place['id']}] cannot be associated with the Ticket. The CompanyLocation must "
            "belong to the Ticket's, ConfigurationItem's, or the Contact's Company."
        )


def _check_category(call: Call, ticket: Record) -> None:
    known = picklist(call.tenant, call.options, "Tickets", known_fields("Tickets")["ticketcategory"])
    category = known.choices.get(str(ticket.get("ticketCategory"))) if known else None
    for field in call.options.required_by_category.get(category.label, ()) if category else ():
        if ticket.get(field) is None:
            raise errors.refused(f"{field} is required")


def _check_assignment(call: Call, ticket: Record, stored: Record) -> None:
    resource, role = (ticket.get(name) for name in ("assignedResourceID", "assignedResourceRoleID"))
    if (resource is None) != (role is None):
        raise errors.refused(
            "Data violation: When assigning a Resource, you must assign both a assignedResourceID and "
            "assignedResourceRoleID."
        )
    same = (resource, role) == (stored.get("assignedResourceID"), stored.get("assignedResourceRoleID"))
    if resource is not None and not same and not _holds(call, resource, role):
        raise errors.refused(f"Data violation: {_PAIR_UNDEFINED.format('assignedResourceID')}")
    if stored and not same and resource in _second_resources(call, ticket["id"]):
        raise errors.refused(f"Resource [{resource}] is already a secondary Resource.")
    if (
        resource is None
        and ticket.get("queueID") is None
        and call.options.tickets_without_queue == "refuse"
        and not stored
    ):
        raise errors.refused(
            "assignedResourceID, assignedResourceRoleID, and queueID cannot all be empty. Supply a queueID or both an "
            "assignedResourceID and assignedResourceRoleID."
        )


def _number(call: Call, letter: str = "T") -> str:
    """The next of the day: tickets, tasks and phases are numbered together (``T20260120.0026``)."""
    day = f"{letter}{datetime.now(UTC):%Y%m%d}"
    numbers = [str(each.get(field)) for entity, field in _NUMBERS.items() for each in call.records.all(entity)]
    return f"{day}.{1 + sum(number.startswith(day) for number in numbers):04d}"


def _prepare_ticket(call: Call, ticket: Record) -> Record:
    ticket = {**ticket, **_picked(call, ticket), "ticketNumber": _number(call), "lastActivityDate": now()}
    return _completed({}, ticket)


def _picked(call: Call, ticket: Record) -> Record:
    """Status and priority that are left out, although they are required: a ticket without them was taken live.

    Which ones it gets depends on the tenant; these are assumed.
    """
    return {
        field: _choice_or_first(call, field, usual)
        for field, usual in _STATUS_AND_PRIORITY.items()
        if ticket.get(field) is None
    }


def _choice_or_first(call: Call, field: str, usual: int) -> int:
    values = picklist(call.tenant, call.options, "Tickets", known_fields("Tickets")[field])
    return int(next(iter(values.choices))) if values and str(usual) not in values.choices else usual


def _prepare_task(call: Call, task: Record) -> Record:
    return {**task, "taskNumber": _number(call), "lastActivityDateTime": now()}


def _prepare_phase(call: Call, phase: Record) -> Record:
    return {**phase, "phaseNumber": _number(call)}


def _prepare_project(call: Call, project: Record) -> Record:
    return {**project, "projectNumber": _number(call, "P")}


def _prepare_ticket_note(call: Call, note: Record) -> Record:
    """Only the client portal names a contact as the author, although the field is not read-only."""
    return {**note, "createdByContactID": None}


def _completed(before: Record, after: Record) -> Record:
    """A ticket has a date of completion exactly while it is complete."""
    if after.get("status") != COMPLETE:
        return {**after, "completedDate": None}
    return {**after, "completedDate": before.get("completedDate") or now()}


def _change_ticket(before: Record, after: Record) -> Record:
    return _completed(before, {**after, "lastActivityDate": now()})


def _check_second_resource(call: Call, second: Record, stored: Record) -> None:
    """Of the first sentence the end was recorded; the second rule is documented, its sentence assumed."""
    who = second["resourceID"]
    ticket = call.records.get("Tickets", second["ticketID"]) or {}
    if ticket.get("assignedResourceID") == who:
        raise errors.refused(f"Resource [{who}] is already the primary Resource.")
    if not stored and who in _second_resources(call, second["ticketID"]):
        raise errors.refused(f"Resource [{who}] is already a secondary Resource.")


def _second_resources(call: Call, ticket: int) -> list[int]:
    seconds = call.records.all("TicketSecondaryResources")
    return [second["resourceID"] for second in seconds if second["ticketID"] == ticket]


def _check_ticket_note(call: Call, note: Record, stored: Record) -> None:
    """Its field information does not call the title required."""
    if not note.get("title"):
        raise errors.missing_value("title")


# -- tasks


def _check_task(call: Call, task: Record, stored: Record) -> None:
    if task.get("assignedResourceID") is None:
        return
    broken = [
        f"{name} is a required field when a Resource (primary/secondary) is assigned to a Task"
        for name in ("billingCodeID", "departmentID")
        if task.get(name) is None
    ]
    if not _holds(call, task["assignedResourceID"], task.get("assignedResourceRoleID")):
        broken.insert(0, f'The Task "{task.get("title")}" has an invalid Resource and Role combination.')
    if broken:
        raise errors.refused(*broken)


# -- time


def _check_time(call: Call, entry: Record, stored: Record) -> None:
    has_window = entry.get("startDateTime") is not None and entry.get("endDateTime") is not None
    objections = {
        "Only one of ticketID,taskID and InternallAllocationCodeID can be used at once": (
            entry.get("ticketID") is not None and entry.get("taskID") is not None
        ),
        "TimeEntries for Tickets must have a roleID.": entry.get("ticketID") is not None
        and entry.get("roleID") is None,
        "Must have at least one of hoursWorked or startDateTime/endDateTime": not entry.get("hoursWorked")
        and not has_window,
        "dateWorked is required when no value is supplied for startDateTime": entry.get("dateWorked") is None,
        "TimeEntries for Service tickets require a start and stop time.": (
            entry.get("ticketID") is not None and not has_window
        ),
        "hoursWorked greater than 24 hours or less than zero hours": not 0 < (entry.get("hoursWorked") or 0) <= 24,
    }
    for sentence, broken in objections.items():
        if broken:
            raise errors.refused(sentence)
    if entry.get("roleID") is not None and not _holds(call, entry.get("resourceID"), entry["roleID"]):
        raise errors.refused(_PAIR_UNDEFINED.format("AssignedResourceID"))
    code = call.records.get("BillingCodes", entry.get("billingCodeID") or 0)
    if code and code["useType"] != WORK_TYPE:
        raise errors.refused("The given allocation code is not an active general allocation code")


def _prepare_time(call: Call, entry: Record) -> Record:
    kind = _TIME_OF_TICKETS if entry.get("ticketID") else _TIME_OF_TASKS if entry.get("taskID") else None
    return _counted({**entry, "timeEntryType": kind})


def _counted(entry: Record) -> Record:
    """The hours follow the window where there is one, whatever is given; the day is that of its start."""
    start, end = entry.get("startDateTime"), entry.get("endDateTime")
    if start and end:
        seconds = (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
        entry = {**entry, "hoursWorked": round(seconds / 3600, 4)}
    if start and entry.get("dateWorked") is None:
        entry["dateWorked"] = f"{start[:10]}T00:00:00.000Z"
    return {**entry, "hoursToBill": 0.0 if entry.get("isNonBillable") else entry.get("hoursWorked")}


def _change_time(before: Record, after: Record) -> Record:
    """A time entry stays with its ticket; the attempt is ignored."""
    return _counted({**after, "ticketID": before.get("ticketID")})


DEFAULTS: dict[str, Record] = {
    "Tickets": {"ticketCategory": 3, "ticketType": 1},
    "TimeEntries": {"isNonBillable": False, "showOnInvoice": True, "offsetHours": 0.0},
}
PREPARE: dict[str, t.Callable[[Call, Record], Record]] = {
    "Phases": _prepare_phase,
    "Projects": _prepare_project,
    "Tasks": _prepare_task,
    "TicketNotes": _prepare_ticket_note,
    "Tickets": _prepare_ticket,
    "TimeEntries": _prepare_time,
}
CHANGES: dict[str, t.Callable[[Record, Record], Record]] = {"Tickets": _change_ticket, "TimeEntries": _change_time}
CHECKS: dict[str, t.Callable[[Call, Record, Record], None]] = {
    "Tickets": _check_ticket,
    "TicketNotes": _check_ticket_note,
    "TicketSecondaryResources": _check_second_resource,
    "Tasks": _check_task,
    "TimeEntries": _check_time,
}
NAMED_IN_CHANGES = {"TicketNotes": ("noteType", "publish")}
