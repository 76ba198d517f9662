package org.qmk.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Refusal;
import org.qmk.machine.MachineRule;
import org.qmk.mlir.MlirRule;
import org.qmk.qasm.QasmRule;
import org.qmk.qir.QirRule;
import org.qmk.qsharp.QsharpRule;
import org.qmk.qvm.Rule;
import org.qmk.sim.SimulatorRule;
import org.qmk.source.SourceRule;

/// Writes the lists of codes, each from the table that the code is raised from.
final class CodeManual {

    private static final String KEPT =
            " by `qmk doc --write .`; do not edit. A code never changes its meaning and is never"
                    + " used again; the words may improve any day, so match codes.\n\n";

    /// What the groups of QVM rules are about.
    private enum RuleGroup {
        FORM("Malformed input"),
        NAME("Names and declarations"),
        TYPE("Shape of nodes and arguments"),
        LINEAR("Life of qubits"),
        CHAN("Life of channels"),
        EVENT("Events"),
        CAP("Capabilities"),
        DAG("Order"),
        BOUND("Limits"),
        FAMILY("Families of operations"),
        GUARD("Guards"),
        REV("Reversible regions");

        private final String subject;

        RuleGroup(String subject) {
            this.subject = subject;
        }

        private String prefix() {
            return "QVM-" + name();
        }
    }

    private CodeManual() {}

    /// Every rule that a graph can break.
    static String rules() {
        var text = new StringBuilder("# QVM rules\n\nGenerated from `org.qmk.qvm.Rule`" + KEPT);
        text.append("Words in braces stand for what the violation is about.\n\n");
        for (RuleGroup group : RuleGroup.values()) {
            heading(group.prefix() + ": " + group.subject, text);
            for (Rule rule : Rule.values()) {
                if (rule.code().startsWith(group.prefix() + "-")) {
                    row(rule.code(), rule.sentence(), text);
                }
            }
            text.append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    /// Every way in which the kernel and the command say no, and why a job ends.
    static String refusals() {
        var text =
                new StringBuilder(
                        "# Refusals\n\nGenerated from the tables of the kernel and the command"
                                + KEPT);
        heading("The kernel refuses an input", text);
        for (Refusal refusal : Refusal.values()) {
            row(refusal.code(), refusal.message("{fact}"), text);
        }
        text.append('\n');
        heading("Why a job ended", text);
        for (EndCause cause : EndCause.values()) row(cause.code(), cause.sentence(), text);
        text.append('\n');
        heading("A file is no program", text);
        for (SourceRule rule : SourceRule.values()) row(rule.code(), rule.sentence(), text);
        text.append('\n');
        heading("A Q# program is not compiled", text);
        for (QsharpRule rule : QsharpRule.values()) row(rule.code(), rule.sentence(), text);
        text.append('\n');
        heading("A module of MLIR is no program", text);
        for (MlirRule rule : MlirRule.values()) row(rule.code(), rule.sentence(), text);
        text.append('\n');
        heading("A simulator does not run a program", text);
        for (SimulatorRule rule : SimulatorRule.values()) row(rule.code(), rule.sentence(), text);
        text.append('\n');
        heading("A file describes no machine", text);
        for (MachineRule rule : MachineRule.values()) row(rule.code(), rule.sentence(), text);
        return text.toString();
    }

    /// Every diagnostic of the OpenQASM reader.
    static String qasm() {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (QasmRule rule : QasmRule.values()) sentences.put(rule.code(), rule.sentence());
        return grouped("OpenQASM", "org.qmk.qasm.QasmRule", sentences);
    }

    /// Every diagnostic of the QIR reader.
    static String qir() {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (QirRule rule : QirRule.values()) sentences.put(rule.code(), rule.sentence());
        return grouped("QIR", "org.qmk.qir.QirRule", sentences);
    }

    /// A table for each group of codes, in the order in which the groups first appear.
    private static String grouped(String language, String table, Map<String, String> sentences) {
        var text =
                new StringBuilder(
                        "# %s diagnostics\n\nGenerated from `%s`".formatted(language, table)
                                + KEPT);
        text.append("`{}` stands for what the diagnostic is about.\n\n");
        String last = "";
        for (var entry : sentences.entrySet()) {
            String group = group(entry.getKey());
            if (!group.equals(last)) {
                if (!last.isEmpty()) text.append('\n');
                heading(group, text);
                last = group;
            }
            row(entry.getKey(), entry.getValue(), text);
        }
        return text.toString();
    }

    /// `QASM-GATE` of `QASM-GATE-10`.
    private static String group(String code) {
        return code.substring(0, code.indexOf('-', code.indexOf('-') + 1));
    }

    private static void heading(String title, StringBuilder text) {
        text.append("## ").append(title).append("\n\n| code | sentence |\n|---|---|\n");
    }

    private static void row(String code, String sentence, StringBuilder text) {
        text.append("| %s | %s |\n".formatted(code, sentence.replace("|", "\\|")));
    }
}
