package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;

/// Reads operands: names, and constants, which are worked out as they are read.
final class QirOperands {

    /// What a local name stands for.
    interface Locals {
        QirOperand local(String name, QirType type, int at);
    }

    private final QirCursor cursor;
    private final QirTypes types;
    private final QirSymbols symbols;

    QirOperands(QirCursor cursor, QirTypes types, QirSymbols symbols) {
        this.cursor = cursor;
        this.types = types;
        this.symbols = symbols;
    }

    /// An operand of the given type.
    QirOperand operand(QirType type, Locals locals) {
        int at = cursor.at();
        return switch (cursor.kind()) {
            case LOCAL -> locals.local(cursor.name(QirToken.LOCAL), type, at);
            case GLOBAL -> {
                require(type.equals(QirType.POINTER), "a global's address", type);
                yield new QirOperand.Address(symbols.global(cursor.name(QirToken.GLOBAL), at), 0);
            }
            case INTEGER -> whole(type);
            case REAL -> {
                require(type.equals(QirType.REAL), "a double", type);
                yield new QirOperand.Number(cursor.real());
            }
            case BYTES -> {
                byte[] bytes = cursor.bytes();
                var text = new QirType.Array(bytes.length, new QirType.Whole(8));
                if (!type.equals(text)) throw mismatch(at, "the string", text.text(), type);
                yield new QirOperand.Text(bytes);
            }
            case LEFT_BRACKET -> composite(type, QirToken.LEFT_BRACKET, QirToken.RIGHT_BRACKET);
            case LEFT_BRACE -> composite(type, QirToken.LEFT_BRACE, QirToken.RIGHT_BRACE);
            case WORD -> word(type);
            case LABEL, GROUP, METADATA, TEXT, EQUALS, COMMA, OPEN, CLOSE, RIGHT_BRACKET ->
                    throw cursor.unexpected("a value");
            case RIGHT_BRACE, LESS, GREATER, STAR, DOTS, BAR, COMDAT, END ->
                    throw cursor.unexpected("a value");
        };
    }

    private void require(boolean fits, String what, QirType expected) {
        if (!fits) throw mismatch(cursor.at(), "the value", what, expected);
    }

    private QirRefusal mismatch(int at, String what, String found, QirType expected) {
        return cursor.notes().error(QirRule.TYPE_MISMATCH, at, what, found, expected.text());
    }

    private QirOperand whole(QirType type) {
        int at = cursor.at();
        if (!(type instanceof QirType.Whole(int bits))) {
            throw mismatch(at, "the value", "a whole number", type);
        }
        long value = cursor.whole();
        long extended = QirOperator.extended(value, bits);
        boolean fits = extended == value || bits < 64 && value >>> bits == 0;
        if (fits) return new QirOperand.Number(extended);
        throw cursor.notes().error(QirRule.SYNTAX_NUMBER, at, value, "one of " + bits + " bits");
    }

    private QirOperand composite(QirType type, QirToken open, QirToken close) {
        cursor.enter();
        int at = cursor.at();
        cursor.expect(open);
        List<QirOperand> parts = new ArrayList<>();
        while (!cursor.is(close)) {
            if (!parts.isEmpty()) cursor.expect(QirToken.COMMA);
            int partAt = cursor.at();
            QirType part = types.value();
            QirType expected = part(type, parts.size());
            if (!part.equals(expected)) throw mismatch(partAt, "the part", part.text(), expected);
            parts.add(constant(part));
        }
        cursor.expect(close);
        boolean whole =
                switch (type) {
                    case QirType.Array(long count, var _) -> count == parts.size();
                    case QirType.Structure(var fields) -> fields.size() == parts.size();
                    case QirType.Void(), QirType.Whole _, QirType.Real(), QirType.Pointer() ->
                            false;
                    case QirType.Opaque _, QirType.Code _, QirType.Label(), QirType.Metadata() ->
                            false;
                };
        if (!whole) throw mismatch(at, "the value", "of " + parts.size() + " parts", type);
        cursor.leave();
        return new QirOperand.Composite(parts);
    }

    private static QirType part(QirType type, int index) {
        return switch (type) {
            case QirType.Array(long _, var element) -> element;
            case QirType.Structure(var fields) ->
                    index < fields.size() ? fields.get(index) : QirType.VOID;
            case QirType.Void(), QirType.Whole _, QirType.Real(), QirType.Pointer() -> QirType.VOID;
            case QirType.Opaque _, QirType.Code _, QirType.Label(), QirType.Metadata() ->
                    QirType.VOID;
        };
    }

    /// An operand that may name no local value.
    QirOperand constant(QirType type) {
        return operand(type, this::noLocals);
    }

    private QirOperand noLocals(String name, QirType type, int at) {
        String found = "%" + name + " of type " + type.text();
        throw cursor.notes().error(QirRule.SYNTAX_TOKEN, at, found, "a constant");
    }

