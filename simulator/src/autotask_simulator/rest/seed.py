# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The records a tenant starts with: made up, but the same each time for the same tenant."""

from __future__ import annotations

import functools
import random
import typing as t

import yaml

from ..store import Tenant
from .entities import DATA
from .fields import Record

Made = t.Iterator[tuple[str, Record]]

CUSTOMER, PROSPECT, VENDOR = 1, 3, 7
RECURRING_SERVICE, TIME_AND_MATERIALS = 7, 1
MATERIAL, RECURRING_CODE = 4, 5
COMPLETE = 5

_STARTED = "2026-01-01T00:00:00.000Z"
_ENDS = "2026-12-31T00:00:00.000Z"
_ENGINEER, _REMOTE_SUPPORT = 29683355, 29682801

_COMPANY_WORDS = (
    "Anchor",
    "Birch",
    "Canyon",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbor",
    "Island",
    "Jetty",
    "Knoll",
)
_TRADES = ("Logistics", "Dental", "Architects", "Foods", "Insurance", "Printing", "Legal", "Optics")
_FIRST_NAMES = ("Ana", "Ben", "Cara", "Dan", "Eva", "Finn", "Gia", "Hal")
_LAST_NAMES = ("Archer", "Baker", "Cooper", "Draper", "Fisher", "Mason", "Potter", "Weaver")
_TROUBLES = ("Printer does not print", "New employee on Monday", "Mailbox is full", "Notebook is slow")

VENDOR_COMPANY = 174


@functools.cache
def _starters() -> dict[str, list[Record]]:
    data = yaml.safe_load((DATA / "starters.yml").read_text(encoding="utf-8"))
    return t.cast("dict[str, list[Record]]", data)


def seed(tenant: Tenant, companies: int) -> Made:
    """Everything, as pairs of entity and record."""
    chooser = random.Random(f"records of {tenant.domain}")
    people = [person for person in tenant.resources() if not person.is_api_user]
    owner = min((person.id for person in people if person.active), default=0)
    for entity, records in _starters().items():
        for record in records:
            yield entity, record
    yield from _roles([person.id for person in people])
    yield from _own_company(tenant, owner)
    yield from _company(chooser, VENDOR_COMPANY, "Cloud License Distribution", VENDOR, owner)
    yield from _company(chooser, 175, "Hardware Wholesale", VENDOR, owner)
    yield from _company(chooser, 176, "Meadow Prospects", PROSPECT, owner)
    for number in range(companies):
        name = f"{_COMPANY_WORDS[number % len(_COMPANY_WORDS)]} {chooser.choice(_TRADES)} {number + 1}"
        yield from _company(chooser, 1001 + number, name, CUSTOMER, owner)
        yield from _contact(chooser, 2001 + number, 1001 + number)
        if number % 2 == 0:
            yield from _contract(chooser, 3001 + number, 1001 + number, RECURRING_SERVICE)
        yield from _support(chooser, number, owner)
        if number % 4 == 0:
            yield from _sales(number, owner)
    if companies:
        yield from _contract(chooser, 3000, 1001, TIME_AND_MATERIALS)


def _roles(people: list[int]) -> Made:
    """Everybody works in every role."""
    roles = [role["id"] for role in _starters()["Roles"]]
    pairs = [(person, role) for person in people for role in roles]
    for number, (person, role) in enumerate(pairs, start=1):
        pair = {"id": number, "resourceID": person, "roleID": role, "isActive": True}
        yield "ResourceRoles", pair
        yield "ResourceServiceDeskRoles", {**pair, "isDefault": role == _ENGINEER}


def _own_company(tenant: Tenant, owner: int) -> Made:
    """The tenant itself is the company with the id 0."""
    yield (
        "Companies",
        _company_record(0, str(tenant.options.get("company", tenant.domain)), CUSTOMER, owner, "555-0100"),
    )


def _company(chooser: random.Random, number: int, name: str, kind: int, owner: int) -> Made:
    record = _company_record(number, name, kind, owner, f"555-01{chooser.randrange(100):02d}")
    yield "Companies", record
    yield "CompanyLocations", primary_location(record, number)


def _company_record(number: int, name: str, kind: int, owner: int, phone: str) -> Record:
    return {
        "id": number,
        "companyName": name,
        "companyType": kind,
        "companyNumber": f"C{number}",
        "phone": phone,
        "ownerResourceID": owner,
        "countryID": 1,
        "currencyID": 1,
        "isActive": True,
        "isTaxExempt": False,
        "createDate": _STARTED,
    }


