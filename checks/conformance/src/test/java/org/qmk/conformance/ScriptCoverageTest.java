package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.qmk.codec.GraphReader;
import org.qmk.codec.Reading;
import org.qmk.qasm.QasmRule;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;

/// Every row has its scripts: a new operation, rule or kind of argument fails here until it has.
final class ScriptCoverageTest {

    private final List<Script> scripts;

    ScriptCoverageTest() throws IOException {
        scripts = ScriptReader.readAll(Repository.scripts());
    }

    @Test
    void every_rule_has_a_script_that_breaks_it() {
        Set<String> missing = codes();
        missing.removeAll(refused());

        assertEquals(Set.of(), missing, "rules without a script that breaks them");
    }

    @Test
    void every_rule_has_an_accepted_script_one_step_away() {
        Set<String> missing = codes();
        for (Script script : scripts) {
            for (Script.Expectation expectation : script.expectations()) {
                if (expectation instanceof Script.Near(var codes)) missing.removeAll(codes);
            }
        }

        assertEquals(Set.of(), missing, "rules without 'accept' and 'near CODE'");
    }

    /// Those that need a file too large for a script, and warnings, have tests of their own.
    @Test
    void every_rule_of_openqasm_has_a_script_that_breaks_it() {
        Set<String> missing = new TreeSet<>();
        for (QasmRule rule : QasmRule.values()) {
            boolean elsewhere =
                    switch (rule) {
                        case BOUND_SOURCE, BOUND_NODES, BOUND_ERRORS, SYNTAX_ENCODING -> true;
                        case WARN_ANNOTATION, WARN_PRAGMA, WARN_TIMING, WARN_INPUT -> true;
                        default -> false;
                    };
            if (!elsewhere) missing.add(rule.code());
        }
        missing.removeAll(refused());

        assertEquals(Set.of(), missing, "rules of OpenQASM without a script that breaks them");
    }

    @Test
    void scripts_name_only_codes_that_exist() {
        Set<String> unknown = refused();
        unknown.removeAll(codes());
        for (QasmRule rule : QasmRule.values()) unknown.remove(rule.code());

        assertEquals(Set.of(), unknown, "codes that neither Rule nor QasmRule has");
    }

    @Test
    void every_operation_has_an_accepted_script_with_its_exact_distribution() {
        EnumSet<Opcode> missing = EnumSet.allOf(Opcode.class);
        for (Script script : scripts) {
            boolean exact =
                    script.expectations().stream().anyMatch(Script.Distribution.class::isInstance);
            if (!exact) continue;
            if (Judgement.of(script, Limits.DEFAULT) instanceof Judgement.Accepted(var program)) {
                Graph graph = program.graph();
                for (int node = 0; node < graph.size(); node++) missing.remove(graph.opcode(node));
            }
        }

        assertEquals(Set.of(), missing, "operations without a distribution");
    }

    @Test
    void every_operation_has_a_script_that_is_refused_at_such_a_node() {
        EnumSet<Opcode> missing = EnumSet.allOf(Opcode.class);
        for (Script script : scripts) {
            if (script.form() == Script.Form.QASM || !script.isRefused()) continue;
            if (!(GraphReader.read(script.source()) instanceof Reading.Ok(var graph, var _)))
                continue;
            for (Script.Expectation expectation : script.expectations()) {
                if (expectation instanceof Script.Refuse(var _, var where)
                        && where.isPresent()
                        && where.get().matches("\\d+")) {
                    missing.remove(graph.opcode(Integer.parseInt(where.get())));
                }
            }
        }

        assertEquals(Set.of(), missing, "operations at which nothing is refused");
    }

    @Test
    void every_kind_of_argument_and_every_form_stands_in_an_accepted_script() {
        EnumSet<Argument.Kind> kinds = EnumSet.allOf(Argument.Kind.class);
        EnumSet<Script.Form> forms = EnumSet.allOf(Script.Form.class);
        for (Script script : scripts) {
            if (script.isRefused()) continue;
            forms.remove(script.form());
            if (Judgement.of(script, Limits.DEFAULT) instanceof Judgement.Accepted(var program)) {
                Graph graph = program.graph();
                for (int i = 0; i < graph.argumentCount(); i++) {
                    kinds.remove(graph.argumentAt(i).kind());
                }
            }
        }

        assertEquals(Set.of(), kinds, "arguments");
        assertEquals(Set.of(), forms, "forms");
    }

    private static Set<String> codes() {
        Set<String> codes = new TreeSet<>();
        for (Rule rule : Rule.values()) codes.add(rule.code());
        return codes;
    }

    private Set<String> refused() {
        List<String> codes = new ArrayList<>();
        for (Script script : scripts) {
            for (Script.Expectation expectation : script.expectations()) {
                if (expectation instanceof Script.Refuse(var code, var _)) codes.add(code);
            }
        }
        return new TreeSet<>(codes);
    }
}
