# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The records a tenant starts with: made up, but the same each time for the same tenant."""

from __future__ import annotations

import random
import typing as t

from ..store import Tenant
from .fields import Record

Made = t.Iterator[tuple[str, Record]]

CUSTOMER, PROSPECT, VENDOR = 1, 3, 7
RECURRING_SERVICE, TIME_AND_MATERIALS = 7, 1
WORK_TYPE, MATERIAL, RECURRING_CODE = 1, 4, 5

_STARTED = "2026-01-01T00:00:00.000Z"
_ENDS = "2026-12-31T00:00:00.000Z"

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

_COUNTRIES = (
    (1, "US", "United States"),
    (2, "CA", "Canada"),
    (3, "GB", "United Kingdom"),
    (4, "DE", "Germany"),
    (5, "NL", "Netherlands"),
    (6, "AU", "Australia"),
    (7, "NZ", "New Zealand"),
    (8, "ZA", "South Africa"),
)
_BILLING_CODES = (
    (29682801, "Remote Support", WORK_TYPE),
    (29682802, "Onsite Support", WORK_TYPE),
    (29682803, "Hardware", MATERIAL),
    (29682804, "Software Licenses", MATERIAL),
    (29682805, "Cloud Subscriptions", RECURRING_CODE),
    (29682806, "Managed Services", RECURRING_CODE),
)
_SERVICES = ((1, "Managed Workstation", 29682806, 40.0), (2, "Managed Server", 29682806, 150.0))
_PRODUCTS = ((1, "Docking Station", 29682803, 180.0), (2, "Office Suite, boxed", 29682804, 250.0))

VENDOR_COMPANY = 174


def seed(tenant: Tenant, companies: int) -> Made:
    """Everything, as pairs of entity and record."""
    chooser = random.Random(f"records of {tenant.domain}")
    owner = next((person.id for person in tenant.resources() if not person.is_api_user), 0)
    yield from _lists()
    yield from _own_company(tenant, owner)
    yield from _company(chooser, VENDOR_COMPANY, "Cloud License Distribution", VENDOR, owner)
    yield from _company(chooser, 175, "Hardware Wholesale", VENDOR, owner)
    yield from _company(chooser, 176, "Meadow Prospects", PROSPECT, owner)
    yield from _catalog()
    for number in range(companies):
        name = f"{_COMPANY_WORDS[number % len(_COMPANY_WORDS)]} {chooser.choice(_TRADES)} {number + 1}"
        yield from _company(chooser, 1001 + number, name, CUSTOMER, owner)
        yield from _contact(chooser, 2001 + number, 1001 + number)
        if number % 2 == 0:
            yield from _contract(chooser, 3001 + number, 1001 + number, RECURRING_SERVICE)
    if companies:
        yield from _contract(chooser, 3000, 1001, TIME_AND_MATERIALS)


def _lists() -> Made:
    for number, code, name in _COUNTRIES:
        yield (
            "Countries",
            {
                "id": number,
                "addressFormatID": 1 if number < 3 else 2,
                "countryCode": code,
                "displayName": name,
                "name": name,
                "isActive": True,
                "isDefaultCountry": number == 1,
            },
        )
    for number, name, use in _BILLING_CODES:
        yield (
            "BillingCodes",
            {
                "id": number,
                "name": name,
                "useType": use,
                "billingCodeType": 0,
                "isActive": True,
                "isExcludedFromNewContracts": False,
                "unitCost": 0.0,
                "unitPrice": 0.0,
            },
        )


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
        "isActive": True,
        "isTaxExempt": False,
        "createDate": _STARTED,
        "userDefinedFields": [{"name": "Account Reference", "value": None}],
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


def _catalog() -> Made:
    for number, name, code, price in _SERVICES:
        yield (
            "Services",
            {
                "id": number,
                "name": name,
                "billingCodeID": code,
                "periodType": 2,
                "unitPrice": price,
                "unitCost": price / 2,
                "isActive": True,
                "createDate": _STARTED,
            },
        )
    for number, name, code, price in _PRODUCTS:
        yield (
            "Products",
            {
                "id": number,
                "name": name,
                "productBillingCodeID": code,
                "unitPrice": price,
                "unitCost": price * 0.75,
                "isActive": True,
                "isSerialized": False,
            },
        )
        yield (
            "ProductVendors",
            {
                "id": number,
                "productID": number,
                "vendorID": 175,
                "isActive": True,
                "isDefault": True,
                "vendorCost": price * 0.75,
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
