"""Campaign specs as Excel workbooks: one sheet a part, headings instead of keys, drop-downs from the catalogues.

``write`` makes a workbook, empty for whoever begins or filled from a spec; ``read`` makes a spec of one again, and knows
the cell of everything in it.
"""
