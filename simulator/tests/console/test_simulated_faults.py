# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fleet files, made-up fleets, faults and the control API of the simulator."""

from __future__ import annotations

import re
import time
import typing as t
from pathlib import Path

import pytest
from autotask_simulator import faults
from autotask_simulator.control import create_control_app
from autotask_simulator.faults import CONSOLE_FAULTS
from autotask_simulator.fleet import FleetError, load_fleet, parse_fleet
from autotask_simulator.generate import varied_fleet
from autotask_simulator.rest.faults import REST_FAULTS
from autotask_simulator.seed import sow
from autotask_simulator.store import Store
from simulated_tenant import SETUP, Console, Start

DEMO = Path(__file__).parents[2] / "fleets" / "demo.yml"
DOCS = Path(__file__).parents[2] / "docs"
PAGES = Path(faults.__file__).parent / "console"
LEVELS = f"{SETUP}/SecurityLevel.mvc/SecurityLevelList"


@pytest.mark.parametrize(
    ("tenant", "told"),
    [
        ({"domain": "a.example", "shel": "older"}, "tenants[0]: unknown key 'shel'; did you mean shell"),
        ({"domain": "a.example", "shell": "old"}, "tenants[0].shell: should be 'current' or 'older', not 'old'"),
        ({"domain": "a.example", "two_factor": "no"}, "tenants[0].two_factor: should be a valid boolean, not 'no'"),
        ({"domain": "a.example", "people": True}, "tenants[0].people: should be a valid integer, not True"),
        ({"domain": 7}, "tenants[0].domain: should be a valid string, not 7"),
        ({}, "tenants[0].domain: is missing"),
        ({"domain": "a.example", "locations": []}, "tenants[0].locations: List should have at least 1 item"),
        ({"domain": "a.example", "hidden_settings": ["can_export_grid"]}, "did you mean can_export_grid_data"),
        ({"domain": "a.example", "levels": [{"name": "x", "settings": {"othr": {}}}]}, "did you mean other"),
        ({"domain": "a.example", "api_users": [{"user_name": "x", "level": "API User (sytem)"}]}, "API User (system)"),
        ({"domain": "a.example", "extra_settings": [{"section": "crn", "group": "a", "label": "b"}]}, "mean crm"),
        ({"domain": "a.example", "admin": {"totp_secret": "ABC"}}, "tenants[0].admin.totp_secret: "),
        ({"domain": "a.example", "rest": {"threshhold": 1}}, "tenants[0].rest: unknown key 'threshhold'"),
        ({"domain": "a.example", "rest": {"threshold": 0}}, "tenants[0].rest.threshold: should be greater than 0"),
    ],
)
def test_mistakes_in_a_fleet_file_are_named(tenant: dict[str, t.Any], told: str) -> None:
    with pytest.raises(FleetError, match=re.escape(told)):
        parse_fleet({"tenants": [tenant]})


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(FleetError) as refused:
        parse_fleet({"tenants": [{"domain": "a.example", "look": 1}, {"domain": "b.example", "people": "x"}]}, "f.yml")
    assert [line.partition(": should")[0] for line in str(refused.value).splitlines()] == [
        "f.yml: tenants[0].look",
        "f.yml: tenants[1].people",
    ]


@pytest.mark.parametrize("content", [None, [], {}, {"tenants": []}, {"tenants": {}}, {"tenants": ["a.example"]}])
def test_what_is_no_fleet_is_refused(content: t.Any) -> None:
    with pytest.raises(FleetError, match=r"^fleet: \S"):
        parse_fleet(content)


def test_names_that_tell_whose_something_is_are_there_once() -> None:
    with pytest.raises(FleetError, match="domain 'A.example' is there twice"):
        parse_fleet({"tenants": [{"domain": "a.example"}, {"domain": "A.example"}]})


def test_the_demo_fleet_differs_as_it_should() -> None:
    store = Store()
    sow(store, load_fleet(DEMO))
    alder, birch, cedar = (tenant.options for tenant in store.tenants())
    assert [o["organization"] for o in (alder, birch, cedar)] == ["Organization", "Company", "Account"]
    assert alder["two_factor"] and not birch["two_factor"]
    assert (alder["editors"], birch["editors"]) == ("tab", "popup")
    user = store.tenant("cedar.example").api_user("work365api@cedar.example")
    level = store.tenant("cedar.example").level(user.level_id)
    assert level.name == "Work 365 API User" and level.settings["other"]["can_create_webhooks"] is True


