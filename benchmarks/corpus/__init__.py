"""A made-up campaign repository of any size, to measure on.

Every campaign, hall and figure in it is invented; only the region codes are real (GB/T 2260).
"""
