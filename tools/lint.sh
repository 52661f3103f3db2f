#!/usr/bin/env bash
# Every check of style, types, documentation and changelog. All run, side by side; the exit status says whether any found
# something.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "lint: $name: ok"
    else
        touch "$found/something"
        printf 'lint: %s: found something\n%s\n' "$name" "$output"
    fi &
}

# As MYPYPATH, not as PYTHONPATH: what is on the latter mypy takes for libraries.
types() {
    local mypy=(env -u PYTHONPATH MYPYPATH=build/collections:simulator/src:tests:tools mypy)
    "${mypy[@]}" --package ansible_collections.msp.autotask.plugins && "${mypy[@]}" tools simulator/src simulator/tools
}

check "ruff" ruff check --quiet .
check "ruff format" ruff format --quiet --check .
check "yamllint" yamllint --strict .
check "ansible-lint" ansible-lint --offline -q
check "mypy" types
check "shellcheck" shellcheck --severity=warning tools/*.sh .ci/run
check "container" hadolint simulator/Containerfile
for workflow in .github/workflows/*.yml playbooks/examples/nightly-audit.yml simulator/examples/github/*.yml; do
    check "workflow $workflow" check-jsonschema --builtin-schema vendor.github-workflows "$workflow"
done
check "dependabot" check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
check "issue templates" check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
check "changelog" antsibull-changelog lint
check "changelog.yaml" antsibull-changelog lint-changelog-yaml --strict changelogs/changelog.yaml
# The random name of its folder is a part of what it checks, and one that ends with "_" is an error there.
twice() { "$@" >/dev/null 2>&1 || "$@"; }
check "module docs" twice antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self .
check "generated docs" python tools/generate_docs.py --check
check "simulator's generated docs" python simulator/tools/document_fleet.py --check
autotask-simulator --print-schema >build/fleet.schema.json
check "fleet files" check-jsonschema --schemafile build/fleet.schema.json simulator/fleets/*.yml \
    simulator/examples/molecule/default/fleet.yml simulator/src/autotask_simulator/demo.yml
wait
[ ! -e "$found/something" ]
