package org.qmk.qir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The functions of the run time that the profiles have, and those that compilers use besides.
enum QirRuntime {
    INITIALIZE("rt__initialize", Level.BASE),
    TUPLE_RECORD("rt__tuple_record_output", Level.BASE),
    ARRAY_RECORD("rt__array_record_output", Level.BASE),
    RESULT_RECORD("rt__result_record_output", Level.BASE),
    READ_RESULT("rt__read_result", Level.ADAPTIVE),
    BOOL_RECORD("rt__bool_record_output", Level.ADAPTIVE),
    INT_RECORD("rt__int_record_output", Level.ADAPTIVE),
    DOUBLE_RECORD("rt__double_record_output", Level.ADAPTIVE),
    FLOAT_RECORD("rt__float_record_output", Level.INTEROP),
    QUBIT_ALLOCATE("rt__qubit_allocate", Level.ADAPTIVE),
    QUBIT_RELEASE("rt__qubit_release", Level.ADAPTIVE),
    RESULT_ALLOCATE("rt__result_allocate", Level.ADAPTIVE),
    RESULT_RELEASE("rt__result_release", Level.ADAPTIVE),
    QUBIT_ARRAY_ALLOCATE("rt__qubit_array_allocate", Level.ADAPTIVE),
    QUBIT_ARRAY_RELEASE("rt__qubit_array_release", Level.ADAPTIVE),
    RESULT_ARRAY_ALLOCATE("rt__result_array_allocate", Level.ADAPTIVE),
    RESULT_ARRAY_RELEASE("rt__result_array_release", Level.ADAPTIVE),
    RESULT_ARRAY_RECORD("rt__result_array_record_output", Level.ADAPTIVE),
    READ_RESULT_OLD("qis__read_result__body", Level.INTEROP),
    QUBIT_BORROW("rt__qubit_borrow", Level.INTEROP),
    WRITE_RESULT("rt__write_result", Level.INTEROP),
    FAIL("rt__fail", Level.INTEROP),
    MESSAGE("rt__message", Level.INTEROP),
    BEGIN_PARALLEL("rt__begin_parallel", Level.INTEROP),
    END_PARALLEL("rt__end_parallel", Level.INTEROP),
    READ_LOSS("rt__read_loss", Level.INTEROP),
    BARRIER("qis__barrier__body", Level.BASE),
    MOVE("qis__move__body", Level.INTEROP);

    /// Where a function is from.
    enum Level {
        BASE,
        ADAPTIVE,
        INTEROP
    }

    private static final Map<String, QirRuntime> BY_NAME = byName();

    private final String spelling;
    private final Level level;

    QirRuntime(String spelling, Level level) {
        this.spelling = spelling;
        this.level = level;
    }

    /// Its function's name.
    String spelling() {
        return "__quantum__" + spelling;
    }

    Level level() {
        return level;
    }

    static Optional<QirRuntime> of(String spelling) {
        return Optional.ofNullable(BY_NAME.get(spelling));
    }

    private static Map<String, QirRuntime> byName() {
        Map<String, QirRuntime> names = new HashMap<>();
        for (QirRuntime function : values()) names.put(function.spelling, function);
        return names;
    }

    /// The optional feature of the Adaptive Profile that it belongs to.
    Optional<QirFeature> feature() {
        return switch (this) {
            case QUBIT_ALLOCATE, QUBIT_RELEASE, QUBIT_ARRAY_ALLOCATE, QUBIT_ARRAY_RELEASE ->
                    Optional.of(QirFeature.DYNAMIC_QUBITS);
            case RESULT_ALLOCATE, RESULT_RELEASE, RESULT_ARRAY_ALLOCATE, RESULT_ARRAY_RELEASE ->
                    Optional.of(QirFeature.DYNAMIC_RESULTS);
            case QUBIT_BORROW -> Optional.of(QirFeature.DYNAMIC_QUBITS);
            case INITIALIZE, TUPLE_RECORD, ARRAY_RECORD, RESULT_RECORD, READ_RESULT ->
                    Optional.empty();
            case BOOL_RECORD, INT_RECORD, DOUBLE_RECORD, FLOAT_RECORD, RESULT_ARRAY_RECORD ->
                    Optional.empty();
            case READ_RESULT_OLD, WRITE_RESULT, FAIL, MESSAGE, BEGIN_PARALLEL, END_PARALLEL ->
                    Optional.empty();
            case READ_LOSS, BARRIER, MOVE -> Optional.empty();
        };
    }

