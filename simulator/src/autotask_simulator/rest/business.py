# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of single entities, beyond what their fields say, and what Autotask fills in by itself.

The rules are documented in the Online Help (entity pages); the wording of the refusals is assumed unless it is one of
the recorded texts. Those of tickets and time are in ``service_desk``, those of quantities in ``quantities``.
"""

from __future__ import annotations

import typing as t

from . import attachments, errors, service_desk
from .call import Call
from .entities import Entity, entities
from .fields import Record, known_fields
from .quantities import adjusted, check_adjustment
from .seed import CUSTOMER, MATERIAL, RECURRING_CODE, RECURRING_SERVICE, VENDOR, primary_location
from .values import now
from .visibility import sees_company

_CREATED_AT = ("createDate", "createDateTime", "createdTime", "createdDateTime")
_CREATED_BY = (
    "creatorResourceID",
    "createdByResourceID",
    "creatorUserID",
    "lastModifiedUserID",
    "lastActivityResourceID",
)
_BY_A_RESOURCE = ("creatorType", "lastActivityPersonType")
_CHANGED_AT = (
    "lastModifiedDate",
    "lastModifiedDateTime",
    "lastTrackedModifiedDateTime",
    "lastTrackedModificationDateTime",
)


def prepared(call: Call, entity: Entity, record: Record) -> Record:
    """A record about to be created, with what Autotask fills in: stamps wherever there are fields for them."""
    known = {field.name for field in known_fields(entity.name).values()}
    stamps = {name: now() for name in (*_CREATED_AT, *_CHANGED_AT) if name in known}
    authors = {name: call.author(entity) for name in _CREATED_BY if name in known}
    kinds = {name: 1 for name in _BY_A_RESOURCE if name in known and not entity.is_attachment}
    record = {**_DEFAULTS.get(entity.name, {}), **record, **stamps, **authors, **kinds}
    if entity.is_attachment:
        return attachments.prepared(call, entity, record)
    prepare = _PREPARE.get(entity.name)
    return prepare(call, record) if prepare else record


def check(call: Call, entity: str, record: Record, stored: Record | None = None) -> None:
    """Refuse a record that breaks a rule; *stored* is what it was, None if it is new."""
    if entity == "Resources" and call.tenant.user_name_taken(str(record["userName"]), but_for=record["id"]):
        raise errors.business_rule("The userName is already in use.")
    if entity == "ContractCharges" and stored and stored.get("isBilled"):
        raise errors.business_rule("A contract charge that has been billed cannot be updated.")
    if entity in _CHECKS:
        _CHECKS[entity](call, record)
    if entity in service_desk.CHECKS:
        service_desk.CHECKS[entity](call, record, stored or {})


def created(call: Call, entity: str, record: Record) -> None:
    """What Autotask does after a record was created."""
    if entity == "Companies":
        call.records.add("CompanyLocations", primary_location(record, 0))
    elif entity == "ContractServiceAdjustments":
        adjusted(call, record)


def changed(entity: str, before: Record, after: Record) -> Record:
    """A record about to be changed, with what Autotask keeps up to date or does not let go."""
    if entity == "ContractCharges":
        after = {**after, **_amounts(after)}
    if entity in service_desk.CHANGES:
        after = service_desk.CHANGES[entity](before, after)
    return {**after, **{name: now() for name in _CHANGED_AT if name in after}}


def check_change(entity: str, changes: Record) -> None:
    """What a PATCH must name although it is stored (live)."""
    for field in service_desk.NAMED_IN_CHANGES.get(entity, ()):
        if changes.get(field) is None:
            raise errors.missing_pick(field)


def check_delete(entity: str, record: Record) -> None:
    if entity == "ContractCharges" and record.get("isBilled"):
        raise errors.business_rule("A contract charge that has been billed cannot be deleted.")


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


def _check_contract_service(call: Call, record: Record) -> None:
    contract = call.records.get("Contracts", record.get("contractID") or 0)
    if contract and contract["contractType"] != RECURRING_SERVICE:
        raise errors.business_rule("contractID must reference a recurring service contract.")


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
    "ContractServices": _check_contract_service,
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

_DEFAULTS: dict[str, Record] = {
    "Companies": {"isActive": True},
    "ContractCharges": {"status": 7, "isBillableToCompany": True},
    "Contracts": {"isDefaultContract": False},
    "Services": {"isActive": True},
    **service_desk.DEFAULTS,
}


def _prepare_contract_service(call: Call, record: Record) -> Record:
    service = call.records.get("Services", record.get("serviceID") or 0) or {}
    return {"unitPrice": service.get("unitPrice"), "unitCost": service.get("unitCost"), **record}


def _prepare_charge(call: Call, record: Record) -> Record:
    return {**record, **_amounts(record), "isBilled": False}


def _amounts(charge: Record) -> Record:
    quantity = charge.get("unitQuantity") or 0
    return {
        "billableAmount": round(quantity * (charge.get("unitPrice") or 0), 2),
        "extendedCost": round(quantity * (charge.get("unitCost") or 0), 2),
    }


_PREPARE: dict[str, t.Callable[[Call, Record], Record]] = {
    "ContractServices": _prepare_contract_service,
    "ContractCharges": _prepare_charge,
    **service_desk.PREPARE,
}
