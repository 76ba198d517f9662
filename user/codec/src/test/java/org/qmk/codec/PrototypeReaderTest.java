package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Graph;

/// JSON 0.1 means what docs/spec/qvm-forms.md says it means. Expectations are written as text.
class PrototypeReaderTest {

    private static Reading read(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return GraphReader.read(bytes);
    }

    private static Reading.Ok ok(String json) {
        Reading reading = read(json);
        return assertInstanceOf(Reading.Ok.class, reading, reading::toString);
    }

    private static Reading.Ok nodes(String nodes) {
        return ok("{'version':'0.1','program':{'nodes':[" + nodes + "]}}");
    }

    /// The nodes of a graph in the text form, without its head.
    private static List<String> lines(Graph graph) {
        return new String(GraphWriter.text(graph), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.matches("(qvm|requires|caps|qubits|channels|events) .*"))
                .toList();
    }

    private static void means(String nodes, String... expected) {
        assertEquals(List.of(expected), lines(nodes(nodes).graph()));
    }

    private static List<FormError> errors(String json) {
        return assertInstanceOf(Reading.Failed.class, read(json)).errors();
    }

    @TestFactory
    Stream<DynamicTest> the_files_of_the_first_prototype_load() throws IOException {
        Path folder = CodecFiles.root().resolve("../shared/conformance/qvm01");
        assumeTrue(Files.isDirectory(folder), "../shared/conformance/qvm01 is not here: skipped");
        List<String> rows = Files.readAllLines(folder.resolve("expected.tsv"));
        assertEquals(9, rows.size());
        return rows.stream()
                .skip(1)
                .map(row -> row.split("\t"))
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        row[0],
                                        () -> {
                                            byte[] bytes =
                                                    Files.readAllBytes(folder.resolve(row[0]));
                                            Reading reading = GraphReader.read(bytes);
                                            var ok =
                                                    assertInstanceOf(
                                                            Reading.Ok.class,
                                                            reading,
                                                            reading::toString);
                                            assertEquals(List.of(), ok.warnings());
                                            Graph graph = ok.graph();
                                            String[] bits = row[1].split(",");
                                            assertEquals(bits.length, graph.outputs().size());
                                            for (int i = 0; i < bits.length; i++) {
                                                assertEquals(bits[i], graph.outputs().name(i));
                                            }
                                            assertTrue(
                                                    lines(graph).getLast().contains("FREE_LQ"),
                                                    () -> "" + lines(graph));
                                        }));
    }

    @Test
    void names_are_declared_where_they_are_first_used() {
        Graph graph =
                nodes(
                                "{'id':'a','op':'ALLOC_LQ','args':{'n':1,'profile':'p'},"
                                    + "'vqs':['q']},"
                                    + "{'id':'m','op':'MEASURE_Z','vqs':['q'],'produces':['e']},"
                                    + "{'id':'f','op':'FREE_LQ','vqs':['q']}")
                        .graph();

        assertEquals(1, graph.qubits().declared());
        assertEquals(1, graph.events().declared());
        assertEquals(1, graph.outputs().size());
        assertEquals(List.of(Capability.ALLOC), graph.capabilities());
        assertEquals(List.of("core/1", "measure/1"), graph.families());
    }

    @Test
    void handles_that_resources_lack_are_declared_with_a_warning() {
        Reading.Ok ok =
                ok(
                        "{'version':'0.1','resources':{'vqs':[],'events':[]},'program':{'nodes':["
                                + "{'op':'ALLOC_LQ','vqs':['q']}]}}");

        assertEquals(1, ok.graph().qubits().declared());
        assertEquals(1, ok.warnings().size());
    }

    @Test
    void both_encodings_of_a_correction_load() {
        means(
                "{'op':'COND_PAULI','args':{'mask':'X'},'vqs':['q'],'inputs':['a','b']},"
                        + "{'op':'COND_PAULI','args':{'pauli':'Z'},'vqs':['q'],"
                        + "'guard':{'event':'a','equals':1}},"
                        + "{'op':'COND_PAULI','args':{'mask':'Y'},'vqs':['q','r'],'inputs':['a']},"
                        + "{'op':'COND_PAULI','args':{'mask':'XZ'},'vqs':['q','r'],'inputs':['a']}",
                "COND_PAULI q <- a b pauli=X",
                "COND_PAULI q pauli=Z if a == 1",
                "COND_PAULI q r <- a pauli=YY",
                "COND_PAULI q r <- a pauli=XZ",
                "EV_CONST -> a value=0",
                "EV_CONST -> b value=0");
    }

    @Test
    void a_correction_by_the_identity_is_left_out() {
        Reading.Ok ok = nodes("{'op':'COND_PAULI','args':{'mask':'I'},'vqs':['q'],'inputs':[]}");

        assertEquals(0, ok.graph().size());
        assertEquals(1, ok.warnings().size());
    }

    @Test
    void what_is_live_at_the_end_is_freed_as_it_was_allocated() {
        String measure = "{'op':'MEASURE_Z','vqs':['q'],'produces':['m']},";
        String guard = ",'guard':{'event':'m','equals':1}";
        means(
                "{'op':'ALLOC_LQ','vqs':['q','r']},"
                        + measure
                        + "{'op':'FREE_LQ','vqs':['r']"
                        + guard
                        + "},"
                        + "{'op':'ALLOC_LQ','vqs':['s']"
                        + guard
                        + "},"
                        + "{'op':'ALLOC_LQ','vqs':['t']"
                        + guard
                        + "},{'op':'FREE_LQ','vqs':['t']"
                        + guard
                        + "}",
                "ALLOC_LQ q r",
                "MEASURE_Z q -> m",
                "FREE_LQ r if m == 1",
                "ALLOC_LQ s if m == 1",
                "ALLOC_LQ t if m == 1",
                "FREE_LQ t if m == 1",
                "FREE_LQ q",
                "FREE_LQ r if m == 0",
                "FREE_LQ s if m == 1");
    }

    @Test
    void a_name_may_be_allocated_again_after_it_was_freed() {
        means(
                "{'op':'ALLOC_LQ','vqs':['q']},{'op':'FREE_LQ','vqs':['q']},"
                        + "{'op':'ALLOC_LQ','vqs':['q']}",
                "ALLOC_LQ q",
                "FREE_LQ q",
                "ALLOC_LQ q",
                "FREE_LQ q");
    }

    @Test
    void channels_are_used_by_the_qubits_that_opened_them_and_closed_at_the_end() {
        means(
                "{'op':'OPEN_CHAN','vqs':['a','b'],'chs':['c'],"
                        + "'args':{'opts':{'fidelity':0.9,'type':'ghz'}}},"
                        + "{'op':'OPEN_CHAN','vqs':['a','b'],'chs':['d'],'args':{'fidelity':0.8}},"
                        + "{'op':'USE_CHAN','chs':['c'],'args':{'semantic':'teleport'}},"
                        + "{'op':'USE_CHAN','chs':['d'],'vqs':['b','a'],'args':{'semantic':'cz'}},"
                        + "{'op':'OPEN_CHAN','vqs':['a','b'],'chs':['e']},"
                        + "{'id':'x','op':'CLOSE_CHAN','chs':['d','e']}",
                "OPEN_CHAN a b via c fidelity=0.9 kind=ghz",
                "OPEN_CHAN a b via d fidelity=0.8 kind=bell_pair",
                "USE_CHAN a b via c gate=swap",
                "USE_CHAN b a via d gate=cz",
                "OPEN_CHAN a b via e fidelity=0.99 kind=bell_pair",
                "x: CLOSE_CHAN via d",
                "CLOSE_CHAN via e",
                "CLOSE_CHAN via c");
    }

    @Test
    void arguments_of_the_prototype_get_their_names_of_today() {
        means(
                "{'op':'APPLY_RZ','vqs':['q'],'args':{'theta':0.5}},"
                        + "{'op':'RX','vqs':['q'],'args':{'angle':1}},"
                        + "{'op':'H','vqs':['q']},{'op':'TOFFOLI','vqs':['q','r','s']},"
                        + "{'op':'RESET','vqs':['q','r']},"
                        + "{'op':'SET_POLICY','args':{'priority':10,'mode':'fast','strict':true}},"
                        + "{'op':'BAR_REGION'}",
                "RZ q angle=0.5",
                "RX q angle=1.0",
                "APPLY_H q",
                "APPLY_TOFFOLI q r s",
                "RESET q r",
                "SET_POLICY priority=10 mode=fast strict=true",
                "BAR_REGION tag=\"\"");
    }

    @Test
    void guarded_measurements_default_to_0_and_guard_trees_load() {
        Graph graph =
                nodes(
                                "{'op':'MEASURE_Z','vqs':['q'],'produces':['m']},"
                                    + "{'op':'MEASURE_X','vqs':['q'],'produces':['n'],"
                                    + "'guard':{'event':'m','equals':1}},"
                                    + "{'op':'APPLY_X','vqs':['q'],"
                                    + "'guard':{'type':'and','conditions':["
                                    + "{'type':'eq','event':'m','value':1},"
                                    + "{'not':{'event':'n','equals':1}}]}},"
                                    + "{'op':'APPLY_Z','vqs':['q'],'guard':{'type':'not',"
                                    + "'condition':{'type':'or','conditions':["
                                    + "{'event':'m','equals':true},{'event':'n','equals':0}]}}}")
                        .graph();

        assertTrue(graph.defaultsToZero(1));
        assertTrue(!graph.defaultsToZero(0));
        assertEquals("APPLY_X q if m == 1 and n == 0", lines(graph).get(2));
        assertEquals("APPLY_Z q if m == 0 and n == 1", lines(graph).get(3));
    }

    @Test
    void inputs_of_a_gate_only_order_it() {
        means(
                "{'id':'m','op':'MEASURE_Z','vqs':['q'],'produces':['e']},"
                        + "{'op':'APPLY_H','vqs':['r'],'inputs':['e']}",
                "m: MEASURE_Z q -> e",
                "APPLY_H r after m");
    }

    @Test
    void events_that_are_never_made_are_0_with_a_warning() {
        Reading.Ok ok =
                ok(
                        "{'version':'0.1','resources':{'vqs':[],'events':['a','b']},"
                                + "'program':{'nodes':[{'op':'FENCE_EPOCH'}]}}");

        assertEquals(
                List.of("FENCE_EPOCH", "EV_CONST -> a value=0", "EV_CONST -> b value=0"),
                lines(ok.graph()));
        assertEquals(1, ok.warnings().size());
    }

    /// The operation, caps of the graph, caps of the node.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ALLOC_LQ       |                               |               | true
                    ALLOC_LQ       | []                            |               | false
                    ALLOC_LQ       | ['CAP_ALLOC']                 |               | true
                    ALLOC_LQ       | ['CAP_MAGIC']                 |               | false
                    ALLOC_LQ       | ['CAP_COMPUTE','CAP_MEASURE'] |               | false
                    ALLOC_LQ       |                               | ['CAP_ALLOC'] | true
                    ALLOC_LQ       |                               | ['CAP_LINK']  | false
                    TELEPORT_CNOT  | []                            |               | false
                    TELEPORT_CNOT  | ['CAP_TELEPORT']              |               | true
                    INJECT_T_STATE | []                            |               | false
                    OPEN_CHAN      | []                            |               | false
                    OPEN_CHAN      | []                            | ['CAP_LINK']  | true
                    APPLY_T        | []                            |               | true
                    RZ             | []                            |               | true
                    """)
    void gated_operations_need_their_capability_where_any_is_listed(
            String op, String graphCaps, String nodeCaps, boolean accepted) {
        String json =
                "{'version':'0.1',"
                        + (graphCaps == null ? "" : "'caps':" + graphCaps + ",")
                        + "'program':{'nodes':[{'op':'"
                        + op
                        + "','args':{'angle':1}"
                        + (nodeCaps == null ? "" : ",'caps':" + nodeCaps)
                        + "}]}}";

        if (accepted) ok(json);
        else
            assertEquals(List.of("QVM-CAP-1"), errors(json).stream().map(FormError::code).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'op':'APPLY_CCZ'}                                    | QVM-FORM-9
                    {'op':'BEGIN_REV'}                                    | QVM-FORM-9
                    {'vqs':['q']}                                         | QVM-FORM-3
                    7                                                     | QVM-FORM-4
                    {'op':'RZ'}                                           | QVM-FORM-3
                    {'op':'RZ','args':{'theta':1,'angle':2}}              | QVM-FORM-1
                    {'op':'RZ','args':{'theta':'x'}}                      | QVM-FORM-4
                    {'op':'USE_CHAN','chs':['c'],'args':{}}               | QVM-FORM-3
                    {'op':'USE_CHAN','args':{'semantic':'entangle'}}      | QVM-TYPE-7
                    {'op':'COND_PAULI','args':{}}                         | QVM-FORM-3
                    {'op':'COND_PAULI','args':{'mask':'Q'}}               | QVM-TYPE-7
                    {'op':'ALLOC_LQ','args':{'n':2},'vqs':['q']}          | QVM-TYPE-9
                    {'op':'SET_POLICY','args':{'a':[1]}}                  | QVM-FORM-4
                    {'op':'APPLY_X','guard':{'type':'xor','conditions':[]}} | QVM-FORM-4
                    {'op':'APPLY_X','caps':['CAP_FLY']}                   | QVM-CAP-2
                    {'id':'a','op':'FENCE_EPOCH'},{'id':'a','op':'FENCE_EPOCH'} | QVM-NAME-4
                    """)
    void what_0_1_cannot_mean_is_refused(String nodes, String code) {
        List<FormError> errors = errors("{'version':'0.1','program':{'nodes':[" + nodes + "]}}");

        assertEquals(code, errors.getFirst().code(), errors::toString);
        assertTrue(
                ((Position.InJson) errors.getFirst().position()).pointer().startsWith("/program"));
    }

    @Test
    void unknown_fields_and_arguments_are_passed_over_with_a_warning() {
        Reading.Ok ok =
                ok(
                        "{'version':'0.1','extra':[1],'program':{'edges':[],'nodes':["
                            + "{'op':'APPLY_H','vqs':['q'],'deps':['x'],'args':{'tenant_id':'t'}},"
                            + "{'op':'APPLY_H','vqs':['q'],'deps':['x']}]},'metadata':{}}");

        assertEquals(2, ok.graph().size());
        assertEquals(4, ok.warnings().size(), () -> "" + ok.warnings());
    }
}
