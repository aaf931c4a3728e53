"""The command line: builds the parts of a run and turns its result into output and an exit code."""
