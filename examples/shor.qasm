// Shor's algorithm factors 899 = 29 * 31 with 34 qubits.
//
// It finds the order of a = 481 modulo 899: the least r > 0 with a^r = 1. One control qubit does
// the work of 20 counting qubits: it is measured and reset after each power of a, and turns by what
// was measured so far stand in for the Fourier transform (Griffiths, Niu, quant-ph/9511007). The
// products are modular additions with ripple carries (Beauregard, quant-ph/0205095; the adder is
// that of ripple_carry_adder.qasm), so that 3 * 10 + 4 qubits are live at once.
