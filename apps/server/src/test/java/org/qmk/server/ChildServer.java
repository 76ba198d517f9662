package org.qmk.server;

import java.nio.file.Path;
import java.util.Optional;
import org.qmk.cli.serve.ServeOptions;

/// What `qmk serve --config FILE` does, for a process that was started with a class path, where no
/// module provides the server to the command.
final class ChildServer {

    private ChildServer() {}

    public static void main(String[] arguments) throws Exception {
        var options =
                new ServeOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Path.of(arguments[0])),
                        false);
        new ServeMain().serve(options, System.out::println);
    }
}