def primary_location(company: Record, number: int) -> Record:
    """The location that Autotask makes by itself for every new company."""
    same = ("address1", "address2", "city", "state", "postalCode", "countryID", "phone", "fax")
    return {
        "id": number,
        "companyID": company["id"],
        "name": "Primary Location",
        "isPrimary": True,
        "isActive": True,
        **{name: company.get(name) for name in same},
    }


def _contact(chooser: random.Random, number: int, company: int) -> Made:
    first, last = chooser.choice(_FIRST_NAMES), chooser.choice(_LAST_NAMES)
    yield (
        "Contacts",
        {
            "id": number,
            "companyID": company,
            "companyLocationID": company,
            "firstName": first,
            "lastName": last,
            "emailAddress": f"{first}.{last}@customer{company}.example".lower(),
            "isActive": 1,
            "primaryContact": True,
            "createDate": _STARTED,
        },
    )


def _contract(chooser: random.Random, number: int, company: int, kind: int) -> Made:
    recurring = kind == RECURRING_SERVICE
    yield (
        "Contracts",
        {
            "id": number,
            "companyID": company,
            "contractName": "Managed Services" if recurring else "Projects by the hour",
            "contractType": kind,
            "contractPeriodType": 2 if recurring else None,
            "contractCategory": 12,
            "billingPreference": 1,
            "startDate": _STARTED,
            "endDate": _ENDS,
            "status": 1,
            "timeReportingRequiresStartAndStopTimes": 0,
            "isDefaultContract": False,
        },
    )
    if recurring:
        units = chooser.randint(1, 40)
        yield (
            "ContractServices",
            {"id": number, "contractID": number, "serviceID": 1, "unitPrice": 40.0, "unitCost": 20.0},
        )
        yield (
            "ContractServiceUnits",
            {"id": number, **units_record(number, number, 1, _STARTED, _ENDS, units, 40.0, 20.0)},
        )
    yield from _charge(number, billed=chooser.random() < 0.5)


def units_record(
    contract: int,
    contract_service: int,
    service: int,
    start: str,
    end: str | None,
    units: int,
    price: float,
    cost: float,
) -> Record:
    """How many units of a service a contract has in a span of time."""
    return {
        "contractID": contract,
        "contractServiceID": contract_service,
        "serviceID": service,
        "startDate": start,
        "endDate": end,
        "units": units,
        "price": round(units * price, 2),
        "cost": round(units * cost, 2),
    }


def _charge(contract: int, billed: bool) -> Made:
    yield (
        "ContractCharges",
        {
            "id": contract,
            "contractID": contract,
            "name": "Onboarding",
            "chargeType": 1,
            "billingCodeID": 29682804,
            "datePurchased": _STARTED,
            "unitQuantity": 1.0,
            "unitPrice": 100.0,
            "unitCost": 60.0,
            "status": 7,
            "isBilled": billed,
            "isBillableToCompany": True,
            "createDate": _STARTED,
        },
    )


def _support(chooser: random.Random, number: int, owner: int) -> Made:
    """A device of the customer, a ticket about it and the time it took."""
    company, contact = 1001 + number, 2001 + number
    day = f"2026-02-{1 + number % 28:02d}"
    status, ended = chooser.choice((1, COMPLETE, 8)), f"{day}T10:30:00.000Z"
    yield (
        "ConfigurationItems",
        {"id": 4001 + number, "companyID": company, "productID": 1, "isActive": True, "createDate": _STARTED},
    )
    yield (
        "Tickets",
        {
            "id": 5001 + number,
            "ticketNumber": f"T{day.replace('-', '')}.{1 + number // 28:04d}",
            "title": chooser.choice(_TROUBLES),
            "companyID": company,
            "contactID": contact,
            "configurationItemID": 4001 + number,
            "status": status,
            "priority": chooser.randint(1, 4),
            "queueID": 29682833,
            "ticketCategory": 3,
            "ticketType": 1,
            "source": 4,
            "createDate": f"{day}T08:12:30.123Z",
            "lastActivityDate": ended,
            "completedDate": ended if status == COMPLETE else None,
            "creatorResourceID": owner,
            "assignedResourceID": owner,
            "assignedResourceRoleID": _ENGINEER,
        },
    )
    yield (
        "TicketNotes",
        {
            "id": 5501 + number,
            "ticketID": 5001 + number,
            "title": "First look",
            "description": "Asked for the name of the device.",
            "noteType": 1,
            "publish": 1,
            "creatorResourceID": owner,
            "createDateTime": f"{day}T09:00:00.000Z",
        },
    )
    yield (
        "TimeEntries",
        {
            "id": 6001 + number,
            "ticketID": 5001 + number,
            "resourceID": owner,
            "roleID": _ENGINEER,
            "billingCodeID": _REMOTE_SUPPORT,
            "timeEntryType": 2,
            "dateWorked": f"{day}T00:00:00.000Z",
            "startDateTime": f"{day}T10:00:00.000Z",
            "endDateTime": ended,
            "hoursWorked": 0.5,
            "hoursToBill": 0.5,
            "offsetHours": 0.0,
            "summaryNotes": "Done",
            "isNonBillable": False,
            "showOnInvoice": True,
            "createDateTime": f"{day}T10:31:00.000Z",
            "creatorUserID": owner,
        },
    )


