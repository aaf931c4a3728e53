"""A site's own rules: expressions of the Common Expression Language (CEL) in YAML, and plug-ins in Python."""
