package org.qmk.qec;

/// Detection events that no error of the model explains.
public final class UndecodableShot extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UndecodableShot(String message) {
        super(message);
    }
}
