"""Tests in a browser: run by ``python -m pytest -m browser``, with Chromium and its driver installed."""
