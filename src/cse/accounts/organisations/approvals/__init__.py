"""What takes several members: asked for by one, approved by others, carried out once."""
