package org.qmk.codec;

import java.nio.file.Path;

/// Where the files of the repository lie while tests run.
final class CodecFiles {

    private CodecFiles() {}

    /// The top of the repository: Maven says, else two levels above the module.
    static Path root() {
        return Path.of(System.getProperty("qmk.root", "../.."));
    }
}
