"""Word documents: the summary and the notice, the layout that they share, and its chart."""
