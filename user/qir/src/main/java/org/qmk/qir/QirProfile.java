package org.qmk.qir;

import java.util.List;
import java.util.Map;

/// Holds a module against the word of the specification: the Base Profile or the Adaptive one.
final class QirProfile {

    private static final String BASE = "base_profile";
    private static final String ADAPTIVE = "adaptive_profile";

    /// The blocks of a Base Profile program, in order, and what stands in each.
    private static final List<String> BLOCKS =
            List.of(
                    "the initialization",
                    "instructions that can be undone",
                    "measurements and resets",
                    "output records and the return");

    private final QirModule module;
    private final QirNotes notes;
    private final List<QirCallee> callees;
    private final QirFunction entry;

    QirProfile(QirModule module, QirNotes notes, List<QirCallee> callees) {
        this.module = module;
        this.notes = notes;
        this.callees = callees;
        entry = module.functions().stream().filter(QirFunction::isEntry).findFirst().orElseThrow();
    }

    void check() {
        checkAttributes();
        checkFlags();
        checkDeclarations();
        String profile = entry.attributes().getOrDefault("qir_profiles", "");
        switch (profile) {
            case BASE -> checkBase();
            case ADAPTIVE -> checkAdaptive();
            default -> {
                String found = profile.isEmpty() ? "it is missing" : "it is " + profile;
                error(QirRule.PROFILE_NAME, entry.at(), found, BASE + " or " + ADAPTIVE);
            }
        }
    }

    private void error(QirRule rule, int at, Object... facts) {
        QirValidator.note(notes.error(rule, at, facts));
    }

    private void checkAttributes() {
        Map<String, String> attributes = entry.attributes();
        for (String name : List.of("entry_point", "output_labeling_schema")) {
            boolean there = attributes.containsKey(name);
            boolean says =
                    name.equals("entry_point") || !attributes.getOrDefault(name, "").isEmpty();
            if (!there || !says) error(QirRule.PROFILE_ATTRIBUTE, entry.at(), name);
        }
        checkRequired("required_num_qubits", QirFeature.DYNAMIC_QUBITS);
        checkRequired("required_num_results", QirFeature.DYNAMIC_RESULTS);
        if (!entry.type().result().equals(QirType.INT)) {
            String what = "returns " + entry.type().result().text();
            error(QirRule.ENTRY_SHAPE, entry.at(), "@" + entry.name(), what);
        }
    }

    private void checkRequired(String name, QirFeature dynamic) {
        if (dynamic.isStated(module) || entry.attributes().containsKey(name)) return;
        error(QirRule.PROFILE_ATTRIBUTE, entry.at(), name);
    }

    private void checkFlags() {
        checkFlag("qir_major_version", 1, List.of(1L, 2L));
        checkFlag("qir_minor_version", 7, List.of(0L, 1L));
        checkFlag("dynamic_qubit_management", 1, List.of(0L, 1L));
        checkFlag("dynamic_result_management", 1, List.of(0L, 1L));
    }

    private void checkFlag(String name, long behaviour, List<Long> values) {
        var flag = module.flag(name);
        if (flag.isEmpty()) {
            error(QirRule.PROFILE_FLAG, entry.at(), name, "missing", "one of " + values);
            return;
        }
        QirModule.Flag stated = flag.get();
        if (stated.behaviour() != behaviour) {
            String found = "of behaviour " + stated.behaviour();
            error(QirRule.PROFILE_FLAG, stated.at(), name, found, behaviour);
        }
        if (stated.number().isEmpty() || !values.contains(stated.number().get())) {
            String found = String.join(", ", stated.value());
            error(QirRule.PROFILE_FLAG, stated.at(), name, found, "one of " + values);
        }
    }

    private void checkDeclarations() {
        for (int i = 0; i < callees.size(); i++) {
            if (!(callees.get(i) instanceof QirCallee.Gate(var gate))) continue;
            QirFunction function = module.functions().get(i);
            String name = "@" + function.name();
            boolean marked = function.attributes().containsKey("irreversible");
            if (gate.isIrreversible() && !marked) {
                error(QirRule.PROFILE_IRREVERSIBLE, function.at(), name);
            }
            List<List<String>> parameters = function.parameterNotes();
            boolean writeOnly =
                    gate.results == 0
                            || parameters.size() == gate.arguments()
                                    && parameters.getLast().contains("writeonly");
            if (!writeOnly) error(QirRule.PROFILE_WRITEONLY, function.at(), name);
        }
    }

    private void checkBase() {
        String profile = "Base Profile";
        for (QirFunction function : module.functions()) {
            if (!function.isDefined()) continue;
            for (List<QirInstruction> block : function.blocks()) {
                for (QirInstruction each : block) {
                    boolean allowed =
                            each instanceof QirInstruction.Call
                                    || each instanceof QirInstruction.Jump
                                    || each instanceof QirInstruction.Return;
                    if (!allowed) {
                        error(QirRule.PROFILE_OPCODE, each.at(), each.spelling(), profile);
                    }
                    if (each instanceof QirInstruction.Call call) {
                        checkCall(call, profile, QirRuntime.Level.BASE);
                    }
                }
            }
        }
        if (entry.blocks().size() != BLOCKS.size() || !isChain()) {
            error(QirRule.PROFILE_BLOCKS, entry.at(), entry.blocks().size());
            return;
        }
        int block = QirBody.ENTRY;
        for (int place = 0; place < BLOCKS.size(); place++) {
            for (QirInstruction each : entry.blocks().get(block)) checkPlace(each, place);
            if (entry.blocks().get(block).getLast() instanceof QirInstruction.Jump jump) {
                block = jump.block();
            }
        }
    }

