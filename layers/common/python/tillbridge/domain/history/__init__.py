"""The one record of what happened: lines by product, by slice and by hour."""
