/// What a code costs and how often it fails: code profiles and physical qubits, as data.
///
/// Start at `CodeProfile`, whose five fields belong together: a rate of logical errors says nothing
/// without the code, the circuit, the decoder, the noise and the unit that it was found for.
/// `ProfileFile` reads profiles from YAML and finds the shipped ones; whoever holds a profile can
/// rely on it. Nothing here runs a decoder or draws a random number.
package org.qmk.machine.profile;
