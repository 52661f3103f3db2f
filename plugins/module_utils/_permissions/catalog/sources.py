# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sources behind the catalog, by the tags that its entries carry.

So far all are public pages; many were read in stored copies of different ages, between 2017 and 2026, and some only in
part. A tenant's page that you saw yourself is a source as well. Its tag begins with C(T-), and its text says when that
was and in which zone, never whose tenant it is: C("T-2027-01": "A tenant's page in zone ww4, seen in January 2027").

How to choose C(confidence): C(Confidence) says what each stands for. What was seen on a tenant's page is high.
How to choose C(may_be_absent): true, unless guides or pages of several tenants have the setting and none is known to
lack it. One tenant's page shows that a setting exists, not that everybody has it.
"""

from __future__ import annotations

import typing as t

SOURCES: t.Mapping[str, str] = {
    "AT-CON": "Autotask help: Contract security settings (Settings_Contract.htm)",
    "AT-CRM": "Autotask help: CRM security settings (Settings_CRM.htm)",
    "AT-INV": "Autotask help: Inventory security settings (Settings_Inventory.htm)",
    "AT-PRJ": "Autotask help: Project security settings (Settings_Project.htm)",
    "AT-SD": "Autotask help: Service Desk security settings (Settings_ServiceDesk.htm)",
    "AT-KB": "Autotask help: Knowledge Base and Documents security settings (Settings_KnowledgebaseDocuments.htm)",
    "AT-TS": "Autotask help: Timesheet security settings (Settings_Timesheet.htm)",
    "AT-RPT": "Autotask help: Report security settings (Settings_Reports.htm)",
    "AT-RPTSEC": "Autotask help: Report security (ReportSecurity.htm)",
    "AT-LR": "Autotask help: ADMIN: Configuring LiveReports access and security (Configure_LiveReports.htm)",
    "AT-ADM": "Autotask help: Admin security settings (Settings_Admin.htm)",
    "AT-OTH": "Autotask help: Other security settings (Settings_Other.htm)",
    "AT-LIMVIS": "Autotask help: Limiting resource visibility (Limit_Resource_Visibility.htm)",
    "AT-WSAPI": "Autotask help: Web Services API security settings (Settings_WSAPI.htm)",
    "AT-WFM": "Autotask help: Workforce Management security settings (Settings_WorkforceManagement.htm)",
    "AT-COOPER": "Autotask help: Cooper Copilot; Smart ticket assessment; Ticket data analysis",
    "AT-EDIT": "Autotask help: Creating or editing a custom security level (Create_Edit_Custom_Security_Level.htm)",
    "AT-SYS": "Autotask help: System security levels (System_Security_Levels.htm)",
    "AT-CHECK": "Autotask help: The checklist (Checklist.htm)",
    "AT-CHARGES": "Autotask help: Charges & Expenses and Expenses tabs; Adding or editing a project charge",
    "AT-DISPATCH": "Autotask help: Overview of the Dispatch Calendar; Configuring dispatch calendar access",
    "AT-KBADMIN": "Autotask help: Knowledge Base administration (KB_ADMIN.htm)",
    "AT-PRODUCT": "Autotask help: Adding, editing, or copying a product (Add_Edit_Product.htm)",
    "AT-NOTETYPES": "Autotask help: Note types (NoteTypes.htm)",
    "AT-CATPERM": "Autotask help: permission lines of pages that name an Admin category",
    "AT-TSSYS": "Autotask help: Timesheets system settings (SystemSettingsTimesheets.htm)",
    "AT-DEFAPI": "Autotask developer help: Defining an API User (Define_API_User.htm)",
    "AT-APIUSER": "Autotask help: Adding or editing an API user (API_User_Add_Edit.htm)",
    "AT-PRODENT": "Autotask developer help: Products (REST entity)",
    "V-SYNC365": "support.sync365.app: Autotask API Configuration",
    "V-MSP360": "help.mspbackups.com: Autotask API User Permissions; Create Autotask API User",
    "V-COW": "docs.cow.tech: Autotask Permissions (two versions)",
    "V-CYBERFOX": "cyberfox.helpjuice.com: Datto Autotask PSA - Permissions for API User Security Level",
    "V-GUARDZ": "support.guardz.com: Autotask Integration Setup",
    "V-INTERQUEST": "mspai-docs.interquest.dev: AutoTask API User Creation",
    "V-TOPLEFT": "help.topleft.team and portal.topleft.team: Configure Autotask API User",
    "V-TOPLEFT-IMP": "help.topleft.team: Impersonate Autotask Resources from TopLeft",
    "V-CRAYON": "support-billingsync.crayon.com: AutoTask Setup",
    "V-DROPSUITE": "help.dropsuite.com: Setting Up a New Security Role in Connectwise or Autotask",
    "V-LCI": "help.lifecycleinsights.io: Importing Contracts from Autotask",
    "V-TIMEZEST": "help.timezest.com: Step 1, Creating a security level for Datto Autotask PSA",
    "V-CHATSTYLE": "docs.chatstyle.ai: Autotask PSA Security Level",
    "V-THREAD": "docs.getthread.com: How to Setup Autotask Ticketing Integration",
    "V-DESKDIRECTOR": "help.deskdirector.com: Autotask Resource Impersonation",
    "V-MSPINT": "docs.mspintegrations.com: Create API Security Level; Impersonation",
    "V-TASKY": "support.tallman.io: Enable Resource Impersonation for Tasky Integration",
    "V-REWST": "docs.rewst.help: Least privilege access guide; Webhook configuration",
    "V-CLOUDRADIAL": "support.cloudradial.com: Connecting Autotask PSA to CloudRadial Chat",
    "V-SAASALERTS": "help.saasalerts.kaseya.com: Autotask webhook integration with SaaS Alerts",
    "V-NEO": "neoagent.mintlify.app and docs.neoagent.io: Creating security level (Autotask)",
    "V-PHPWS": "README of a public PHP client of the Autotask SOAP API",
    "V-AGENTNOTE": "Working notes in a public repository about a live tenant",
    "V-DEDOC": "German set-up note in a public repository",
    "C-EN": "DoneNOW, a public 2017-18 reproduction of the page (github.com/evelh/Done), English version",
    "C-ZH": "DoneNOW, later version, mostly Chinese",
    "C-ENUM": "DoneNOW, its lists of values",
    "C-CODE": "DoneNOW, its code: which list a control uses",
    "V-REWST-2025": "docs.rewst.help: picture of section Other of the editor, March 2025",
}
