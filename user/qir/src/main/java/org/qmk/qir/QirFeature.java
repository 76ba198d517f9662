package org.qmk.qir;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the Adaptive Profile leaves to choice, each with the flag by which a module says that it
/// uses it. Whether it does is found here, not believed.
enum QirFeature {
    INTEGERS("computations on integers", "int_computations"),
    REALS("computations on floating-point numbers", "float_computations"),
    FUNCTIONS("functions of its own", "ir_functions"),
    LOOPS("loops", "backwards_branching"),
    SWITCHES("branches to many targets", "multiple_target_branching"),
    RETURNS("several returns", "multiple_return_points"),
    ARRAYS("arrays", "arrays"),
    DYNAMIC_QUBITS("allocated qubits", "dynamic_qubit_management"),
    DYNAMIC_RESULTS("allocated results", "dynamic_result_management");

    private final String text;
    private final String flag;

    QirFeature(String text, String flag) {
        this.text = text;
        this.flag = flag;
    }

    String text() {
        return text;
    }

    String flag() {
        return flag;
    }

    /// What a module says: whether it uses the feature.
    boolean isStated(QirModule module) {
        return module.flag(flag)
                .map(
                        stated ->
                                stated.number().isPresent()
                                        ? stated.number().get() != 0
                                        : !stated.value().isEmpty())
                .orElse(false);
    }

    /// What a module says, in words.
    String stated(QirModule module) {
        return module.flag(flag).map(stated -> String.join(", ", stated.value())).orElse("nothing");
    }

    /// The features that a module uses, each with the place where it is first used.
    static Map<QirFeature, Integer> used(QirModule module) {
        Map<QirFeature, Integer> used = new EnumMap<>(QirFeature.class);
        for (QirFunction function : module.functions()) {
            if (!function.isDefined()) continue;
            if (!function.isEntry()) used.putIfAbsent(FUNCTIONS, function.at());
            int returns = 0;
            QirFlow flow = QirFlow.of(function.blocks());
            for (int block = 0; block < function.blocks().size(); block++) {
                List<QirInstruction> body = function.blocks().get(block);
                for (QirInstruction each : body) each.feature(module, used);
                QirInstruction last = body.getLast();
                if (last instanceof QirInstruction.Return && ++returns > 1) {
                    used.putIfAbsent(RETURNS, last.at());
                }
                for (int target : flow.targets(block)) {
                    if (flow.isBack(block, target)) used.putIfAbsent(LOOPS, last.at());
                }
            }
        }
        return used;
    }

    /// The widths of the integers that a module computes with.
    static Set<String> widths(QirModule module) {
        Set<String> widths = new TreeSet<>();
        for (QirFunction function : module.functions()) {
            for (List<QirInstruction> block : function.blocks()) {
                for (QirInstruction each : block) {
                    if (each instanceof QirInstruction.Binary binary
                            && binary.type() instanceof QirType.Whole(int bits)
                            && bits > 1) {
                        widths.add("i" + bits);
                    }
                }
            }
        }
        return widths;
    }
}
