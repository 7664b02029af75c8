"""Mends what is certain in site files: the mistakes are found, and put right, as ``mistakes`` tells them."""
