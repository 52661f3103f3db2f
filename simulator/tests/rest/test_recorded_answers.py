# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the live service was seen to answer, each with who saw it. These tests win over any other opinion."""

from __future__ import annotations

import gzip
import json
import typing as t
from urllib.parse import quote

import pytest

if t.TYPE_CHECKING:
    from .conftest import Api, World

Json = dict[str, t.Any]

TICKET = {"companyID": 1001, "title": "Printer", "status": 1, "priority": 2, "queueID": 29682833}
ENGINEER, NOBODYS_ROLE = 29683355, 99999999
ON_RECORD = " ; on record number [1]."
UPDATING = "Error updating entity for record number [1]."


def where(field: str, op: str, value: t.Any = None) -> Json:
    return {"op": op, "field": field, "value": value}


def person(api: Api) -> int:
    return next(each.id for each in api.tenant.resources() if not each.is_api_user)


def time_entry(api: Api, **more: t.Any) -> Json:
    window = {"startDateTime": "2026-03-02T09:00:00Z", "endDateTime": "2026-03-02T10:30:00Z"}
    return {"ticketID": 5001, "resourceID": person(api), "roleID": ENGINEER, "summaryNotes": "Done", **window, **more}


# -- what is refused, in the words that were recorded

REFUSALS: list[tuple[str, str, str, Json, str]] = [
    # who saw it; method, path and body; words
    ("atrest suite", "POST", "Tickets", {"title": "x"}, "required field companyID"),
    (
        "JUICT LESSONS, Triplecitiestech/staging (form)",
        "POST",
        "Tickets",
        {**TICKET, "priority": 99},
        f"Picklist value [99] does not exist for priority.{ON_RECORD}",
    ),
    (
        "WYRE-AI/autotask-mcp pull request 282",
        "POST",
        "TimeEntries/query",
        {"filter": [where("projectID", "eq", 999999)]},
        "Unable to find projectID in the TimeEntry Entity.",
    ),
    (
        "JUICT LESSONS",
        "POST",
        "AttachmentInfo/query",
        {"filter": [where("attachedObjectID", "eq", 1)]},
        "Unable to find attachedObjectID in the AttachmentInfo Entity.",
    ),
    (
        "GDSTechnology/autotask-mcp, 30 September 2026",
        "POST",
        "ServiceCallTicketResources/query",
        {"filter": [where("id", "gte", 0)], "IncludeFields": ["roleID"]},
        "Unable to find roleID in the ServiceCallTicketResource Entity.",
    ),
    (
        "paulkatio DECISIONS, 17 June 2026",
        "POST",
        "Companies/query",
        {"filter": [where("id", "gte", 0)], "IncludeFields": ["id", "userDefinedFields"]},
        "Unable to find userDefinedFields in the Company Entity",
    ),
    (
        "n8n-nodes-autotask changelog",
        "POST",
        "ContractCharges/query",
        {"filter": [where("chargeType", "eq", "material")]},
        "Conversion failed when converting varchar 'material' to data type int",
    ),
    (
        "n8n-nodes-autotask changelog",
        "POST",
        "ContractCharges/query",
        {"filter": [where("isBilled", "eq", "false")]},
        "Conversion failed when converting varchar 'false' to data type int",
    ),
    (
        "GDSTechnology/autotask-mcp changelog",
        "POST",
        "Companies/query",
        {"filter": [where("id", "gte", 0)], "MaxRecords": 20000},
        "maxCountOfRecordsToReturn must be between 1 and 500",
    ),
    (
        "Servosity/msp-skills issue 257",
        "POST",
        "Companies/query",
        {},
        "Value cannot be null. Parameter name: filters",
    ),
    (
        "autotask-mcp fork, 15 September 2026",
        "POST",
        "Quotes/8001/Items",
        {"quoteItemType": 11, "serviceID": 1, "quantity": 1},
        "Missing Required Field: isOptional. ; on record number [1]",
    ),
    (
        "autotask-mcp fork, 15 September 2026",
        "POST",
        "Quotes/8001/Items",
        {"quoteItemType": 11, "serviceID": 1, "quantity": 1, "isOptional": False},
        "Missing Required Field: unitDiscount. ; on record number [1]",
    ),
    (
        "Triplecitiestech/staging, 28 July 2026",
        "POST",
        "Services",
        {"name": "Mailbox", "billingCodeID": 29682805, "unitPrice": 6},
        "Missing Required Field: periodType",
    ),
    (
        "paulkatio DECISIONS, 3 June 2026",
        "POST",
        "Tickets/5001/Notes",
        {"description": "x", "noteType": 1, "publish": 1},
        "Missing Required Field: title",
    ),
    (
        "WYRE-AI/autotask-mcp issue 46",
        "POST",
        "Projects/7001/Tasks",
        {"title": "Test", "status": 1},
        "Value does not reference an existing entity for taskType . ",
    ),
    (
        "Triplecitiestech/staging, 25 August 2026",
        "POST",
        "Projects/7001/Notes",
        {"title": "x", "description": "x", "noteType": 3, "publish": 1, "isAnnouncement": False},
        f"Picklist value [3] does not exist for noteType.{ON_RECORD}",
    ),
    (
        "JUICT LESSONS",
        "POST",
        "TimeEntries",
        {"ticketID": 5001, "hoursWorked": 1},
        "Value does not exist for the required field resourceID",
    ),
    (
        "autotask-mcp fork",
        "POST",
        "Quotes",
        {
            "opportunityID": 8001,
            "name": "x",
            "effectiveDate": "2026-01-01",
            "expirationDate": "2026-02-01",
            "billToLocationID": 424242,
            "shipToLocationID": 8001,
            "soldToLocationID": 8001,
        },
        "Reference value on field: billToLocationID of type: QuoteLocation does not exist or is invalid",
    ),
    (
        "n8n-nodes-autotask changelog",
        "PATCH",
        "Companies/1002/Contacts",
        {"id": 2002, "isActive": True},
        "Unexpected character encountered while parsing value: t",
    ),
    (
        "n8n-nodes-autotask changelog",
        "POST",
        "Tickets",
        {**TICKET, "contactID": 424242},
        f"Reference value on field: contactID of type: Contact does not exist or is invalid.{ON_RECORD}",
    ),
    (
        "paulkatio DECISIONS, 3 June 2026",
        "PATCH",
        "Tickets",
        {"id": 5001, "issueType": 4, "subIssueType": 12},
        "Value does not exist for child picklist: subIssueType",
    ),
    (
        "paulkatio DECISIONS, 3 June 2026",
        "PATCH",
        "Tickets",
        {"id": 5001, "contactID": 2002},
        "contactID is not associated to the companyID or its Parent Company",
    ),
    (
        "paulkatio DECISIONS, 3 June 2026",
        "PATCH",
        "Tickets",
        {"id": 5001, "configurationItemID": 4002},
        "The configurationItemID [4002] is not associated with Company [1001]",
    ),
    (
        "Triplecitiestech/staging, 28 August 2026; paulkatio DECISIONS",
        "PATCH",
        "Tickets",
        {"id": 5001, "companyLocationID": 1002},
        "The companyLocationID[1002] cannot be associated with the Ticket. The CompanyLocation must belong to the "
        "Ticket's, ConfigurationItem's, or the Contact's Company.",
    ),
    (
        "django-autotask api.py",
        "DELETE",
        "Companies/1001/Contacts/424242",
        {},
        "No message. No matching records found. The logged in Resource may not have the required permissions to "
        "delete the data.",
    ),
    ("paulkatio DECISIONS, 3 June 2026", "GET", "TicketAttachments/424242", {}, "Attachment could not be found."),
]


