package org.qmk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Run with -Dgolden.update=true to write the documents anew.
final class WireDocumentsTest {

    private static final boolean UPDATE = System.getProperty("golden.update") != null;
    private static final Path REFERENCE =
            Path.of(System.getProperty("qmk.root")).resolve("docs/reference");

    @Test
    void the_page_is_what_the_definition_says() throws IOException {
        compare("qsyscall.md", ReferencePage.text());
    }

    @Test
    void the_openrpc_document_is_what_the_definition_says() throws IOException {
        compare("qsyscall.openrpc.json", OpenRpcDocument.json());
    }

    private static void compare(String name, String text) throws IOException {
        Path file = REFERENCE.resolve(name);
        if (UPDATE) Files.writeString(file, text);

        assertTrue(Files.exists(file), file + " is missing; run with -Dgolden.update");
        assertEquals(text, Files.readString(file), "run with -Dgolden.update");
    }

    @Test
    void every_call_error_and_rule_is_on_the_page() {
        String page = ReferencePage.text();

        for (RpcCall call : RpcCall.all()) {
            assertTrue(page.contains("### " + call.method() + "\n"), call.method());
        }
        for (CallError error : CallError.values()) {
            assertTrue(page.contains("| " + error.name() + " | " + error.rpcCode() + " |"));
        }
        for (WireRule rule : WireRule.values()) assertTrue(page.contains(rule.code() + " |"));
    }

    @Test
    void every_link_within_the_page_leads_somewhere() {
        String page = ReferencePage.text();
        Matcher link = Pattern.compile("\\]\\(#([a-z_]+)\\)").matcher(page);

        int links = 0;
        while (link.find()) {
            links++;
            String heading = "(?im)^### " + link.group(1) + "$";
            assertTrue(Pattern.compile(heading).matcher(page).find(), link.group());
        }
        assertTrue(links > RpcCall.all().size(), "links: " + links);
    }

    @Test
    void what_is_written_fits_the_schema() {
        for (Descriptor type : RandomMessage.types()) {
            Schema schema = schema(type.getName());
            for (int seed = 0; seed < 20; seed++) {
                Message message = RandomMessage.of(type, new SplittableRandom(seed));
                String json = new String(JsonMessage.bytes(message), UTF_8);
                assertEquals("[]", schema.validate(json, InputFormat.JSON).toString(), json);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SubmitRequest|{\"graph\":{},\"policy\":{\"seed\":\"0xff\"}}|true",
                "SubmitRequest|{\"graph\":\"{}\",\"policy\":{\"seed\":255}}|true",
                "SubmitRequest|{\"graph_json\":\"{}\"}|false",
                "SubmitRequest|{\"graph\":1}|false",
                "SubmitRequest|{\"policy\":{\"seed\":\"x\"}}|false",
                "SubmitRequest|{\"policy\":{\"shots\":-1}}|false",
                "JobReply|{}|false"
            })
    void the_schema_tells_good_from_bad(String type, String json, boolean good) {
        assertEquals(good, schema(type).validate(json, InputFormat.JSON).isEmpty(), json);
    }

    @Test
    void the_schema_has_no_null() {
        assertFalse(OpenRpcDocument.json().contains("null"));
    }

    private static Schema schema(String type) {
        String json = OpenRpcDocument.json();
        String root = "{\"$ref\":\"#/components/schemas/" + type + "\"," + json.substring(1);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root, InputFormat.JSON);
    }
}
