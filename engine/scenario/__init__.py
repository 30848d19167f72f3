"""What happens: states, rules, steps, changes over time, spoken lines, the checklist; pure Python, tick by tick."""

from engine.scenario.active import conditions
from engine.scenario.causes import Causes
from engine.scenario.checklist import Checklist
from engine.scenario.statechart import Scenario
from engine.scenario.zones import Zones

__all__ = ["Causes", "Checklist", "Scenario", "Zones", "conditions"]
