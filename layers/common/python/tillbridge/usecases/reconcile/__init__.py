"""Reconcile: walks both sides, finds what events missed, and has it pushed again."""
