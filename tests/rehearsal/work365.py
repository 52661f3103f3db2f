# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Work 365 is documented to do in Autotask, one operation after the other.

Each operation works from what Work 365 remembers of earlier work (customers, contracts and products are mapped once),
so that it depends on its own rights and not on the operation before it. C(needs) names the values of the role's matrix
without which it cannot succeed, from the rules for each entity in Autotask's developer help; it is the claim that
tests/integration/rest/test_rehearsal.py tries out. The sixteenth operation of the connector is invoicing, in which it
has no part: people bill inside Autotask.
"""

from __future__ import annotations

import datetime
import typing as t
import uuid
from dataclasses import dataclass

from .autotask import Autotask, Refused

CUSTOMER, VENDOR = 1, 7
RECURRING_SERVICE = 7
MATERIAL_CODE, RECURRING_CODE = 4, 5
API_USER = 7

LOGIN = "web_services_api.can_login_to_web_services_api"
SEE_CONTRACTS = "contracts.contracts.view"
ADD_CONTRACTS = "contracts.contracts.add"
VISIBILITY = "contracts.contract_visibility"
CUSTOMERS = "crm.access_customer_and_cancelation"
VENDORS = "crm.access_vendors_and_partners"
ADD_COMPANIES = "crm.organizations.add"
EDIT_COMPANIES = "crm.organizations.edit"
ADD_CONTACTS = "crm.contacts.add"
EDIT_CONTACTS = "crm.contacts.edit"
SEE_PRODUCTS = "inventory.products.view"
ADD_PRODUCTS = "inventory.products.add"
CATALOG_ADMIN = "admin.admin_products_services_inventory"
SEE_RESOURCES = "other.limit_resource_availability"


class NothingFound(Exception):
    """Autotask answered, but hid what the operation is about."""


@dataclass(frozen=True)
class Memory:
    """The numbers that Work 365 keeps of the records it is mapped to."""

    owner: int
    vendor: int
    customer: int
    contact: int
    contract: int
    contract_service: int
    service: int
    product: int
    service_code: int
    product_code: int


@dataclass(frozen=True)
class Operation:
    number: str
    title: str
    needs: frozenset[str]
    do: t.Callable[[Autotask, Memory], None]


@dataclass(frozen=True)
class Outcome:
    """How an operation went: *refusal* is why it failed, if it did."""

    operation: Operation
    refusal: Refused | NothingFound | None

    def __str__(self) -> str:
        return f"{self.operation.number:>3}  {self.operation.title}: {self.refusal or 'done'}"


OPERATIONS: list[Operation] = []


def operation(number: str, title: str, *needs: str) -> t.Callable[[t.Callable[[Autotask, Memory], None]], None]:
    def add(do: t.Callable[[Autotask, Memory], None]) -> None:
        OPERATIONS.append(Operation(number, title, frozenset({LOGIN, *needs}), do))

    return add


def rehearse(autotask: Autotask, memory: Memory) -> list[Outcome]:
    """Do everything; what is refused does not stop the rest."""
    return [Outcome(each, refusal_of(each, autotask, memory)) for each in OPERATIONS]


def refusal_of(operation: Operation, autotask: Autotask, memory: Memory) -> Refused | NothingFound | None:
    try:
        operation.do(autotask, memory)
    except (Refused, NothingFound) as refusal:
        return refusal
    return None


def remember(autotask: Autotask) -> Memory:
    """Map Work 365 to a customer that has a recurring contract, as somebody does who sets the connector up."""
    contract = found("recurring contracts", autotask.query("Contracts", contractType=RECURRING_SERVICE))[0]
    services = found("services of the contract", autotask.query("ContractServices", contractID=contract["id"]))
    contacts = found("contacts of the customer", autotask.query("Contacts", companyID=contract["companyID"]))
    return Memory(
        owner=found("owners", owners(autotask))[0],
        vendor=found("vendors", autotask.query("Companies", companyType=VENDOR))[0]["id"],
        customer=contract["companyID"],
        contact=contacts[0]["id"],
        contract=contract["id"],
        contract_service=services[0]["id"],
        service=services[0]["serviceID"],
        product=found("products", autotask.query("Products", isActive=True))[0]["id"],
        service_code=found("service codes", autotask.query("BillingCodes", useType=RECURRING_CODE))[0]["id"],
        product_code=found("product codes", autotask.query("BillingCodes", useType=MATERIAL_CODE))[0]["id"],
    )


def owners(autotask: Autotask) -> list[int]:
    """Return who can own a customer: an API user cannot."""
    return [row["id"] for row in autotask.query("Resources", isActive=True) if row["licenseType"] != API_USER]


def found(what: str, rows: t.Any) -> t.Any:
    if not rows:
        raise NothingFound(f"Autotask shows no {what}.")
    return rows


def new_name(kind: str) -> str:
    return f"{kind} {uuid.uuid4().hex[:8]}"


def day(offset: int = 0) -> str:
    return f"{datetime.date.today() + datetime.timedelta(days=offset)}T00:00:00Z"


# --- The connector's page: sign in, and fill the lists to choose defaults from


@operation("1", "sign in")
def _(autotask: Autotask, memory: Memory) -> None:
    autotask.get("Version")


# Nothing public says that describing the fields of an entity needs a right of its own.
@operation("2", "list types, charge types, billing preferences and frequencies")
def _(autotask: Autotask, memory: Memory) -> None:
    wanted = {
        "Companies": ["companyType"],
        "Contracts": ["contractType", "billingPreference", "contractPeriodType"],
        "ContractCharges": ["chargeType"],
        "Services": ["periodType"],
    }
    for entity, fields in wanted.items():
        lists = autotask.pick_lists(entity)
        for field in fields:
            found(f"choices of {field}", lists.get(field))


@operation("3", "list billing codes for products and services")
def _(autotask: Autotask, memory: Memory) -> None:
    for use in (MATERIAL_CODE, RECURRING_CODE):
        found("billing codes", autotask.query("BillingCodes", useType=use, isActive=True))


@operation("4", "list manufacturers", VENDORS)
def _(autotask: Autotask, memory: Memory) -> None:
    found("vendors", autotask.query("Companies", companyType=VENDOR))


@operation("5", "list owners", SEE_RESOURCES)
def _(autotask: Autotask, memory: Memory) -> None:
    found("owners", owners(autotask))


@operation("6", "list refund products", SEE_PRODUCTS, CATALOG_ADMIN)
def _(autotask: Autotask, memory: Memory) -> None:
    found("products", autotask.query("Products", isActive=True))


# --- The tabs: products, customers, agreements


@operation("7", "search, add and change a service and a product", SEE_PRODUCTS, ADD_PRODUCTS, CATALOG_ADMIN, VENDORS)
def _(autotask: Autotask, memory: Memory) -> None:
    name = new_name("Subscription")
    autotask.query("Services", name=name)
    # Autotask demands a price; Work 365 sends none of its own.
    service = autotask.create(
        "Services",
        name=name,
        billingCodeID=memory.service_code,
        periodType=2,
        unitPrice=0,
        vendorCompanyID=memory.vendor,
        isActive=True,
    )
    autotask.update("Services", service, description="Synchronized")
    name = new_name("Product")
    autotask.query("Products", name=name)
    product = autotask.create(
        "Products", name=name, productBillingCodeID=memory.product_code, isActive=True, isSerialized=False
    )
    autotask.update("Products", product, description="Synchronized")


@operation("8", "search and add a customer with its contact", CUSTOMERS, ADD_COMPANIES, ADD_CONTACTS, SEE_RESOURCES)
def _(autotask: Autotask, memory: Memory) -> None:
    found("customers", autotask.query("Companies", companyType=CUSTOMER, isActive=True, id=memory.customer))
    company = autotask.create(
        "Companies",
        companyName=new_name("Customer"),
        companyType=CUSTOMER,
        phone="555-0199",
        ownerResourceID=memory.owner,
    )
    # Autotask makes a location by itself.
    found("location of the new customer", autotask.query("CompanyLocations", companyID=company))
    contact = {"firstName": "Primary", "lastName": "Contact", "isActive": 1, "primaryContact": True}
    autotask.create(f"Companies/{company}/Contacts", **contact)
    found("contact of the new customer", autotask.query("Contacts", companyID=company))


@operation("8b", "synchronize a customer and its contact again", CUSTOMERS, EDIT_COMPANIES, EDIT_CONTACTS)
def _(autotask: Autotask, memory: Memory) -> None:
    autotask.update("Companies", memory.customer, phone="555-0198")
    autotask.update(f"Companies/{memory.customer}/Contacts", memory.contact, title="Office Manager")


def new_contract(autotask: Autotask, memory: Memory, **values: t.Any) -> int:
    return autotask.create(
        "Contracts",
        **{
            "companyID": memory.customer,
            "contractName": new_name("Agreement"),
            "contractType": RECURRING_SERVICE,
            "contractPeriodType": 2,
            "billingPreference": 1,
            "startDate": day(),
            "endDate": day(365),
            "status": 1,
            "timeReportingRequiresStartAndStopTimes": 0,
            **values,
        },
    )


@operation("9", "search, add and change an agreement", SEE_CONTRACTS, ADD_CONTRACTS, VISIBILITY, CUSTOMERS)
def _(autotask: Autotask, memory: Memory) -> None:
    found("contracts", autotask.query("Contracts", companyID=memory.customer, contractType=RECURRING_SERVICE))
    autotask.update("Contracts", new_contract(autotask, memory), description="Synchronized")


@operation("10", "put a subscription into an agreement", SEE_CONTRACTS, VISIBILITY)
def _(autotask: Autotask, memory: Memory) -> None:
    found("services of the contract", autotask.query("ContractServices", contractID=memory.contract))
    services = f"Contracts/{memory.contract}/Services"
    service = autotask.create(services, serviceID=memory.service)
    autotask.update(services, service, invoiceDescription="Synchronized")


def change_units(autotask: Autotask, memory: Memory, **values: t.Any) -> None:
    autotask.create("ContractServiceAdjustments", effectiveDate=day(), **values)


def units(autotask: Autotask, memory: Memory) -> int:
    spans = autotask.query("ContractServiceUnits", contractServiceID=memory.contract_service)
    return int(max(found("units", spans), key=lambda span: (span["startDate"], span["id"]))["units"])


@operation("11", "change the number of licenses", SEE_CONTRACTS, VISIBILITY)
def _(autotask: Autotask, memory: Memory) -> None:
    before = units(autotask, memory)
    change_units(autotask, memory, contractServiceID=memory.contract_service, unitChange=3)
    if units(autotask, memory) != before + 3:
        raise NothingFound("The change of the license count did not arrive.")


@operation("12", "put the same service into an agreement twice", VISIBILITY)
def _(autotask: Autotask, memory: Memory) -> None:
    twice = {"contractID": memory.contract, "serviceID": memory.service, "allowRepeatService": True}
    change_units(autotask, memory, **twice, unitChange=1)


@operation("13", "add an agreement with a setup fee", ADD_CONTRACTS, VISIBILITY, CUSTOMERS)
def _(autotask: Autotask, memory: Memory) -> None:
    new_contract(autotask, memory, setupFee=100.0, setupFeeBillingCodeID=memory.product_code)


@operation("14", "add an agreement that requires start and stop times", ADD_CONTRACTS, VISIBILITY, CUSTOMERS)
def _(autotask: Autotask, memory: Memory) -> None:
    new_contract(autotask, memory, timeReportingRequiresStartAndStopTimes=1)


@operation("15", "add and change a refund charge", SEE_CONTRACTS, VISIBILITY)
def _(autotask: Autotask, memory: Memory) -> None:
    autotask.query("ContractCharges", contractID=memory.contract)
    charges = f"Contracts/{memory.contract}/Charges"
    charge = autotask.create(
        charges,
        name=new_name("Refund"),
        chargeType=1,
        productID=memory.product,
        contractServiceID=memory.contract_service,
        datePurchased=day(),
        unitQuantity=1,
        unitPrice=-10.0,
    )
    autotask.update(charges, charge, notes="Synchronized")


# --- What it must not be able to do, by the same credentials

FORBIDDEN: dict[str, t.Callable[[Autotask, Memory], t.Any]] = {
    "create a ticket": lambda a, m: a.create("Tickets", companyID=m.customer, title="No"),
    "create a ticket note": lambda a, m: a.create("Tickets/1/Notes", title="No"),
    "enter time": lambda a, m: a.create("TimeEntries", hoursWorked=1),
    "create a project": lambda a, m: a.create("Projects", companyID=m.customer, projectName="No"),
    "create a task": lambda a, m: a.create("Projects/1/Tasks", title="No"),
    "create an opportunity": lambda a, m: a.create("Opportunities", companyID=m.customer, title="No"),
    "create a quote": lambda a, m: a.create("Quotes", companyID=m.customer, name="No"),
    "create a configuration item": lambda a, m: a.create("ConfigurationItems", companyID=m.customer),
    "create a document": lambda a, m: a.create("DocumentCategories/1/Documents", title="No"),
    "create an article": lambda a, m: a.create("KnowledgeBaseCategories/1/KnowledgeBaseArticles", title="No"),
    "order goods": lambda a, m: a.create("PurchaseOrders", vendorID=m.vendor),
    "stock an item": lambda a, m: a.create("InventoryItems", productID=m.product),
    "listen to companies": lambda a, m: a.create("CompanyWebhooks", name="No"),
    "listen to contacts": lambda a, m: a.create("ContactWebhooks", name="No"),
    "delete a contact": lambda a, m: a.delete(f"Companies/{m.customer}/Contacts", m.contact),
    "change a person": lambda a, m: a.update("Resources", m.owner, title="No"),
    "create a department": lambda a, m: a.create("Departments", name="No"),
}


def misdeeds(autotask: Autotask, memory: Memory) -> list[str]:
    """Try everything that is forbidden and return what was not refused for lack of rights."""
    allowed = []
    for name, attempt in FORBIDDEN.items():
        try:
            attempt(autotask, memory)
        except Refused as refusal:
            if refusal.is_about_rights:
                continue
        allowed.append(name)
    return allowed
