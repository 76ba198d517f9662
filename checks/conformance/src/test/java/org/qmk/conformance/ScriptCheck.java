package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.qmk.codec.GraphReader;
import org.qmk.codec.GraphWriter;
import org.qmk.codec.QvmForm;
import org.qmk.codec.Reading;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.sim.Simulators;
import org.qmk.verifier.RevSegments;
import org.qmk.verifier.Verified;

/// Holds the implementation against scripts.
final class ScriptCheck {

    /// Shots of each simulator: a probability that is wrong by 0.04 is found.
    private static final int SHOTS = 20_000;

    private static final long SEED = 0x5EED;
    private static final double EXACT = 1e-9;

    private final TreeMap<String, Script> byTitle = new TreeMap<>();

    ScriptCheck(List<Script> scripts) {
        for (Script script : scripts) {
            Script other = byTitle.put(script.title(), script);
            if (other != null) fail(script + " has the same title as " + other.place());
        }
    }

    void check(Script script) throws ReflectiveOperationException {
        switch (load(script)) {
            case Judgement.Accepted(var program) -> checkAccepted(script, program);
            case Judgement.Refused(var refusals) -> checkRefused(script, refusals);
        }
    }

    private static Judgement load(Script script) throws ReflectiveOperationException {
        return Judgement.of(script, limits(script.limits()));
    }

    /// The usual limits, but for those named. A limit is known by its component's name.
    static Limits limits(TreeMap<String, Integer> changes) throws ReflectiveOperationException {
        if (changes.isEmpty()) return Limits.DEFAULT;
        TreeMap<String, Integer> left = new TreeMap<>(changes);
        RecordComponent[] components = Limits.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            Integer changed = left.remove(components[i].getName());
            Object usual = components[i].getAccessor().invoke(Limits.DEFAULT);
            values[i] = changed == null ? usual : changed;
            types[i] = components[i].getType();
        }
        if (!left.isEmpty()) throw new IllegalArgumentException("no limits are named " + left);
        return Limits.class.getDeclaredConstructor(types).newInstance(values);
    }

    private static void checkRefused(Script script, List<Judgement.Refusal> refusals) {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Script.Expectation expectation : script.expectations()) {
            if (!(expectation instanceof Script.Refuse(var code, var where))) continue;
            expected.add(where.map(place -> code + " at " + place).orElse(code));
            if (found.size() >= refusals.size()) continue;
            Judgement.Refusal refusal = refusals.get(found.size());
            found.add(
                    where.isPresent() ? refusal.code() + " at " + refusal.where() : refusal.code());
        }
        String all = refusals.toString();
        if (expected.isEmpty()) fail(script + " was refused: " + all);
        assertEquals(expected, found, () -> script + " was refused: " + all);
        assertEquals(expected.size(), refusals.size(), () -> script + " was refused: " + all);
        for (Judgement.Refusal refusal : refusals) {
            assertTrue(
                    !refusal.message().contains("{") || refusal.message().contains("'{"),
                    () -> "a placeholder is left in: " + refusal.message());
        }
    }

    private void checkAccepted(Script script, Verified program)
            throws ReflectiveOperationException {
        for (Script.Expectation expectation : script.expectations()) {
            switch (expectation) {
                case Script.Refuse(var code, var _) ->
                        fail(script + " was accepted, expected " + code);
                case Script.Accept() -> {}
                case Script.Near _ -> {}
                case Script.Distribution(var bits, var exact) -> {
                    assertEquals(bits, names(program.graph()), script::toString);
                    checkDistribution(script, program.graph(), exact);
                }
                case Script.SameDistribution(var title) ->
                        checkDistribution(script, program.graph(), exact(accepted(title).graph()));
                case Script.SameDigest(var title) ->
                        assertEquals(
                                digest(accepted(title).graph()),
                                digest(program.graph()),
                                script::toString);
                case Script.Digest(var hex) ->
                        assertEquals(hex, digest(program.graph()), script::toString);
                case Script.Segment segment ->
                        assertTrue(
                                segments(program).contains(segment),
                                () -> script + " has the segments " + segments(program));
                case Script.NoSegments() ->
                        assertEquals(List.of(), segments(program), script::toString);
            }
        }
        checkForms(script, program.graph());
        checkSegmentCount(script, program);
    }

    private Verified accepted(String title) throws ReflectiveOperationException {
        Script script = byTitle.get(title);
        if (script == null) return fail("no script has the title " + title);
        return switch (load(script)) {
            case Judgement.Accepted(var program) -> program;
            case Judgement.Refused(var refusals) -> fail(script + " was refused: " + refusals);
        };
    }

    private static void checkDistribution(
            Script script, Graph graph, TreeMap<String, Double> expected) {
        TreeMap<String, Double> exact = exact(graph);
        assertEquals(
                0,
                ExactDistribution.distance(expected, exact),
                EXACT,
                () -> script + " has exactly " + ExactDistribution.text(exact));
        int applied = 0;
        for (String simulator : Simulators.names()) {
            var sample = Sample.of(simulator, graph, SEED, SHOTS);
            if (sample.isEmpty()) continue;
            applied++;
            sample.get()
                    .objection(expected)
                    .ifPresent(objection -> fail(script + ": " + simulator + ": " + objection));
        }
        assertTrue(applied > 0, () -> script + " runs on no simulator");
    }

    static TreeMap<String, Double> exact(Graph graph) {
        try {
            return ExactDistribution.of(graph);
        } catch (ExactDistribution.TooLargeException tooLarge) {
            throw new IllegalArgumentException("a script is small", tooLarge);
        }
    }

    /// An accepted program is the same in every form.
    private static void checkForms(Script script, Graph graph) {
        for (QvmForm form : QvmForm.values()) {
            switch (GraphReader.read(GraphWriter.write(graph, form))) {
                case Reading.Ok(var again, var _) ->
                        assertEquals(digest(graph), digest(again), () -> script + " in " + form);
                case Reading.Failed(var errors) -> fail(script + " in " + form + ": " + errors);
            }
        }
    }

    /// A script that names a segment names all of them.
    private static void checkSegmentCount(Script script, Verified program) {
        long named =
                script.expectations().stream().filter(Script.Segment.class::isInstance).count();
        if (named > 0) {
            assertEquals(
                    program.segments().count(),
                    named,
                    () -> script + " has the segments " + segments(program));
        }
    }

    private static List<Script.Segment> segments(Verified program) {
        List<Script.Segment> segments = new ArrayList<>();
        for (int i = 0; i < program.segments().count(); i++) {
            RevSegments.Cost cost = program.segments().cost(i);
            List<Integer> nodes = new ArrayList<>();
            for (int k = 0; k < program.segments().length(i); k++) {
                nodes.add(program.segments().node(i, k));
            }
            List<String> undo = new ArrayList<>();
            for (RevSegments.Inverse inverse : program.segments().inverse(i)) {
                String sign = inverse.angleNegated() ? "-" : "";
                undo.add(inverse.opcode().mnemonic() + " " + sign + inverse.node());
            }
            segments.add(
                    new Script.Segment(nodes, cost.depth(), cost.tCount(), cost.rotations(), undo));
        }
        return segments;
    }

    static List<String> names(Graph graph) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) names.add(graph.outputs().name(i));
        return names;
    }

    static String digest(Graph graph) {
        return HexFormat.of().formatHex(CanonicalForm.digest(graph));
    }
}
