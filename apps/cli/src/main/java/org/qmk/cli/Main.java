package org.qmk.cli;

import picocli.CommandLine;

/// Placeholder until the command arrives: prints the version.
@CommandLine.Command(name = "qmk", version = "qmk 0.1.0-SNAPSHOT")
final class Main implements Runnable {
    @CommandLine.Parameters private java.util.List<String> arguments = java.util.List.of();

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        System.out.println("qmk 0.1.0-SNAPSHOT " + arguments);
    }
}
