# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is kept of a tenant's API users: sealed, in one place, changed by one owner.

C(document) says what is kept, C(sealing) encrypts it, a store (C(file_store), C(program_store)) holds the sealed
text, and C(keeper) does with the three what a run needs. C(user), C(users) and C(session) fill in the options of a
module, and note what it did.
"""
