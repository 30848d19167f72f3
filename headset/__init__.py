"""The headset layer: one contract (`headset.driver`), several devices. Imports nothing from the engine."""
