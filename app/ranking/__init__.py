"""The files of a call in an order that can be explained."""
