package org.qmk.tidy;

import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.RequiresTree;
import java.util.ArrayList;
import java.util.List;

/// The allowed arrows between our modules: the diagram of ARCHITECTURE.md, and java.base alone
/// for the trusted base.
enum Arrows {
    QVM("trusted/qvm"),
    VERIFIER("trusted/verifier", "qvm"),
    DEVICE("trusted/device", "qvm"),
    KERNEL("trusted/kernel", "verifier", "device", "qvm"),
    CODEC("user/codec", "qvm"),
    QASM("user/qasm", "qvm"),
    QIR("user/qir", "qvm"),
    MLIR("user/mlir", "qvm"),
    QSHARP("user/qsharp", "qir", "qvm"),
    SOURCE("user/source", "codec", "qasm", "qir", "mlir", "qsharp", "qec", "verifier", "qvm"),
    OPTIMIZER("user/optimizer", "qvm"),
    QEC("user/qec", "sim", "qvm"),
    SIM("user/sim", "qvm"),
    SIM_SIMD("user/sim-simd", "sim", "qvm"),
    MACHINE("user/machine", "device", "sim", "qec", "qvm"),
    LIVE("user/live", "machine", "qec", "device", "sim", "qvm"),
    ESTIMATE("user/estimate", "machine", "qec", "device", "qvm"),
    RUNTIME("user/runtime", "kernel", "verifier", "device", "qvm", "machine", "codec"),
    PLOT("user/plot"),
    WIRE("apps/wire");

    private static final String OURS = "qmk.";

    private final String module;
    private final List<String> targets;

    Arrows(String module, String... targets) {
        this.module = module;
        this.targets = List.of(targets);
    }

    /// Says which `requires` points where it must not. A module that has no row here may see
    /// everything below `apps` and `checks`, and nothing below `trusted` and `user`.
    static List<String> forbidden(Syntax moduleInfos) {
        List<String> found = new ArrayList<>();
        for (Syntax.Unit unit : moduleInfos.units()) {
            ModuleTree module = unit.tree().getModule();
            for (DirectiveTree directive : module.getDirectives()) {
                if (!(directive instanceof RequiresTree requires)) continue;
                String target = requires.getModuleName().toString();
                if (!allows(unit.file(), target)) {
                    found.add(unit.file().path() + ": must not require " + target + ".");
                }
            }
        }
        return found;
    }

    private static boolean allows(TextFile file, String target) {
        boolean trusted = file.path().startsWith("trusted/");
        if (!target.startsWith(OURS)) return !trusted || target.equals("java.base");
        for (Arrows row : values()) {
            if (row.module.equals(file.module())) {
                return row.targets.contains(target.substring(OURS.length()));
            }
        }
        return !trusted && !file.path().startsWith("user/");
    }
}
