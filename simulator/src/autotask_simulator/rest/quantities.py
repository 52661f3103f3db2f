# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many units of a service a contract has: adjustments and the spans of time they make.

An adjustment names a contract service, or a contract and a service; in the second form it adds the service to the
contract if it is not there yet, or if ``allowRepeatService`` asks for another one (documented). The simulator keeps one
span per quantity, from its effective date to the next or to the contract's end (assumed; Autotask cuts spans by
billing period).
"""

from __future__ import annotations

from . import errors
from .call import Call
from .fields import Record
from .seed import RECURRING_SERVICE, units_record


def check_adjustment(call: Call, record: Record) -> None:
    contract = _contract(call, record)
    if contract["contractType"] != RECURRING_SERVICE:
        raise errors.business_rule("The contract must be a recurring service contract.")
    if record.get("effectiveDate") and record["effectiveDate"] < contract["startDate"]:
        raise errors.business_rule("effectiveDate must not be before the start of the contract.")
    service = _contract_service(call, record)
    if service is None and call.records.get("Services", record.get("serviceID") or 0) is None:
        raise errors.bad_reference("serviceID", "Service")
    spans = _spans(call, service["id"]) if service else []
    if (spans[-1]["units"] if spans else 0) + (record.get("unitChange") or 0) < 0:
        raise errors.business_rule("unitChange would leave a negative number of units.")


def adjusted(call: Call, record: Record) -> None:
    """Put the adjustment into effect."""
    contract = _contract(call, record)
    service = _contract_service(call, record) or _added_service(call, contract["id"], record)
    spans = _spans(call, service["id"])
    last = spans[-1] if spans else None
    units = (last["units"] if last else 0) + (record.get("unitChange") or 0)
    if last and last["startDate"] == record["effectiveDate"]:
        call.records.remove("ContractServiceUnits", last["id"])
    elif last:
        call.records.save("ContractServiceUnits", {**last, "endDate": record["effectiveDate"]})
    price, cost = service.get("unitPrice") or 0, service.get("unitCost") or 0
    call.records.add(
        "ContractServiceUnits",
        units_record(
            contract["id"],
            service["id"],
            service["serviceID"],
            record["effectiveDate"],
            contract["endDate"],
            units,
            price,
            cost,
        ),
    )


def _contract(call: Call, record: Record) -> Record:
    """The contract named, or that of the contract service named."""
    number = record.get("contractID")
    if record.get("contractServiceID") is not None:
        service = call.records.get("ContractServices", record["contractServiceID"])
        if service is None or number not in (None, service["contractID"]):
            raise errors.bad_reference("contractServiceID", "ContractService")
        number = service["contractID"]
    if number is None:
        raise errors.missing_value("contractID")
    contract = call.records.get("Contracts", number)
    if contract is None:
        raise errors.bad_reference("contractID", "Contract")
    return contract


def _contract_service(call: Call, record: Record) -> Record | None:
    if record.get("contractServiceID") is not None:
        return call.records.get("ContractServices", record["contractServiceID"])
    if record.get("allowRepeatService"):
        return None
    for service in call.records.all("ContractServices"):
        if (service["contractID"], service["serviceID"]) == (record.get("contractID"), record.get("serviceID")):
            return service
    return None


def _added_service(call: Call, contract: int, record: Record) -> Record:
    service = call.records.get("Services", record["serviceID"]) or {}
    added = {
        "contractID": contract,
        "serviceID": record["serviceID"],
        "unitPrice": record.get("adjustedUnitPrice") or service.get("unitPrice"),
        "unitCost": record.get("adjustedUnitCost") or service.get("unitCost"),
    }
    return {**added, "id": call.records.add("ContractServices", added)}


def _spans(call: Call, contract_service: int) -> list[Record]:
    found = [span for span in call.records.all("ContractServiceUnits") if span["contractServiceID"] == contract_service]
    return sorted(found, key=lambda span: str(span["startDate"]))