def test_made_up_fleets_are_valid_different_and_repeatable() -> None:
    fleet = varied_fleet(100, seed=7)
    assert fleet == varied_fleet(100, seed=7) != varied_fleet(100, seed=8)
    specs = parse_fleet(fleet)
    for name in (
        "organization",
        "look",
        "editors",
        "editor_markup",
        "copy_stored",
        "section_toggle",
        "labels",
        "drawn_lists",
        "level_form",
    ):
        assert len({str(getattr(spec, name)) for spec in specs}) > 1, name


def test_a_fault_hits_whom_and_when_it_should() -> None:
    store = Store()
    store.arm("slow", domain="A.example", page="edit_*", skip=1, times=2)
    hits = [store.take_fault("console", "a.example", "edit_level", ("slow",)) is not None for _ in range(5)]
    assert hits == [False, True, True, False, False]
    store.arm("slow", domain="a.example", times=-1)
    assert store.take_fault("console", "b.example", "edit_level") is None
    assert store.take_fault("rest", "a.example", "edit_level") is None
    assert all(store.take_fault("console", "a.example", "home") for _ in range(5))
    store.disarm()
    assert store.faults() == []


def walk(somebody: Console) -> list[t.Any]:
    """What comes of a list, its rows, an editor and two saves: what was answered, but for what is drawn, and stored."""
    level = somebody.tenant.level("Mine").id
    editor = f"{SETUP}/SecurityLevel.mvc"
    answers = [somebody.get(f"{LEVELS}{rows}") for rows in ("", "Rows")]
    answers.append(somebody.get(f"{editor}/EditSecurityLevel?securityLevelId={level}"))
    answers += [somebody.client.post(f"{editor}/{what}", json={"key": level}) for what in ("Inactivate", "Activate")]
    told = [{k: v for k, v in (answer.json or {}).items() if k not in ("html", "menus")} for answer in answers]
    return [[answer.status_code for answer in answers], told, somebody.tenant.level("Mine")]


def named_by_pages(kind: str) -> bool:
    """Whether a template or a script of the pages does something about a fault."""
    sources = [*PAGES.glob("templates/*.html"), *PAGES.glob("static/*.js")]
    lines = [line for source in sources for line in source.read_text(encoding="utf-8").splitlines()]
    return any("faults" in line and re.search(rf"\b{kind}\b", line) for line in lines)


