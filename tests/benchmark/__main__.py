# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure, print a table, and write build/bench.json and build/bench.svg; parts measured earlier are kept.

C(make bench) measures everything at its default size, C(BENCH_OPTIONS='--parts fleets --sizes 10 50 200') one part,
larger. Figures are worth keeping only from a machine that does nothing else meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import typing as t
from pathlib import Path

from benchmark import measurements
from benchmark.fleet import ROOT

PARTS = ("tenant", "live", "fleets", "memory", "slices", "verification", "checks", "alone")
RESULTS = ROOT / "build" / "bench.json"
PLOT = ROOT / "build" / "bench.svg"


def key_figures(found: dict[str, t.Any]) -> dict[str, t.Any]:
    """What docs/performance.json keeps, as far as it was measured."""
    keys: dict[str, t.Any] = {}
    if tenant := found.get("tenant"):
        for name, run in (("no_change_ratio", "again"), ("first_ratio", "first")):
            least = tenant[f"bare {run}"]["seconds"] + tenant["floor"]["seconds"]
            keys[name] = round(tenant[f"role {run} headless-shell"]["seconds"] / least, 2)
        measured = {
            "no_change": "role again headless-shell",
            "first": "role first headless-shell",
            "bare": "bare again",
        }
        keys["page_loads_per_tenant"] = {name: round(tenant[run]["pages"]) for name, run in measured.items()}
        keys["rest_requests_per_tenant"] = round(tenant["role again headless-shell"]["rest_requests"])
    if live := found.get("live"):
        keys["live_ratio"] = {
            name: round(live[f"role {run}"]["seconds"] / live[f"bare {run}"]["seconds"], 2)
            for name, run in (("no_change", "again"), ("first", "first"))
        }
        best = max(run["tenants_per_minute"] for run in live.values() if "tenants_per_minute" in run)
        keys["tenants_per_minute_and_core"] = round(best / found["machine"]["cores"], 1)
    runs = list(found.get("fleets", {}).values())
    for tags in sorted({run["tags"] for run in runs}):
        seconds = {run["tenants"]: run["seconds"] for run in best_runs(runs, tags)}
        if {50, 200} <= seconds.keys():
            keys["growth_50_to_200"] = round(seconds[200] / seconds[50] / 4, 3)
    if whole := best_runs(runs, "all"):
        names = ("logins_per_tenant", "console_module_runs_per_tenant")
        smallest = min(whole, key=lambda run: run["tenants"])
        keys["cpu_seconds_per_tenant"] = round(smallest["cpu_seconds_per_tenant"], 1)
        keys |= {name: statistics.median(run[name] for run in whole) for name in names}
    if memory := found.get("memory"):
        keys["fork_memory_mb"] = round(max(run["fork_mb"] for run in memory.values()))
        keys["fork_with_browser_mb"] = round(max(run["with_browser_mb"] for run in memory.values()))
    if cut := found.get("slices"):
        keys["slices"] = {
            **cut["all"],
            "failed": sum(run["failed"] for name, run in cut.items() if name != "all"),
            "changed_again": cut["provision again"]["changed"],
        }
    return keys


def best_runs(runs: t.Sequence[dict[str, t.Any]], tags: str) -> list[dict[str, t.Any]]:
    """The quickest run of each size."""
    chosen = sorted((run for run in runs if run["tags"] == tags), key=lambda run: -run["seconds"])
    return list({run["tenants"]: run for run in chosen}.values())


def table(found: dict[str, t.Any]) -> str:
    lines = []
    for part in PARTS:
        for name, figures in found.get(part, {}).items():
            told = "  ".join(
                f"{key} {value:.4g}"
                for key, value in figures.items()
                if isinstance(value, int | float) and key != "tenants"
            )
            lines.append(f"{part:<13} {name:<58} {told}")
    return "\n".join([*lines, *(f"{'':<13} {name:<58} {value}" for name, value in key_figures(found).items())])


def plot(fleets: dict[str, t.Any], path: Path) -> None:
    """Draw the seconds of fleets against their tenants."""
    from matplotlib import pyplot

    runs = sorted(fleets.values(), key=lambda run: run["tenants"])
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for tags, forks in sorted({(run["tags"], run["forks"]) for run in runs}):
        chosen = [run for run in runs if (run["tags"], run["forks"]) == (tags, forks)]
        points = [(run["tenants"], run["seconds"] / 60) for run in chosen]
        whole = "whole role" if tags == "all" else f"only {tags}"
        axes.plot(*zip(*points, strict=True), marker="o", label=f"{whole}, {forks} forks")
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
    parser.add_argument("--sizes", type=int, nargs="+", default=[6, 50], help="fleets (default: %(default)s)")
    parser.add_argument("--forks", type=int, nargs="+", default=[1, 2, 4], help="at the smallest size (%(default)s)")
    parser.add_argument(
        "--tags", default="all", help="of the role, for fleets; security_level makes large ones quicker"
    )
    arguments = parser.parse_args()
    measure: dict[str, t.Callable[[], dict[str, t.Any]]] = {
        "tenant": lambda: measurements.one_tenant(arguments.repetitions),
        "fleets": lambda: measurements.fleets(arguments.sizes, arguments.forks, arguments.tags),
        "memory": lambda: measurements.memory([1, 2]),
        "live": lambda: measurements.live(arguments.repetitions),
        "slices": measurements.slices,
        "verification": lambda: measurements.verification(arguments.repetitions),
        "checks": lambda: measurements.checks(arguments.repetitions),
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