def _sales(number: int, owner: int) -> Made:
    """What was offered to a customer, the project that came of it, and its invoice."""
    company, contact = 1001 + number, 2001 + number
    project, offer, invoice = 7001 + number, 8001 + number, 9001 + number
    yield (
        "Opportunities",
        {
            "id": offer,
            "companyID": company,
            "contactID": contact,
            "title": "New workstations",
            "ownerResourceID": owner,
            "status": 1,
            "stage": 1,
            "amount": 1800.0,
            "cost": 1350.0,
            "probability": 50,
            "useQuoteTotals": False,
            "startDate": _STARTED,
            "projectedCloseDate": _ENDS,
            "createDate": _STARTED,
        },
    )
    yield "QuoteLocations", {"id": offer, "city": "Pella"}
    places = dict.fromkeys(("billToLocationID", "shipToLocationID", "soldToLocationID"), offer)
    yield (
        "Quotes",
        {
            "id": offer,
            "opportunityID": offer,
            "companyID": company,
            "contactID": contact,
            "name": "Ten docking stations",
            "isActive": True,
            "effectiveDate": _STARTED,
            "expirationDate": _ENDS,
            "approvalStatus": 1,
            **places,
        },
    )
    discounts = {"unitDiscount": 0.0, "percentageDiscount": 0.0, "lineDiscount": 0.0}
    item = {"id": offer, "quoteID": offer, "quoteItemType": 1, "productID": 1, "name": "Docking Station"}
    yield "QuoteItems", {**item, "quantity": 10.0, "unitPrice": 180.0, "isOptional": False, **discounts}
    yield (
        "Projects",
        {
            "id": project,
            "companyID": company,
            "projectName": "Roll-out of workstations",
            "description": "Ten of them, by autumn.",
            "projectNumber": f"P20260101.{1 + number:04d}",
            "projectType": 5,
            "status": 1,
            "startDateTime": _STARTED,
            "endDateTime": _ENDS,
            "projectLeadResourceID": owner,
            "completedPercentage": 0,
            "duration": 365,
            "createDateTime": _STARTED,
        },
    )
    yield "Phases", {"id": project, "projectID": project, "title": "Preparation", "estimatedHours": 0.0}
    task = {"id": project, "projectID": project, "phaseID": project, "title": "Order", "taskType": 1, "status": 1}
    yield "Tasks", {**task, "createDateTime": _STARTED}
    yield (
        "Invoices",
        {
            "id": invoice,
            "companyID": company,
            "invoiceNumber": str(invoice),
            "invoiceDateTime": _STARTED,
            "createDateTime": _STARTED,
            "invoiceTotal": 107.0,
            "totalTaxValue": 7.0,
            "isVoided": False,
            "invoiceStatus": 1,
        },
    )
    yield (
        "BillingItems",
        {
            "id": invoice,
            "invoiceID": invoice,
            "companyID": company,
            "itemName": "Onboarding",
            "quantity": 1.0,
            "rate": 100.0,
            "extendedPrice": 100.0,
            "totalAmount": 100.0,
            "taxDollars": 7.0,
            "itemDate": _STARTED,
            "nonBillable": 0,
        },
    )
