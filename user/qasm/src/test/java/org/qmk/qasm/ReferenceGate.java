package org.qmk.qasm;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.sin;

import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.PauliString;

/// A gate expression of OpenQASM with its matrix, which is written down here a second time from
/// the definitions, apart from the reader's.
///
/// @param text modifiers, name and parameters
/// @param matrix with the first qubit most significant
record ReferenceGate(String text, ComplexMatrix matrix) {

    /// The names of the gates of stdgates.inc and the language.
    static final List<String> STDGATES =
            List.of(
                    "U", "p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz",
                    "cx", "cy", "cz", "cp", "crx", "cry", "crz", "ch", "swap", "ccx", "cswap", "cu",
                    "CX", "phase", "cphase", "id", "u1", "u2", "u3");

    /// The names of the gates of qelib1.inc that stdgates.inc does not have.
    static final List<String> QELIB1_ONLY =
            List.of(
                    "u0", "u", "sxdg", "csx", "cu1", "cu3", "rxx", "rzz", "rccx", "rc3x", "c3x",
                    "c3sqrtx", "c4x");

    int qubits() {
        return Integer.numberOfTrailingZeros(matrix.size);
    }

    static int parameters(String name) {
        return switch (name) {
            case "p",
                    "rx",
                    "ry",
                    "rz",
                    "cp",
                    "crx",
                    "cry",
                    "crz",
                    "phase",
                    "cphase",
                    "u1",
                    "u0",
                    "cu1",
                    "rxx",
                    "rzz" ->
                    1;
            case "u2" -> 2;
            case "U", "u", "u3", "cu3" -> 3;
            case "cu" -> 4;
            default -> 0;
        };
    }

    static ReferenceGate of(String name, double... p) {
        var text = new StringBuilder(name);
        if (p.length > 0) {
            text.append('(');
            for (int i = 0; i < p.length; i++) text.append(i == 0 ? "" : ", ").append(p[i]);
            text.append(')');
        }
        return new ReferenceGate(text.toString(), matrix(name, p));
    }

    /// A gate with parameters that are often multiples of pi/4.
    static ReferenceGate random(String name, SplittableRandom random) {
        double[] p = new double[parameters(name)];
        for (int i = 0; i < p.length; i++) {
            p[i] =
                    random.nextBoolean()
                            ? random.nextInt(-9, 10) * PI / 4
                            : random.nextDouble(-7, 7);
        }
        return of(name, p);
    }

    ReferenceGate controlled(boolean atOne) {
        return new ReferenceGate(
                (atOne ? "ctrl @ " : "negctrl @ ") + text, matrix.controlled(atOne));
    }

    ReferenceGate inverse() {
        return new ReferenceGate("inv @ " + text, matrix.dagger());
    }

    ReferenceGate power(int exponent) {
        return new ReferenceGate("pow(" + exponent + ") @ " + text, matrix.power(exponent));
    }

    ReferenceGate principalPower(double exponent) {
        return new ReferenceGate(
                "pow(" + exponent + ") @ " + text, matrix.principalPower(exponent));
    }

    private static ComplexMatrix u(double theta, double phi, double lambda) {
        double c = cos(theta / 2);
        double s = sin(theta / 2);
        return ComplexMatrix.of(
                c,
                0,
                -s * cos(lambda),
                -s * sin(lambda),
                s * cos(phi),
                s * sin(phi),
                c * cos(phi + lambda),
                c * sin(phi + lambda));
    }

    private static ComplexMatrix phase(double angle) {
        return ComplexMatrix.of(1, 0, 0, 0, 0, 0, cos(angle), sin(angle));
    }

    private static ComplexMatrix rotation(String pauli, double angle) {
        return GraphUnitary.rotation(PauliString.of(pauli), angle);
    }

