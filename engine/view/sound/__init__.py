"""What is heard of the interface, and of monitors that alarm. It follows the world as pictures do, and never decides.

earcons     which sounds there are, what each says, and what shows and lets feel the same
cues        the moments at which something is heard, felt and seen, from the world and its events
ringing     the bursts of monitors that alarm
ears        the sound device, through Panda3D's OpenAL; there may be none
sound       all of it for a session: what is heard, from where, how loud

What a scene itself sounds like (`sounds:`, `voice:`) is not played yet.
"""
