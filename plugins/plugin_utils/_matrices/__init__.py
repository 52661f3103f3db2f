# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The matrices of vendors: what each publishes of its integration's security level and API user.

C(shipped/) has one file for each, in the catalog's keys. They are data of plugins, not of a role, since plugins read
them: the lookup C(matrix) for playbooks, the inventory of API users, and tools/generate_docs.py. C(schema) reads a
document, C(model) is what it says, C(shipping) finds it by name, C(options) turns it into options of the modules,
and C(reach) says how far its rights go.
"""
