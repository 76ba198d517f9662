package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.estimate.GraphCounts;
import org.qmk.machine.MachineModel;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.timeline.TimelinePage;
import org.qmk.runtime.timeline.TimelineRecorder;
import org.qmk.runtime.timeline.TimelineReport;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of `qmk run` about time: what the epochs went to, who else is there, and whether
/// time is all that is asked for.
///
/// @param timing whether outcomes are not simulated
/// @param file where the timeline goes, if anywhere
/// @param coTenants files of programs
record TimelineChoice(boolean timing, Optional<String> file, List<String> coTenants) {

    private static final String HTML = ".html";
    private static final String JSON = ".json";

    /// A program that runs beside.
    private record Beside(String file, Verified program) {}

    static TimelineChoice of(ParseResult arguments) {
        return new TimelineChoice(
                arguments.hasMatchedOption("--timing"),
                Optional.ofNullable(arguments.matchedOptionValue("--timeline", (String) null)),
                arguments.matchedOptionValue("--co-tenants", List.<String>of()));
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                OptionSpec.builder("--timing")
                        .description(
                                "Tell time alone: outcomes are not simulated, so that programs of"
                                        + " any size run, with 1 shot unless --shots says more."
                                        + " Prints the run beside its estimate.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--timeline")
                        .description(
                                "Write there what each epoch of the run went to, as a page (.html)"
                                        + " or as data (.json), and print the run beside its"
                                        + " estimate.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--co-tenants")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(
                                "A program that another tenant runs beside, again and again; its"
                                        + " outcomes are not simulated. May be repeated.")
                        .build());
    }

    /// Whether somebody asked what the epochs went to.
    boolean wanted() {
        return timing || file.isPresent();
    }

    /// @param stated options that say how outcomes are simulated or printed
    /// @throws CommandFailure if options contradict one another
    void check(List<String> stated) throws CommandFailure {
        if (timing && !stated.isEmpty()) {
            throw usage("--timing simulates no outcomes, so it takes no " + stated.getFirst());
        }
        if (file.isPresent() && !file.get().endsWith(HTML) && !file.get().endsWith(JSON)) {
            throw usage(
                    "--timeline %s is neither a page nor data, expected a name that ends with %s or"
                                    .formatted(file.get(), HTML)
                            + " "
                            + JSON);
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message + ".");
    }

    /// Has the programs of others run beside the next job.
    void open(EmbeddedKernel kernel, LoadSettings settings, long seed, Terminal terminal)
            throws CommandFailure {
        List<Beside> others = new ArrayList<>();
        for (String name : coTenants) {
            byte[] bytes = InputFile.read(name, terminal);
            switch (Loading.of(name, bytes, settings)) {
                case Loading.Accepted(var program, var _, var _) ->
                        others.add(new Beside(name, program));
                case Loading.Refused refused -> {
                    refused.lines().forEach(terminal::say);
                    throw new CommandFailure(
                            ExitCode.FAILED, name + " is no program that may run. See above.");
                }
            }
        }
        for (int i = 0; i < others.size(); i++) {
            String tenant = "co-tenant " + (i + 1) + ", " + others.get(i).file();
            kernel.beside(tenant, others.get(i).program(), seed + 1 + i);
        }
    }

    /// Prints the run beside its estimate, and writes the timeline.
    ///
    /// @param format what standard output is in; nothing is printed there but in a table or, where
    ///     time is all, in JSON
    void print(
            TimelineRecorder recorder,
            String name,
            Verified program,
            MachineModel machine,
            long shots,
            EmbeddedKernel.Result result,
            Optional<ResultFormat> format,
            Terminal terminal)
            throws CommandFailure {
        var counts = GraphCounts.of(program.graph(), program::orderAt);
        var report =
                new TimelineReport(
                        name,
                        machine.name(),
                        shots,
                        coTenants,
                        !timing,
                        result.state().name(),
                        Math.multiplyExact(shots, counts.epochs(machine.shape().times())),
                        recorder.timeline());
        if (format.equals(Optional.of(ResultFormat.table))) terminal.print(report.table());
        else if (timing) terminal.print(report.json());
        if (file.isEmpty()) return;
        String text = file.get().endsWith(HTML) ? TimelinePage.of(report) : report.json();
        OutputFile.write(file.get(), text.getBytes(StandardCharsets.UTF_8), terminal);
        terminal.say("wrote " + file.get());
    }
}
