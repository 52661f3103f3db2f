# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the simulator's field table (``rest/data/fields.csv``) from what is public about Autotask's fields.

    python simulator/tools/field_tables.py --swagger FILE --soap FILE --client DIRECTORY

``--swagger``
    The OpenAPI document that every zone serves without a log-in (``/atservicesrest/swagger/docs/v1``; June 2026): names
    and types of all fields, and which entities have user-defined ones.
``--soap``
    SOAP field information of a live tenant, recorded on 18 February 2021 and published with the PowerShell module
    ``Autotask`` of ECIT Solutions (``AutotaskFieldInfoCache.xml``): lengths, flags, references.
    REST shows the same metadata under newer names.
``--client``
    ``src/API`` of the PHP client ``anteris-tech/autotask-client``, generated from the live
    ``entityInformation/fields`` of all entities (May 2023): a property that cannot be null is a required field.

Where the last two know a field, they agree on whether it is required, but for five of 1,900 fields: the newer one is
taken. What neither knows is marked ``named``: its flags are guessed; ``inferred`` ones are those of a similar entity.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import typing as t
import xml.etree.ElementTree as ElementTree
from pathlib import Path

DATA = Path(__file__).parents[1] / "src" / "autotask_simulator" / "rest" / "data"
COLUMNS = ("entity", "name", "type", "length", "flags", "reference", "place", "evidence")
POWERSHELL = "{http://schemas.microsoft.com/powershell/2004/04}"

# The document's formats in the words of entityInformation/fields. Numbers with a fraction are all called decimal there,
# as far as answers were published (15 fields of Services, Products, QuoteItems, Invoices and others).
TYPES = {"int32": "integer", "int64": "long", "double": "decimal", "date-time": "datetime", "byte": "byte[]"}
NO_FIELDS = {"soapParentPropertyId", "userDefinedFields"}

# The names of definitions that are not <singular>Model.
MODELS = {
    "InventoryStockedItemsAdd": "InventoryStockedItemAddModel",
    "InventoryStockedItemsRemove": "InventoryStockedItemRemoveModel",
    "InventoryStockedItemsTransfer": "InventoryStockedItemTransferModel",
    "TimeOffRequestsReject": "TimeOffRequestRejectModel",
}
# What SOAP calls entities of which the document does not say it.
SOAP_ENTITIES = {name: name for name in ("ContractServiceAdjustment", "ContractServiceBundleAdjustment")}

# How REST renamed parts of SOAP's names, and single names.
RENAMED_PARTS = (
    ("accountphysicallocation", "companylocation"),
    ("installedproduct", "configurationitem"),
    ("allocationcode", "billingcode"),
    ("businessdivisionsubdivision", "organizationallevelassociation"),
    ("account", "company"),
    ("client", "company"),
    ("aem", "rmm"),
)
RENAMED = {
    "announce": "isAnnouncement",
    "backorder": "backOrderQuantity",
    "billtoaddress1": "billingAddress1",
    "billtoaddress2": "billingAddress2",
    "blockhourfactor": "blockHourMultiplier",
    "bulkemailoptout": "isOptedOutFromBulkEmail",
    "businessdivisionid": "organizationalLevel1ID",
    "businesssubdivisionid": "organizationalLevel2ID",
    "canceledbyresource": "canceledByResourceID",
    "cashadvanceamount": "internalCurrencyCashAdvanceAmount",
    "clientportalactive": "isClientPortalActive",
    "clientportaldefault": "isClientPortalDefault",
    "compliance": "isCompliant",
    "contact": "contactID",
    "enabledailyprorating": "isDailyProrationEnabled",
    "equoteactive": "isActive",
    "expenseamount": "expenseCurrencyExpenseAmount",
    "expensetotal": "internalCurrencyExpenseTotal",
    "extpnumber": "extProjectNumber",
    "generalledgercode": "generalLedgerAccount",
    "keyaccounticon": "classification",
    "leadreferral": "leadSource",
    "notification": "receivesEmailNotifications",
    "onorder": "quantityOnOrder",
    "picked": "quantityPicked",
    "promisedduedate": "promisedFulfillmentDate",
    "reimbursementamount": "internalCurrencyReimbursementAmount",
    "reserved": "quantityReserved",
    "taskisbillable": "isTaskBillable",
    "taxgroup": "taxRegionID",
}
# The field that names the parent, where it is not the parent's singular with "ID".
PARENT_FIELDS = {
    "Expenses": "expenseReportID",
    "KnowledgeBaseArticles": "articleID",
    "KnowledgeBaseCategories": "articleCategoryID",
    "PurchaseOrders": "orderID",
    "Tasks/Predecessors": "successorTaskID",
    "UserDefinedFields": "udfFieldId",
    "ConfigurationItems/DnsRecords": "installedProductID",
}

