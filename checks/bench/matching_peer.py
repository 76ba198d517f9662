"""Matches detection events with PyMatching for the benchmarks. A request a line on the input, an
answer a line.

surface NAME DISTANCE ROUNDS P SHOTS   samples a rotated surface code, memory along Z: writes
                                       NAME.dem, NAME.dets and NAME.obs (bit packed)
load NAME                              makes the decoders
decode NAME FILE                       nanoseconds of matching all shots; writes the predictions
correlated NAME FILE                   the same, in two passes with correlations
latency NAME SHOTS                     for each shot, the least nanoseconds of five, one at a time
version                                versions of PyMatching and Stim

Times of whole batches are of the CPU.
"""

import sys
import time

import numpy
import pymatching
import stim

decoders = {}


def surface(name, distance, rounds, chance, shots):
    made = stim.Circuit.generated(
        "surface_code:rotated_memory_z",
        distance=distance,
        rounds=rounds,
        after_clifford_depolarization=chance,
        before_round_data_depolarization=chance,
        before_measure_flip_probability=chance,
        after_reset_flip_probability=chance,
    )
    made.detector_error_model(decompose_errors=True).flattened().to_file(name + ".dem")
    sampler = made.compile_detector_sampler(seed=5)
    events, flips = sampler.sample(shots, separate_observables=True, bit_packed=True)
    events.tofile(name + ".dets")
    flips.tofile(name + ".obs")
    return f"{made.num_detectors}"


def load(name):
    model = stim.DetectorErrorModel.from_file(name + ".dem")
    plain = pymatching.Matching.from_detector_error_model(model)
    both = pymatching.Matching.from_detector_error_model(model, enable_correlations=True)
    width = (model.num_detectors + 7) // 8
    rows = numpy.fromfile(name + ".dets", dtype=numpy.uint8).reshape(-1, width)
    decoders[name] = (plain, both, rows)
    return f"{len(rows)}"


def decode(name, path, correlated):
    plain, both, rows = decoders[name]
    options = {"bit_packed_shots": True, "bit_packed_predictions": True}
    start = time.thread_time_ns()
    if correlated:
        predictions = both.decode_batch(rows, enable_correlations=True, **options)
    else:
        predictions = plain.decode_batch(rows, **options)
    nanos = time.thread_time_ns() - start
    predictions.tofile(path)
    return f"{nanos}"


def latency(name, shots):
    plain, _, rows = decoders[name]
    options = {"bit_packed_shots": True, "bit_packed_predictions": True}
    single = [rows[i : i + 1] for i in range(shots)]
    best = numpy.full(shots, 1 << 60, dtype=numpy.int64)
    for _ in range(5):
        for i, row in enumerate(single):
            start = time.perf_counter_ns()
            plain.decode_batch(row, **options)
            best[i] = min(best[i], time.perf_counter_ns() - start)
    return " ".join(str(int(numpy.percentile(best, q))) for q in (50, 99, 99.9))


for line in sys.stdin:
    words = line.split()
    if words[0] == "surface":
        answer = surface(words[1], int(words[2]), int(words[3]), float(words[4]), int(words[5]))
    elif words[0] == "load":
        answer = load(words[1])
    elif words[0] == "decode":
        answer = decode(words[1], words[2], False)
    elif words[0] == "correlated":
        answer = decode(words[1], words[2], True)
    elif words[0] == "latency":
        answer = latency(words[1], int(words[2]))
    else:
        answer = f"{pymatching.__version__} {stim.__version__}"
    print(answer, flush=True)
