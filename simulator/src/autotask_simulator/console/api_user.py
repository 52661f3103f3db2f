# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The form of an API user."""

from __future__ import annotations

import functools
import re
import secrets
import string
import time
import typing as t

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from .. import faults
from ..faults import OTHER_ADMINISTRATOR
from ..records import API_USER_LICENSE, Resource
from ..seed import IDENTIFIER_LENGTH
from ..settings_page import code_of
from .lists import EDIT_API_USER, NEW_API_USER
from .session import console, log, page, payload, refuse, saves, tenant

_BASE = "/Mvc/AdministrationSetup/ApiUser.mvc"

DATE_FORMATS = ["MM/dd/yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "dd.MM.yyyy", "dd-MM-yyyy"]
TIME_FORMATS = ["hh:mm a", "HH:mm", "h:mm a", "hh:mm tt"]
NUMBER_FORMATS = ["X,XXX.XX", "X.XXX,XX", "X XXX,XX"]

TRACKING = [("vendor", "Integration Vendor"), ("custom", "Custom (Internal Integration)"), ("", "None")]

KEY_LENGTH = 15
SECRET_LENGTH = 25
_SPECIALS = "~!@#$%^*"
_FORBIDDEN_IN_KEY = set('@();:[]|\\"')

FIELDS = [
    "first_name",
    "last_name",
    "email",
    "demanded",
    "active",
    "locked",
    "level_id",
    "date_format",
    "time_format",
    "number_format",
    "location_id",
    "user_name",
    "secret",
    "tracking",
    "vendor_id",
    "tracking_name",
    "sees_unassigned",
]
CODES = {name: code_of("api_user", name) for name in FIELDS}

Form = dict[str, t.Any]


@console.get(NEW_API_USER)
def new_api_user() -> ResponseReturnValue:
    log("api_user_form_opened")
    return _form(None)


@console.get(EDIT_API_USER)
def edit_api_user() -> ResponseReturnValue:
    resource = tenant().resource(request.args.get("resourceId", type=int) or 0)
    log("api_user_opened", resource.user_name)
    if faults.strikes(tenant(), "concurrent_change"):
        tenant().update_resource(resource.id, last_name=f"{resource.last_name} II")
        changed = {"last_name": [resource.last_name, f"{resource.last_name} II"]}
        tenant().log("api_user_saved", resource.user_name, actor=OTHER_ADMINISTRATOR, changed=changed)
    return _form(resource)


def _form(resource: Resource | None) -> ResponseReturnValue:
    level_id = resource.level_id if resource else 0
    levels = [level for level in tenant().levels() if level.api_only and (level.active or level.id == level_id)]
    vendors, locations, options = tenant().vendors(), tenant().locations(), form_options()
    first_vendor = vendors[0].id if options["vendor_at_first"] else ""
    at_first = {"none": "", "nothing": None}.get(options["tracking_at_first"], options["tracking_at_first"])
    key, _, domain = (resource.user_name if resource else f"@{tenant().domain}").partition("@")
    domain = domain.upper() if options["domain_in_capitals"] else domain
    tracking = resource.tracking if resource else at_first
    return page(
        "api_user.html",
        resource=resource,
        form=options,
        codes=CODES,
        key=key,
        domain=domain,
        user_name=f"{key}@{domain}" if resource else "",
        tracking=tracking,
        vendor=resource.vendor_id if resource else first_vendor,
        vendor_word=next((vendor.label for vendor in vendors if resource and vendor.id == resource.vendor_id), ""),
        level_entries=[(level.id, level.name) for level in levels],
        location_entries=[(location.id, location.name) for location in locations],
        vendor_entries=[(vendor.id, vendor.label) for vendor in vendors],
        tracking_entries=TRACKING if tenant().options["none_identifier"] else TRACKING[:2],
        date_entries=[(word, word) for word in DATE_FORMATS],
        time_entries=[(word, word) for word in TIME_FORMATS],
        number_entries=[(word, word) for word in NUMBER_FORMATS],
        model={
            "save": f"{_BASE}/SaveApiUser",
            "erase": f"{_BASE}/EraseApiUser",
            "generateKey": f"{_BASE}/GenerateKey",
            "generateSecret": f"{_BASE}/GenerateSecret",
            "generateIdentifier": f"{_BASE}/GenerateIdentifier",
            "id": resource.id if resource else 0,
            "codes": CODES,
            "form": options,
            "tracking": tracking,
            "domain": domain,
            "vendorLevel": next((level.id for level in levels if level.name == options["vendor_sets_level"]), 0),
            "defaults": {
                CODES["location_id"]: locations[0].id,
                CODES["date_format"]: DATE_FORMATS[0],
                CODES["time_format"]: TIME_FORMATS[0],
            },
            "identifierOnSelect": tenant().options["custom_identifier"] == "on_select",
        },
    )


def form_options() -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", tenant().options["user_form"])


@console.post(f"{_BASE}/GenerateKey")
def generate_key() -> ResponseReturnValue:
    """15 characters before the @, the tenant's domain after it."""
    alphabet = string.ascii_lowercase + string.digits
    while True:
        key = "".join(secrets.choice(alphabet) for _ in range(KEY_LENGTH))
        if _has_letter_and_digit(key):
            domain = tenant().domain
            return jsonify(ok=True, value=f"{key}@{domain.upper() if form_options()['domain_in_capitals'] else domain}")


@console.post(f"{_BASE}/GenerateSecret")
def generate_secret() -> ResponseReturnValue:
    """25 characters that meet the password rules."""
    alphabet = string.ascii_letters + string.digits + _SPECIALS
    while True:
        secret = "".join(secrets.choice(alphabet) for _ in range(SECRET_LENGTH))
        if not password_fault(secret):
            return jsonify(ok=True, value=secret)


@console.post(f"{_BASE}/GenerateIdentifier")
def generate_identifier() -> ResponseReturnValue:
    return jsonify(ok=True, value=_new_identifier())


def _new_identifier() -> str:
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(IDENTIFIER_LENGTH))


