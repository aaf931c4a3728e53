"""Pre-launch validation of telecom marketing campaigns."""

__version__ = "0.1.0"
