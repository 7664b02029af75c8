"""The yardstick: reads the bytes of site files and parses them with rtoml, and does nothing else.

    python bench/bare.py FOLDER --jobs 2

Prints the seconds that reading and parsing took, without the start and the search for the files.
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import rtoml

FILES_AT_A_TIME = 100


def parse(paths: list[str]) -> int:
    parsed = 0
    for path in paths:
        with open(path, "rb") as file:
            raw = file.read()
        try:
            rtoml.loads(raw.decode())
            parsed += 1
        except ValueError:
            pass
    return parsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    paths = [
        os.path.join(folder, name)
        for folder, _folders, names in os.walk(options.folder)
        for name in names
        if name.endswith(".toml")
    ]
    start = time.perf_counter()
    parts = [paths[index : index + FILES_AT_A_TIME] for index in range(0, len(paths), FILES_AT_A_TIME)]
    if options.jobs == 1:
        parsed = sum(map(parse, parts))
    else:
        with ProcessPoolExecutor(options.jobs) as executor:
            parsed = sum(executor.map(parse, parts))
    print(time.perf_counter() - start)
    if not parsed:
        raise SystemExit("nothing could be parsed")


if __name__ == "__main__":
    main()
