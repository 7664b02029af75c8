"""The check on supporting documents."""

from pilot_cli.locale import N_
from pilot_cli.locale.message import message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Site
from pilot_cli.standard.check import KEPT, Check, Context, Failure, Verdict, shorten
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
        failures, named = [], 0
        for index, name in enumerate(self.field.get(site)):
            fault = context.folder.document_problem(name)
            if fault and not context.is_given(name):
                continue
            named += 1
            if fault:
                text = message(DOCUMENT_FAULT, name=shorten(name), fault=fault)
                failures.append(Failure(text, (*self.field.keys, index), (name,)))
        if not named:
            return self.failed(self.field.keys, message("no documents are named"))
        return Verdict(failures, named - len(failures), named) if failures else KEPT