@pytest.mark.parametrize(("source", "method", "path", "body", "words"), REFUSALS)
def test_refusals(api: Api, source: str, method: str, path: str, body: Json, words: str) -> None:
    assert words in api.refusal(method, path, None if method in ("GET", "DELETE") else body), source


def test_a_resource_is_assigned_with_a_role_that_it_holds(api: Api) -> None:
    """WYRE-AI/msp-claude-plugins issue 32, Triplecitiestech/staging; playbook-brain (pair not defined)."""
    words = "When assigning a Resource, you must assign both a assignedResourceID and assignedResourceRoleID."
    alone = {"assignedResourceID": person(api), "assignedResourceRoleID": None}
    assert api.refusal("PATCH", "Tickets", {"id": 5001, **alone}) == f"Data violation: {words} {UPDATING}"
    assert api.refusal("POST", "Tickets", {**TICKET, "assignedResourceID": person(api)}) == f"Data violation: {words}"
    robot = {"assignedResourceID": api.tenant.api_user(api.user_name).id, "assignedResourceRoleID": ENGINEER}
    pair = "The specified assignedResourceID and AssignedRoleID combination is not currently defined"
    assert api.refusal("PATCH", "Tickets", {"id": 5001, **robot}) == f"Data violation: {pair} {UPDATING}"
    api.write("PATCH", "Tickets", {"id": 5001, "assignedResourceID": None, "assignedResourceRoleID": None})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"roleID": None}, "TimeEntries for Tickets must have a roleID."),
        (
            {"startDateTime": None, "endDateTime": None},
            "Must have at least one of hoursWorked or startDateTime/endDateTime",
        ),
        (
            {"startDateTime": None, "endDateTime": None, "hoursWorked": 1},
            "dateWorked is required when no value is supplied for startDateTime",
        ),
        (
            {"startDateTime": None, "endDateTime": None, "hoursWorked": 1, "dateWorked": "2026-03-02"},
            "TimeEntries for Service tickets require a start and stop time.",
        ),
        (
            {"endDateTime": "2026-03-02T09:00:00Z"},
            "hoursWorked greater than 24 hours or less than zero hours",
        ),
        ({"taskID": 7001}, "Only one of ticketID,taskID and InternallAllocationCodeID can be used at once"),
        ({"billingCodeID": 29682803}, "The given allocation code is not an active general allocation code"),
        (
            {"roleID": NOBODYS_ROLE},
            f"Reference value on field: roleID of timeEntryType: Role does not exist or is invalid.{ON_RECORD}",
        ),
    ],
)
def test_time_that_is_refused(api: Api, changes: Json, words: str) -> None:
    """JUICT LESSONS, paulkatio DECISIONS; the reference: Triplecitiestech/staging, 9 September 2026."""
    assert api.refusal("POST", "TimeEntries", time_entry(api, **changes)) == words


def test_a_time_entry_stays_with_its_ticket_and_its_window(api: Api) -> None:
    """paulkatio DECISIONS, 5 June 2026 (ticket); JUICT LESSONS (hours, kind)."""
    number = api.write("POST", "TimeEntries", time_entry(api))
    before = api.get(f"TimeEntries/{number}")["item"]
    assert (before["hoursWorked"], before["timeEntryType"], before["dateWorked"]) == (1.5, 2, "2026-03-02T00:00:00Z")
    api.write("PATCH", "TimeEntries", {"id": number, "ticketID": 5002, "hoursWorked": 0.25})
    after = api.get(f"TimeEntries/{number}")["item"]
    assert (after["ticketID"], after["hoursWorked"]) == (5001, 1.5)


