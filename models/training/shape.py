"""The sizes of the encoder, in one place."""

VOCABULARY = 30522
DIMENSIONS = 384
LAYERS = 6
HEADS = 12
HEAD_WIDTH = DIMENSIONS // HEADS
INNER = 1536
EPSILON = 1e-12

WINDOW = 256
"""Tokens of one window, [CLS] and [SEP] included."""
OVERLAP = 32
"""Tokens that a window shares with the one before it."""
