"""The queue of applications for verification, for operators who review them."""