def test_a_task_with_a_resource_wants_more(api: Api) -> None:
    """Triplecitiestech/staging, 25 August 2026: three sentences at once."""
    task = {"title": "Order", "taskType": 1, "status": 1, "assignedResourceID": person(api)}
    answer = api.call("POST", "Projects/7001/Tasks", task)
    assert answer.json == {
        "errors": [
            'The Task "Order" has an invalid Resource and Role combination.',
            "billingCodeID is a required field when a Resource (primary/secondary) is assigned to a Task",
            "departmentID is a required field when a Resource (primary/secondary) is assigned to a Task",
        ]
    }


def test_incidents_need_a_queue(make_world: type[World]) -> None:
    """JUICT LESSONS: what a ticket needs depends on its category, as the tenant sets up."""
    incident = {**TICKET, "ticketCategory": 113, "queueID": None}
    assert make_world().full.refusal("POST", "Tickets", incident) == "queueID is required"
    make_world(rest={"required_by_category": {}}).full.write("POST", "Tickets", incident)


def test_what_the_service_fills_in(api: Api) -> None:
    """contractika (tickets, tasks), JUICT LESSONS (phases): numbers of the day, and who did it."""
    ticket = api.get(f"Tickets/{api.write('POST', 'Tickets', TICKET)}")["item"]
    assert (ticket["creatorType"], ticket["lastActivityPersonType"]) == (1, 1)
    assert ticket["lastActivityResourceID"] == api.tenant.api_user(api.user_name).id
    task = api.write("POST", "Projects/7001/Tasks", {"title": "Order", "taskType": 1, "status": 1})
    phase = api.write("POST", "Projects/7001/Phases", {"title": "Begin"})
    numbers = [
        ticket["ticketNumber"],
        api.get(f"Tasks/{task}")["item"]["taskNumber"],
        api.get(f"Phases/{phase}")["item"]["phaseNumber"],
    ]
    assert [number[-5:] for number in numbers] == [".0001", ".0002", ".0003"]
    assert len({number[:9] for number in numbers}) == 1 and numbers[0].startswith("T20")


def test_notes_of_tickets(api: Api) -> None:
    """JUICT LESSONS: PATCH wants kind and publication; a contact is no author, whatever the metadata says."""
    note = {"title": "x", "description": "x", "noteType": 1, "publish": 1, "createdByContactID": 2001}
    number = api.write("POST", "Tickets/5001/Notes", note)
    stored = api.get(f"TicketNotes/{number}")["item"]
    assert stored["createdByContactID"] is None and stored["creatorResourceID"] is not None
    assert "noteType" in api.refusal("PATCH", "Tickets/5001/Notes", {"id": number, "title": "y"})
    assert "publish" in api.refusal("PATCH", "Tickets/5001/Notes", {"id": number, "title": "y", "noteType": 1})
    api.write("PATCH", "Tickets/5001/Notes", {"id": number, "noteType": 1, "publish": 2})
    assert api.get(f"TicketNotes/{number}")["item"]["publish"] == 2


def test_a_change_that_is_refused_names_the_record_in_a_sentence_of_its_own(api: Api) -> None:
    """n8n-nodes-autotask issues 48 (a description too long, though not sent) and 15, Anteris-Dev/autotask-client 60."""
    api.tenant.put_record("Tickets", {**api.get("Tickets/5001")["item"], "description": "x" * 9000})
    answer = api.call("PATCH", "Tickets", {"id": 5001, "contractID": 3001})
    words = "String value exceeds maximum length (field:description). "
    assert answer.json == {"errors": [words, UPDATING]}
    assert api.call("POST", "Tickets", {**TICKET, "description": "x" * 9000}).json == {"errors": [words]}
    named = api.call("PATCH", "Tickets", {"id": 5002, "priority": 99})
    assert named.json == {"errors": [f"Picklist value [99] does not exist for priority.{ON_RECORD}"]}


def test_the_primary_resource_is_not_a_second_one(api: Api) -> None:
    """paulkatio DECISIONS: created with a role, deleted below the ticket; the end of the sentence.

    The rest is documented (Online Help, Tickets).
    """
    primary = api.get("Tickets/5001")["item"]["assignedResourceID"]
    second = {"resourceID": primary, "roleID": ENGINEER}
    assert api.refusal("POST", "Tickets/5001/SecondaryResources", second).endswith("is already the primary Resource.")
    people = [each.id for each in api.tenant.resources() if not each.is_api_user]
    other = next(number for number in people if number != primary)
    number = api.write("POST", "Tickets/5001/SecondaryResources", {**second, "resourceID": other})
    again = {**second, "resourceID": other}
    assert "already a secondary Resource" in api.refusal("POST", "Tickets/5001/SecondaryResources", again)
    swapped = {"id": 5001, "assignedResourceID": other, "assignedResourceRoleID": ENGINEER}
    assert "already a secondary Resource" in api.refusal("PATCH", "Tickets", swapped)
    api.write("DELETE", f"Tickets/5001/SecondaryResources/{number}")
    assert api.items("TicketSecondaryResources") == []
    api.write("PATCH", "Tickets", swapped)


