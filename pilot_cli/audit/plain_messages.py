"""Messages for people who have never seen a site file: documents by name, not by path."""

from pathlib import PurePosixPath

from pilot_cli.audit.assessment import Finding
from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, Text, message
from pilot_cli.standard.checks.documents import DOCUMENT_FAULT

_FAULTS = {
    "it does not exist": N_("not enclosed"),
    "it does not exist; the folder has “{near}”": N_("not enclosed; “{near}” may be meant"),
    "it is empty": N_("enclosed without content"),
}
"""What is wrong with a document, by the message of the check on documents."""


def plain_message(finding: Finding) -> Text:
    """Return what is wrong, without the paths of documents."""
    said = finding.message
    if not isinstance(said, Message) or said.template != DOCUMENT_FAULT:
        return said
    values = dict(said.values)
    return message(
        "{problem}: “{name}” {fault}",
        problem=finding.rule.problem,
        name=_document_name(str(values["name"])),
        fault=_plain_fault(values["fault"]),
    )


def _plain_fault(fault: object) -> Message:
    if not isinstance(fault, Message) or fault.template not in _FAULTS:
        return message("cannot be used")
    names = {name: _document_name(str(value)) for name, value in fault.values}
    return message(_FAULTS[fault.template], **names)


def _document_name(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).stem
