"""How large an untrusted YAML file may be before it is refused unread."""

MAX_BYTES = 1 << 20
"""Largest file in bytes (1 MiB); a campaign of 150 lines has about 7 kB."""

MAX_CATALOGUE_BYTES = 32 << 20
"""Largest catalogue in bytes: a lexicon of twenty thousand terms has 3 MiB."""

MAX_TABLE_BYTES = 512 << 20
"""Largest table in bytes: the hours of ten thousand halls have 50 MiB."""

MAX_DEPTH = 64
"""Deepest nesting of lists and mappings."""

MAX_UNCHECKED = 10_000
"""Longest text, in characters, whose nesting cannot be deep enough to exhaust the stack while it is composed."""

MAX_EXPANDED_NODES = 20_000
"""Most values that the aliases of one file may stand for, all written out."""

MAX_DIGITS = 18
"""Longest number read as a number; longer ones are codes and stay text."""
