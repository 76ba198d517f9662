package org.qmk.cli.serve;

import java.util.function.Consumer;

/// A service: starts a server and returns when it has stopped.
public interface ServerStart {

    /// The server cannot start, and this says why and how to mend it.
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /// Whether the fault is in a file that could not be read, in what it says, or in what the
        /// machine lacks.
        public enum Kind {
            UNREADABLE,
            WRONG,
            UNAVAILABLE
        }

        private final Kind kind;

        public Refused(Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }

    /// @param say takes a line for people
    void serve(ServeOptions options, Consumer<String> say) throws Refused;
}
