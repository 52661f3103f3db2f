# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Section Inventory."""

from __future__ import annotations

from ansible_collections.msp.autotask.plugins.module_utils._permissions.catalog.columns import (
    ALL_MINE_NONE,
    ALL_NONE,
    READONLY,
    UNSEEN,
    YES_NO,
    columns,
    none_may_lack,
)
from ansible_collections.msp.autotask.plugins.module_utils._permissions.model import Confidence, Kind, Section, Setting

SECTION = Section(
    key="inventory",
    heading="Inventory",
    settings=(
        Setting(
            key="inventory_locations",
            label="Inventory Locations",
            kind=Kind.ROW,
            group="Object Permissions",
            alternatives=("Inventory Locations and Items",),
            columns=columns(view=none_may_lack(ALL_NONE), add=YES_NO, edit=READONLY, delete=ALL_NONE),
            may_be_absent=True,
            evidence=("AT-INV", "C-EN"),
            note=(
                "Edit follows Add. Levels with the Inventory module may always see locations, so None may "
                "be missing from View."
            ),
        ),
        Setting(
            key="inventory_items",
            label="Items",
            kind=Kind.ROW,
            group="Object Permissions",
            alternatives=("Inventory Items", "Inventory Products", "Stocked Items"),
            columns=columns(view=none_may_lack(ALL_NONE), add=YES_NO, edit=READONLY, delete=ALL_NONE),
            may_be_absent=True,
            evidence=("V-SYNC365", "AT-INV", "C-EN"),
            note="Edit follows Add. Inventory products and stocked items; some pages may have one row for all.",
        ),
        Setting(
            key="products",
            label="Products",
            kind=Kind.ROW,
            group="Object Permissions",
            values_read=False,
            columns=columns(view=ALL_NONE, add=YES_NO, edit=UNSEEN, delete=ALL_NONE),
            evidence=("V-COW", "V-SYNC365", "V-CRAYON", "AT-PRODUCT", "AT-PRODENT", "C-EN"),
            note=(
                "Some pages couple Edit to Add and show it as text. The API asks for View plus either the "
                "Admin box for products or the Inventory module."
            ),
        ),
        Setting(
            key="product_notes",
            label="Product Notes",
            kind=Kind.ROW,
            group="Object Permissions",
            alternatives=("Product notes edit",),
            values_read=False,
            columns=columns(view=UNSEEN, add=YES_NO, edit=ALL_MINE_NONE, delete=UNSEEN),
            confidence=Confidence.MEDIUM,
            evidence=("V-SYNC365", "AT-INV"),
            note="Only Add and Edit are published, by one guide.",
        ),
        Setting(
            key="purchase_orders",
            label="Purchase Orders",
            kind=Kind.ROW,
            group="Object Permissions",
            values_read=False,
            columns=columns(view=ALL_NONE, add=YES_NO, edit=READONLY, delete=ALL_NONE),
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN", "AT-INV"),
            note="Procurement is not part of every edition. Edit was shown as text.",
        ),
        Setting(
            key="approve_reject_items",
            label="Approve/Reject Items",
            group="Feature Access",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN",),
        ),
        Setting(
            key="receive_items",
            label="Receive Items",
            group="Feature Access",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN",),
        ),
        Setting(
            key="deliver_ship_items",
            label="Deliver/Ship Items",
            group="Feature Access",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN",),
        ),
        Setting(
            key="transfer_items",
            label="Transfer Items",
            group="Feature Access",
            may_be_absent=True,
            confidence=Confidence.MEDIUM,
            evidence=("C-EN",),
        ),
    ),
)
