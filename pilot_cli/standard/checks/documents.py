"""The check on supporting documents."""

from pilot_cli.locale.message import message
from pilot_cli.site.field import Field
from pilot_cli.site.model import Site
from pilot_cli.standard.check import Check, Context, Failure, Verdict, shorten
from pilot_cli.standard.parameter import parameter, texts_field


class Documents(Check):
    """Documents are named, and every one is a file with something in it inside the site's folder."""

    field: Field = parameter(texts_field)

    def decide(self, site: Site, context: Context) -> Verdict:
        names: tuple[str, ...] = self.field.get(site)
        if not names:
            return [Failure(message("No documents are named"), self.field.keys)]
        failures = []
        for index, name in enumerate(names):
            fault = context.folder.document_problem(name)
            if fault:
                text = message("Document “{name}”: {fault}", name=shorten(name), fault=fault)
                failures.append(Failure(text, (*self.field.keys, index)))
        return failures
