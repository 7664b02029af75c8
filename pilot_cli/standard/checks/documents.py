"""The check on supporting documents."""

from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.site.field import Field
from pilot_cli.site.folder import ABSENT, Folder
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, of_rows, shorten
from pilot_cli.standard.parameter import parameter, texts_field

DOCUMENT_FAULT = N_("Document “{name}”: {fault}")
"""What is said of a document that is not in order; letters, which name no paths, say it in their own words."""


class Documents(Check):
    """Documents are named, and every one is a file with something in it inside the site's folder.

    Does not apply where the folder is not known.
    """

    has_share = True
    judges_each = True
    field: Field = parameter(texts_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        folder = context.folder
        if folder is None:
            return None
        failed, named = list[tuple[int, str]](), 0
        for index, name in enumerate(self.field.get(site)):
            is_in_order = folder.is_in_order(name)
            if not is_in_order and not context.is_given(name):
                continue
            named += 1
            if not is_in_order:
                failed.append((index, name))
        if not named:
            return self.failed(self.field.keys, message("no documents are named"))
        return of_rows(failed, lambda row: self._tell(folder, *row), named)

    def _tell(self, folder: Folder, index: int, name: str) -> Failure:
        # It may have come just now.
        fault = folder.document_problem(name) or ABSENT
        text = message(DOCUMENT_FAULT, name=shorten(name), fault=fault)
        return Failure(text, (*self.field.keys, index), (name,))
