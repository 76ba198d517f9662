package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the instructions of function bodies.
final class QirInstructionParser {

    private static final Set<String> CALLS = Set.of("call", "tail", "musttail", "notail");

    /// Words that promise something about an operation and change none of its results.
    private static final Set<String> PROMISES =
            Set.of(
                    "nuw",
                    "nsw",
                    "exact",
                    "disjoint",
                    "nneg",
                    "samesign",
                    "inbounds",
                    "nusw",
                    "fast",
                    "nnan",
                    "ninf",
                    "nsz",
                    "arcp",
                    "contract",
                    "afn",
                    "reassoc",
                    "volatile",
                    "inalloca",
                    "swifterror");

    private static final Set<String> VALUE_WORDS =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "undef",
                    "poison",
                    "zeroinitializer",
                    "inttoptr",
                    "ptrtoint",
                    "bitcast",
                    "addrspacecast",
                    "getelementptr",
                    "none",
                    "splat",
                    "blockaddress");

    private final QirCursor cursor;
    private final QirTypes types;
    private final QirSymbols symbols;
    private final QirOperands operands;

    /// The function at hand.
    private QirBody body;

    private QirType returns = QirType.VOID;

    QirInstructionParser(
            QirCursor cursor, QirTypes types, QirSymbols symbols, QirOperands operands) {
        this.cursor = cursor;
        this.types = types;
        this.symbols = symbols;
        this.operands = operands;
    }

    /// Reads a body up to its closing brace, the word at hand being the first in it.
    void read(QirBody into, QirType result) {
        body = into;
        returns = result;
        while (!cursor.is(QirToken.RIGHT_BRACE)) {
            if (cursor.is(QirToken.END)) throw cursor.unexpected("'}'");
            int from = cursor.at();
            try {
                line();
            } catch (QirRefusal refusal) {
                if (refusal == QirRefusal.PROGRAM) throw refusal;
                body.damage();
                boolean atNext = cursor.isFirst() && cursor.at() > from;
                if (atNext) cursor.unnest();
                else cursor.skipLine();
            }
        }
        body.close(cursor.at());
        cursor.expect(QirToken.RIGHT_BRACE);
    }

    private void line() {
        int at = cursor.at();
        if (cursor.is(QirToken.LABEL)) {
            String name = cursor.name(QirToken.LABEL);
            body.begin(name, at);
            return;
        }
        if (!body.isOpen()) body.begin(body.unnamed(), at);
        Optional<String> name = Optional.empty();
        if (cursor.is(QirToken.LOCAL)) {
            name = Optional.of(cursor.name(QirToken.LOCAL));
            cursor.expect(QirToken.EQUALS);
        }
        instruction(at, name);
        trailing();
    }

    /// `, !dbg !5` and the like.
    private void trailing() {
        while (cursor.accept(QirToken.COMMA)) {
            if (cursor.acceptWord("align")) {
                cursor.whole();
            } else if (cursor.acceptWord("addrspace")) {
                cursor.skipBalanced();
            } else {
                cursor.name(QirToken.METADATA);
                metadata();
            }
        }
    }

    /// A reference to metadata, or metadata in place.
    void metadata() {
        if (cursor.is(QirToken.METADATA)) cursor.next();
        if (cursor.is(QirToken.LEFT_BRACE) || cursor.is(QirToken.OPEN)) cursor.skipBalanced();
    }

    private int define(Optional<String> name, QirType type, int at) {
        return body.define(name.orElseGet(body::unnamed), type, at);
    }

    private void instruction(int at, Optional<String> name) {
        if (!cursor.is(QirToken.WORD)) throw cursor.unexpected("an instruction");
        String word = cursor.spelling();
        if (CALLS.contains(word)) {
            call(at, name);
            return;
        }
        cursor.next();
        Optional<QirOperator> operator = QirOperator.of(word);
        if (operator.isPresent()) {
            binary(at, name, operator.get());
            return;
        }
        Optional<QirConversion> conversion = QirConversion.of(word);
        if (conversion.isPresent()) {
            convert(at, name, conversion.get());
            return;
        }
        switch (word) {
            case "icmp" -> compare(at, name, false);
            case "fcmp" -> compare(at, name, true);
            case "fneg" -> negate(at, name);
            case "select" -> select(at, name);
            case "alloca" -> allocate(at, name);
            case "load" -> load(at, name);
            case "store" -> store(at);
            case "getelementptr" -> element(at, name);
            case "extractvalue" -> extract(at, name);
            case "insertvalue" -> insert(at, name);
            case "phi" -> phi(at, name);
            case "freeze" -> freeze(at, name);
            case "ret" -> leave(at);
            case "br" -> branch(at);
            case "switch" -> choose(at);
            case "unreachable" -> body.add(new QirInstruction.Unreachable(at));
            default -> throw cursor.notes().error(QirRule.OPCODE, at, "'" + word + "'");
        }
    }

    private void promises() {
        while (cursor.is(QirToken.WORD) && PROMISES.contains(cursor.spelling())) cursor.next();
    }

    private QirOperand operand(QirType type) {
        return operands.operand(type, body);
    }

    private void mismatch(int at, String what, QirType found, String expected) {
        throw cursor.notes().error(QirRule.TYPE_MISMATCH, at, what, found.text(), expected);
    }

    private QirType valueOf(QirType expected) {
        int at = cursor.at();
        QirType type = types.value();
        if (!type.equals(expected)) mismatch(at, "the operand", type, expected.text());
        return type;
    }

    private void binary(int at, Optional<String> name, QirOperator operator) {
        promises();
        int typeAt = cursor.at();
        QirType type = types.value();
        boolean fits =
                operator.isReal() ? type.equals(QirType.REAL) : type instanceof QirType.Whole;
        if (!fits) {
            mismatch(typeAt, "the operand", type, operator.isReal() ? "double" : "an integer");
        }
        QirOperand a = operand(type);
        cursor.expect(QirToken.COMMA);
        QirOperand b = operand(type);
        body.add(new QirInstruction.Binary(at, define(name, type, at), operator, type, a, b));
    }

    private void negate(int at, Optional<String> name) {
        promises();
        valueOf(QirType.REAL);
        var zero = new QirOperand.Number(Double.doubleToRawLongBits(-0.0));
        QirOperand a = operand(QirType.REAL);
        int result = define(name, QirType.REAL, at);
        body.add(new QirInstruction.Binary(at, result, QirOperator.FSUB, QirType.REAL, zero, a));
    }

    private void compare(int at, Optional<String> name, boolean isReal) {
        promises();
        int wordAt = cursor.at();
        Optional<QirPredicate> predicate =
                cursor.is(QirToken.WORD)
                        ? QirPredicate.of(cursor.spelling(), isReal)
                        : Optional.empty();
        if (predicate.isEmpty()) throw cursor.unexpected("a comparison");
        cursor.next();
        QirType type = types.value();
        boolean whole = type instanceof QirType.Whole || type.equals(QirType.POINTER);
        if (isReal ? !type.equals(QirType.REAL) : !whole) {
            mismatch(wordAt, "the operand", type, isReal ? "double" : "an integer or a pointer");
        }
        QirOperand a = operand(type);
        cursor.expect(QirToken.COMMA);
        QirOperand b = operand(type);
        int result = define(name, QirType.BIT, at);
        body.add(new QirInstruction.Compare(at, result, predicate.get(), type, a, b));
    }

    private void convert(int at, Optional<String> name, QirConversion conversion) {
        promises();
        QirType from = types.value();
        QirOperand a = operand(from);
        cursor.expectWord("to");
        int toAt = cursor.at();
        QirType to = types.value();
        if (!conversion.fits(from, to)) mismatch(toAt, "the target", to, "another type");
        int result = define(name, to, at);
        body.add(new QirInstruction.Convert(at, result, conversion, from, a, to));
    }

    /// Nothing here is undefined in more than one way, so `freeze` copies.
    private void freeze(int at, Optional<String> name) {
        QirType type = types.value();
        QirOperand a = operand(type);
        int result = define(name, type, at);
        body.add(new QirInstruction.Select(at, result, QirOperand.TRUE, type, a, a));
    }

    private void select(int at, Optional<String> name) {
        promises();
        valueOf(QirType.BIT);
        QirOperand condition = operand(QirType.BIT);
        cursor.expect(QirToken.COMMA);
        QirType type = types.value();
        QirOperand a = operand(type);
        cursor.expect(QirToken.COMMA);
        valueOf(type);
        QirOperand b = operand(type);
        int result = define(name, type, at);
        body.add(new QirInstruction.Select(at, result, condition, type, a, b));
    }

    private void call(int at, Optional<String> name) {
        while (cursor.is(QirToken.WORD) && CALLS.contains(cursor.spelling())) cursor.next();
        promises();
        attributes();
        QirType type = types.type();
        if (type instanceof QirType.Code code) type = code.result();
        int calleeAt = cursor.at();
        if (!cursor.is(QirToken.GLOBAL)) {
            String found = "'" + cursor.notes().excerpt(calleeAt, calleeAt + 20) + "'";
            throw cursor.notes().error(QirRule.CALL_INDIRECT, calleeAt, found);
        }
        String callee = cursor.name(QirToken.GLOBAL);
        if (callee.startsWith("llvm.")) {
            intrinsic(calleeAt, name, type, callee);
            return;
        }
        List<QirType> argumentTypes = new ArrayList<>();
        List<QirOperand> arguments = arguments(argumentTypes);
        callEnd();
        int result = QirInstruction.NO_RESULT;
        if (!type.equals(QirType.VOID)) {
            if (!type.isValue()) {
                throw cursor.notes().error(QirRule.TYPE_UNKNOWN, at, type.text());
            }
            result = define(name, type, at);
        } else if (name.isPresent()) {
            mismatch(at, "%" + name.get(), type, "a value");
        }
        int function = symbols.function(callee, calleeAt);
        body.add(new QirInstruction.Call(at, result, type, function, argumentTypes, arguments));
    }

    private List<QirOperand> arguments(List<QirType> argumentTypes) {
        List<QirOperand> arguments = new ArrayList<>();
        cursor.expect(QirToken.OPEN);
        while (!cursor.is(QirToken.CLOSE)) {
            if (!arguments.isEmpty()) cursor.expect(QirToken.COMMA);
            QirType type = types.value();
            attributes();
            argumentTypes.add(type);
            arguments.add(operand(type));
        }
        cursor.expect(QirToken.CLOSE);
        return arguments;
    }

    /// Attribute groups, attributes and operand bundles after a call.
    private void callEnd() {
        while (cursor.is(QirToken.GROUP) || cursor.is(QirToken.WORD) && !cursor.isFirst()) {
            cursor.next();
            if (cursor.is(QirToken.OPEN)) cursor.skipBalanced();
        }
        if (cursor.is(QirToken.LEFT_BRACKET) && !cursor.isFirst()) cursor.skipBalanced();
    }

    /// Debugging and life-time marks mean nothing here; other intrinsics are refused by name.
    private void intrinsic(int calleeAt, Optional<String> name, QirType type, String callee) {
        boolean mark =
                callee.startsWith("llvm.dbg.")
                        || callee.startsWith("llvm.lifetime.")
                        || callee.equals("llvm.assume")
                        || callee.equals("llvm.donothing");
        if (!mark || name.isPresent() || !type.equals(QirType.VOID)) {
            throw cursor.notes().error(QirRule.CALL_UNKNOWN, calleeAt, "@" + callee);
        }
        if (!cursor.is(QirToken.OPEN)) throw cursor.unexpected("'('");
        cursor.skipBalanced();
        callEnd();
    }

    /// Passes over the attributes of a parameter or result and returns their names.
    List<String> attributes() {
        List<String> names = new ArrayList<>();
        while (true) {
            if (cursor.is(QirToken.TEXT)) {
                names.add(cursor.name());
                cursor.next();
                if (cursor.accept(QirToken.EQUALS)) cursor.name(QirToken.TEXT);
            } else if (cursor.is(QirToken.WORD) && isAttribute(cursor.spelling())) {
                String word = cursor.spelling();
                names.add(word);
                cursor.next();
                if (word.equals("align") && cursor.is(QirToken.INTEGER)) cursor.next();
                if (cursor.is(QirToken.OPEN)) cursor.skipBalanced();
            } else {
                return names;
            }
        }
    }

    /// Whether a word is neither a type nor a value: then, in a parameter list, it is an attribute.
    private static boolean isAttribute(String word) {
        if (VALUE_WORDS.contains(word)) return false;
        boolean type =
                switch (word) {
                    case "void", "ptr", "double", "label", "metadata", "x" -> true;
                    case "half", "bfloat", "float", "fp128", "x86_fp80", "ppc_fp128" -> true;
                    default -> false;
                };
        return !type && !isWhole(word) && QirOperator.of(word).isEmpty();
    }

    private static boolean isWhole(String word) {
        if (word.length() < 2 || word.charAt(0) != 'i') return false;
        for (int i = 1; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') return false;
        }
        return true;
    }

    private void allocate(int at, Optional<String> name) {
        promises();
        QirType type = types.value();
        QirOperand count = new QirOperand.Number(1);
        if (cursor.accept(QirToken.COMMA)) {
            if (cursor.isWord("align")) {
                cursor.next();
                cursor.whole();
            } else if (cursor.is(QirToken.METADATA)) {
                cursor.next();
                metadata();
            } else {
                int countAt = cursor.at();
                QirType countType = types.value();
                if (!(countType instanceof QirType.Whole)) {
                    mismatch(countAt, "the number of elements", countType, "an integer");
                }
                count = operand(countType);
            }
        }
        int result = define(name, QirType.POINTER, at);
        body.add(new QirInstruction.Allocate(at, result, type, count));
    }

    private void load(int at, Optional<String> name) {
        promises();
        QirType type = types.value();
        cursor.expect(QirToken.COMMA);
        valueOf(QirType.POINTER);
        QirOperand pointer = operand(QirType.POINTER);
        body.add(new QirInstruction.Load(at, define(name, type, at), type, pointer));
    }

    private void store(int at) {
        promises();
        QirType type = types.value();
        QirOperand value = operand(type);
        cursor.expect(QirToken.COMMA);
        valueOf(QirType.POINTER);
        body.add(new QirInstruction.Store(at, type, value, operand(QirType.POINTER)));
    }

    private void element(int at, Optional<String> name) {
        promises();
        QirType type = types.value();
        cursor.expect(QirToken.COMMA);
        valueOf(QirType.POINTER);
        QirOperand base = operand(QirType.POINTER);
        List<QirOperand> indices = new ArrayList<>();
        QirType inner = type;
        while (cursor.is(QirToken.COMMA)) {
            cursor.next();
            if (cursor.is(QirToken.METADATA)) {
                cursor.next();
                metadata();
                break;
            }
            int indexAt = cursor.at();
            QirType indexType = types.value();
            if (!(indexType instanceof QirType.Whole)) {
                mismatch(indexAt, "the index", indexType, "an integer");
            }
            QirOperand index = operand(indexType);
            if (!indices.isEmpty()) inner = part(inner, index, indexAt);
            indices.add(index);
        }
        int result = define(name, QirType.POINTER, at);
        body.add(new QirInstruction.Element(at, result, type, base, indices));
    }

    /// The type of a part of a type.
    private QirType part(QirType type, QirOperand index, int at) {
        if (type instanceof QirType.Array(long _, var element)) return element;
        if (type instanceof QirType.Structure(var fields)) {
            long place = index instanceof QirOperand.Number(long bits) ? bits : -1;
            if (place >= 0 && place < fields.size()) return fields.get((int) place);
        }
        mismatch(at, "the index", type, "an array, or a structure and a field of it");
        return type;
    }

    private List<Integer> path(QirType[] inner) {
        List<Integer> path = new ArrayList<>();
        while (cursor.is(QirToken.COMMA)) {
            cursor.next();
            if (!cursor.is(QirToken.INTEGER)) {
                cursor.name(QirToken.METADATA);
                metadata();
                break;
            }
            int at = cursor.at();
            long index = cursor.whole();
            QirType whole = inner[0];
            inner[0] = part(whole, new QirOperand.Number(index), at);
            boolean fits =
                    !(whole instanceof QirType.Array(long count, var _))
                            || index >= 0 && index < count && index <= Integer.MAX_VALUE;
            if (!fits) mismatch(at, "index " + index, whole, "a part that it has");
            path.add((int) index);
        }
        if (path.isEmpty()) throw cursor.unexpected("','");
        return path;
    }

    private void extract(int at, Optional<String> name) {
        QirType type = types.value();
        QirOperand from = operand(type);
        QirType[] inner = {type};
        List<Integer> path = path(inner);
        int result = define(name, inner[0], at);
        body.add(new QirInstruction.Extract(at, result, type, from, path));
    }

    private void insert(int at, Optional<String> name) {
        QirType type = types.value();
        QirOperand into = operand(type);
        cursor.expect(QirToken.COMMA);
        int valueAt = cursor.at();
        QirType valueType = types.value();
        QirOperand value = operand(valueType);
        QirType[] inner = {type};
        List<Integer> path = path(inner);
        if (!inner[0].equals(valueType)) {
            mismatch(valueAt, "the value", valueType, inner[0].text());
        }
        int result = define(name, type, at);
        body.add(new QirInstruction.Insert(at, result, type, into, value, path));
    }

    private void phi(int at, Optional<String> name) {
        promises();
        QirType type = types.value();
        List<QirOperand> values = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        do {
            if (cursor.is(QirToken.METADATA)) {
                cursor.next();
                metadata();
                break;
            }
            cursor.expect(QirToken.LEFT_BRACKET);
            values.add(operand(type));
            cursor.expect(QirToken.COMMA);
            blocks.add(blockName());
            cursor.expect(QirToken.RIGHT_BRACKET);
        } while (cursor.accept(QirToken.COMMA));
        body.add(new QirInstruction.Phi(at, define(name, type, at), type, values, blocks));
    }

    private int blockName() {
        int at = cursor.at();
        return body.block(cursor.name(QirToken.LOCAL), at);
    }

    private int label() {
        cursor.expectWord("label");
        return blockName();
    }

    private void leave(int at) {
        int typeAt = cursor.at();
        QirType type = types.type();
        if (!type.equals(returns)) mismatch(typeAt, "what is returned", type, returns.text());
        QirOperand value = type.equals(QirType.VOID) ? QirOperand.ZERO : operand(type);
        body.add(new QirInstruction.Return(at, type, value));
    }

    private void branch(int at) {
        if (cursor.isWord("label")) {
            body.add(new QirInstruction.Jump(at, label()));
            return;
        }
        valueOf(QirType.BIT);
        QirOperand condition = operand(QirType.BIT);
        cursor.expect(QirToken.COMMA);
        int yes = label();
        cursor.expect(QirToken.COMMA);
        body.add(new QirInstruction.Branch(at, condition, yes, label()));
    }

    private void choose(int at) {
        int typeAt = cursor.at();
        QirType type = types.value();
        if (!(type instanceof QirType.Whole)) mismatch(typeAt, "the value", type, "an integer");
        QirOperand value = operand(type);
        cursor.expect(QirToken.COMMA);
        int otherwise = label();
        List<Long> cases = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        cursor.expect(QirToken.LEFT_BRACKET);
        while (!cursor.is(QirToken.RIGHT_BRACKET)) {
            valueOf(type);
            QirOperand each = operands.constant(type);
            cases.add(each instanceof QirOperand.Number(long bits) ? bits : 0L);
            cursor.expect(QirToken.COMMA);
            blocks.add(label());
        }
        cursor.expect(QirToken.RIGHT_BRACKET);
        body.add(new QirInstruction.Switch(at, type, value, otherwise, cases, blocks));
    }
}
