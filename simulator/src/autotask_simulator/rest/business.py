# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of single entities, beyond what their fields say.

The rules are documented in the Online Help (entity pages); the wording of the refusals is assumed unless it is one of
the recorded texts.
"""

from __future__ import annotations

import typing as t

from . import errors
from .call import Call
from .entities import entities
from .fields import Record, now
from .quantities import adjusted, check_adjustment
from .seed import CUSTOMER, MATERIAL, RECURRING_CODE, RECURRING_SERVICE, VENDOR, primary_location
from .visibility import sees_company


def prepared(call: Call, entity: str, record: Record) -> Record:
    """A record about to be created, with what Autotask fills in; refused if a rule is broken."""
    if entity in _CHECKS:
        _CHECKS[entity](call, record)
    prepare = _PREPARE.get(entity)
    return prepare(call, record) if prepare else record


def created(call: Call, entity: str, record: Record) -> None:
    """What Autotask does after a record was created."""
    if entity == "Companies":
        call.records.add("CompanyLocations", primary_location(record, 0))
    elif entity == "ContractServiceAdjustments":
        adjusted(call, record)


def changed(call: Call, entity: str, before: Record, after: Record) -> Record:
    """A record about to be changed, with what Autotask keeps up to date; refused if a rule is broken."""
    if entity == "Resources" and call.tenant.user_name_taken(str(after["userName"]), but_for=after["id"]):
        raise errors.business_rule("The userName is already in use.")
    if entity == "ContractCharges":
        if before.get("isBilled"):
            raise errors.business_rule("A contract charge that has been billed cannot be updated.")
        after = {**after, **_amounts(after)}
    if entity in _CHECKS:
        _CHECKS[entity](call, after)
    stamp = _STAMPS.get(entity)
    return {**after, stamp: now()} if stamp else after


def check_delete(entity: str, record: Record) -> None:
    if entity == "ContractCharges" and record.get("isBilled"):
        raise errors.business_rule("A contract charge that has been billed cannot be deleted.")


_STAMPS = {
    "Companies": "lastTrackedModifiedDateTime",
    "Contacts": "lastModifiedDate",
    "Contracts": "lastModifiedDateTime",
    "Services": "lastModifiedDate",
}


# -- what must hold whenever a record is written


def _check_company(call: Call, record: Record) -> None:
    """An API user may not own a company, and nobody writes a class of companies that he may not see."""
    owner = record.get("ownerResourceID")
    if owner is not None and any(user.id == owner for user in call.tenant.api_users()):
        raise errors.bad_reference("ownerResourceID", "Resource")
    if record.get("companyType") and not sees_company(call, {"id": -1, **record}):
        raise errors.no_permission("create" if "id" not in record else "update")


def _check_service(call: Call, record: Record) -> None:
    _demand(call, record, "billingCodeID", "BillingCodes", lambda code: code["useType"] == RECURRING_CODE)
    _demand(call, record, "vendorCompanyID", "Companies", lambda company: company["companyType"] == VENDOR)


def _check_product(call: Call, record: Record) -> None:
    _demand(call, record, "productBillingCodeID", "BillingCodes", lambda code: code["useType"] == MATERIAL)
    _demand(call, record, "defaultVendorID", "Companies", lambda company: company["companyType"] == VENDOR)


def _check_product_vendor(call: Call, record: Record) -> None:
    _demand(call, record, "vendorID", "Companies", lambda company: company["companyType"] == VENDOR)


def _check_contract(call: Call, record: Record) -> None:
    _demand(call, record, "companyID", "Companies", lambda company: company["companyType"] == CUSTOMER)
    if record.get("startDate") and record.get("endDate") and record["endDate"] < record["startDate"]:
        raise errors.business_rule("endDate must not be before startDate.")
    if record.get("contractType") == RECURRING_SERVICE and record.get("contractPeriodType") is None:
        raise errors.missing_value("contractPeriodType")


def _check_charge(call: Call, record: Record) -> None:
    _demand(
        call,
        record,
        "contractServiceID",
        "ContractServices",
        lambda service: service["contractID"] == record.get("contractID"),
    )


def _check_team(call: Call, record: Record) -> None:
    """An API user is on no company's team."""
    if any(user.id == record.get("resourceID") for user in call.tenant.api_users()):
        raise errors.bad_reference("resourceID", "Resource")


_CHECKS: dict[str, t.Callable[[Call, Record], None]] = {
    "Companies": _check_company,
    "Services": _check_service,
    "Products": _check_product,
    "ProductVendors": _check_product_vendor,
    "Contracts": _check_contract,
    "ContractCharges": _check_charge,
    "CompanyTeams": _check_team,
    "ContractServiceAdjustments": check_adjustment,
}


def _demand(call: Call, record: Record, field: str, entity: str, holds: t.Callable[[Record], bool]) -> None:
    """A reference, where there is one, must be to a record of which something holds."""
    number = record.get(field)
    if number is None:
        return
    other = call.records.get(entity, number)
    if other is None or not holds(other):
        raise errors.bad_reference(field, entities()[entity].singular)


# -- what Autotask fills in on creation


def _prepare_company(call: Call, record: Record) -> Record:
    return {"isActive": True, **record, "createDate": now(), "createdByResourceID": call.user.id}


def _prepare_contact(call: Call, record: Record) -> Record:
    return {**record, "createDate": now(), "lastModifiedDate": now()}


def _prepare_service(call: Call, record: Record) -> Record:
    made = {"createDate": now(), "lastModifiedDate": now(), "creatorResourceID": call.user.id}
    return {"isActive": True, **record, **made}


def _prepare_product(call: Call, record: Record) -> Record:
    return {**record, "createdTime": now(), "createdByResourceID": call.user.id}


def _prepare_contract(call: Call, record: Record) -> Record:
    return {"isDefaultContract": False, **record, "lastModifiedDateTime": now()}


def _prepare_contract_service(call: Call, record: Record) -> Record:
    contract = call.records.get("Contracts", record.get("contractID") or 0)
    if contract and contract["contractType"] != RECURRING_SERVICE:
        raise errors.business_rule("contractID must reference a recurring service contract.")
    service = call.records.get("Services", record.get("serviceID") or 0) or {}
    return {"unitPrice": service.get("unitPrice"), "unitCost": service.get("unitCost"), **record}


def _prepare_charge(call: Call, record: Record) -> Record:
    return {
        "status": 7,
        "isBillableToCompany": True,
        **record,
        **_amounts(record),
        "isBilled": False,
        "createDate": now(),
        "creatorResourceID": call.user.id,
    }


def _amounts(charge: Record) -> Record:
    quantity = charge.get("unitQuantity") or 0
    return {
        "billableAmount": round(quantity * (charge.get("unitPrice") or 0), 2),
        "extendedCost": round(quantity * (charge.get("unitCost") or 0), 2),
    }


_PREPARE: dict[str, t.Callable[[Call, Record], Record]] = {
    "Companies": _prepare_company,
    "Contacts": _prepare_contact,
    "Services": _prepare_service,
    "Products": _prepare_product,
    "Contracts": _prepare_contract,
    "ContractServices": _prepare_contract_service,
    "ContractCharges": _prepare_charge,
}