def password_fault(secret: str) -> str:
    """What the tenant's password rules have against it."""
    rules = [r"^.{8,64}$", r"[a-z]", r"[A-Z]", r"[0-9]"]
    if all(re.search(rule, secret) for rule in rules):
        return ""
    return "The password must have 8 to 64 characters, with an upper case letter, a lower case letter and a number."


def key_fault(user_name: str, domain: str) -> str:
    key, at, rest = user_name.rpartition("@")
    if not at or rest.lower() != domain.lower():
        return f"The username must end with @{domain}."
    if not _has_letter_and_digit(key) or set(key) & _FORBIDDEN_IN_KEY or " " in key:
        return 'The username must contain letters and numbers, and none of @ ( ) ; : [ ] | \\ ".'
    return ""


def _has_letter_and_digit(text: str) -> bool:
    return bool(re.search("[A-Za-z]", text) and re.search("[0-9]", text))


def takes_its_time(view: t.Callable[[], ResponseReturnValue]) -> t.Callable[[], ResponseReturnValue]:
    """Wait before anything is stored, as long as the tenant's saves take."""

    @functools.wraps(view)
    def later() -> ResponseReturnValue:
        time.sleep(form_options()["save_ms"] / 1000)
        return view()

    return later


@console.post(f"{_BASE}/SaveApiUser")
@takes_its_time
@saves
def save_api_user() -> ResponseReturnValue:
    form = payload()
    present = tenant().resource(form["id"]) if form["id"] else None
    errors = _missing(form, present)
    if errors:
        return jsonify(ok=False, errors=errors)
    fault = _fault(form, present)
    if fault:
        return refuse(fault)
    if form_options()["email_asks"] and not form.get("confirmed") and _email_in_use(form, present):
        return jsonify(ok=False, question="This email address is in use by another resource. Do you want to continue?")
    values: Form = {name: form[name].strip() for name in ("first_name", "last_name", "email", "user_name")}
    values |= {name: form[name] for name in ("active", "locked", "date_format", "time_format", "number_format")}
    values["level_id"] = int(form["level_id"])
    if form["location_id"]:
        values["location_id"] = int(form["location_id"])
    values["sees_unassigned"] = form["sees_unassigned"]
    if form["secret"]:
        values["secret"] = form["secret"]
    if not form["locked"]:
        values["failed_logins"] = 0
    if not (present and present.tracking):
        values |= _tracking(form)
    return _store(present, values)


def _missing(form: Form, present: Resource | None) -> dict[str, str]:
    needed = ["first_name", "last_name", "email", "level_id", "user_name"]
    if form_options()["location"]:
        needed.append("location_id")
    if not present:
        needed += ["secret", "demanded"] if form_options()["demands"] else ["secret"]
    if not (present and present.tracking):
        needed += {"vendor": ["vendor_id"], "custom": ["tracking_name"]}.get(form["tracking"], [])
    return {name: "Required" for name in needed if not str(form[name] or "").strip()}


def _fault(form: Form, present: Resource | None) -> str:
    """What only the server knows to be wrong."""
    user_name = form["user_name"].strip()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", form["email"].strip()):
        return "The email address is not valid."
    if not (present and present.user_name == user_name):
        fault = key_fault(user_name, tenant().domain)
        if fault:
            return fault
    if tenant().user_name_taken(user_name, present.id if present else None):
        return "The username is already in use by another resource, active or inactive."
    return password_fault(form["secret"]) if form["secret"] else ""


def _email_in_use(form: Form, present: Resource | None) -> bool:
    others = [one for one in tenant().resources() if not present or one.id != present.id]
    return any(one.email.lower() == form["email"].strip().lower() for one in others)


def _tracking(form: Form) -> Form:
    if form["tracking"] == "vendor":
        vendor = next(vendor for vendor in tenant().vendors() if vendor.id == int(form["vendor_id"]))
        return {"tracking": "vendor", "vendor_id": vendor.id, "tracking_identifier": vendor.identifier}
    if form["tracking"] == "custom":
        identifier = form["tracking_identifier"] or _new_identifier()
        name = form["tracking_name"].strip()
        return {"tracking": "custom", "tracking_name": name, "tracking_identifier": identifier}
    return {}


def _store(present: Resource | None, values: Form) -> ResponseReturnValue:
    if present:
        tenant().update_resource(present.id, **values)
        before = vars(present)
        changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
        if "secret" in changed:
            changed["secret"] = ["(hidden)", "(hidden)"]
        log("api_user_saved", values["user_name"], changed=changed)
        number = present.id
    else:
        number = tenant().add_resource(license_type=API_USER_LICENSE, **values).id
        log("api_user_created", values["user_name"], level=values["level_id"], tracking=values.get("tracking", ""))
    return jsonify(ok=True, location=f"{EDIT_API_USER}?resourceId={number}")


@console.post(f"{_BASE}/EraseApiUser")
@saves
def erase_api_user() -> ResponseReturnValue:
    """Redact the user, for good."""
    present = tenant().resource(payload()["id"])
    tenant().update_resource(present.id, first_name="Redacted", last_name="Redacted", email="", active=False)
    log("api_user_redacted", present.user_name)
    return jsonify(ok=True)
