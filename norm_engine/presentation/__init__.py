"""The sentences and pictures that terminal, pages and documents share."""