    private QirOperand word(QirType type) {
        int at = cursor.at();
        String word = cursor.spelling();
        switch (word) {
            case "true", "false" -> {
                require(type.equals(QirType.BIT), "a truth value", type);
                cursor.next();
                return word.equals("true") ? QirOperand.TRUE : QirOperand.FALSE;
            }
            case "null" -> {
                require(type.equals(QirType.POINTER), "a pointer", type);
                cursor.next();
                return QirOperand.FALSE;
            }
            case "undef", "poison", "zeroinitializer" -> {
                cursor.next();
                return QirOperand.ZERO;
            }
            case "inttoptr", "ptrtoint", "bitcast", "addrspacecast" -> {
                return converted(word, type);
            }
            case "getelementptr" -> {
                require(type.equals(QirType.POINTER), "a pointer", type);
                return element();
            }
            default -> {
                if (!isExpression(word)) throw cursor.unexpected("a value");
                throw cursor.notes().error(QirRule.CONSTANT, at, word);
            }
        }
    }

    private static boolean isExpression(String word) {
        return QirOperator.of(word).isPresent()
                || QirConversion.of(word).isPresent()
                || word.equals("select")
                || word.equals("icmp")
                || word.equals("fcmp")
                || word.equals("blockaddress")
                || word.equals("splat");
    }

    /// `inttoptr (i64 1 to ptr)` and the like: addresses are numbers, so nothing changes.
    private QirOperand converted(String word, QirType type) {
        cursor.enter();
        cursor.next();
        cursor.expect(QirToken.OPEN);
        QirType from = types.value();
        QirOperand operand = constant(from);
        cursor.expectWord("to");
        int at = cursor.at();
        QirType to = types.value();
        cursor.expect(QirToken.CLOSE);
        boolean same = word.equals("bitcast") || word.equals("addrspacecast");
        boolean pointers = from.equals(QirType.POINTER) && to.equals(QirType.POINTER);
        boolean fits =
                same
                        ? pointers
                        : QirConversion.of(word).stream().anyMatch(each -> each.fits(from, to));
        if (!fits) throw mismatch(at, "the target of " + word, to.text(), type);
        if (!to.equals(type)) throw mismatch(at, "the value", to.text(), type);
        cursor.leave();
        return operand;
    }

    private QirOperand element() {
        cursor.enter();
        int at = cursor.at();
        cursor.next();
        while (cursor.is(QirToken.WORD)) {
            cursor.next(); // inbounds and the like promise what is checked anyway
            if (cursor.is(QirToken.OPEN) && cursor.isWord("inrange")) cursor.skipBalanced();
        }
        cursor.expect(QirToken.OPEN);
        QirType type = types.value();
        cursor.expect(QirToken.COMMA);
        QirType base = types.type();
        if (!base.equals(QirType.POINTER)) {
            throw mismatch(at, "the base", base.text(), QirType.POINTER);
        }
        QirOperand address = constant(base);
        List<Long> indices = new ArrayList<>();
        while (cursor.accept(QirToken.COMMA)) {
            cursor.acceptWord("inrange");
            QirType indexType = types.type();
            QirOperand index = constant(indexType);
            indices.add(index instanceof QirOperand.Number(long value) ? value : 0L);
        }
        cursor.expect(QirToken.CLOSE);
        cursor.leave();
        long offset = offset(type, indices, at);
        return switch (address) {
            case QirOperand.Number(long bits) -> new QirOperand.Number(bits + offset);
            case QirOperand.Address(int global, long start) ->
                    new QirOperand.Address(global, start + offset);
            case QirOperand.Zero() -> new QirOperand.Number(offset);
            case QirOperand.Local _, QirOperand.Composite _, QirOperand.Text _ ->
                    throw cursor.notes().error(QirRule.CONSTANT, at, "getelementptr");
        };
    }

    /// How far from its base an element lies, in bytes. Products that no memory is large enough
    /// for wrap around, and are out of range all the same.
    private long offset(QirType type, List<Long> indices, int at) {
        long offset = 0;
        QirType inner = type;
        for (int i = 0; i < indices.size(); i++) {
            long index = indices.get(i);
            if (i == 0) {
                offset = index * type.size();
                continue;
            }
            switch (inner) {
                case QirType.Array(long _, var element) -> {
                    offset += index * element.size();
                    inner = element;
                }
                case QirType.Structure structure
                        when index >= 0 && index < structure.fields().size() -> {
                    offset += structure.offset((int) index);
                    inner = structure.fields().get((int) index);
                }
                case QirType.Structure _, QirType.Void(), QirType.Whole _, QirType.Real() ->
                        throw mismatch(at, "index " + index, "none of its parts", inner);
                case QirType.Pointer(), QirType.Opaque _, QirType.Code _, QirType.Label() ->
                        throw mismatch(at, "index " + index, "none of its parts", inner);
                case QirType.Metadata() ->
                        throw mismatch(at, "index " + index, "none of its parts", inner);
            }
        }
        return offset;
    }
}
