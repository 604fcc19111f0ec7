"""Reconcile: walk both sides, find what events missed, and have it pushed again."""
