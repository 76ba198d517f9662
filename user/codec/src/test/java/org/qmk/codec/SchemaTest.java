package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

class SchemaTest {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SchemaDocument.json(), InputFormat.JSON);

    private static boolean accepts(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(5000, 5120);
    }

    @Test
    void the_file_in_the_repository_is_the_generated_one() throws IOException {
        Path file = CodecFiles.root().resolve("qvm/qvm_schema.json");
        if (Boolean.getBoolean("golden.update")) Files.writeString(file, SchemaDocument.json());

        assertEquals(Files.readString(file), SchemaDocument.json(), "run with -Dgolden.update");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_schema_accepts_every_graph_that_is_written(long seed) {
        String wild = text(GraphWriter.json(GraphGenerator.wild(seed)));
        String sound = text(GraphWriter.json(GraphGenerator.sound(seed, 30)));

        assertEquals("[]", SCHEMA.validate(wild, InputFormat.JSON).toString(), wild);
        assertEquals("[]", SCHEMA.validate(sound, InputFormat.JSON).toString(), sound);
    }

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void the_schema_knows_every_operation(Opcode opcode) {
        var builder = new GraphBuilder();
        builder.node(opcode).argument(NamedForms.absent(opcode));

        assertTrue(accepts(text(GraphWriter.json(builder.build()))));
    }

    /// Each is the body of a graph that schema and reader refuse alike.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'program':{}",
                "'program':[]",
                "'program':{'nodes':{}}",
                "'program':{'nodes':[7]}",
                "'program':{'nodes':[{}]}",
                "'program':{'nodes':[{'op':'H'}]}",
                "'program':{'nodes':[{'op':7}]}",
                "'program':{'nodes':[{'op':'APPLY_H','qubits':[]}]}",
                "'program':{'nodes':[{'op':'APPLY_H','vqs':'q'}]}",
                "'program':{'nodes':[{'op':'APPLY_H','vqs':[1]}]}",
                "'program':{'nodes':[{'op':'APPLY_H','id':1}]}",
                "'program':{'nodes':[{'op':'APPLY_H','args':{'angle':1}}]}",
                "'program':{'nodes':[{'op':'RZ','args':{'precision':1}}]}",
                "'program':{'nodes':[{'op':'RZ','args':{'angle':'1'}}]}",
                "'program':{'nodes':[{'op':'RZ','args':{'angle':1,'precision':0}}]}",
                "'program':{'nodes':[{'op':'RZ','args':{'angle':1,'precision':1.5}}]}",
                "'program':{'nodes':[{'op':'EV_CONST','args':{'value':2}}]}",
                "'program':{'nodes':[{'op':'USE_CHAN','args':{'gate':'iswap'}}]}",
                "'program':{'nodes':[{'op':'OPEN_CHAN','args':{'fidelity':0.9}}]}",
                "'program':{'nodes':[{'op':'OPEN_CHAN','args':{'fidelity':1.9,'kind':'x'}}]}",
                "'program':{'nodes':[{'op':'COND_PAULI','args':{'pauli':''}}]}",
                "'program':{'nodes':[{'op':'COND_PAULI','args':{'pauli':'XQ'}}]}",
                "'program':{'nodes':[{'op':'SET_POLICY','args':{'policy':[{'key':'a'}]}}]}",
                "'program':{'nodes':[{'op':'SET_POLICY','args':{'policy':{}}}]}",
                "'program':{'nodes':[{'op':'APPLY_X','guard':{'event':'m'}}]}",
                "'program':{'nodes':[{'op':'APPLY_X','guard':{'event':'m','equals':2}}]}",
                "'program':{'nodes':[{'op':'APPLY_X','guard':{'all':[],'any':[]}}]}",
                "'program':{'nodes':[{'op':'APPLY_X','guard':{'xor':[]}}]}",
                "'program':{'nodes':[{'op':'APPLY_X','after':[-1]}]}",
                "'program':{'nodes':[{'op':'APPLY_X','after':[2147483648]}]}",
                "'program':{'nodes':[]},'caps':['CAP_FLY']",
                "'program':{'nodes':[]},'requires':'core/1'",
                "'program':{'nodes':[]},'resources':{'qs':[]}",
                "'program':{'nodes':[]},'resources':{'events':[{'default':0}]}",
                "'program':{'nodes':[]},'resources':{'events':[{'name':'m','default':1}]}",
                "'program':{'nodes':[]},'outputs':[{'bit':'a'}]",
                "'program':{'nodes':[]},'extra':1",
                "'metadata':1",
            })
    void schema_and_reader_refuse_the_same(String body) {
        String json = ("{'version':'1.0'," + body + "}").replace('\'', '"');

        assertFalse(accepts(json), json);
        var reading = GraphReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertInstanceOf(Reading.Failed.class, reading, json);
    }

    @Test
    void schema_and_reader_accept_the_forms_that_are_never_written() {
        String json =
                ("{'program':{'nodes':[{'args':{},'op':'RZ'},{'op':'ALLOC_LQ','args':{'n':0}},"
                                + "{'op':'APPLY_X','id':'a','guard':{'and':[{'not':{'or':[]}},{}]},"
                                + "'after':['a',9]}]},"
                                + "'metadata':{'any':[1,null]},'version':'1.0'}")
                        .replace('\'', '"');

        assertTrue(accepts(json));
        Reading reading = GraphReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertInstanceOf(Reading.Ok.class, reading, reading::toString);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
