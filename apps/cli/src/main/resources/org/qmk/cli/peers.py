"""Runs a program of OpenQASM 2 on simulators that are installed, for `qmk bench sim`.

peers.py list            prints the names of those that can be imported, one a line
peers.py NAME SHOTS      reads the program from standard input, runs it, prints seconds
"""
import re
import sys
import time

STATEMENT = re.compile(r"(\w+)(?:\([^)]*\))? *(.*);")


def stim_circuit(text):
    import stim

    names = {"h": "H", "s": "S", "sdg": "S_DAG", "x": "X", "y": "Y", "z": "Z", "cx": "CX",
             "cz": "CZ", "swap": "SWAP", "sx": "SQRT_X", "reset": "R", "measure": "M"}
    circuit = stim.Circuit()
    for line in text.splitlines():
        word = line.split()[0] if line else ""
        if word in names:
            place = line.split("->")[0]
            circuit.append(names[word], [int(q) for q in re.findall(r"q\[(\d+)\]", place)])
    return circuit


def run_stim(text, shots):
    circuit = stim_circuit(text)
    started = time.perf_counter()
    circuit.compile_sampler(seed=1).sample_bit_packed(shots)
    return time.perf_counter() - started


def run_aer(text, shots):
    import qiskit
    import qiskit_aer

    circuit = qiskit.QuantumCircuit.from_qasm_str(text)
    simulator = qiskit_aer.AerSimulator()
    circuit = qiskit.transpile(circuit, simulator, optimization_level=0)
    started = time.perf_counter()
    simulator.run(circuit, shots=shots, seed_simulator=1).result().get_counts()
    return time.perf_counter() - started


def run_qsim(text, shots):
    import cirq
    import qsimcirq
    from cirq.contrib.qasm_import import circuit_from_qasm

    circuit = circuit_from_qasm(text)
    best = None
    for width in (3, 4):
        options = qsimcirq.QSimOptions(max_fused_gate_size=width, cpu_threads=2)
        simulator = qsimcirq.QSimSimulator(options)
        started = time.perf_counter()
        simulator.run(circuit, repetitions=shots)
        took = time.perf_counter() - started
        best = took if best is None else min(best, took)
    return best


PEERS = {"stim": (run_stim, ["stim"]), "qiskit-aer": (run_aer, ["qiskit", "qiskit_aer"]),
         "qsim": (run_qsim, ["cirq", "ply", "qsimcirq"])}


def installed(modules):
    from importlib.util import find_spec

    return all(find_spec(module) is not None for module in modules)


def main():
    if sys.argv[1] == "list":
        for name, (_, modules) in PEERS.items():
            if installed(modules):
                print(name)
        return
    run, _ = PEERS[sys.argv[1]]
    print(run(sys.stdin.read(), int(sys.argv[2])))


main()
