package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;

class JsonFormErrorsTest {

    private static Reading read(String json) {
        return GraphReader.read(
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), QvmForm.JSON);
    }

    private static List<FormError> errors(String json) {
        return assertInstanceOf(Reading.Failed.class, read(json)).errors();
    }

    private static Graph graph(String json) {
        Reading reading = read(json);
        return assertInstanceOf(Reading.Ok.class, reading, reading::toString).graph();
    }

    private static String around(String nodes) {
        return "{'version':'1.0','resources':{'vqs':['q0'],'chs':['c'],'events':['m0']},\n"
                + "'program':{'nodes':[\n"
                + nodes
                + "\n]}}";
    }

    /// The field is what the path names inside the node.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                                  | QVM-FORM-3 |
                    7                                                   | QVM-FORM-4 |
                    {'op':'H'}                                          | QVM-FORM-9 |
                    {'op':7}                                            | QVM-FORM-4 | /op
                    {'op':'APPLY_H','vqs':'q0'}                         | QVM-FORM-4 | /vqs
                    {'op':'APPLY_H','vqs':[0]}                          | QVM-FORM-4 | /vqs/0
                    {'op':'APPLY_H','qubits':['q0']}                    | QVM-FORM-5 | /qubits
                    {'op':'APPLY_H','op':'APPLY_X'}                     | QVM-FORM-1 | /op
                    {'op':'APPLY_H','args':7}                           | QVM-FORM-4 | /args
                    {'op':'APPLY_H','args':{'angle':1}}                 | QVM-FORM-5 |
                    {'op':'RZ','args':{'angle':'1'}}                    | QVM-FORM-4 |
                    {'op':'RZ','args':{'angle':[1]}}                    | QVM-FORM-4 |
                    {'op':'RZ','args':{'angle':1e999}}                  | QVM-TYPE-7 |
                    {'op':'RZ','args':{'precision':1}}                  | QVM-FORM-3 |
                    {'op':'RZ','args':{'angle':1,'precision':0}}        | QVM-TYPE-7 |
                    {'op':'RZ','args':{'angle':1,'angle':1}}            | QVM-FORM-1 |
                    {'op':'EV_CONST','args':{'value':2}}                | QVM-TYPE-7 |
                    {'op':'EV_CONST','args':{'value':true}}             | QVM-FORM-4 |
                    {'op':'USE_CHAN','args':{'gate':'iswap'}}           | QVM-TYPE-7 |
                    {'op':'COND_PAULI','args':{'pauli':'Q'}}            | QVM-TYPE-7 |
                    {'op':'ALLOC_LQ','vqs':['q0'],'args':{'n':2}}       | QVM-TYPE-9 |
                    {'op':'SET_POLICY','args':{'policy':[{'key':''}]}} | QVM-FORM-3 | /args/policy/0
                    {'op':'SET_POLICY','args':{'policy':7}}             | QVM-FORM-4 |
                    {'op':'APPLY_X','guard':7}                          | QVM-FORM-4 | /guard
                    {'op':'APPLY_X','guard':{'event':'m0'}}             | QVM-FORM-3 | /guard
                    {'op':'APPLY_X','guard':{'equals':1}}               | QVM-FORM-3 | /guard
                    {'op':'RESET','guard':{'event':'m0','equals':2}}    | QVM-FORM-4 | /guard/equals
                    {'op':'RESET','guard':{'event':'m0','equals':true}} | QVM-FORM-4 | /guard/equals
                    {'op':'APPLY_X','guard':{'event':'m0','all':[]}}    | QVM-FORM-1 | /guard
                    {'op':'APPLY_X','guard':{'all':[],'any':[]}}        | QVM-FORM-1 | /guard/any
                    {'op':'APPLY_X','guard':{'xor':[]}}                 | QVM-FORM-5 | /guard/xor
                    {'op':'APPLY_X','after':['x']}                      | QVM-NAME-5 | /after/0
                    {'op':'APPLY_X','after':[-1]}                       | QVM-FORM-4 | /after/0
                    {'op':'APPLY_X','after':[1.5]}                      | QVM-FORM-4 | /after/0
                    {'op':'APPLY_X','after':[4294967296]}               | QVM-FORM-4 | /after/0
                    {'op':'APPLY_X','vqs':['\\ud800']}                  | QVM-FORM-1 | /vqs/0
                    {'op':'APPLY_X',}                                   | QVM-FORM-1 | /op
                    {'op':'APPLY_X'                                     | QVM-FORM-1 | /op
                    {'op':NaN}                                          | QVM-FORM-1 | /op
                    """)
    void a_wrong_node_is_named_with_its_path_and_code(String node, String code, String field) {
        List<FormError> errors = errors(around(node));

        assertEquals(1, errors.size(), errors::toString);
        FormError error = errors.getFirst();
        assertEquals(code, error.code(), error::message);
        var place = assertInstanceOf(Position.InJson.class, error.position());
        String pointer = "/program/nodes/0" + (field == null ? "" : field);
        assertEquals(pointer, place.pointer(), error::message);
        assertTrue(place.line() == 3 || place.line() == 4, error::message);
        assertTrue(error.message().indexOf('{') < 0 || node.contains("op'"), error::message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                                                                  | QVM-FORM-4
                    {}                                                                  | QVM-FORM-3
                    {'version':1.0}                                                     | QVM-FORM-4
                    {'version':'3.0'}                                                   | QVM-FORM-6
                    {'version':'1.0'}                                                   | QVM-FORM-3
                    {'version':'1.0','program':{}}                                      | QVM-FORM-3
                    {'version':'1.0','program':[]}                                      | QVM-FORM-4
                    {'version':'1.0','program':{'nodes':{}}}                            | QVM-FORM-4
                    {VERSION,PROGRAM,'nodes':[]}                                        | QVM-FORM-5
                    {VERSION,'program':{'nodes':[]},PROGRAM}                            | QVM-FORM-1
                    {VERSION,'version':'1.0',PROGRAM}                                   | QVM-FORM-1
                    {VERSION,'caps':['CAP_FLY'],PROGRAM}                                | QVM-CAP-2
                    {VERSION,'requires':'core/1',PROGRAM}                               | QVM-FORM-4
                    {VERSION,'requires':[1],PROGRAM}                                    | QVM-FORM-4
                    {VERSION,'resources':[],PROGRAM}                                    | QVM-FORM-4
                    {VERSION,'resources':{'qs':[]},PROGRAM}                             | QVM-FORM-5
                    {VERSION,'resources':{'events':[{}]},PROGRAM}                       | QVM-FORM-3
                    {VERSION,'resources':{'events':[{'name':'m','default':1}]},PROGRAM} | QVM-FORM-4
                    {VERSION,'outputs':[{'bit':'a'}],PROGRAM}                           | QVM-FORM-3
                    {VERSION,'outputs':{},PROGRAM}                                      | QVM-FORM-4
                    {VERSION,PROGRAM} 7                                                 | QVM-FORM-1
                    {'version':'1.0','program':{'nodes':[]                              | QVM-FORM-2
                    {'version':'1.0','program':{'nodes':['x                             | QVM-FORM-2
                    {                                                                   | QVM-FORM-2
                    """)
    void a_wrong_document_has_one_error_of_that_code(String json, String code) {
        List<FormError> errors =
                errors(
                        json.replace("VERSION", "'version':'1.0'")
                                .replace("PROGRAM", "'program':{'nodes':[]}"));

        assertEquals(
                List.of(code), errors.stream().map(FormError::code).toList(), errors::toString);
    }

    @Test
    void nothing_is_an_end_of_input() {
        assertEquals("QVM-FORM-2", errors("").getFirst().code());
    }

    @Test
    void the_order_of_fields_does_not_matter() {
        Graph usual =
                graph(
                        "{'version':'1.0','caps':['CAP_ALLOC'],"
                                + "'resources':{'vqs':['q'],'events':['m']},"
                                + "'outputs':[{'bit':'b','event':'m'}],'program':{'nodes':["
                                + "{'id':'a','op':'MEASURE_Z','vqs':['q'],'produces':['m']},"
                                + "{'op':'RX','vqs':['q'],'args':{'angle':1},'after':['a']}]},"
                                + "'metadata':{'x':[1]}}");
        Graph turned =
                graph(
                        "{'metadata':7,'program':{'nodes':["
                                + "{'produces':['m'],'vqs':['q'],'op':'MEASURE_Z','id':'a'},"
                                + "{'after':[0],'args':{'angle':1.0},'vqs':['q'],'op':'RX'}]},"
                                + "'outputs':[{'event':'m','bit':'b'}],"
                                + "'resources':{'events':['m'],'vqs':['q']},"
                                + "'caps':['CAP_ALLOC'],'version':'1.0'}");

        assertArrayEquals(CanonicalForm.encode(usual), CanonicalForm.encode(turned));
    }

    @Test
    void not_is_pushed_down_to_the_tests() {
        Graph graph =
                graph(
                        around(
                                "{'op':'APPLY_X','guard':{'not':{'and':[{'event':'m0','equals':1},"
                                        + "{'not':{'or':[{'event':'m0','equals':0},{}]}}]}}}"));

        assertEquals(
                new Guard.Any(
                        List.of(
                                new Guard.Is(0, false),
                                new Guard.Any(List.of(new Guard.Is(0, false), Guard.ALWAYS)))),
                graph.guard(0));
    }

    @Test
    void every_wrong_node_is_reported_up_to_a_hundred() {
        assertEquals(
                3,
                errors(around("{'op':'A'},{'op':'APPLY_X'},{'op':'B'},{'x':1,'op':'FENCE_EPOCH'}"))
                        .size());
        assertEquals(100, errors(around("{'op':'A'},".repeat(3000) + "{'op':'A'}")).size());
    }

    @Test
    void a_guard_may_be_as_deep_as_the_limit_and_no_deeper() {
        String deep = "{'all':[".repeat(32) + "{'event':'m0','equals':1}" + "]}".repeat(32);

        assertEquals(32, graph(around("{'op':'APPLY_X','guard':" + deep + "}")).guard(0).depth());
        assertEquals(
                "QVM-FORM-7",
                errors(around("{'op':'APPLY_X','guard':{'any':[" + deep + "]}}"))
                        .getFirst()
                        .code());
        assertEquals(
                "QVM-FORM-7",
                errors(
                                around(
                                        "{'op':'APPLY_X','guard':"
                                                + "{'not':".repeat(33)
                                                + "{}"
                                                + "}".repeat(34)))
                        .getFirst()
                        .code());
    }

    @Test
    void metadata_may_be_nested_as_deep_as_the_limit_and_no_deeper() {
        String start = "{'version':'1.0','program':{'nodes':[]},'metadata':";
        int most = JsonCursor.NESTING_MAX - 1;

        assertInstanceOf(Reading.Ok.class, read(start + "[".repeat(most) + "]".repeat(most) + "}"));
        FormError error =
                errors(start + "[".repeat(most + 1) + "]".repeat(most + 1) + "}").getFirst();
        assertEquals("QVM-FORM-7", error.code());
        assertEquals("QVM-FORM-7", errors(start + "[".repeat(1_000_000)).getFirst().code());
        assertEquals("QVM-FORM-7", errors(start + "{'a':".repeat(1_000_000)).getFirst().code());
    }

    @Test
    void json_is_utf_8_only() {
        byte[] utf16 = "{\"version\":\"1.0\"}".getBytes(StandardCharsets.UTF_16LE);
        byte[] latin =
                around("{'op':'\u00e9'}").replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);

        for (byte[] bytes : List.of(utf16, latin)) {
            var failed =
                    assertInstanceOf(Reading.Failed.class, GraphReader.read(bytes, QvmForm.JSON));
            assertEquals("QVM-FORM-8", failed.errors().getFirst().code());
        }
    }
}
