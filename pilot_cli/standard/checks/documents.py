"""The check on supporting documents."""

from functools import partial

from pilot_cli.locale import gettext as _
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
            return [Failure(_none_named, self.field.keys)]
        failures = []
        for index, name in enumerate(names):
            fault = context.folder.document_problem(name)
            if fault:
                failures.append(Failure(partial(_message, name, fault), (*self.field.keys, index)))
        return failures


def _none_named() -> str:
    return _("No documents are named")


def _message(name: str, fault: str) -> str:
    return _("Document “{name}”: {fault}").format(name=shorten(name), fault=fault)
