"""Site files made up by hypothesis, from the bare minimum to the exemplary, ready for `tomli_w`.

Two ways of making them meet in `some_keys`. With nothing to start from, every key is there or not by the toss
of a coin: that explores, but scores next to nothing. Starting from an exemplary site, most keys are kept and
a few are dropped, redrawn or added to: that reaches the high grades, and the narrow misses.
"""

from tests.generated.documents import make_folder
from tests.generated.inspecting import inspections
from tests.generated.whole import as_of_dates, damaged_sites, sites

__all__ = ["as_of_dates", "damaged_sites", "inspections", "make_folder", "sites"]
