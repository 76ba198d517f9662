package org.qmk.qir;

import java.util.List;
import java.util.Map;

/// One instruction. `at` is where it begins in the source, `result` the local that it makes.
sealed interface QirInstruction {

    /// The result of an instruction that makes none.
    int NO_RESULT = -1;

    int at();

    record Binary(
            int at, int result, QirOperator operator, QirType type, QirOperand a, QirOperand b)
            implements QirInstruction {}

    record Compare(
            int at, int result, QirPredicate predicate, QirType type, QirOperand a, QirOperand b)
            implements QirInstruction {}

    record Convert(
            int at, int result, QirConversion conversion, QirType from, QirOperand a, QirType to)
            implements QirInstruction {}

    record Select(
            int at, int result, QirOperand condition, QirType type, QirOperand a, QirOperand b)
            implements QirInstruction {}

    /// @param types of the arguments
    record Call(
            int at,
            int result,
            QirType type,
            int function,
            List<QirType> types,
            List<QirOperand> arguments)
            implements QirInstruction {}

    record Allocate(int at, int result, QirType type, QirOperand count) implements QirInstruction {}

    record Load(int at, int result, QirType type, QirOperand pointer) implements QirInstruction {}

    record Store(int at, QirType type, QirOperand value, QirOperand pointer)
            implements QirInstruction {}

    /// @param type what the base points to
    record Element(int at, int result, QirType type, QirOperand base, List<QirOperand> indices)
            implements QirInstruction {}

    record Extract(int at, int result, QirType type, QirOperand from, List<Integer> path)
            implements QirInstruction {}

    record Insert(
            int at, int result, QirType type, QirOperand into, QirOperand value, List<Integer> path)
            implements QirInstruction {}

    /// @param blocks where control comes from, for each value
    record Phi(int at, int result, QirType type, List<QirOperand> values, List<Integer> blocks)
            implements QirInstruction {}

    record Return(int at, QirType type, QirOperand value) implements QirInstruction {}

    record Jump(int at, int block) implements QirInstruction {}

    record Branch(int at, QirOperand condition, int yes, int no) implements QirInstruction {}

    /// @param cases values, sign-extended
    record Switch(
            int at,
            QirType type,
            QirOperand value,
            int otherwise,
            List<Long> cases,
            List<Integer> blocks)
            implements QirInstruction {}

    record Unreachable(int at) implements QirInstruction {}

    /// Whether control leaves the block here.
    default boolean isTerminator() {
        return switch (this) {
            case Return _, Jump _, Branch _, Switch _, Unreachable _ -> true;
            case Binary _, Compare _, Convert _, Select _, Call _, Allocate _, Load _ -> false;
            case Store _, Element _, Extract _, Insert _, Phi _ -> false;
        };
    }

    /// Its name, as it is written.
    default String spelling() {
        return switch (this) {
            case Binary i -> i.operator().spelling();
            case Compare i -> i.type().equals(QirType.REAL) ? "fcmp" : "icmp";
            case Convert i -> i.conversion().spelling();
            case Select _ -> "select";
            case Call _ -> "call";
            case Allocate _ -> "alloca";
            case Load _ -> "load";
            case Store _ -> "store";
            case Element _ -> "getelementptr";
            case Extract _ -> "extractvalue";
            case Insert _ -> "insertvalue";
            case Phi _ -> "phi";
            case Return _ -> "ret";
            case Jump _ -> "br";
            case Branch _ -> "br";
            case Switch _ -> "switch";
            case Unreachable _ -> "unreachable";
        };
    }

    /// Notes the optional feature of the Adaptive Profile that it is part of, if none was noted.
    default void feature(QirModule module, Map<QirFeature, Integer> used) {
        switch (this) {
            case Binary i -> ofType(i.type(), used);
            case Compare i -> ofType(i.type(), used);
            case Convert i -> {
                ofType(i.from(), used);
                ofType(i.to(), used);
            }
            case Call i -> {
                if (QirCallee.of(module.functions().get(i.function()))
                        instanceof QirCallee.Runtime(var function)) {
                    function.feature().ifPresent(feature -> used.putIfAbsent(feature, at()));
                }
            }
            case Allocate i -> {
                if (!i.count().equals(new QirOperand.Number(1))) {
                    used.putIfAbsent(QirFeature.ARRAYS, at());
                }
                ofType(i.type(), used);
            }
            case Load i -> ofType(i.type(), used);
            case Store i -> ofType(i.type(), used);
            case Extract i -> ofType(i.type(), used);
            case Insert i -> ofType(i.type(), used);
            case Element _ -> used.putIfAbsent(QirFeature.ARRAYS, at());
            case Switch _ -> used.putIfAbsent(QirFeature.SWITCHES, at());
            case Select _, Phi _, Return _, Jump _, Branch _, Unreachable _ -> {}
        }
    }

    private void ofType(QirType type, Map<QirFeature, Integer> used) {
        if (type instanceof QirType.Array) used.putIfAbsent(QirFeature.ARRAYS, at());
        if (type.equals(QirType.REAL)) used.putIfAbsent(QirFeature.REALS, at());
        if (type instanceof QirType.Whole(int bits) && bits > 1) {
            used.putIfAbsent(QirFeature.INTEGERS, at());
        }
    }
}
