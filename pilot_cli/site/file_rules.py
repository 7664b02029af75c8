"""The rules for site files, whatever the standard: on each file by itself (F), and across files (X)."""

from pilot_cli.locale.message import Message, message
from pilot_cli.site.rule_info import About, RuleInfo, Severity


def _rule(id: str, severity: Severity, title: Message, problem: Message, advice: Message) -> RuleInfo:
    return RuleInfo(id, severity, About.FILING, None, title, problem, message("Site file format 1"), advice)


READABLE = _rule(
    "F001",
    Severity.ERROR,
    message("The file can be read"),
    message("The file cannot be read"),
    message("Check the file and who may read it; a site file is a text of a few kilobytes."),
)
UTF8 = _rule(
    "F002",
    Severity.ERROR,
    message("The file is UTF-8 text"),
    message("The file is not UTF-8 text"),
    message("Open the file in an editor and save it with the encoding UTF-8."),
)
TOML = _rule(
    "F003",
    Severity.ERROR,
    message("The file is TOML"),
    message("The file is not written as it has to be"),
    message("Correct what is no TOML, at the line that is named, and check the site again."),
)
KNOWN_KEY = _rule(
    "F004",
    Severity.WARNING,
    message("The site format knows every key"),
    message("An entry that the site format does not know"),
    message("Correct or delete each key that the site format does not know."),
)
VALID_VALUE = _rule(
    "F005",
    Severity.ERROR,
    message("Every value fits the site format"),
    message("An entry is missing or not as it has to be"),
    message("Correct each value, as is said of it."),
)
KNOWN_RESULT = _rule(
    "F006",
    Severity.WARNING,
    message("Every result seen on site is one that the standard knows"),
    message("A result seen on site that the standard does not know"),
    message("Correct the rule or the result, or check by the standard that it was given for."),
)
PHOTO_IN_FOLDER = _rule(
    "F007",
    Severity.WARNING,
    message("Every photo taken on site is in the site's folder"),
    message("A photo taken on site is not to be found in the site's folder"),
    message("Put the photo into the folder of the site, or correct its name."),
)
UNIQUE_ID = _rule(
    "X001",
    Severity.ERROR,
    message("Each site has an ID of its own"),
    message("Several files have the same site ID"),
    message("Give each site an ID of its own."),
)
UNIQUE_APPROVAL_NO = _rule(
    "X002",
    Severity.WARNING,
    message("Each branch has an approval number of its own"),
    message("Several branches have the same approval number"),
    message("Check which of the branches the approval belongs to."),
)

_ALL = (READABLE, UTF8, TOML, KNOWN_KEY, VALID_VALUE, KNOWN_RESULT, PHOTO_IN_FOLDER, UNIQUE_ID, UNIQUE_APPROVAL_NO)
FILE_RULES = {rule.id: rule for rule in _ALL}
"""By id, in order."""