def test_an_inactive_contact_cannot_be_named(api: Api) -> None:
    """n8n-nodes-autotask changelog, company notes and others: it activates contacts for the moment."""
    api.write("PATCH", "Companies/1002/Contacts", {"id": 2002, "isActive": 0})
    words = f"Reference value on field: contactID of type: Contact does not exist or is invalid.{ON_RECORD}"
    assert api.refusal("POST", "Tickets", {**TICKET, "companyID": 1002, "contactID": 2002}) == words
    api.write("PATCH", "Tickets", {"id": 5002, "contactID": 2002, "title": "as it was"})


def test_a_name_of_a_webhook_that_is_too_long(world: World) -> None:
    """n8n-nodes-autotask changelog."""
    api = world.user_with({"other.can_create_webhooks": True})
    webhook = {"name": "x" * 53, "webhookUrl": "http://localhost", "deactivationUrl": "http://localhost"}
    fields = {"isActive": True, "secretKey": "s", "sendThresholdExceededNotification": True}
    words = "name must be less than or equal to 50 characters"
    assert api.refusal("POST", "CompanyWebhooks", {**webhook, **fields}) == words


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ATServicesRest/V1.0/Tickets", {"Title": "p", "CompanyID": 1001}),
        ("/ATServicesRest//V1.0/Tickets", {"companyID": 1001, "title": "p"}),
        ("/ATServicesRest/V1.0/Tickets", {"companyID": 1001, "title": "p", "status": None, "priority": None}),
    ],
)
def test_a_ticket_without_status_and_priority(make_world: type[World], path: str, body: Json) -> None:
    """S2, S3: taken, although both fields are required. Which ones it gets is assumed."""
    api = make_world().full
    ticket = api.get(f"Tickets/{api.write('POST', path, body)}")["item"]
    assert (ticket["title"], ticket["status"], ticket["priority"]) == ("p", 1, 2)
    other = make_world(rest={"picklists": {"Tickets": {"status": {4: "Open"}}}}).full
    assert other.get(f"Tickets/{other.write('POST', path, body)}")["item"]["status"] == 4


def test_a_ticket_keeps_the_status_and_priority_that_it_has(api: Api) -> None:
    """Required fields; left out of a PATCH they stay, null is refused with the words of other pick-lists."""
    assert "for priority" in api.refusal("PATCH", "Tickets", {"id": 5001, "priority": None})


def test_a_ticket_without_a_queue(make_world: type[World]) -> None:
    """Refused in one live tenant (paulkatio DECISIONS, 4 June 2026), taken in another (JUICT LESSONS)."""
    ticket = {**TICKET, "queueID": None}
    make_world().full.write("POST", "Tickets", ticket)
    strict = make_world(rest={"tickets_without_queue": "refuse"}).full
    assert "assignedResourceRoleID, and queueID cannot all be empty." in strict.refusal("POST", "Tickets", ticket)


# -- S1 to S4: fields of all entities, letter case, slashes, yes and no


def test_tickets_have_fields_with_values(api: Api) -> None:
    """S1. paulkatio DECISIONS V5: status and priority with these values; what is required."""
    fields = {field["name"]: field for field in api.get("Tickets/entityInformation/fields")["fields"]}
    labels = {value["value"]: value["label"] for value in fields["priority"]["picklistValues"]}
    assert labels == {"1": "High", "2": "Medium", "3": "Low", "4": "Critical"}
    assert {"1", "5", "8"} <= {value["value"] for value in fields["status"]["picklistValues"]}
    required = {name for name, field in fields.items() if field["isRequired"]}
    assert required == {"id", "companyID", "priority", "status", "title"}
    assert fields["lastActivityPersonType"]["isQueryable"] is False
    assert {value["parentValue"] for value in fields["subIssueType"]["picklistValues"]} == {"4", "5"}
    assert fields["subIssueType"]["picklistParentValueField"] == "issueType"


def test_ticket_notes_have_twelve_fields(api: Api) -> None:
    """S1. Triplecitiestech/staging, 30 July 2026, from live entityInformation."""
    fields = api.get("TicketNotes/entityInformation/fields")["fields"]
    assert len(fields) == 12
    assert "publish" not in {field["name"] for field in api.get("TimeEntries/entityInformation/fields")["fields"]}


def test_services_are_described_as_recorded(api: Api) -> None:
    """S1. Triplecitiestech/staging, fixture of 28 July 2026: every field and flag that it keeps."""
    fields = {field["name"]: field for field in api.get("Services/entityInformation/fields")["fields"]}
    assert len(fields) == 23
    flags = {name: (each["dataType"], each["isRequired"], each["isReadOnly"]) for name, each in fields.items()}
    assert flags["billingCodeID"] == ("integer", True, False)
    assert flags["createDate"] == ("datetime", False, True)
    assert flags["id"] == ("long", True, True)
    assert flags["markupRate"] == ("decimal", False, True)
    assert flags["periodType"] == ("integer", True, True)
    assert flags["serviceLevelAgreementID"] == ("long", False, False)
    assert flags["unitPrice"] == ("decimal", True, False)
    assert fields["vendorCompanyID"]["referenceEntityType"] == "Company"
    members = api.get("ServiceBundleServices/entityInformation/fields")["fields"]
    assert [(each["name"], each["isRequired"], each["isReadOnly"]) for each in members] == [
        ("id", True, True),
        ("serviceBundleID", True, True),
        ("serviceID", True, True),
    ]


