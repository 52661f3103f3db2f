# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure, print a table, and write build/bench.json and build/bench.svg; parts measured earlier are kept.

C(make bench) measures everything that fits into about twenty minutes; C(BENCH_OPTIONS='--parts fleets --sizes 10 50
200') one part, larger.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import typing as t
from pathlib import Path

from benchmark import measurements
from benchmark.fleet import ROOT

PARTS = ("tenant", "fleets", "memory", "verification", "alone")
RESULTS = ROOT / "build" / "bench.json"
PLOT = ROOT / "build" / "bench.svg"


def key_figures(found: dict[str, t.Any]) -> dict[str, t.Any]:
    """What docs/performance.json keeps, as far as it was measured."""
    keys: dict[str, t.Any] = {}
    if tenant := found.get("tenant"):
        for name, run in (("no_change_ratio", "again"), ("first_ratio", "first")):
            least = tenant[f"bare {run}"]["seconds"] + tenant[f"floor {run}"]["seconds"]
            keys[name] = round(tenant[f"role {run} headless-shell"]["seconds"] / least, 2)
    if fleets := found.get("fleets"):
        by_size = {run["tenants"]: run for run in fleets.values()}
        if {50, 200} <= by_size.keys():
            keys["growth_50_to_200"] = round(by_size[200]["seconds"] / by_size[50]["seconds"] / 4, 3)
        largest = by_size[max(by_size)]
        keys |= {name: largest[name] for name in ("logins_per_tenant", "console_module_runs_per_tenant")}
    if memory := found.get("memory"):
        keys["fork_memory_mb"] = round(max(run["fork_mb"] for run in memory.values()))
    return keys


def table(found: dict[str, t.Any]) -> str:
    lines = []
    for part in PARTS:
        for name, figures in found.get(part, {}).items():
            told = "  ".join(
                f"{key} {value:.4g}"
                for key, value in figures.items()
                if isinstance(value, int | float) and key != "tenants"
            )
            lines.append(f"{part:<13} {name:<34} {told}")
    return "\n".join([*lines, *(f"{'':<13} {name:<34} {value}" for name, value in key_figures(found).items())])


def plot(fleets: dict[str, t.Any], path: Path) -> None:
    """Draw the seconds of fleets against their tenants."""
    from matplotlib import pyplot

    runs = sorted(fleets.values(), key=lambda run: run["tenants"])
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for forks in sorted({run["forks"] for run in runs}):
        points = [(run["tenants"], run["seconds"] / 60) for run in runs if run["forks"] == forks]
        axes.plot(*zip(*points, strict=True), marker="o", label=f"{forks} forks")
    axes.set(xlabel="tenants", ylabel="minutes", title="A run that changes nothing", xlim=(0, None), ylim=(0, None))
    axes.legend()
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measure the collection against the least possible."
    )
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (default: everything)"
    )
    parser.add_argument("--repetitions", type=int, default=3, help="how often, for medians (default: %(default)s)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 50], help="fleets (default: %(default)s)")
    parser.add_argument("--forks", type=int, nargs="+", default=[1, 2, 4], help="at the smallest size (%(default)s)")
    arguments = parser.parse_args()
    measure: dict[str, t.Callable[[], dict[str, t.Any]]] = {
        "tenant": lambda: measurements.one_tenant(arguments.repetitions),
        "fleets": lambda: measurements.fleets(arguments.sizes, arguments.forks),
        "memory": lambda: measurements.memory([1, 2]),
        "verification": lambda: measurements.verification(arguments.repetitions),
        "alone": lambda: measurements.alone(arguments.repetitions),
    }
    found = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for part in arguments.parts:
        found[part] = found.get(part, {}) | measure[part]() if part == "fleets" else measure[part]()
        found["machine"] = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
        found["keys"] = key_figures(found)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if "fleets" in found:
        plot(found["fleets"], PLOT)
    print(table(found))


if __name__ == "__main__":
    main()
