"""Words in the picture, and the engine's own panels.

bidi        which way each letter runs
fonts       which font has which letter
text        paragraphs laid out and drawn into arrays
follow      where a caption hangs
captions    the lines being spoken, on a card, as large as the person wants
words       the engine's own words in each language (words.yaml)
palette     colours of panels, and how an item looks that is pointed at, in focus, pressed, or off
painter     faces, words, marks drawn into a picture
panel       a title, words and what can be chosen, laid out and drawn; where each item is
sheets      what each panel says: pause, comfort, a question, a message, how it went
wishes      a person's wishes as rows of a panel
start       the start screen, drawn
shelf       panels before a person, by the device or in the scene
cursor      where a panel is pointed at
"""
