"""The example sites in a ledger after two audits: some problems are put right, some are late, one has come back."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from tests.commands.ledger.office import BY, ledger
from tests.docs.blocks import copy_checklists

DAY = ("--as-of", "2021-01-15")
SETTINGS = """
[office]
name = "示例·广州市住房和城乡建设局"
document_number = "穗建党〔{year}〕{n}号"
[deadlines]
error = 15
reminder = 5
"""
SITE = "shantou-rongbin-road"


class Rectified(NamedTuple):
    """The folder of the ledger, and what it says."""

    folder: Path
    problems: list[Any]
    """All of them as JSON tells them, without advice."""

    def number_of(self, **wanted: Any) -> int:
        """How many problems have these values."""
        return sum(all(one[key] == value for key, value in wanted.items()) for one in self.problems)

    @property
    def late(self) -> list[Any]:
        """The problems that are overdue."""
        return [one for one in self.problems if one["days_overdue"]]


def rectify(folder: Path) -> Rectified:
    """Record two audits, and move problems in between."""
    copy_checklists(folder)
    ledger(folder, "record", "checklists", "--as-of", "2020-11-23", *BY)
    first = told(folder)
    serious = [one["number"] for one in first if one["severity"] == "error"]
    missed = [one["number"] for one in first if one["watched"]][:2]
    day = ("--as-of", "2020-11-24", *BY)
    due = ("--due", "2020-12-10")
    ledger(folder, "assign", *serious, *missed, "--owner", "示例·陈丁", "--measure", "逐项明确责任人", *due, *day)
    ledger(folder, "submit", *serious[:3], *missed, "--progress", "已经制订并印发", "--as-of", "2020-11-25", *BY)
    close = ("--opinion", "情况属实", "--method", "documents", "--as-of", "2020-11-26", *BY)
    ledger(folder, "close", *serious[:2], *close)
    path = folder / "checklists/construction" / SITE / "site.toml"
    item = 'title = "雨污分流管道闭气试验"'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(item, f'{item}\nowner = "示例·陈丁"'), encoding="utf-8")
    ledger(folder, "record", "checklists", "--as-of", "2020-12-23", *BY)
    (number,) = [one["number"] for one in first if one["site"] == SITE and one["rule"] == "L004"]
    ledger(folder, "close", number, "--opinion", "责任人已明确", "--as-of", "2020-12-24", *BY)
    (folder / "office.toml").write_text(SETTINGS, encoding="utf-8")
    return Rectified(folder, [one for one in told(folder) if one["severity"] != "info"])


def told(folder: Path) -> list[Any]:
    """All problems of the ledger, struck off or not."""
    states = [word for state in ("pending", "in_progress", "to_verify", "closed") for word in ("--state", state)]
    result = ledger(folder, "problems", *states, *DAY, "--format", "json")
    problems: list[Any] = json.loads(result.stdout)["problems"]
    return problems


def write_documents(
    folder: Path, kind: str, *outputs: str, options: tuple[str, ...] = (), language: str = "zh"
) -> list[Path]:
    """Write the documents of a kind, by the settings of the office."""
    named = [part for output in outputs for part in ("-o", output)]
    settings = ("--settings", "office.toml")
    ledger(folder, "report", "--kind", kind, *DAY, *named, *options, *settings, language=language)
    return [folder / output for output in outputs]
