"""Pages, news, partners and funding: what editors write."""
