package org.qmk.qasm;

/// A one-qubit unitary as a turn about an axis: e^(i phase) V diag(1, e^(i angle)) V†, where V
/// takes Z to the axis. Every one-qubit unitary is one, so that controls and powers are exact:
/// controlling a turn controls its phase and its angle and leaves V alone.
///
/// @param polar for a general axis, its angle from Z; V = Rz(azimuth) Ry(polar)
/// @param azimuth for a general axis, its angle about Z from X
record Turn(Axis axis, double polar, double azimuth, double phase, double angle) {

    enum Axis {
        X,
        Y,
        Z,
        /// Halfway between X and Z: the axis of the Hadamard gate.
        H,
        GENERAL
    }

    static Turn about(Axis axis, double phase, double angle) {
        return new Turn(axis, 0, 0, phase, angle);
    }

    /// exp(-i angle/2 A) for the Pauli operator A of the axis.
    static Turn rotation(Axis axis, double angle) {
        return about(axis, -angle / 2, angle);
    }

    /// e^(i phase) [[cos t/2, -e^(i l) sin t/2], [e^(i p) sin t/2, e^(i(p+l)) cos t/2]] for
    /// t = theta, p = phi, l = lambda. Source: Cross et al., arXiv:2104.14722, section 4.1.
    static Turn general(double theta, double phi, double lambda, double phase) {
        // the matrix is e^(i(p+l)/2) Rz(p) Ry(t) Rz(l), and the product of rotations is
        // w - i (x X + y Y + z Z)
        double sum = (phi + lambda) / 2;
        double difference = (lambda - phi) / 2;
        double w = Math.cos(theta / 2) * Math.cos(sum);
        double x = Math.sin(theta / 2) * Math.sin(difference);
        double y = Math.sin(theta / 2) * Math.cos(difference);
        double z = Math.cos(theta / 2) * Math.sin(sum);
        double flat = Math.hypot(x, y);
        double length = Math.hypot(flat, z);
        double angle = 2 * Math.atan2(length, w);
        double start = phase + sum - angle / 2;
        if (length < TINY) return about(Axis.Z, start, angle);
        if (flat < TINY) return along(Axis.Z, z, start, angle);
        if (Math.hypot(y, z) < TINY) return along(Axis.X, x, start, angle);
        if (Math.hypot(x, z) < TINY) return along(Axis.Y, y, start, angle);
        if (Math.hypot(y, x - z) < TINY) return along(Axis.H, x, start, angle);
        return new Turn(Axis.GENERAL, Math.atan2(flat, z), Math.atan2(y, x), start, angle);
    }

    private static final double TINY = 1e-14;

    /// A turn about an axis or, if the direction is negative, about its opposite.
    private static Turn along(Axis axis, double direction, double phase, double angle) {
        return direction > 0 ? about(axis, phase, angle) : about(axis, phase + angle, -angle);
    }

    Turn inverse() {
        return new Turn(axis, polar, azimuth, -phase, -angle);
    }

    /// The principal power: eigenvalues e^(i t) with t in (-pi, pi] become e^(i k t).
    Turn power(double exponent) {
        double zero = principal(phase);
        double one = principal(phase + angle);
        return new Turn(axis, polar, azimuth, exponent * zero, exponent * (one - zero));
    }

    private static double principal(double angle) {
        double wrapped = Math.IEEEremainder(angle, 2 * Math.PI);
        return wrapped < -Math.PI + 1e-12 ? wrapped + 2 * Math.PI : wrapped;
    }
}
