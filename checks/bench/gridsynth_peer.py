"""Runs pygridsynth for the benchmarks. A request a line on the input, an answer a line.

word ANGLE BOUND   nanoseconds of the CPU, then how many T gates the word for a rotation about z has
version            pygridsynth's version

The bound is of the diamond norm: twice the operator norm.
"""

import importlib.metadata
import sys
import time

import mpmath
from pygridsynth.gridsynth import gridsynth_gates


def word(angle, bound):
    mpmath.mp.dps = 60 + int(-3 * mpmath.log10(mpmath.mpf(bound)))
    start = time.thread_time_ns()
    gates = gridsynth_gates(mpmath.mpf(angle), mpmath.mpf(bound))
    nanos = time.thread_time_ns() - start
    return f"{nanos} {gates.count('T')}"


for line in sys.stdin:
    request = line.split()
    if request[0] == "word":
        print(word(request[1], request[2]), flush=True)
    else:
        print(importlib.metadata.version("pygridsynth"), flush=True)
