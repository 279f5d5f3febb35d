"""`python -m training`: see `--help`."""

from .command import main

if __name__ == "__main__":
    main()