    /// Whether it records output.
    boolean isRecord() {
        return switch (this) {
            case TUPLE_RECORD, ARRAY_RECORD, RESULT_RECORD, BOOL_RECORD, INT_RECORD -> true;
            case DOUBLE_RECORD, FLOAT_RECORD, RESULT_ARRAY_RECORD -> true;
            case INITIALIZE, READ_RESULT, QUBIT_ALLOCATE, QUBIT_RELEASE, RESULT_ALLOCATE -> false;
            case RESULT_RELEASE, QUBIT_ARRAY_ALLOCATE, QUBIT_ARRAY_RELEASE -> false;
            case RESULT_ARRAY_ALLOCATE, RESULT_ARRAY_RELEASE, READ_RESULT_OLD -> false;
            case QUBIT_BORROW, WRITE_RESULT, FAIL, MESSAGE, BEGIN_PARALLEL, END_PARALLEL -> false;
            case READ_LOSS, BARRIER, MOVE -> false;
        };
    }

    /// Whether calls have the types that the function takes: one of its shapes, a letter for each
    /// argument: p pointer, i integer of any width, d double.
    boolean takes(String shape) {
        return switch (this) {
            case INITIALIZE, MESSAGE, FAIL -> shape.equals("p");
            case TUPLE_RECORD, ARRAY_RECORD, BOOL_RECORD, INT_RECORD -> shape.equals("ip");
            case RESULT_RECORD -> shape.equals("pp");
            case DOUBLE_RECORD, FLOAT_RECORD -> shape.equals("dp");
            case READ_RESULT, READ_RESULT_OLD, READ_LOSS -> shape.equals("p");
            case QUBIT_ALLOCATE, QUBIT_BORROW, RESULT_ALLOCATE ->
                    shape.isEmpty() || shape.equals("p");
            case QUBIT_RELEASE, RESULT_RELEASE -> shape.equals("p");
            case QUBIT_ARRAY_ALLOCATE, RESULT_ARRAY_ALLOCATE -> shape.equals("ipp");
            case QUBIT_ARRAY_RELEASE, RESULT_ARRAY_RELEASE -> shape.equals("ip");
            case RESULT_ARRAY_RECORD -> shape.equals("ipp");
            case WRITE_RESULT -> shape.equals("pi") || shape.equals("ip");
            case BEGIN_PARALLEL, END_PARALLEL -> shape.isEmpty();
            case BARRIER -> shape.matches("p*");
            case MOVE -> shape.matches("p[ip]*");
        };
    }

    /// The type that a call gives.
    QirType result() {
        return switch (this) {
            case READ_RESULT, READ_RESULT_OLD, READ_LOSS -> QirType.BIT;
            case QUBIT_ALLOCATE, QUBIT_BORROW, RESULT_ALLOCATE -> QirType.POINTER;
            case INITIALIZE, TUPLE_RECORD, ARRAY_RECORD, RESULT_RECORD, BOOL_RECORD -> QirType.VOID;
            case INT_RECORD, DOUBLE_RECORD, FLOAT_RECORD, QUBIT_RELEASE -> QirType.VOID;
            case RESULT_RELEASE, QUBIT_ARRAY_ALLOCATE, QUBIT_ARRAY_RELEASE -> QirType.VOID;
            case RESULT_ARRAY_ALLOCATE, RESULT_ARRAY_RELEASE, RESULT_ARRAY_RECORD -> QirType.VOID;
            case WRITE_RESULT, FAIL, MESSAGE, BEGIN_PARALLEL, END_PARALLEL -> QirType.VOID;
            case BARRIER, MOVE -> QirType.VOID;
        };
    }

    /// What a call takes, in words.
    String parameters() {
        return switch (this) {
            case INITIALIZE, MESSAGE, FAIL -> "(ptr)";
            case TUPLE_RECORD, ARRAY_RECORD, INT_RECORD -> "(i64, ptr)";
            case BOOL_RECORD -> "(i1, ptr)";
            case RESULT_RECORD -> "(ptr, ptr)";
            case DOUBLE_RECORD, FLOAT_RECORD -> "(double, ptr)";
            case READ_RESULT, READ_RESULT_OLD, READ_LOSS -> "(ptr) giving i1";
            case QUBIT_ALLOCATE, QUBIT_BORROW, RESULT_ALLOCATE -> "(ptr) or () giving ptr";
            case QUBIT_RELEASE, RESULT_RELEASE -> "(ptr)";
            case QUBIT_ARRAY_ALLOCATE, RESULT_ARRAY_ALLOCATE -> "(i64, ptr, ptr)";
            case QUBIT_ARRAY_RELEASE, RESULT_ARRAY_RELEASE -> "(i64, ptr)";
            case RESULT_ARRAY_RECORD -> "(i64, ptr, ptr)";
            case WRITE_RESULT -> "(ptr, i1)";
            case BEGIN_PARALLEL, END_PARALLEL -> "()";
            case BARRIER -> "qubits";
            case MOVE -> "(ptr, i64, i64)";
        };
    }
}