# What newer or better sources say of single fields: flags added and (after "-") taken away, and where that is from.
CORRECTIONS = {
    "Attachments.attachmentType": ("required create_only read_only", "live 2026"),
    "Attachments.fullPath": ("required create_only read_only", "live 2026"),
    "Attachments.publish": ("required create_only read_only picklist", "live 2026"),
    "Attachments.title": ("required create_only read_only", "live 2026"),
    "Attachments.contentType": ("read_only -required", "live 2026"),
    "ContractCharges.status": ("create_only", "recorded; create_only assumed"),
    "ContractServices.internalDescription": ("create_only read_only", "documented"),
    "ContractServices.unitCost": ("create_only read_only", "documented"),
    "ContractServices.unitPrice": ("-read_only", "documented"),
    "Contracts.contractPeriodType": ("create_only", "live 2025"),
    "Contracts.exclusionContractID": ("create_only", "live 2025"),
    "Services.periodType": ("read_only", "live 2026"),
}
# Autotask fills these in; so much their names say.
_FILLED_IN = re.compile(r"create|creator|impersonator|internalCurrency|last(Activity|Modified|Published|Tracked)")

Row = dict[str, t.Any]


def soap_fields(path: Path) -> dict[str, dict[str, Row]]:
    """The recorded fields by SOAP's names of entity and field, in lower case."""
    entities: dict[str, dict[str, Row]] = {}
    for entry in ElementTree.parse(path).iter(f"{POWERSHELL}En"):
        properties = [{e.get("N", ""): e.text or "" for e in group} for group in entry.iter(f"{POWERSHELL}Props")]
        name = next((group["Name"] for group in properties if "CanQuery" in group), None)
        if name:
            fields = [group for group in properties if "IsQueryable" in group]
            entities[name.lower()] = {field["Name"].lower(): field for field in reversed(fields)}
    return {name: dict(reversed(fields.items())) for name, fields in entities.items()}


def webhooks_like_those_of_contacts(soap: dict[str, dict[str, Row]], newer: str) -> dict[str, dict[str, Row]]:
    """Webhooks of tickets and their notes came after the recording."""
    return {
        name.replace("contact", newer.lower()): {
            key: {**field, "ReferenceEntityType": field["ReferenceEntityType"].replace("Contact", newer), "Twin": name}
            for key, field in fields.items()
        }
        for name, fields in soap.items()
        if name.startswith("contactwebhook")
    }


def live_fields(directory: Path, entity: str) -> dict[str, bool]:
    """Whether the client's properties are required, by lower-case name; 64-bit ones have no type and say nothing."""
    files = list(directory.glob(f"{entity}/*Entity.php")) or list(directory.glob(f"{entity}s/*Entity.php"))
    found = re.findall(r"public (\??)\w+ \$(\w+);", files[0].read_text(encoding="utf-8")) if files else []
    return {name.lower(): not optional for optional, name in found}


