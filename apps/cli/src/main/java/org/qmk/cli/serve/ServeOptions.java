package org.qmk.cli.serve;

import java.nio.file.Path;
import java.util.Optional;

/// What `qmk serve` was given. What is absent is as the configuration file says, or the default.
///
/// @param listen address and port, `127.0.0.1:8077` for one
/// @param unix where to offer the Unix-domain socket
/// @param machine name of a shipped machine, or a file
/// @param check whether to read the configuration, say what is wrong, and end
public record ServeOptions(
        Optional<String> listen,
        Optional<Path> unix,
        Optional<Path> dataDir,
        Optional<String> machine,
        Optional<Path> config,
        boolean check) {}
