"""Corrects what is certain in site files, as ``mistakes`` finds it."""
