"""Starts the qdqlint that lies in this package."""

import os
import sys


def main():
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "image", "bin", "qdqlint")
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
