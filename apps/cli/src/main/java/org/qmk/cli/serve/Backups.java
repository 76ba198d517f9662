package org.qmk.cli.serve;

import java.nio.file.Path;
import java.util.function.Consumer;

/// A service: copies of a server's data folder.
public interface Backups {

    /// Copies a folder into a file, also while its server runs.
    ///
    /// @param file must not be there
    /// @param say takes a line for people
    void backup(Path folder, Path file, Consumer<String> say) throws ServerStart.Refused;

    /// Makes a folder from such a file, and checks all of it before the folder has its name.
    ///
    /// @param folder must not be there
    void restore(Path file, Path folder, Consumer<String> say) throws ServerStart.Refused;
}
