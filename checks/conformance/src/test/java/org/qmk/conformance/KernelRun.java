package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Notice;

/// Runs kernel scripts from beginning to end.
final class KernelRun {

    private static final List<String> BETWEEN = List.of("same-transcript-as", "same-digest-as");

    private final TreeMap<String, KernelScript> scripts = new TreeMap<>();

    KernelRun(List<KernelScript> all) {
        for (KernelScript script : all) {
            KernelScript twin = scripts.put(script.title(), script);
            if (twin != null) {
                throw new IllegalArgumentException(
                        script.place()
                                + ": '"
                                + script.title()
                                + "' is a title at "
                                + twin.place());
            }
        }
    }

    /// Everything that the script says holds, and a second run has the same digests.
    void check(KernelScript script) {
        KernelStage stage = play(script);
        KernelStage again = play(script);
        assertEquals(stage.digests, again.digests, "the digests of a second run");
        for (KernelScript.Line line : script.lines()) {
            if (BETWEEN.contains(line.verb())) compare(line, stage);
        }
        List<String> named = diagnostics(script);
        if (!named.isEmpty()) assertEquals(named, diagnostics(stage), script::place);
    }

    private static KernelStage play(KernelScript script) {
        var stage = new KernelStage(script);
        var checks = new KernelChecks(stage);
        for (KernelScript.Line line : script.lines()) {
            if (line.section() == KernelScript.Section.DIAGNOSTICS) continue;
            if (BETWEEN.contains(line.verb())) continue;
            boolean post = line.section() == KernelScript.Section.POST;
            if (!post && stage.act(line)) continue;
            if (line.section() == KernelScript.Section.PRE) throw line.wrong("an input");
            assertEquals(
                    checks.expected(line),
                    checks.found(line),
                    () -> line.place() + ": " + line.text());
        }
        stage.settle();
        return stage;
    }

    private void compare(KernelScript.Line line, KernelStage stage) {
        boolean transcript = line.verb().equals("same-transcript-as");
        int from = transcript ? 1 : 0;
        String title = String.join(" ", line.words().subList(from, line.words().size()));
        KernelScript other = scripts.get(title);
        if (other == null) throw line.wrong("the title of a case");
        KernelStage twin = play(other);
        if (transcript) {
            assertEquals(twin.transcript(line), stage.transcript(line), line::place);
        } else {
            assertEquals(twin.digests, stage.digests, line::place);
        }
    }

    private static List<String> diagnostics(KernelScript script) {
        return script.lines().stream()
                .filter(line -> line.section() == KernelScript.Section.DIAGNOSTICS)
                .map(KernelScript.Line::text)
                .toList();
    }

    /// Every refusal and every end that is no success, in their order.
    private static List<String> diagnostics(KernelStage stage) {
        List<String> codes = new ArrayList<>();
        for (KernelStage.Said said : stage.said) {
            if (said.notice() instanceof Notice.Refused(var refusal, var fact)) {
                codes.add((refusal.code() + " " + fact).strip());
            }
            if (said.notice() instanceof Notice.JobChanged(var _, var state, var cause)
                    && state.isFinal()
                    && cause != EndCause.ALL_SHOTS_DONE) {
                codes.add(cause.code());
            }
        }
        return codes;
    }
}
