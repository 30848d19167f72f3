"""What happens: states, rules, steps, changes over time, spoken lines; pure Python, tick by tick."""

from engine.scenario.statechart import Scenario, conditions

__all__ = ["Scenario", "conditions"]
