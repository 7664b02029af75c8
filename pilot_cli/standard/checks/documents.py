"""The check on supporting documents."""

from pilot_cli.locale import N_
from pilot_cli.locale.message import Message, message
from pilot_cli.site.field import Field
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
    field: Field = parameter(texts_field)

    def decide(self, site: Site, context: Context) -> Verdict | None:
        if context.folder is None:
            return None
        failed, named = list[tuple[int, str, Message]](), 0
        for index, name in enumerate(self.field.get(site)):
            fault = context.folder.document_problem(name)
            if fault and not context.is_given(name):
                continue
            named += 1
            if fault:
                failed.append((index, name, fault))
        if not named:
            return self.failed(self.field.keys, message("no documents are named"))
        return of_rows(failed, self._tell, named)

    def _tell(self, row: tuple[int, str, Message]) -> Failure:
        index, name, fault = row
        text = message(DOCUMENT_FAULT, name=shorten(name), fault=fault)
        return Failure(text, (*self.field.keys, index), (name,))
