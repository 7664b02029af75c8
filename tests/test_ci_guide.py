"""The examples of the guides to CI are what they claim to be, and their command lines run."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from tests.commands.running import ROOT, pilot

GUIDES = {language: ROOT / "docs" / language / "ci.md" for language in ("en", "zh")}
HOOK = ROOT / ".pre-commit-hooks.yaml"


def blocks(language: str) -> list[str]:
    """The YAML of a guide: the workflow, the pipeline, then configurations of pre-commit."""
    return re.findall("```yaml\n(.*?)```", GUIDES[language].read_text(encoding="utf-8"), re.DOTALL)


def examples() -> list[Any]:
    return [yaml.safe_load(block) for block in blocks("en")]


def command_lines(example: Any) -> list[list[str]]:
    """Find the command lines of pilot anywhere in an example."""
    if isinstance(example, dict):
        return command_lines([part for key, part in example.items() if key != "name"])
    if isinstance(example, list):
        return [line for part in example for line in command_lines(part)]
    return [shlex.split(line)[1:] for line in str(example).splitlines() if line.startswith("pilot ")]


@pytest.mark.parametrize("arguments", command_lines(examples()), ids=" ".join)
def test_command_lines_run_as_they_stand(arguments: list[str], tmp_path: Path) -> None:
    shutil.copytree(ROOT / "checklists", tmp_path / "sites")
    result = pilot(*arguments, cwd=tmp_path)
    assert all(line.startswith("已写入：") for line in result.stderr.splitlines())
    assert result.returncode == (0 if "never" in arguments else 1), "there are errors in the examples"
    told = result.stdout
    if "--output" in arguments:
        told = (tmp_path / arguments[arguments.index("--output") + 1]).read_text(encoding="utf-8")
    assert "sites/construction/huizhou-zhongkai-factory/site.toml" in told


def test_what_is_uploaded_has_been_written() -> None:
    workflow, pipeline, *_hooks = examples()
    (uploaded,) = (
        step["with"]["sarif_file"] for step in workflow["jobs"]["check"]["steps"] if "sarif" in str(step.get("uses"))
    )
    (job,) = pipeline.values()
    for example, file, format in (
        (workflow, uploaded, "sarif"),
        (pipeline, job["artifacts"]["reports"]["junit"], "junit"),
    ):
        assert any(arguments[2:6] == ["--format", format, "--output", file] for arguments in command_lines(example))


def test_configurations_of_pre_commit_are_valid_and_name_the_hook(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load(HOOK.read_text(encoding="utf-8"))
    for number, block in enumerate(blocks("en")[2:] + blocks("zh")[2:]):
        path = tmp_path / f"{number}.yaml"
        path.write_text(block, encoding="utf-8")
        command = [sys.executable, "-m", "pre_commit", "validate-config", str(path)]
        subprocess.run(command, check=True)
        (repository,) = yaml.safe_load(block)["repos"]
        (used,) = repository["hooks"]
        assert used["id"] == hook["id"]
        if repository["repo"] == "local":
            same = ("entry", "files", "require_serial")
            assert [used[key] for key in same] == [hook[key] for key in same]


def test_both_languages_show_the_same_examples() -> None:
    in_english, in_chinese = (
        [re.sub("(?m)( *#.*|<.*>)$", "", block) for block in blocks(language)] for language in GUIDES
    )
    assert in_english == in_chinese
    assert len(in_english) == 5
