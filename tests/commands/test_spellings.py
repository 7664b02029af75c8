"""What people call the words of options is what pilot itself calls them."""

from enum import StrEnum
from typing import Any

import pytest

from pilot_cli.audit.grouping import Grouping
from pilot_cli.commands.choices import CheckFormat, FailOn, ReportFormat
from pilot_cli.commands.spellings import choice_names, find_choice
from pilot_cli.formats.labels import grouping_label
from pilot_cli.formats.registry import REPORT_FORMATS
from pilot_cli.locale import Language, use_language
from pilot_cli.site.rule_info import Severity
from pilot_cli.site.words import SiteKind


@pytest.mark.parametrize("language", Language)
def test_every_label_is_known(language: Language) -> None:
    use_language(language)
    for severity in Severity:
        assert find_choice(severity.label, FailOn) == severity
    for grouping in Grouping:
        assert find_choice(grouping_label(grouping), Grouping) == grouping
    for kind in SiteKind:
        assert find_choice(kind.label, SiteKind) == kind


def test_formats_are_known_by_the_ends_of_their_files() -> None:
    formats: Any = ReportFormat
    for format in REPORT_FORMATS:
        for suffix in filter(None, format.suffixes):
            assert find_choice(suffix, formats) == find_choice(suffix[1:].upper(), formats) == format.name


@pytest.mark.parametrize("choices", [CheckFormat, ReportFormat, FailOn, Grouping, Language, SiteKind])
def test_no_two_words_of_an_option_are_called_the_same(choices: type[StrEnum]) -> None:
    names = [find_choice(name, choices) for name in choice_names(choices)]
    assert None not in names
    assert {str(choice) for choice in choices} == set(names)
