# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which records a caller sees, and what is hidden in them.

HTTP 200 does not prove a full grant: rows are filtered by company class and resource visibility, and costs are blanked
(documented in the Online Help; how they look over REST is partly assumed).
"""

from __future__ import annotations

from .access import Access, granted, setting
from .call import Call
from .fields import Record

# Company types -> the access row of the CRM section that opens them.
_CLASS_ROWS = {
    1: "access_customer_and_cancelation",
    6: "access_customer_and_cancelation",
    7: "access_vendors_and_partners",
    8: "access_vendors_and_partners",
    2: "access_prospects_leads_and_dead",
    3: "access_prospects_leads_and_dead",
    4: "access_prospects_leads_and_dead",
}
_COMPANY_FIELD = {"CompanyLocations": "companyID", "Contacts": "companyID"}
_OWN_COMPANY = 0
_WITH_COST = ("Services", "Products", "ContractServices", "ContractCharges")


def sees_company(call: Call, company: Record) -> bool:
    """By the class of the company. "Mine" matches nothing: an API user owns no company and is on no team."""
    if company["id"] == _OWN_COMPANY:
        return True
    row = _CLASS_ROWS.get(company.get("companyType") or 0)
    return row is not None and granted(call.level, f"crm.{row}") is Access.ALL


def visible(call: Call, entity: str, records: list[Record]) -> list[Record]:
    """Only the records the caller may see."""
    if entity == "Companies":
        return [record for record in records if sees_company(call, record)]
    if entity in _COMPANY_FIELD:
        return _of_visible_companies(call, records, _COMPANY_FIELD[entity])
    if entity == "Contracts" and setting(call.level, "contracts.contracts.view") != "All":
        return _of_visible_companies(call, records, "companyID")
    if entity == "Resources" and setting(call.level, "other.limit_resource_availability") is True:
        return [record for record in records if record["id"] == call.user.id]
    return records


def _of_visible_companies(call: Call, records: list[Record], field: str) -> list[Record]:
    companies = {company["id"] for company in call.records.all("Companies") if sees_company(call, company)}
    return [record for record in records if record.get(field) in companies]


def hidden_fields(call: Call, entity: str) -> tuple[str, ...]:
    """Costs, without the right to see them: blank on reading, ignored on writing."""
    if setting(call.level, "other.can_view_internal_cost_and_sensitive_data") is True:
        return ()
    return ("unitCost",) if entity in _WITH_COST else ()


def without_hidden_values(call: Call, entity: str, record: Record) -> Record:
    return {**record, **{name: None for name in hidden_fields(call, entity) if name in record}}