@pytest.mark.parametrize("kind", CONSOLE_FAULTS)
def test_every_kind_strikes(console: Start, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is used up, and something is done about it."""
    done: list[t.Any] = []
    monkeypatch.setattr(faults.time, "sleep", lambda seconds: done.append(seconds) if seconds else None)
    monkeypatch.setattr(faults, "_broken_off", {})
    monkeypatch.setattr(faults, "break_connection", lambda: done.append("broken"))
    somebody = console(levels=[{"name": "Mine"}], slow_ms=0, page_ms=0)
    somebody.client.application.config["PROPAGATE_EXCEPTIONS"] = True
    undisturbed = walk(somebody)
    assert not done
    somebody.tenant.store.arm(kind)
    struck = walk(somebody)
    assert somebody.tenant.store.faults() == []
    assert named_by_pages(kind) if kind in faults.ON_PAGE else done or struck != undisturbed


@pytest.mark.parametrize(("kind", "status"), [("http_500", 500), ("maintenance", 503), ("access_denied", 302)])
def test_faults_answer_instead_of_a_page(console: Start, kind: str, status: int) -> None:
    somebody = console()
    somebody.tenant.store.arm(kind, page="security_levels")
    assert [somebody.get(LEVELS).status_code for _ in range(2)] == [status, 200]


def test_a_session_can_end_in_the_middle(console: Start) -> None:
    somebody = console()
    somebody.tenant.store.arm("session_expired", page="security_level_rows")
    assert somebody.get(LEVELS).status_code == 200
    assert somebody.get(f"{LEVELS}Rows").status_code == 302
    assert somebody.get(LEVELS).status_code == 302


def test_a_save_can_be_refused_or_lost(console: Start) -> None:
    somebody = console(levels=[{"name": "Mine"}])
    key = somebody.tenant.level("Mine").id
    somebody.tenant.store.arm("save_refused", page="inactivate_level", options={"text": "Not today."})
    somebody.tenant.store.arm("save_lost", page="inactivate_level")
    path = f"{SETUP}/SecurityLevel.mvc/Inactivate"
    assert somebody.post(path, key=key) == {"ok": False, "message": "Not today."}
    assert somebody.post(path, key=key) == {"ok": True} and somebody.tenant.level("Mine").active
    assert somebody.tenant.events("level_inactivated") == []
    assert somebody.post(path, key=key) == {"ok": True} and not somebody.tenant.level("Mine").active


def test_another_administrator_can_come_between(console: Start) -> None:
    somebody = console(levels=[{"name": "Mine"}])
    level = somebody.tenant.level("Mine")
    somebody.tenant.store.arm("concurrent_change", page="edit_level")
    somebody.get(f"{SETUP}/SecurityLevel.mvc/EditSecurityLevel?securityLevelId={level.id}")
    assert somebody.tenant.level("Mine").settings != level.settings
    [event] = somebody.tenant.events("level_saved")
    assert event.actor == "other.admin" and len(event.details["changed"]) == 1


@pytest.mark.parametrize(("page", "kinds"), [("control", CONSOLE_FAULTS), ("rest", REST_FAULTS)])
def test_every_fault_is_documented(page: str, kinds: dict[str, str]) -> None:
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    table = next(part for part in text.split("\n\n") if part.startswith("| kind |"))
    assert set(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in table.splitlines()))) == set(kinds)


def test_the_control_api(tmp_path: Path) -> None:
    fleet = load_fleet(DEMO)
    store = Store()
    sow(store, fleet)
    control = create_control_app(store, fleet).test_client()
    assert control.get("/tenants").json == ["alder.example", "birch.example", "cedar.example"]
    shown = control.get("/tenants/cedar.example").get_data(as_text=True)
    assert "work365api@cedar.example" in shown and "Old-secret-1" not in shown and "Let-me-in" not in shown

    assert control.post("/faults", json={"kind": "slow", "page": "landing"}).status_code == 201
    for wrong in ({"kind": "slo"}, {"kind": "http_429"}, {"kind": "guide", "surface": "rest"}, {"surface": "rest"}):
        assert control.post("/faults", json=wrong).status_code == 400
    assert control.post("/faults", json={"kind": "slow", "pages": "*"}).status_code == 400
    armed = t.cast(dict[str, t.Any], control.get("/faults").json)
    assert [fault["kind"] for fault in armed["armed"]] == ["slow"] and set(armed["kinds"]["console"]) == set(
        CONSOLE_FAULTS
    )
    assert control.delete("/faults").status_code == 200 and store.faults() == []
    assert control.get("/tenants/nowhere.example").status_code == 404

    control.post("/snapshot", json={"path": str(tmp_path / "before.sqlite")})
    cedar = store.tenant("cedar.example")
    cedar.update_level(cedar.level("Work 365 API User").id, name="Renamed")
    assert control.patch("/tenants/cedar.example", json={"slow_ms": 7}).status_code == 200
    assert store.tenant("cedar.example").options["slow_ms"] == 7
    control.post("/restore", json={"path": str(tmp_path / "before.sqlite")})
    assert store.tenant("cedar.example").level("Work 365 API User")
    control.post("/reset")
    assert store.tenant("cedar.example").options["slow_ms"] == 150


def test_a_tenant_can_be_as_slow_as_a_live_one(console: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page costs the way to the server and the time to make it; the rows of a list only the way."""
    somebody = console(slow_ms=150, page_ms=2000)
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    somebody.get(LEVELS)
    assert sum(waited) == pytest.approx(2.15)
    waited.clear()
    somebody.get(f"{LEVELS}Rows")
    assert sum(waited) == pytest.approx(0.15)
