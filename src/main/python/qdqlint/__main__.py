"""Starts the qdqlint that lies in this package."""

import os
import sys

from qdqlint._time import JAR


def main():
    image = os.path.join(os.path.dirname(os.path.abspath(__file__)), "image")
    keep_time(os.path.join(image, "lib", "qdqlint.jar"))
    program = os.path.join(image, "bin", "qdqlint")
    os.execv(program, [program, *sys.argv[1:]])


def keep_time(jar):
    """Gives the jar its time back, which pip does not keep: Java takes the AOT cache, with which it starts faster, for that time only."""
    if int(os.stat(jar).st_mtime) != JAR:
        try:
            os.utime(jar, (JAR, JAR))
        except PermissionError:
            pass


if __name__ == "__main__":
    main()