    private static ComplexMatrix matrix(String name, double[] p) {
        double r = Math.sqrt(0.5);
        ComplexMatrix x = ComplexMatrix.real(0, 1, 1, 0);
        ComplexMatrix y = ComplexMatrix.of(0, 0, 0, -1, 0, 1, 0, 0);
        ComplexMatrix h = ComplexMatrix.real(r, r, r, -r);
        ComplexMatrix sx = ComplexMatrix.of(0.5, 0.5, 0.5, -0.5, 0.5, -0.5, 0.5, 0.5);
        ComplexMatrix swap = ComplexMatrix.real(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1);
        return switch (name) {
            case "U", "u" -> u(p[0], p[1], p[2]);
            case "u3" -> u(p[0], p[1], p[2]).phased(-(p[1] + p[2]) / 2);
            case "u2" -> u(PI / 2, p[0], p[1]).phased(-(p[0] + p[1]) / 2);
            case "p", "phase", "u1" -> phase(p[0]);
            case "id", "u0" -> ComplexMatrix.identity(2);
            case "x" -> x;
            case "y" -> y;
            case "z" -> phase(PI);
            case "h" -> h;
            case "s" -> phase(PI / 2);
            case "sdg" -> phase(-PI / 2);
            case "t" -> phase(PI / 4);
            case "tdg" -> phase(-PI / 4);
            case "sx" -> sx;
            case "sxdg" -> sx.dagger();
            case "rx" -> rotation("X", p[0]);
            case "ry" -> rotation("Y", p[0]);
            case "rz" -> rotation("Z", p[0]);
            case "cx", "CX" -> x.controlled(true);
            case "cy" -> y.controlled(true);
            case "cz" -> phase(PI).controlled(true);
            case "ch" -> h.controlled(true);
            case "csx" -> sx.controlled(true);
            case "cp", "cphase", "cu1" -> phase(p[0]).controlled(true);
            case "crx" -> rotation("X", p[0]).controlled(true);
            case "cry" -> rotation("Y", p[0]).controlled(true);
            case "crz" -> rotation("Z", p[0]).controlled(true);
            case "cu3" -> u(p[0], p[1], p[2]).controlled(true);
            case "cu" -> u(p[0], p[1], p[2]).phased(p[3]).controlled(true);
            case "swap" -> swap;
            case "cswap" -> swap.controlled(true);
            case "ccx" -> x.controlled(true).controlled(true);
            case "c3x" -> x.controlled(true).controlled(true).controlled(true);
            case "c4x" -> x.controlled(true).controlled(true).controlled(true).controlled(true);
            case "c3sqrtx" -> sx.controlled(true).controlled(true).controlled(true);
            case "rxx" -> rotation("XX", p[0]);
            case "rzz" -> rotation("ZZ", p[0]);
            case "rccx" -> relativeToffoli();
            case "rc3x" -> relativeToffoli3();
            default -> throw new AssertionError(name);
        };
    }

    /// diag(1, 1, 1, 1, 1, -1) and then, on the last two states, -i and i off the diagonal.
    private static ComplexMatrix relativeToffoli() {
        var matrix = ComplexMatrix.identity(8);
        matrix.re[5 * 8 + 5] = -1;
        exchange(matrix, 6, 7, -1, 1);
        return matrix;
    }

    /// i and -i on states 1100 and 1101, and 1 and -1 off the diagonal of the last two states.
    private static ComplexMatrix relativeToffoli3() {
        var matrix = ComplexMatrix.identity(16);
        matrix.re[12 * 16 + 12] = 0;
        matrix.im[12 * 16 + 12] = 1;
        matrix.re[13 * 16 + 13] = 0;
        matrix.im[13 * 16 + 13] = -1;
        matrix.re[14 * 16 + 14] = 0;
        matrix.re[15 * 16 + 15] = 0;
        matrix.re[14 * 16 + 15] = 1;
        matrix.re[15 * 16 + 14] = -1;
        return matrix;
    }

    private static void exchange(ComplexMatrix matrix, int a, int b, double ab, double ba) {
        int n = matrix.size;
        matrix.re[a * n + a] = 0;
        matrix.re[b * n + b] = 0;
        matrix.im[a * n + b] = ab;
        matrix.im[b * n + a] = ba;
    }
}
