"""A made-up national portfolio of any size, loaded already, to measure coordination on.

The campaigns are what other campaigns see of one (:class:`campaigncheck.understand.entry.Entry`), so the
reading of files is not measured. Everything in it is invented; only the region codes are real.
"""