# As contractika recorded them (zone 19, 2023), but for what the service got later.
ORDER = {
    "Companies/1001": "additionalAddressInformation address1 address2 alternatePhone1 alternatePhone2 apiVendorID "
    "assetValue billToCompanyLocationID billToAdditionalAddressInformation billingAddress1 billingAddress2 "
    "billToAddressToUse billToAttention billToCity billToCountryID billToState billToZipCode city classification",
    "Contacts/2001": "middleInitial mobilePhone namePrefix nameSuffix note receivesEmailNotifications phone "
    "primaryContact roomNumber solicitationOptOut solicitationOptOutTime state surveyOptOut title twitterUrl zipCode "
    "userDefinedFields",
    "Contracts/3001": "billingPreference billToCompanyContactID billToCompanyID companyID contactID contactName",
    "TimeEntries/6001": "showOnInvoice startDateTime summaryNotes taskID ticketID timeEntryType",
}


@pytest.mark.parametrize("path", ORDER)
def test_fields_are_in_the_order_of_recorded_answers(api: Api, path: str) -> None:
    """S1. contractika, apigrate README: the order of the published document, the id first."""
    names = [name for name in api.get(path)["item"] if name not in ("billingContact", "isSample")]
    assert names[0] == "id" and ORDER[path] in " ".join(names)


def test_answers_are_compact_and_keep_letters_as_they_are(api: Api) -> None:
    """Bodies quoted verbatim by Triplecitiestech/staging (28 July 2026) and WYRE-AI/autotask-mcp; contractika (é)."""
    refused = api.call("POST", "Tickets", {**TICKET, "priority": 99}).get_data(as_text=True)
    assert refused == '{"errors":["Picklist value [99] does not exist for priority. ; on record number [1]."]}'
    api.write("PATCH", "Tickets", {"id": 5001, "title": "Gérard"})
    assert '"title":"Gérard"' in api.call("GET", "Tickets/5001").get_data(as_text=True)


def test_a_created_ticket_has_every_field(api: Api) -> None:
    """S1. contractika, django-autotask: number, dates and nulls are there."""
    item = api.get(f"Tickets/{api.write('POST', 'Tickets', TICKET)}")["item"]
    assert len(item) == len(api.get("Tickets/entityInformation/fields")["fields"]) + 1
    assert item["ticketNumber"].startswith("T20") and item["createDate"].endswith("Z")
    assert item["userDefinedFields"] == [] and item["resolution"] is None


LISTS = "Departments Roles Currencies Taxes PaymentTerms Invoices BillingItems Opportunities Quotes ConfigurationItems"


@pytest.mark.parametrize("entity", [*LISTS.split(), "Tickets", "TimeEntries", "Projects", "Tasks", "TicketNotes"])
def test_no_usual_list_is_empty(api: Api, entity: str) -> None:
    """S1."""
    assert api.items(entity)


def test_names_and_numbers_of_any_form(api: Api) -> None:
    """S2. panoramicdata/AutoTask.Psa.Api (live: TicketID with a text), atrest suite, apigrate README (case)."""
    number = api.write("POST", "Tickets", {"Title": "p", "CompanyID": 1001, "STATUS": 1, "Priority": 1})
    item = api.get(f"Tickets/{number}")["item"]
    assert item["title"] == "p" and "Title" not in item
    api.write("PATCH", "Tickets", {"id": number, "TITLE": "q"})
    body = {"Filter": [{"Field": "ID", "Op": "eq", "Value": str(number)}], "includeFields": ["Id", "title"]}
    answer = api.call("POST", "Tickets/query", body)
    assert t.cast(Json, answer.json)["items"] == [{"id": number, "title": "q", "userDefinedFields": []}]
    (row,) = t.cast(Json, api.search("Tickets", {"filter": [where("Id", "eq", str(number))]}).json)["items"]
    assert row["id"] == number


@pytest.mark.parametrize("path", ["/V1.0/Companies//query", "//V1.0/Companies/query", "//v1.0//companies//query/"])
def test_a_double_slash_is_one(api: Api, path: str) -> None:
    """S3. KelvinTegelaar/AutotaskAPI (every write), django-autotask (alerts, attachments), both in production."""
    body = {"filter": [where("id", "eq", 174)]}
    assert t.cast(Json, api.call("POST", f"/ATServicesRest{path}", body).json)["items"]


@pytest.mark.parametrize("value", [True, "true", "True", 1, "1"])
def test_yes_in_any_form(api: Api, value: t.Any) -> None:
    """S4. KelvinTegelaar README, contractika customers.php, TechCollective/pyautotask, py-autotask README."""
    assert len(api.items("Companies", where("isactive", "eq", value))) == 16
    assert api.items("Companies", where("isactive", "noteq", value)) == []


# -- S6 to S9: reason phrases, order of checks, active contacts, empty texts


def test_reason_phrases(api: Api) -> None:
    """S6. Anteris-Dev/autotask-client issue 60, WYRE-AI/autotask-mcp issue 24, KelvinTegelaar issue 62."""
    assert api.call("GET", "Version", Secret="wrong").status == "401 Unauthorized"
    assert api.call("POST", "Companies/query", {}).status == "500 Internal Server Error"
    assert api.call("GET", "Nothing").status == "404 Not Found"
    assert api.call("GET", "Companies").status == "405 Method Not Allowed"
    assert api.call("GET", "Version").status == "200 OK"


