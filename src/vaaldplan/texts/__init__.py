"""The words: labels and rule cards by language, and the catalogue that reads them."""
