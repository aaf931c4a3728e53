"""Finding words in Chinese customer texts, and telling whether they are explained."""
