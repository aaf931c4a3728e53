"""What runs on Apache Spark; run by ``pytest -m spark`` with the extra ``spark``."""
