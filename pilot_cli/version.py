"""The version of pilot, in a module of its own because reading it must import nothing else."""

__version__ = "0.1.0"