    private boolean isChain() {
        int block = QirBody.ENTRY;
        for (int place = 0; place + 1 < BLOCKS.size(); place++) {
            if (!(entry.blocks().get(block).getLast() instanceof QirInstruction.Jump jump)) {
                return false;
            }
            block = jump.block();
        }
        return entry.blocks().get(block).getLast() instanceof QirInstruction.Return;
    }

    private void checkPlace(QirInstruction instruction, int place) {
        if (!(instruction instanceof QirInstruction.Call call)) return;
        int right =
                switch (callees.get(call.function())) {
                    case QirCallee.Gate(var gate) -> gate.isIrreversible() ? 2 : 1;
                    case QirCallee.Runtime(var function) ->
                            function.isRecord() ? 3 : function == QirRuntime.BARRIER ? 1 : 0;
                    case QirCallee.Defined(), QirCallee.Foreign _, QirCallee.Unknown() -> place;
                };
        if (right == place) return;
        String name = "@" + module.functions().get(call.function()).name();
        error(QirRule.PROFILE_ORDER, call.at(), name, place + 1, BLOCKS.get(place));
    }

    private void checkCall(QirInstruction.Call call, String profile, QirRuntime.Level most) {
        String name = "@" + module.functions().get(call.function()).name();
        boolean allowed =
                switch (callees.get(call.function())) {
                    case QirCallee.Gate(var gate) -> gate != QirGate.MZ_LEAKED;
                    case QirCallee.Runtime(var function) -> function.level().compareTo(most) <= 0;
                    case QirCallee.Defined() -> most != QirRuntime.Level.BASE;
                    case QirCallee.Foreign _, QirCallee.Unknown() -> true; // noted already
                };
        if (!allowed) error(QirRule.PROFILE_CALL, call.at(), name, profile);
    }

    private void checkAdaptive() {
        String profile = "Adaptive Profile";
        for (QirFunction function : module.functions()) {
            for (List<QirInstruction> block : function.blocks()) {
                for (QirInstruction each : block) {
                    if (each instanceof QirInstruction.Call call) {
                        checkCall(call, profile, QirRuntime.Level.ADAPTIVE);
                        checkRecord(function, call, profile);
                    }
                    if (keepsAddress(each)) {
                        error(QirRule.PROFILE_VARIABLE, each.at(), each.spelling());
                    }
                    boolean unreachable = each instanceof QirInstruction.Unreachable;
                    if (unreachable) {
                        error(QirRule.PROFILE_OPCODE, each.at(), each.spelling(), profile);
                    }
                }
            }
        }
        checkWidths();
    }

    /// Whether an instruction makes a variable out of a qubit or result, which may stand only where
    /// it is used. What loops count may become a qubit or result, and arrays may hold them.
    private boolean keepsAddress(QirInstruction instruction) {
        boolean arrays = QirFeature.ARRAYS.isStated(module);
        return switch (instruction) {
            case QirInstruction.Phi i -> i.type().equals(QirType.POINTER);
            case QirInstruction.Select i -> i.type().equals(QirType.POINTER);
            case QirInstruction.Compare i -> i.type().equals(QirType.POINTER);
            case QirInstruction.Convert i ->
                    i.conversion() == QirConversion.PTRTOINT
                            || i.conversion() == QirConversion.INTTOPTR
                                    && !QirFeature.LOOPS.isStated(module);
            case QirInstruction.Load i -> i.type().equals(QirType.POINTER) && !arrays;
            case QirInstruction.Store i -> i.type().equals(QirType.POINTER) && !arrays;
            case QirInstruction.Return i -> i.type().equals(QirType.POINTER);
            case QirInstruction.Binary _,
                    QirInstruction.Call _,
                    QirInstruction.Allocate _,
                    QirInstruction.Element _,
                    QirInstruction.Extract _,
                    QirInstruction.Insert _,
                    QirInstruction.Jump _,
                    QirInstruction.Branch _,
                    QirInstruction.Switch _,
                    QirInstruction.Unreachable _ ->
                    false;
        };
    }

    /// Only the entry point records output.
    private void checkRecord(QirFunction function, QirInstruction.Call call, String profile) {
        boolean record =
                callees.get(call.function()) instanceof QirCallee.Runtime(var runtime)
                        && runtime.isRecord();
        if (record && !function.isEntry()) {
            String name = "@" + module.functions().get(call.function()).name();
            String where = profile + " outside the entry point";
            error(QirRule.PROFILE_CALL, call.at(), name, where);
        }
    }

    private void checkWidths() {
        var flag = module.flag(QirFeature.INTEGERS.flag());
        if (flag.isEmpty()) return; // noted already if integers are used
        for (String width : QirFeature.widths(module)) {
            if (flag.get().value().contains(width)) continue;
            String stated = String.join(", ", flag.get().value());
            error(
                    QirRule.PROFILE_CAPABILITY,
                    flag.get().at(),
                    width,
                    QirFeature.INTEGERS.flag(),
                    stated);
        }
    }
}
