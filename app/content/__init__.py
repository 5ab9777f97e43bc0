"""Pages, news, partners and funding that editors write."""
