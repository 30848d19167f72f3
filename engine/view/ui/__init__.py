"""Words in the picture.

bidi        which way each letter runs
fonts       which font has which letter
text        paragraphs laid out and drawn into arrays
follow      where a caption hangs
captions    the lines being spoken, on a card
"""
