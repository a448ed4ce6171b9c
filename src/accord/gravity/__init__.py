"""Structural gravity: panels, estimation, equilibrium, scenarios."""
