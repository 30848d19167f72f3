"""The living body: today the vital signs that sensors measure; later the virtual patient's physiology behind the same names."""
