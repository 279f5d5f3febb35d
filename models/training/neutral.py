"""Short texts about nothing in particular: a label's mean score on them is what it scores for no reason."""

NEUTRAL = (
    "This is a text.",
    "Here is some information.",
    "Something was written here.",
    "A few words and nothing more.",
    "The following lines are an example.",
    "It is what it is.",
    "There are several things to mention.",
    "As noted before, see the next part.",
    "Someone said something to somebody.",
    "I have a thing and another thing.",
    "They went there and then came back.",
    "We will see what happens.",
    "That was on the other side.",
    "Number one, number two, number three.",
    "On that day it was the same as usual.",
    "OK, yes, well, and so on.",
)
