"""Runs circuits on qsim for checks/bench/run statevector: a request a line, an answer a line.

    version                          qsim's version
    run FILE FUSED THREADS           nanoseconds of one run, and |amplitude|^2 of some basis states
"""

import sys
import time

import cirq
import qsimcirq

GATES = {"h": cirq.H, "t": cirq.T, "sx": cirq.X**0.5, "sy": cirq.Y**0.5, "cz": cirq.CZ,
         "swap": cirq.SWAP}
STATES = (0, 1, 12345, 9876543)


def read(name):
    gates = []
    qubits = 0
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            if words[0] == "qubits":
                qubits = int(words[1])
            elif words[0] == "cp":
                a, b = (cirq.LineQubit(int(word)) for word in words[1:3])
                gates.append(cirq.CZPowGate(exponent=float(words[3]))(a, b))
            else:
                gates.append(GATES[words[0]](*(cirq.LineQubit(int(w)) for w in words[1:])))
    return cirq.Circuit(gates), [cirq.LineQubit(i) for i in range(qubits)]


def options(name, fused, threads):
    circuit, qubits = read(name)
    simulator = qsimcirq.QSimSimulator(
        qsimcirq.QSimOptions(max_fused_gate_size=fused, cpu_threads=threads))
    # Translated once: what is measured is qsim, not Python.
    found = dict(simulator.qsim_options)
    found["c"], _ = simulator._translate_circuit(
        qsimcirq.QSimCircuit(circuit), "translate_cirq_to_qsim", qubits)
    # In a bit string the last qubit comes first; in our numbers it is the highest bit.
    found["i"] = "\n".join(format(state, "b").zfill(len(qubits)) for state in STATES)
    found["s"] = 1
    return simulator, found


def main():
    known = {}
    for line in sys.stdin:
        words = line.split()
        if words[0] == "version":
            print(qsimcirq.__version__, flush=True)
            continue
        key = tuple(words[1:])
        if key not in known:
            known[key] = options(words[1], int(words[2]), int(words[3]))
        simulator, found = known[key]
        begun = time.perf_counter_ns()
        amplitudes = simulator._sim_module.qsim_simulate(found)
        nanos = time.perf_counter_ns() - begun
        print(nanos, *(abs(amplitude) ** 2 for amplitude in amplitudes), flush=True)


main()
