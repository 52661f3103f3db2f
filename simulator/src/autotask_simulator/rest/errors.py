# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API says when it says no. Texts marked "assumed" were not seen in public; the others were recorded live."""

from __future__ import annotations

import typing as t
from contextlib import contextmanager

UPDATING = "Error updating entity for record number [1]."


class ApiError(Exception):
    """An answer other than success: a status and its body, JSON or a page (None: an empty body)."""

    def __init__(self, status: int, body: dict[str, t.Any] | str | None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body

    def __str__(self) -> str:
        return "; ".join(self.body.get("errors", ())) if isinstance(self.body, dict) else ""


def refused(*errors: str) -> ApiError:
    """How the business layer rejects nearly everything: HTTP 500 with a list of errors."""
    return ApiError(500, {"errors": list(errors)})


def _on_record(text: str) -> ApiError:
    """Texts about the values of a record name it by its place among those sent."""
    return refused(f"{text} ; on record number [1].")


@contextmanager
def while_updating() -> t.Iterator[None]:
    """In PATCH and PUT a sentence of its own names the record (recorded), unless another does or a right is missing."""
    try:
        yield
    except ApiError as error:
        if not str(error) or "on record number" in str(error) or str(error).startswith("The logged in Resource"):
            raise
        raise refused(*t.cast("dict[str, t.Any]", error.body)["errors"], UPDATING) from None


# -- answers without a list of errors


def unauthorized() -> ApiError:
    return ApiError(401, None)


def not_found() -> ApiError:
    """No such route: the page of the web server, not an answer of the API."""
    title = "404 - File or directory not found."
    text = (
        "The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable."
    )
    head = f"<head><title>{title}</title></head>"
    return ApiError(
        404, f"<!DOCTYPE html><html>{head}<body><h1>Server Error</h1><h2>{title}</h2><h3>{text}</h3></body></html>"
    )


def wrong_method(method: str) -> ApiError:
    return ApiError(405, {"Message": f"The requested resource does not support http method '{method}'."})


def not_simulated() -> ApiError:
    """The route exists in Autotask, but nothing is publicly known of its answer."""
    return ApiError(501, {"Message": "Autotask has this endpoint; the simulator does not serve it."})


TOO_MANY_THREADS = "API thread threshold of 3 threads has been exceeded"


def too_many_threads() -> ApiError:
    return ApiError(429, {"errors": [TOO_MANY_THREADS]})


def over_threshold() -> ApiError:
    """The status past the hourly limit was not seen; 429 is assumed."""
    return ApiError(429, {"errors": ["The external request threshold has been exceeded."]})


# -- rights and records


def zone_unknown() -> ApiError:
    return refused("Zone information could not be determined")


def invalid_integration_code() -> ApiError:
    return refused("IntegrationCode is invalid")


def no_permission(action: str) -> ApiError:
    return refused(f"The logged in Resource does not have the adequate permissions to {action} this entity type.")


def no_match(action: str) -> ApiError:
    """Recorded for delete; assumed for update."""
    return refused(
        "No message. No matching records found. "
        f"The logged in Resource may not have the required permissions to {action} the data."
    )


def no_attachment() -> ApiError:
    return refused("Attachment could not be found.")


# -- values


def missing_reference(field: str) -> ApiError:
    return refused(f"Value does not exist for the required field {field}")


def missing_pick(field: str) -> ApiError:
    return refused(f"Value does not reference an existing entity for {field} . ")


def missing_value(field: str) -> ApiError:
    return refused(f"Missing Required Field: {field}. ; on record number [1]")


def bad_pick(field: str, value: t.Any) -> ApiError:
    return _on_record(f"Picklist value [{value}] does not exist for {field}.")


def bad_child_pick(field: str) -> ApiError:
    return refused(f"Value does not exist for child picklist: {field}")


# SOAP calls these fields "Type", and so does the sentence about references, in which REST replaces all of SOAP's names.
_RENAMED_TYPE = {"TimeEntry": "timeEntryType", "ConfigurationItem": "configurationItemType"}


def bad_reference(field: str, entity: str, owner: str = "") -> ApiError:
    """*owner* is the singular of the entity that refers."""
    kind = _RENAMED_TYPE.get(owner, "type")
    return _on_record(f"Reference value on field: {field} of {kind}: {entity} does not exist or is invalid.")


def too_long(field: str, length: int, of_webhook: bool) -> ApiError:
    if of_webhook:
        return refused(f"{field} must be less than or equal to {length} characters")
    return refused(f"String value exceeds maximum length (field:{field}). ")


def read_only(field: str) -> ApiError:
    """That a read-only field is refused was reported, the wording was not (assumed)."""
    return refused(f"{field} is read-only and cannot be set.")


def unknown_field(field: str, entity: str) -> ApiError:
    return refused(f"Unable to find {field} in the {entity} Entity.")


# -- queries


def not_queryable(field: str, entity: str) -> ApiError:
    """Assumed wording."""
    return refused(f"{field} in the {entity} Entity is not queryable.")


def bad_conversion(value: t.Any, data_type: str) -> ApiError:
    """The database's refusal of a filter's value."""
    return refused(f"Conversion failed when converting varchar '{value}' to data type {data_type}")


def bad_max_records() -> ApiError:
    return refused("maxCountOfRecordsToReturn must be between 1 and 500")


def too_many_conditions() -> ApiError:
    return refused("Queries are limited to 500 or fewer 'OR' conditions.")


def no_filters() -> ApiError:
    return refused("Value cannot be null. Parameter name: filters")


# -- the JSON library's own words


def unparsable(token: str, path: str = "") -> ApiError:
    return refused(f"Unexpected character encountered while parsing value: {token}. Path '{path}', line 1, position 1.")


def unexpected_value(value: t.Any, path: str) -> ApiError:
    """A value of a kind that its field cannot have: the parser stumbles over its first character."""
    token = "{" if isinstance(value, dict) else "[" if isinstance(value, list) else str(value).lower()[:1]
    return unparsable(token, path)


def too_deep() -> ApiError:
    return refused("The reader's MaxDepth of 64 has been exceeded.")


def not_convertible(value: t.Any, data_type: str, field: str) -> ApiError:
    return refused(f"Could not convert string to {data_type}: {value}. Path '{field}', line 1, position 1.")


def no_integer(value: float, field: str) -> ApiError:
    """From the library's source, not seen."""
    return refused(f"Input string '{value}' is not a valid integer. Path '{field}', line 1, position 1.")


def too_large(value: t.Any, size: str, field: str) -> ApiError:
    """From the library's source, not seen."""
    return refused(f"JSON integer {value} is too large or small for an {size}. Path '{field}', line 1, position 1.")


def business_rule(text: str) -> ApiError:
    """A rule that the documentation states; the wording of the refusal is assumed unless its place says otherwise."""
    return refused(text)
