"""The catalogues of ``rules/``: what is known of regions, products, customers, words and limits."""