@pytest.mark.parametrize(("method", "more"), [("POST", {}), ("PATCH", {"id": 1001})])
def test_values_are_judged_before_rights_of_the_class(api: Api, method: str, more: Json) -> None:
    """S7. A company type that does not exist is no missing permission (django-autotask tells users so)."""
    body = {"companyName": "x", "companyType": 99, "phone": "8", "ownerResourceID": person(api), **more}
    assert api.refusal(method, "Companies", body) == f"Picklist value [99] does not exist for companyType.{ON_RECORD}"


def test_an_active_contact_is_a_number_in_bodies_and_anything_in_filters(api: Api) -> None:
    """S8. n8n-nodes-autotask (body); django-autotask ContactSynchronizer and contractika contacts.php (filter)."""
    assert len(api.items("Contacts", where("isActive", "eq", "true"))) == 12
    api.write("PATCH", "Companies/1002/Contacts", {"id": 2002, "isActive": 0})
    assert len(api.items("Contacts", where("isActive", "eq", "true"))) == 11


def test_an_empty_text_is_null_for_numbers_and_dates(api: Api) -> None:
    """S9. django-autotask sends '' for every None; the service's JSON library reads it so."""
    api.write("PATCH", "Companies", {"id": 1001, "territoryID": 29682778})
    api.write("PATCH", "Companies", {"id": 1001, "territoryID": "", "lastActivityDate": ""})
    assert api.get("Companies/1001")["item"]["territoryID"] is None
    api.write("PATCH", "Tickets", {"id": 5001, "estimatedHours": "1.5", "dueDateTime": "", "description": ""})
    ticket = api.get("Tickets/5001")["item"]
    assert (ticket["estimatedHours"], ticket["dueDateTime"], ticket["description"]) == (1.5, None, "")


# -- S10 to S14: filters, parsing, user-defined fields, children, attachments


def test_no_conditions_match_nothing_with_post_and_everything_with_get(api: Api) -> None:
    """S10. Servosity/msp-skills issue 257: a run that posted them found 0 companies, with status 200.

    django-autotask, in production, asks so for all roles, departments and ticket categories, with GET.
    """
    answer = api.call("POST", "Companies/query", {"filter": []})
    assert (answer.status_code, t.cast(Json, answer.json)["items"]) == (200, [])
    assert t.cast(Json, api.call("POST", "Companies/query/count", {"filter": []}).json) == {"queryCount": 0}
    assert len(t.cast(Json, api.search("Roles", {"filter": [], "MaxRecords": 500}).json)["items"]) > 0


@pytest.mark.parametrize(("found", "some"), [("none", False), ("all", True)])
def test_a_tenant_may_say_what_no_conditions_match(make_world: type[World], found: str, some: bool) -> None:
    api = make_world(rest={"empty_filter": found}).full
    posted = t.cast(Json, api.call("POST", "Roles/query", {"filter": []}).json)["items"]
    assert bool(posted) is bool(t.cast(Json, api.search("Roles", {"filter": []}).json)["items"]) is some


@pytest.mark.parametrize(
    "search",
    [
        "{'filter':[{'op':'exist','field':'IsActive'}]}",
        "{filter:[{op:'exist',field:'IsActive'}]}",
        '{"filter": [{"op": "exist", "field": "IsActive",},],} // all',
    ],
)
def test_json_that_the_services_parser_takes(api: Api, search: str) -> None:
    """S11. A nextPageUrl of zone 15 kept by TechCollective/pyautotask; the rest by the library's documentation."""
    answer = api.call("GET", f"Companies/query?search={quote(search)}")
    assert len(t.cast(Json, answer.json)["items"]) == 16
    assert answer.json == api.call("POST", "Companies/query", search).json


@pytest.mark.parametrize("path", ["Contacts/2001", "Contracts/3001", "Tickets/5001", "Tasks/7001", "Services/1"])
def test_user_defined_fields_are_a_list_even_without_values(api: Api, path: str) -> None:
    """S12. contractika (contracts, contacts), apigrate README (companies)."""
    assert api.get(path)["item"]["userDefinedFields"] == []


def test_a_new_company_has_its_user_defined_fields_too(api: Api) -> None:
    """S12."""
    body = {"companyName": "x", "companyType": 1, "phone": "8", "ownerResourceID": person(api)}
    item = api.get(f"Companies/{api.write('POST', 'Companies', body)}")["item"]
    assert item["userDefinedFields"] == [{"name": "Account Reference", "value": None}]


def test_a_tenants_own_user_defined_fields_and_picklists(make_world: type[World]) -> None:
    """S12. Names, values and nulls as contractika recorded them; JUICT's priorities."""
    picklists = {"Tickets": {"priority": {1: "Prio 2", 2: "Prio 3", 4: "Prio 1", 5: "Spoed"}}}
    api = make_world(rest={"user_defined_fields": {"Tickets": ["Site", "Floor"]}, "picklists": picklists}).full
    assert "Picklist value [3] does not exist for priority" in api.refusal("POST", "Tickets", {**TICKET, "priority": 3})
    number = api.write("POST", "Tickets", {**TICKET, "userDefinedFields": [{"name": "Site", "value": "B"}]})
    site = {"name": "Site", "value": "B"}
    assert api.get(f"Tickets/{number}")["item"]["userDefinedFields"] == [site, {"name": "Floor", "value": None}]
    (found,) = api.items("Tickets", {**where("site", "eq", "b"), "udf": True}, IncludeFields=["id", "Site"])
    assert found == {"id": number, "userDefinedFields": [site]}
    assert len(api.get("Tickets/entityInformation/userDefinedFields")["fields"]) == 2


