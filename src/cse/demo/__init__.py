"""The demo: how its markets behave, their past, the robots that trade in them, the person to look around as.

`flow` and `book` are of order flows that are replayed, and of what they ought to come to.
"""
