"""How far a survey has come."""


class Progress:
    """Is kept up to date by a survey, for whoever looks at it in the meantime."""

    def __init__(self) -> None:
        self.found = 0
        """Files found so far."""
        self.all_found = False
        """Whether there are no more to be found."""
        self.done = 0
        """Files judged so far."""

    def advance(self, files: int) -> None:
        """Note that more files have been judged."""
        self.done += files

    def end(self) -> None:
        """Note that the survey is over, one way or another."""