CHILDREN = [
    ("Tickets/1/Notes", {"title": "x", "description": "x", "noteType": 1, "publish": 1}),
    ("Tickets/1/Attachments", {"title": "x", "fullPath": "x.txt", "attachmentType": "FILE_ATTACHMENT", "publish": 1}),
    ("Projects/1/Tasks", {"title": "x", "taskType": 1, "status": 1}),
    ("Companies/5/ToDos", {"actionType": 1, "assignedToResourceID": 1, "startDateTime": "2026-01-01"}),
]


@pytest.mark.parametrize(("path", "body"), CHILDREN)
def test_a_child_needs_its_parent(api: Api, path: str, body: Json) -> None:
    """S13. atrest suite, live: 500."""
    assert "does not exist or is invalid" in api.refusal("POST", path, body)


def test_attachments(api: Api) -> None:
    """S14. JUICT LESSONS, 5 August 2026 (lists without data, AttachmentInfo); paulkatio DECISIONS, 4 June 2026."""
    sent = {
        "title": "Log",
        "fullPath": "log.txt",
        "attachmentType": "FILE_ATTACHMENT",
        "publish": 1,
        "data": "SGFsbG8=",
    }
    number = api.write("POST", "Tickets/5001/Attachments", {**sent, "contentType": "x/y"})
    (listed,) = api.get("Tickets/5001/Attachments")["items"]
    assert (listed["id"], listed["data"]) == (number, None)
    for path in (f"Tickets/5001/Attachments/{number}", f"TicketAttachments/{number}"):
        (one,) = api.get(path)["items"]
        assert (one["data"], one["contentType"], one["parentID"]) == ("SGFsbG8=", "text/plain", 5001)
    (queried,) = api.items("TicketAttachments", where("parentID", "eq", 5001))
    assert queried["data"] is None
    (info,) = api.items("AttachmentInfo", where("ticketID", "eq", 5001), where("parentType", "eq", 4))
    assert info["id"] == number and "data" not in info
    assert "data" not in api.get(f"AttachmentInfo/{number}")["item"]
    assert api.call("DELETE", f"TicketAttachments/{number}").status_code == 405
    assert api.call("POST", "Tickets/5001/Attachments/query", {}).status_code == 404
    api.write("DELETE", f"Tickets/5001/Attachments/{number}")
    assert api.items("AttachmentInfo") == []


# -- S15 (its sentences are above) to S22


def test_the_thread_limit_in_its_words(world: World) -> None:
    """S15. n8n-nodes-autotask, Kantanna_Dicker_CSP_Autotask."""
    world.store.arm("http_429", surface="rest", page="Companies/*")
    answer = world.full.call("GET", "Companies/0")
    assert answer.json == {"errors": ["API thread threshold of 3 threads has been exceeded"]}


@pytest.mark.parametrize("path", ["WorkflowRules/entityInformation", "NotificationTemplates/query", "TicketMerge"])
def test_no_route_is_the_web_servers_page(api: Api, path: str) -> None:
    """S16. WYRE-AI/autotask-mcp issue 133 and pull request 197; Triplecitiestech/staging, 28 July 2026."""
    answer = api.call("GET", path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "<title>404 - File or directory not found.</title>" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2023-05-04T08:53:10Z", "2023-05-04T08:53:10Z"),
        ("2023-03-17T10:32:29.52Z", "2023-03-17T10:32:29.52Z"),
        ("2019-11-25T16:18:17.893Z", "2019-11-25T16:18:17.893Z"),
        ("2019-01-01", "2019-01-01T00:00:00Z"),
        ("2019-01-01T01:00:00.500+01:00", "2019-01-01T00:00:00.5Z"),
        ("2019-01-01T00:00:50.000Z", "2019-01-01T00:00:50Z"),
        ("1/31/2019 4:30:00 PM", "2019-01-31T16:30:00Z"),
    ],
)
def test_fractions_of_seconds_as_far_as_there_are_any(api: Api, sent: str, shown: str) -> None:
    """S17. contractika, zone 19; the American date by the source of the service's JSON library."""
    api.write("PATCH", "Tickets", {"id": 5001, "dueDateTime": sent})
    assert api.get("Tickets/5001")["item"]["dueDateTime"] == shown
    assert [row["id"] for row in api.items("Tickets", where("dueDateTime", "lte", sent))] == [5001]
    assert api.items("Tickets", where("dueDateTime", "lt", sent)) == []


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
def test_packed_bodies(api: Api, pack: t.Callable[[bytes], bytes]) -> None:
    """S19. Not known; autotask-node packs by default, another client only says so (WYRE-AI pull request 32)."""
    body = pack(json.dumps({"filter": [where("id", "eq", 174)]}).encode())
    answer = api.call("POST", "Companies/query", body, **{"Content-Encoding": "gzip"})
    assert t.cast(Json, answer.json)["items"][0]["id"] == 174


def test_what_a_contract_takes_only_at_first(api: Api) -> None:
    """S21. n8n-nodes-autotask changelog: both are read-only and yet set on creation."""
    contract = {
        "companyID": 1001,
        "contractName": "x",
        "contractType": 7,
        "contractPeriodType": 2,
        "exclusionContractID": 3000,
        "startDate": "2026-02-01",
        "endDate": "2027-01-31",
        "status": 1,
        "timeReportingRequiresStartAndStopTimes": 0,
    }
    number = api.write("POST", "Contracts", contract)
    item = api.get(f"Contracts/{number}")["item"]
    assert (item["contractPeriodType"], item["exclusionContractID"]) == (2, 3000)
    api.write("PATCH", "Contracts", {"id": number, "exclusionContractID": 3001})
    assert api.get(f"Contracts/{number}")["item"]["exclusionContractID"] == 3000


