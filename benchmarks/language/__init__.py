"""How well the language rules read: precision and recall on labelled texts."""
