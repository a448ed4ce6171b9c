"""How two polities stand, assembled from the record."""
