"""How fast persons, keys and addresses may ask, as operators set it by tier."""
