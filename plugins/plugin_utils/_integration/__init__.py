# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the role decides, and what its entry points come to; the tasks of the role only say in which order.

C(given) checks the variables, C(planner) says from them where things are and what is to be done: of Work 365 as
C(work365) has it, or of a list of integrations as C(several) has them. C(plan) is what the tasks are told of it, and
C(results) judges what became of it. C(names) has the one rule for names of files, C(ways_in) how modules get to a
tenant, C(preflight) and C(runbook) what two of the entry points write.
"""
