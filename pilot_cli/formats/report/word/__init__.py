"""Word documents: the summary and the notice, the paper that both are written on, and its chart."""
