package org.qmk.wire;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.qmk.wire.v1.Qsyscall;

/// Writes docs/reference/qsyscall.md from the definition and the tables of errors.
public final class ReferencePage {

    private final StringBuilder text = new StringBuilder();

    private ReferencePage() {}

    /// The page, the same on every machine.
    public static String text() {
        var page = new ReferencePage();
        page.head();
        page.calls();
        page.messages();
        page.errors();
        page.rules();
        return page.text.toString();
    }

    private void head() {
        text.append("# qSyscall\n\n");
        text.append("Generated from `qsyscall.proto` and the tables of `org.qmk.wire`; do not");
        text.append(" edit: the tests of `apps/wire` with `-Dgolden.update` write it. How calls");
        text.append(" travel is said in [docs/spec/qsyscall.md](../spec/qsyscall.md); the same");
        text.append(" calls as OpenRPC are in [qsyscall.openrpc.json](qsyscall.openrpc.json).\n\n");
        text.append(
                "A tenant's calls need a key of the tenant, an administrator's calls a key that");
        text.append(" administers the server.\n\n");
        text.append("| call | who may call it | what it does |\n|---|---|---|\n");
        for (RpcCall call : RpcCall.all()) {
            row("[" + call.method() + "](#" + call.method() + ")", who(call), call.meaning());
        }
        text.append('\n');
    }

    private static String who(RpcCall call) {
        return switch (call.role()) {
            case TENANT -> "tenants";
            case ADMIN -> "administrators";
            case EITHER -> "tenants and administrators";
            case UNRECOGNIZED -> throw new IllegalStateException(call.method());
        };
    }

    private void calls() {
        String service = "";
        for (RpcCall call : RpcCall.all()) {
            if (!call.grpc().getServiceName().equals(service)) {
                service = call.grpc().getServiceName();
                text.append("## Service ").append(service).append("\n\n");
            }
            text.append("### ").append(call.method()).append("\n\n");
            text.append(call.meaning()).append("\n\n");
            text.append("- gRPC: `").append(call.grpc().getFullMethodName()).append("`\n");
            text.append("- for ").append(who(call)).append('\n');
            text.append("- answers with ").append(call.streaming() ? "a stream of " : "");
            text.append(link(call.reply().getDescriptorForType())).append("\n\n");
            fields(call.request().getDescriptorForType());
        }
    }

    private void messages() {
        text.append("## Messages\n\n");
        for (Descriptor type : described()) {
            text.append("### ").append(type.getName()).append("\n\n");
            fields(type);
        }
    }

    /// Every type but the requests, which stand with their calls.
    private static List<Descriptor> described() {
        Set<Descriptor> requests = new LinkedHashSet<>();
        for (RpcCall call : RpcCall.all()) requests.add(call.request().getDescriptorForType());
        List<Descriptor> types = new ArrayList<>(Qsyscall.getDescriptor().getMessageTypes());
        types.removeAll(requests);
        return types;
    }

    private void fields(Descriptor type) {
        if (type.getFields().isEmpty()) {
            text.append("No fields.\n\n");
            return;
        }
        text.append("| field | in JSON | in protobuf | what it is |\n|---|---|---|---|\n");
        for (JsonField json : JsonShape.of(type).fields().values()) {
            String about = json.field().getOptions().getExtension(Qsyscall.about);
            row("`" + json.name() + "`", inJson(json), inProtobuf(json), about);
        }
        text.append('\n');
    }

    private static String inJson(JsonField json) {
        String value =
                json.type() == JsonType.MESSAGE
                        ? link(json.field().getMessageType())
                        : json.type().inTables();
        if (json.field().isMapField()) return "object of " + value;
        return json.field().isRepeated() ? "array of " + value : value;
    }

    private static String inProtobuf(JsonField json) {
        var field = json.field();
        if (field.isMapField()) {
            return "map<%s, %s> %s"
                    .formatted(
                            json.entryKey().getType().name().toLowerCase(Locale.ROOT),
                            json.entryValue().getType().name().toLowerCase(Locale.ROOT),
                            field.getName());
        }
        boolean message = json.type() == JsonType.MESSAGE;
        String type =
                message
                        ? field.getMessageType().getName()
                        : field.getType().name().toLowerCase(Locale.ROOT);
        String label = "";
        if (field.isRepeated()) label = "repeated ";
        else if (field.getRealContainingOneof() != null) label = "oneof: ";
        else if (field.hasPresence() && !message) label = "optional ";
        return label + type + " " + field.getName() + " = " + field.getNumber();
    }

    private static String link(Descriptor type) {
        String anchor = type.getName().toLowerCase(Locale.ROOT);
        return "[" + type.getName() + "](#" + anchor + ")";
    }

    private void errors() {
        text.append("## Errors\n\nOne code for one cause; a code never changes its meaning.\n\n");
        text.append("| error | JSON-RPC | gRPC | HTTP | try again | meaning |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (CallError error : CallError.values()) {
            row(
                    error.name(),
                    Integer.toString(error.rpcCode()),
                    error.grpc().name(),
                    Integer.toString(error.httpStatus()),
                    again(error),
                    error.meaning());
        }
        text.append('\n');
    }

    private static String again(CallError error) {
        return switch (error.again()) {
            case NO -> "no";
            case LATER -> "later";
        };
    }

    private void rules() {
        text.append("## Codes of malformed calls\n\n");
        text.append("Other codes are those of [refusals.md](refusals.md),");
        text.append(" [rules.md](rules.md) and [qasm-codes.md](qasm-codes.md).\n\n");
        text.append("| code | error | sentence |\n|---|---|---|\n");
        for (WireRule rule : WireRule.values()) {
            row(rule.code(), rule.error().name(), rule.sentence());
        }
        text.append("\n## Codes of the server\n\n");
        text.append("`...` stands for what differs from case to case.\n\n");
        text.append("| code | error | message |\n|---|---|---|\n");
        for (ServerRule rule : ServerRule.values()) {
            row(rule.code(), rule.error().name(), rule.sentence().replace("%s", "..."));
        }
    }

    private void row(String... cells) {
        text.append('|');
        for (String cell : cells) text.append(' ').append(cell.replace("|", "\\|")).append(" |");
        text.append('\n');
    }
}
