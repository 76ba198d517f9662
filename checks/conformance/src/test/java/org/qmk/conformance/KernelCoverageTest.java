package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Refusal;

/// Every refusal and every cause of an end has its scripts: a new one fails here until it has.
final class KernelCoverageTest {

    /// Stands for a number that has no input: no code of the kernel.
    private static final String FORM = "form";

    private final List<KernelScript> scripts;

    KernelCoverageTest() throws IOException {
        scripts = KernelScriptReader.readAll(Repository.scripts());
    }

    @Test
    void every_code_has_a_script_that_shows_it() {
        Set<String> missing = codes();
        missing.removeAll(shown());

        assertEquals(Set.of(), missing, "codes without a script");
    }

    @Test
    void every_code_has_an_accepted_step_or_a_good_end_one_step_away() {
        Set<String> missing = codes();
        for (KernelScript script : scripts) {
            for (KernelScript.Line line : script.lines()) missing.removeAll(line.near());
        }

        assertEquals(Set.of(), missing, "codes without a line that ends in 'near CODE'");
    }

    @Test
    void scripts_name_only_codes_that_exist() {
        Set<String> unknown = shown();
        for (KernelScript script : scripts) {
            for (KernelScript.Line line : script.lines()) unknown.addAll(line.near());
        }
        unknown.removeAll(codes());

        assertEquals(Set.of(), unknown, "codes that neither Refusal nor EndCause has");
    }

    private static Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        Arrays.stream(Refusal.values()).map(Refusal::code).forEach(codes::add);
        Arrays.stream(EndCause.values()).map(EndCause::code).forEach(codes::add);
        return codes;
    }

    /// The codes of refused steps, and of the states that jobs are in.
    private Set<String> shown() {
        Set<String> codes = new TreeSet<>();
        for (KernelScript script : scripts) {
            for (KernelScript.Line line : script.lines()) {
                line.refusal().map(refusal -> refusal.split(" ")[0]).ifPresent(codes::add);
                if (line.verb().equals("state") && line.words().size() > 2) {
                    codes.add(line.words().get(2));
                }
            }
        }
        codes.remove(FORM);
        return codes;
    }
}
