# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the API says when it says no. Texts marked "assumed" were not seen in public; the others were recorded live."""

from __future__ import annotations

import typing as t


class ApiError(Exception):
    """An answer other than success: a status and its JSON body (None: an empty body)."""

    def __init__(self, status: int, body: dict[str, t.Any] | None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body


def refused(*errors: str) -> ApiError:
    """How the business layer rejects nearly everything: HTTP 500 with a list of errors."""
    return ApiError(500, {"errors": list(errors)})


def unauthorized() -> ApiError:
    return ApiError(401, None)


def not_found(path: str) -> ApiError:
    """No such route. The body was not seen; this is ASP.NET's own (assumed)."""
    return ApiError(404, {"Message": f"No HTTP resource was found that matches the request URI '{path}'."})


def wrong_method(method: str) -> ApiError:
    return ApiError(405, {"Message": f"The requested resource does not support http method '{method}'."})


def too_many_threads() -> ApiError:
    return ApiError(429, {"errors": ["The thread threshold of 3 threads has been exceeded for this object endpoint."]})


def over_threshold() -> ApiError:
    """The status past the hourly limit was not seen; 429 is assumed."""
    return ApiError(429, {"errors": ["The external request threshold has been exceeded."]})


def not_simulated() -> ApiError:
    """The route exists in Autotask, but nothing is publicly known of its answer."""
    return ApiError(501, {"Message": "Autotask has this endpoint; the simulator does not serve it."})


def no_permission(action: str) -> ApiError:
    return refused(f"The logged in Resource does not have the adequate permissions to {action} this entity type.")


def no_match(action: str) -> ApiError:
    """Recorded for delete; assumed for update."""
    return refused(
        f"No matching records found. The logged in Resource may not have the required permissions to {action} the data."
    )


def missing_value(field: str) -> ApiError:
    return refused(f"Value does not exist for the required field {field}")


def unknown_field(field: str, entity: str) -> ApiError:
    return refused(f"Unable to find {field} in the {entity} Entity.")


def not_queryable(field: str, entity: str) -> ApiError:
    """Assumed wording."""
    return refused(f"{field} in the {entity} Entity is not queryable.")


def bad_pick(field: str, value: t.Any) -> ApiError:
    return refused(f"Picklist value [{value}] does not exist for {field}.")


def bad_reference(field: str, entity: str) -> ApiError:
    return refused(
        f"Reference value on field: {field} of type: {entity} does not exist or is invalid. ; on record number [1]."
    )


def bad_conversion(value: t.Any, data_type: str) -> ApiError:
    return refused(f"Conversion failed when converting the nvarchar value '{value}' to data type {data_type}.")


def read_only(field: str) -> ApiError:
    """That a read-only field is refused was reported, the wording was not (assumed)."""
    return refused(f"{field} is read-only and cannot be set.")


def too_long(field: str, length: int) -> ApiError:
    """Assumed wording."""
    return refused(f"The value of {field} exceeds the maximum length of {length}.")


def bad_max_records() -> ApiError:
    """The range is documented, the wording assumed."""
    return refused("MaxRecords must be a number between 1 and 500.")


def too_many_conditions() -> ApiError:
    return refused("Queries are limited to 500 or fewer 'OR' conditions.")


def no_filters() -> ApiError:
    return refused("Value cannot be null. Parameter name: filters")


def unparsable(token: str) -> ApiError:
    return refused(f"Unexpected character encountered while parsing value: {token}. Path '', line 1, position 1.")


def too_deep() -> ApiError:
    return refused("The reader's MaxDepth of 64 has been exceeded.")


def not_convertible(value: t.Any, data_type: str, field: str) -> ApiError:
    """The JSON library's own words for a value of the wrong type."""
    return refused(f"Could not convert string to {data_type}: {value}. Path '{field}', line 1, position 1.")


def zone_unknown() -> ApiError:
    return refused("Zone information could not be determined")


def invalid_integration_code() -> ApiError:
    return refused("IntegrationCode is invalid")


def business_rule(text: str) -> ApiError:
    """A rule that the documentation states; the wording of the refusal is assumed."""
    return refused(text)