def test_a_change_of_what_is_read_only_is_ignored(api: Api) -> None:
    """paulkatio DECISIONS, 12 June 2026: the id is answered, the value stays; so did SOAP (ecitsolutions issue 28)."""
    api.write("PATCH", "Projects", {"id": 7001, "completedPercentage": 70})
    assert api.get("Projects/7001")["item"]["completedPercentage"] == 0


WITH_USER_DEFINED_FIELDS = (
    "Companies CompanySiteConfigurations ConfigurationItems Contacts Contracts Opportunities Products Projects "
    "SalesOrders ServiceBundles Services Subscriptions Tasks Tickets"
)


def test_which_entities_have_user_defined_fields(api: Api) -> None:
    """S22. The published document has the list in these models, the Online Help names limits for them.

    One tenant without any said no for Products, Services and ServiceBundles (Triplecitiestech/staging).
    """
    for entity in WITH_USER_DEFINED_FIELDS.split():
        assert api.get(f"{entity}/entityInformation")["info"]["hasUserDefinedFields"] is True
    assert api.get("TimeEntries/entityInformation")["info"]["hasUserDefinedFields"] is False


# -- more that was seen


def test_routes_that_were_tried(api: Api) -> None:
    """WYRE-AI/autotask-mcp (279, 197), autotask-mcp fork, JUICT LESSONS, paulkatio DECISIONS, n8n-nodes-autotask."""
    missing = (
        ("POST", "Tickets/5001/TimeEntries"),
        ("POST", "TicketNotes"),
        ("POST", "CompanyToDos"),
        ("POST", "ToDos"),
        ("POST", "Phases"),
        ("PATCH", "QuoteItems"),
        ("PATCH", "Contacts"),
        ("GET", "ProjectTemplates/query"),
    )
    for method, path in missing:
        assert api.call(method, path, {}).status_code == 404, path
    wrong = (
        ("DELETE", "Tickets/5001"),
        ("DELETE", "TicketNotes/5501"),
        ("DELETE", "Tickets/5001/Notes/5501"),
        ("PUT", "QuoteItems/8001"),
        ("PUT", "Contacts/2001"),
        ("PATCH", "Companies/1001/Contacts/2001"),
        ("GET", "Resources"),
    )
    for method, path in wrong:
        words = f"The requested resource does not support http method '{method}'."
        assert api.call(method, path, {}).json == {"Message": words}, path


def test_equal_to_null_matches_nothing(api: Api) -> None:
    """autotask-mcp fork: notExist finds what eq null does not."""
    api.write("PATCH", "Tickets", {"id": 5001, "assignedResourceID": None, "assignedResourceRoleID": None})
    assert api.items("Tickets", where("assignedResourceID", "eq", None)) == []
    assert [row["id"] for row in api.items("Tickets", where("assignedResourceID", "notExist"))] == [5001]


def test_a_sort_is_ignored(api: Api) -> None:
    """paulkatio DECISIONS, B13: rows come in the order of their ids."""
    rows = api.items("Tickets", sort=[{"field": "id", "direction": "desc"}])
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


def test_impersonation_is_ignored_where_it_is_not_supported(api: Api) -> None:
    """JUICT LESSONS: tasks are created all the same, in the caller's own name."""
    task = {"title": "Order", "taskType": 1, "status": 1}
    answer = api.call("POST", "Projects/7001/Tasks", task, ImpersonationResourceId=str(person(api)))
    number = t.cast(Json, answer.json)["itemId"]
    assert api.get(f"Tasks/{number}")["item"]["creatorResourceID"] == api.tenant.api_user(api.user_name).id


def test_numbers_as_text_in_bodies(api: Api) -> None:
    """django-autotask sends every decimal number as text."""
    api.write("PATCH", "Contracts/3001/Services", {"id": 3001, "unitPrice": "41.5"})
    assert api.get("ContractServices/3001")["item"]["unitPrice"] == 41.5


def test_webhooks_are_made_with_the_fields_they_tell_of(world: World) -> None:
    """n8n-nodes-autotask, issue 4 (a slash at the end, a field that webhooks do not have) and helpers/webhook."""
    api = world.user_with({"other.can_create_webhooks": True})
    sent = {
        "name": "x",
        "webhookUrl": "http://localhost:5678/webhook",
        "deactivationUrl": "http://localhost:5678/deactivation",
        "isActive": True,
        "entityType": "Tickets",
        "secretKey": "s",
        "isSubscribedToCreateEvents": True,
        "sendThresholdExceededNotification": True,
    }
    number = api.write("POST", "TicketWebhooks/", sent)
    fields = {field["name"]: field for field in api.get("TicketWebhookFields/entityInformation/fields")["fields"]}
    known = {value["label"]: int(value["value"]) for value in fields["fieldID"]["picklistValues"]}
    told = {"fieldID": known["status"], "isDisplayAlwaysField": True, "isSubscribedField": True}
    api.write("POST", f"TicketWebhooks/{number}/Fields", told)
    assert "Picklist value [0]" in api.refusal("POST", f"TicketWebhooks/{number}/Fields", {**told, "fieldID": 0})
    api.write("DELETE", f"TicketWebhooks/{number}")
