"""Runs ldpc's min-sum for the benchmarks. A request a line on the input, an answer a line.

decode FILE CHANCE ITERATIONS SCALE   nanoseconds of the CPU for all syndromes, then of how many of
                                      them belief propagation found no explanation
version                               ldpc's version

The file has the detectors of each mechanism on a line, an empty line, and the fired detectors of
each shot on a line.
"""

import importlib.metadata
import sys
import time

import numpy
from ldpc import BpDecoder
from scipy.sparse import csr_matrix


def decode(path, chance, iterations, scale):
    with open(path, encoding="ascii") as file:
        columns, shots = file.read().split("\n\n")
    columns = [[int(word) for word in line.split()] for line in columns.split("\n")]
    shots = [[int(word) for word in line.split(",")] for line in shots.split("\n") if line]
    detectors = 1 + max(max(column) for column in columns)
    entries = [(row, i) for i, column in enumerate(columns) for row in column]
    rows, places = zip(*entries)
    matrix = csr_matrix(
        (numpy.ones(len(rows), dtype=numpy.uint8), (rows, places)),
        shape=(detectors, len(columns)),
    )
    decoder = BpDecoder(
        matrix,
        error_rate=chance,
        bp_method="minimum_sum",
        max_iter=iterations,
        ms_scaling_factor=scale,
        schedule="parallel",
    )
    syndromes = numpy.zeros((len(shots), detectors), dtype=numpy.uint8)
    for shot, fired in enumerate(shots):
        for detector in fired:
            if detector >= 0:
                syndromes[shot, detector] = 1
    unexplained = 0
    start = time.thread_time_ns()
    for syndrome in syndromes:
        decoder.decode(syndrome)
        unexplained += not decoder.converge
    return f"{time.thread_time_ns() - start} {unexplained}"


for line in sys.stdin:
    request = line.split()
    if request[0] == "decode":
        print(decode(request[1], float(request[2]), int(request[3]), float(request[4])), flush=True)
    else:
        print(importlib.metadata.version("ldpc"), flush=True)
