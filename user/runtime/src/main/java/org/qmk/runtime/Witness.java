package org.qmk.runtime;

import java.util.List;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Sees what happens while a journal is fed to a kernel again.
@FunctionalInterface
public interface Witness {

    /// Sees nothing.
    Witness NOBODY = (_, _) -> {};

    /// @param notices what the kernel answered to the input
    void took(Input input, List<Notice> notices);

    /// The journal is read from its beginning.
    ///
    /// @param kernel is fed; between two inputs it may be looked at
    default void begun(Kernel kernel) {}

    /// @param note what the loop noted for itself, see `Journal.note`
    default void noted(byte[] note) {}

    /// Both this one and then the other.
    default Witness and(Witness other) {
        Witness first = this;
        return new Witness() {
            @Override
            public void begun(Kernel kernel) {
                first.begun(kernel);
                other.begun(kernel);
            }

            @Override
            public void took(Input input, List<Notice> notices) {
                first.took(input, notices);
                other.took(input, notices);
            }

            @Override
            public void noted(byte[] note) {
                first.noted(note);
                other.noted(note);
            }
        };
    }
}
