"""The demo of an exchange: its past, the robots that trade in it, and a person to look around as.

What markets are like stands in `characters`, what people have in mind in `prices`, `rhythm`, `sizes`,
`spreads` and `takers`: the past and the robots draw from the same.
"""
