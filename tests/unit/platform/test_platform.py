# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX and Ansible Automation Platform are given: execution environment, credential types, surveys."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import typing as t
from pathlib import Path

import jsonschema
import pytest
import yaml
from ansible.parsing.dataloader import DataLoader

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "playbooks" / "examples" / "awx"
SCHEMAS = yaml.safe_load((Path(__file__).parent / "schemas.yml").read_text(encoding="utf-8"))
BUILDER = Path(sys.executable).parent / "ansible-builder"


def role_variables() -> set[str]:
    specs = yaml.safe_load((ROOT / "roles/work365_integration/meta/argument_specs.yml").read_text(encoding="utf-8"))
    # Those of the playbooks only.
    own = {"work365_integration_tenants", "work365_integration_enabled"}
    return own.union(*(entry["options"] for entry in specs["argument_specs"].values()))


def credential_types() -> list[dict[str, t.Any]]:
    # With Ansible's own loader, as the file has its tag !unsafe.
    return t.cast("list[dict[str, t.Any]]", DataLoader().load_from_file(str(EXAMPLES / "credential-types.yml")))


@pytest.mark.parametrize("credential_type", credential_types(), ids=lambda entry: entry["name"])
def test_credential_types_are_as_awx_takes_them_and_reach_the_modules(credential_type: dict[str, t.Any]) -> None:
    plain = json.loads(json.dumps(credential_type))
    jsonschema.validate(plain, SCHEMAS["credential_type"])
    fields = {field["id"]: field for field in plain["inputs"]["fields"]}
    assert set(plain["inputs"]["required"]) <= set(fields)
    injected = [*plain["injectors"].get("env", {}).values(), *plain["injectors"].get("extra_vars", {}).values()]
    assert {name for text in injected for name in re.findall(r"\{\{ (\w+) \}\}", text)} == set(fields)
    sources = [
        ROOT / "plugins/module_utils/_console/options.py",
        ROOT / "roles/work365_integration/defaults/main/main.yml",
    ]
    read = "".join(source.read_text(encoding="utf-8") for source in sources)
    assert [name for name in plain["injectors"].get("env", {}) if name not in read] == []
    assert set(plain["injectors"].get("extra_vars", {})) <= role_variables()
    # What is secret goes by the environment: extra variables are shown with the job.
    for text in plain["injectors"].get("extra_vars", {}).values():
        assert not any(fields[name].get("secret") for name in re.findall(r"\w+", text))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("survey-*.json")), ids=lambda path: path.stem)
def test_surveys_are_as_awx_takes_them_and_ask_for_variables_there_are(path: Path) -> None:
    survey = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(survey, SCHEMAS["survey"])
    for question in survey["spec"]:
        assert question["variable"] in role_variables()
        assert question["default"] in question.get("choices", [question["default"]])


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_execution_environments_get_what_the_collection_needs(tmp_path: Path) -> None:
    collection = tmp_path / "ansible_collections" / "msp" / "autotask"
    collection.parent.mkdir(parents=True)
    collection.symlink_to(ROOT)
    found = yaml.safe_load(run(BUILDER, "introspect", tmp_path))
    python, system = ([line.partition("  #")[0] for line in found[kind]] for kind in ("python", "system"))
    needed = [line for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert python == sorted(needed)
    assert [line for line in system if line.startswith("chromium")]


def test_the_example_of_an_execution_environment_can_be_built_from(tmp_path: Path) -> None:
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    tarball = f"msp-autotask-{version}.tar.gz"
    definition, context = tmp_path / "execution-environment.yml", tmp_path / "context"
    definition.write_text((EXAMPLES / definition.name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / tarball).write_bytes(b"")
    run(BUILDER, "create", "--file", definition, "--context", context, "--output-filename", "Containerfile")
    assert "epel-release" in (context / "Containerfile").read_text(encoding="utf-8")
    # By its name, Galaxy would give somebody else's.
    (collection,) = yaml.safe_load((context / "_build" / "requirements.yml").read_text(encoding="utf-8"))["collections"]
    assert collection == {"name": f"collections/{tarball}", "type": "file"}
    assert (context / "_build" / collection["name"]).is_file()


def test_job_templates_are_as_awx_takes_them_and_lead_to_playbooks_there_are() -> None:
    templates = yaml.safe_load((EXAMPLES / "job-templates.yml").read_text(encoding="utf-8"))
    jsonschema.validate(templates, SCHEMAS["job_templates"])
    types = {entry["name"] for entry in credential_types()}
    surveys = {path.stem.removeprefix("survey-") for path in EXAMPLES.glob("survey-*.json")}
    for template in templates:
        assert (ROOT / "playbooks" / template["playbook"]).is_file()
        assert set(template["credentials"]) <= types
        assert template.get("survey_enabled", False) == (Path(template["playbook"]).stem in surveys)
        # It writes one report on its fleet.
        assert template["playbook"] != "audit.yml" or template["job_slice_count"] == 1
