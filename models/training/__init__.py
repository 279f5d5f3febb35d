"""The recipe that builds the models shipped in this folder's parent."""
