"""The version of pilot, apart from all that imports more."""

__version__ = "0.1.0"
