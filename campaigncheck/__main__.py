"""``python -m campaigncheck``."""

from campaigncheck.cli.main import main

if __name__ == "__main__":
    main()
