package org.qmk.machine.surgery;

/// The two kinds of boundary of a patch, named by the operator that a merge along them measures.
public enum Boundary {
    X,
    Z
}