class Tables:
    def __init__(self, swagger: Path, soap: Path, client: Path) -> None:
        self.definitions = json.loads(swagger.read_text(encoding="utf-8"))["definitions"]
        self.soap = soap_fields(soap)
        for newer in ("Ticket", "TicketNote"):
            self.soap |= webhooks_like_those_of_contacts(self.soap, newer)
        self.client = client
        self.soap_names = dict(SOAP_ENTITIES)
        for definition in self.definitions:
            if found := re.fullmatch(r"(?:QueryActionResult|ItemQueryResultModel)\[(\w+)Model,(\w+)\]", definition):
                self.soap_names[found[1]] = found[2]
        self.singulars = {soap_name.lower(): singular for singular, soap_name in self.soap_names.items()}

    def model(self, entity: Row) -> Row:
        """The definition of an entity's fields; an empty one where the document has none."""
        return self.definitions.get(MODELS.get(entity["name"], f"{entity['singular']}Model"), {}).get("properties", {})

    def rows(self, entity: Row) -> t.Iterator[Row]:
        """In the order in which SOAP lists the fields, as far as it does; their place in answers is the document's."""
        published = {name: form for name, form in self.model(entity).items() if name not in NO_FIELDS}
        attachment = entity["name"].endswith("Attachments")
        soap_name = "AttachmentInfo" if attachment else self.soap_names.get(entity["singular"], "")
        recorded = {}
        for soap in self.soap.get(soap_name.lower(), {}).values():
            if name := self._rest_name(entity["singular"], soap["Name"], published):
                recorded[name] = soap
        live = live_fields(self.client, entity["name"])
        parent = self._parent_field(entity, published)
        places = {name: number for number, name in enumerate(published, start=1)}
        for name in [*recorded, *(name for name in published if name not in recorded)]:
            row = self._row(name, published[name], recorded.get(name), live)
            if name == parent:
                row["flags"] |= {"parent"}
            self._correct(f"{'Attachments' if attachment else entity['name']}.{name}", row)
            yield {"entity": entity["name"], **row, "flags": " ".join(sorted(row["flags"])), "place": places[name]}

    @staticmethod
    def _rest_name(singular: str, soap_name: str, published: Row) -> str | None:
        lower = soap_name.lower()
        modern = lower
        for old, new in RENAMED_PARTS:
            modern = modern.replace(old, new)
        candidates = (lower, modern, f"is{modern}", f"{singular.lower()}{modern}", modern.replace("cost", "charge"))
        names = {name.lower(): name for name in published}
        renamed = RENAMED.get(lower, "").lower()
        if lower == "type" and "attachmenttype" in names:
            renamed = "attachmenttype"
        return next((names[each] for each in (*candidates, renamed) if each in names), None)

    @staticmethod
    def _parent_field(entity: Row, published: Row) -> str:
        parent, _, child = entity["child_path"].partition("/")
        if not parent:
            return ""
        usual = f"{parent[:1].lower()}{parent[1:]}".removesuffix("s") + "ID"
        usual = usual.replace("ieID", "yID").replace("companieID", "companyID")
        given = PARENT_FIELDS.get(f"{parent}/{child}") or PARENT_FIELDS.get(parent) or usual
        names = {name.lower(): name for name in published}
        return next((names[each.lower()] for each in (given, "webhookID") if each.lower() in names), "")

    def _row(self, name: str, form: Row, soap: Row | None, live: dict[str, bool]) -> Row:
        data_type = TYPES.get(form.get("format", "")) or ("boolean" if form.get("type") == "boolean" else "string")
        row: Row = {"name": name, "type": data_type, "length": 0, "flags": set(), "reference": "", "evidence": "named"}
        if soap:
            if soap["Type"] == "short":
                row["type"] = "short"
            row["length"] = soap["Length"] if data_type == "string" else 0
            row["reference"] = self.singulars.get(soap["ReferenceEntityType"].lower(), "")
            flags = {"required": "IsRequired", "read_only": "IsReadOnly", "picklist": "IsPickList"}
            row["flags"] = {flag for flag, key in flags.items() if soap[key] == "true"}
            row["flags"] |= {"unqueryable"} if soap["IsQueryable"] == "false" else set()
            row["evidence"] = "inferred" if "Twin" in soap else "recorded"
        elif _FILLED_IN.match(name):
            row["flags"] = {"read_only"}
        if name == "id":
            row["flags"] = {"required", "read_only"}
        elif name.lower() in live:
            row["flags"] = row["flags"] - {"required"} | ({"required"} if live[name.lower()] else set())
        return row

    @staticmethod
    def _correct(field: str, row: Row) -> None:
        if field in CORRECTIONS:
            changes, row["evidence"] = CORRECTIONS[field]
            for change in changes.split():
                row["flags"] = row["flags"] - {change[1:]} if change[0] == "-" else row["flags"] | {change}


def main() -> None:
    parser = argparse.ArgumentParser(description=t.cast(str, __doc__).splitlines()[0])
    for option in ("swagger", "soap", "client"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    tables = Tables(**vars(parser.parse_args()))
    with (DATA / "entities.csv").open(encoding="utf-8", newline="") as file:
        entities = list(csv.DictReader(file))
    for entity in entities:
        entity["user_defined_fields"] = int("userDefinedFields" in tables.model(entity))
    for name, columns, rows in (
        ("entities", tuple(entities[0]), entities),
        ("fields", COLUMNS, [row for entity in entities for row in tables.rows(entity)]),
    ):
        with (DATA / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
