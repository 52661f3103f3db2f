# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Autotask fills in when something is attached. Kinds of parents other than these three were not seen."""

from __future__ import annotations

import base64
import binascii
import mimetypes

from .call import Call
from .entities import Entity
from .fields import Record, parent_field
from .values import now

_PARENT_TYPES = {"Tickets": 4, "TimeEntries": 18, "TicketNotes": 23}


def prepared(call: Call, entity: Entity, record: Record) -> Record:
    """The type of the content follows from the name, whatever the client says (live)."""
    try:
        size = len(base64.b64decode(record.get("data") or ""))
    except (binascii.Error, ValueError):
        size = 0
    return {
        **record,
        "parentID": record.get(parent_field(entity.name)),
        "parentType": _PARENT_TYPES.get(entity.parent),
        "contentType": mimetypes.guess_type(str(record.get("fullPath")))[0],
        "fileSize": size,
        "attachDate": now(),
        "attachedByResourceID": call.author(entity),
    }
