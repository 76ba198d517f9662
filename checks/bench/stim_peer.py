"""Runs circuits on Stim for the benchmarks. A request a line on the input, an answer a line.

reference FILE            nanoseconds of a reference sample, then its bits as hexadecimal bytes
detect FILE SHOTS         nanoseconds of sampling so many shots of all detectors, bit packed, then
                          how many detection events there were
flip FILE SHOTS           the same with the frame simulator alone, no output transposed
surface FILE DISTANCE P   writes the circuit of a rotated surface code, without loops; how many
                          detectors it has
memory FILE DISTANCE P    the same circuit with its loop; how many detectors it has
model FILE flat|folded    nanoseconds of its decomposed detector error model
shots FILE SHOTS          nanoseconds of sampling so many shots of that model, errors too
command PROGRAM WORD ...  nanoseconds of the CPU that a program takes, then those of the wall;
                          stim stands for the program of this interpreter's Stim
version                   Stim's version

Times are of the CPU.
"""

import pathlib
import resource
import subprocess
import sys
import time

import numpy
import stim

BITS = numpy.array([bin(value).count("1") for value in range(256)], dtype=numpy.uint8)

circuits = {}
samplers = {}
models = {}
simulators = {}


def circuit(path):
    if path not in circuits:
        circuits[path] = stim.Circuit.from_file(path)
    return circuits[path]


def reference(path):
    loaded = circuit(path)
    start = time.thread_time_ns()
    bits = loaded.reference_sample(bit_packed=True)
    nanos = time.thread_time_ns() - start
    return f"{nanos} {bits.tobytes().hex()}"


def detect(path, shots):
    if path not in samplers:
        samplers[path] = circuit(path).compile_detector_sampler(seed=1)
    start = time.thread_time_ns()
    events = samplers[path].sample(shots, bit_packed=True)
    nanos = time.thread_time_ns() - start
    return f"{nanos} {int(BITS[events].sum())}"


def flip(path, shots):
    loaded = circuit(path)
    if path not in simulators:
        simulators[path] = stim.FlipSimulator(batch_size=shots, num_qubits=loaded.num_qubits)
    simulator = simulators[path]
    nanos = 0
    for repeat in range(4):
        start = time.thread_time_ns()
        simulator.clear()
        simulator.do(loaded)
        nanos = time.thread_time_ns() - start
    return f"{nanos} {int(simulator.get_detector_flips().sum())}"


def memory(distance, chance):
    return stim.Circuit.generated(
        "surface_code:rotated_memory_z",
        distance=distance,
        rounds=distance,
        after_clifford_depolarization=chance,
        before_round_data_depolarization=chance,
        before_measure_flip_probability=chance,
        after_reset_flip_probability=chance,
    )


def model(path, flat):
    loaded = circuit(path)
    start = time.thread_time_ns()
    loaded.detector_error_model(decompose_errors=True, flatten_loops=flat)
    return f"{time.thread_time_ns() - start}"


def shots(path, count):
    if path not in models:
        made = circuit(path).detector_error_model(decompose_errors=True)
        models[path] = made.compile_sampler(seed=1)
    start = time.thread_time_ns()
    models[path].sample(count, bit_packed=True, return_errors=True)
    return f"{time.thread_time_ns() - start}"


def command(words):
    if words[0] == "stim":
        words = [str(pathlib.Path(sys.executable).with_name("stim"))] + words[1:]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter_ns()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    nanos = time.perf_counter_ns() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{int(spent * 1e9)} {nanos}"


for line in sys.stdin:
    words = line.split()
    if words[0] == "reference":
        answer = reference(words[1])
    elif words[0] == "detect":
        answer = detect(words[1], int(words[2]))
    elif words[0] == "flip":
        answer = flip(words[1], int(words[2]))
    elif words[0] == "surface":
        made = memory(int(words[2]), float(words[3]))
        made.flattened().to_file(words[1])
        answer = f"{made.num_detectors}"
    elif words[0] == "memory":
        made = memory(int(words[2]), float(words[3]))
        made.to_file(words[1])
        answer = f"{made.num_detectors}"
    elif words[0] == "model":
        answer = model(words[1], words[2] == "flat")
    elif words[0] == "shots":
        answer = shots(words[1], int(words[2]))
    elif words[0] == "command":
        answer = command(words[1:])
    else:
        answer = stim.__version__
    print(answer, flush=True)
