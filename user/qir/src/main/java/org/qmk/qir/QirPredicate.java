package org.qmk.qir;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The comparisons of LLVM IR.
enum QirPredicate {
    EQ("eq", false),
    NE("ne", false),
    UGT("ugt", false),
    UGE("uge", false),
    ULT("ult", false),
    ULE("ule", false),
    SGT("sgt", false),
    SGE("sge", false),
    SLT("slt", false),
    SLE("sle", false),
    FALSE("false", true),
    OEQ("oeq", true),
    OGT("ogt", true),
    OGE("oge", true),
    OLT("olt", true),
    OLE("ole", true),
    ONE("one", true),
    ORD("ord", true),
    UNO("uno", true),
    UEQ("ueq", true),
    FUGT("ugt", true),
    FUGE("uge", true),
    FULT("ult", true),
    FULE("ule", true),
    UNE("une", true),
    TRUE("true", true);

    private static final Map<String, QirPredicate> WHOLE = byName(false);
    private static final Map<String, QirPredicate> REAL = byName(true);

    private final String spelling;
    private final boolean isReal;

    QirPredicate(String spelling, boolean isReal) {
        this.spelling = spelling;
        this.isReal = isReal;
    }

    String spelling() {
        return spelling;
    }

    static Optional<QirPredicate> of(String spelling, boolean isReal) {
        return Optional.ofNullable((isReal ? REAL : WHOLE).get(spelling));
    }

    private static Map<String, QirPredicate> byName(boolean isReal) {
        Map<String, QirPredicate> names = new HashMap<>();
        for (QirPredicate predicate : values()) {
            if (predicate.isReal == isReal) names.put(predicate.spelling, predicate);
        }
        return names;
    }

    /// Whether two values compare so: integers sign-extended, doubles by their bits.
    boolean holds(long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        boolean unordered = Double.isNaN(x) || Double.isNaN(y);
        return switch (this) {
            case EQ -> a == b;
            case NE -> a != b;
            case UGT -> Long.compareUnsigned(a, b) > 0;
            case UGE -> Long.compareUnsigned(a, b) >= 0;
            case ULT -> Long.compareUnsigned(a, b) < 0;
            case ULE -> Long.compareUnsigned(a, b) <= 0;
            case SGT -> a > b;
            case SGE -> a >= b;
            case SLT -> a < b;
            case SLE -> a <= b;
            case FALSE -> false;
            case OEQ -> x == y;
            case OGT -> x > y;
            case OGE -> x >= y;
            case OLT -> x < y;
            case OLE -> x <= y;
            case ONE -> !unordered && x != y;
            case ORD -> !unordered;
            case UNO -> unordered;
            case UEQ -> unordered || x == y;
            case FUGT -> unordered || x > y;
            case FUGE -> unordered || x >= y;
            case FULT -> unordered || x < y;
            case FULE -> unordered || x <= y;
            case UNE -> unordered || x != y;
            case TRUE -> true;
        };
    }
}
