"""From bytes on disk to plain values that still know where they were written."""
