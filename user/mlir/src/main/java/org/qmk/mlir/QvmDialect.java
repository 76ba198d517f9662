package org.qmk.mlir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Opcode;

/// The dialect, described in IRDL so that other tools can check modules of it.
public final class QvmDialect {

    /// Prefix of the dialect's operations.
    static final String PREFIX = "qvm.";

    /// Stands for a handle that has not begun, where an operation may or may not begin it.
    static final String NO_QUBIT = "qvm.no_qubit";

    static final String NO_CHANNEL = "qvm.no_channel";

    /// How many values each operand has, where several may have any number.
    static final String SIZES = "operand_segment_sizes";

    /// An attribute and the type of attribute that IRDL knows it by.
    private record Attribute(String name, String base) {}

    private QvmDialect() {}

    /// What an operation is called in the dialect.
    static String name(Opcode opcode) {
        return PREFIX + opcode.mnemonic().toLowerCase(Locale.ROOT);
    }

    /// The description for `mlir-opt --irdl-file`; the same on every machine.
    public static String irdl() {
        var text = new StringBuilder();
        text.append("// The qvm dialect of MLIR; docs/spec/mlir.md says what it means.\n");
        text.append("// Generated from the table of operations; do not edit.\n\n");
        text.append("irdl.dialect @qvm {\n");
        text.append("  irdl.type @qubit\n  irdl.type @channel\n  irdl.type @event\n");
        capabilityType(text);
        absent(NO_QUBIT, MlirSlot.Kind.QUBIT, text);
        absent(NO_CHANNEL, MlirSlot.Kind.CHANNEL, text);
        for (Opcode opcode : Opcode.values()) operation(opcode, text);
        return text.append("}\n").toString();
    }

    private static void capabilityType(StringBuilder text) {
        List<String> names = new ArrayList<>();
        text.append("  irdl.type @capability {\n");
        for (Capability capability : Capability.values()) {
            String name = "%" + capability.name().toLowerCase(Locale.ROOT);
            text.append("    %s = irdl.is \"%s\"\n".formatted(name, capability.text()));
            names.add(name);
        }
        text.append("    %any = irdl.any_of(").append(String.join(", ", names)).append(")\n");
        text.append("    irdl.parameters(%any)\n  }\n");
    }

    private static void absent(String name, MlirSlot.Kind kind, StringBuilder text) {
        text.append("\n  irdl.operation @").append(name.substring(PREFIX.length())).append(" {\n");
        define(kind, text);
        text.append("    irdl.results(%").append(kind.word()).append(")\n  }\n");
    }

    private static void operation(Opcode opcode, StringBuilder text) {
        List<MlirSlot> operands = MlirSlot.operands(opcode);
        List<MlirSlot> results = MlirSlot.results(opcode);
        text.append("\n  // ").append(opcode.meaning()).append('\n');
        text.append("  irdl.operation @%s {\n".formatted(name(opcode).substring(PREFIX.length())));
        opcode.capability().ifPresent(capability -> right(capability, text));
        for (MlirSlot.Kind kind : MlirSlot.Kind.values()) {
            boolean used =
                    operands.stream().anyMatch(slot -> slot.kind() == kind)
                            || results.stream().anyMatch(slot -> slot.kind() == kind);
            if (used && kind != MlirSlot.Kind.CAPABILITY) define(kind, text);
        }
        list("operands", operands, text);
        if (!results.isEmpty()) list("results", results, text);
        attributes(attributes(opcode.shape().argument), text);
        text.append("  }\n");
    }

    private static void right(Capability capability, StringBuilder text) {
        text.append("    %%right = irdl.is \"%s\"\n".formatted(capability.text()));
        text.append("    %capability = irdl.parametric @qvm::@capability<%right>\n");
    }

    private static void define(MlirSlot.Kind kind, StringBuilder text) {
        text.append("    %%%1$s = irdl.parametric @qvm::@%1$s<>\n".formatted(kind.word()));
    }

    private static void list(String what, List<MlirSlot> slots, StringBuilder text) {
        List<String> parts = new ArrayList<>();
        for (MlirSlot slot : slots) {
            String times =
                    switch (slot.times()) {
                        case ONE -> "";
                        case OPTIONAL -> "optional ";
                        case VARIADIC -> "variadic ";
                    };
            parts.add(times + "%" + slot.kind().word());
        }
        text.append("    irdl.%s(%s)\n".formatted(what, String.join(", ", parts)));
    }

    private static void attributes(List<Attribute> attributes, StringBuilder text) {
        if (attributes.isEmpty()) return;
        List<String> parts = new ArrayList<>();
        for (Attribute attribute : attributes) {
            text.append(
                    "    %%%s_attribute = irdl.base \"#builtin.%s\"\n"
                            .formatted(attribute.name, attribute.base));
            parts.add("\"%1$s\" = %%%1$s_attribute".formatted(attribute.name));
        }
        text.append("    irdl.attributes {").append(String.join(", ", parts)).append("}\n");
    }

    private static List<Attribute> attributes(Argument.Kind kind) {
        var angle = new Attribute("angle", "float");
        var precision = new Attribute("precision", "float");
        var pauli = new Attribute("pauli", "string");
        return switch (kind) {
            case NONE -> List.of();
            case PROFILE -> List.of(new Attribute("profile", "string"));
            case TAG -> List.of(new Attribute("tag", "string"));
            case PAULI -> List.of(pauli);
            case ROTATION -> List.of(angle, precision);
            case PAULI_ROTATION -> List.of(pauli, angle, precision);
            case BIT -> List.of(new Attribute("value", "integer"));
            case CHANNEL ->
                    List.of(new Attribute("fidelity", "float"), new Attribute("kind", "string"));
            case LINK_GATE -> List.of(new Attribute("gate", "string"));
            case POLICY -> List.of(new Attribute("policy", "array"));
        };
    }
}
