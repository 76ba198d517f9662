package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The attributes of functions and parameters. Those that are texts are kept, and `writeonly`.
final class BitcodeAttributes {

    /// The place that means the function itself.
    private static final long FUNCTION = 0xFFFFFFFFL;

    private static final int WRITE_ONLY = 52;

    /// @param place 0 for the result, 1 and up for parameters
    private record Group(long place, String text) {}

    // Looked up, never iterated.
    private final Map<Long, Group> groups = new HashMap<>();
    private final List<List<Group>> lists = new ArrayList<>();

    void readGroups(BitcodeStream in) {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> {
                    if (in.code == 3) groups.put(in.operand(0), group(in));
                }
                case BLOCK -> in.skip();
                case END -> {
                    return;
                }
            }
        }
    }

    void readLists(BitcodeStream in) {
        in.enter();
        while (true) {
            switch (in.next()) {
                case RECORD -> {
                    if (in.code != 2) throw new BitcodeDamage("attributes are of an old form");
                    List<Group> list = new ArrayList<>();
                    for (int i = 0; i < in.count; i++) {
                        Group group = groups.get(in.operands[i]);
                        if (group == null) throw new BitcodeDamage("attributes are not defined");
                        list.add(group);
                    }
                    lists.add(list);
                }
                case BLOCK -> in.skip();
                case END -> {
                    return;
                }
            }
        }
    }

    private static Group group(BitcodeStream in) {
        var text = new StringBuilder();
        int at = 2;
        while (at < in.count) {
            int kind = in.index(at++);
            switch (kind) {
                case 0 -> {
                    if (in.operand(at++) == WRITE_ONLY) text.append(" writeonly");
                }
                case 1, 6 -> at += 2;
                case 3, 4 -> {
                    int end = end(in, at);
                    text.append(' ').append(BitcodeText.quoted(characters(in, at, end)));
                    at = end + 1;
                    if (kind == 3) continue;
                    end = end(in, at);
                    text.append('=').append(BitcodeText.quoted(characters(in, at, end)));
                    at = end + 1;
                }
                case 5 -> at++;
                case 7 -> at = range(in, at + 1);
                case 8 -> {
                    long count = in.operand(at + 1);
                    long bits = in.operand(at + 2);
                    at += 3;
                    if (bits > 64 || count < 0 || count > in.count) throw unknown(kind);
                    at += 2 * (int) count;
                }
                default -> throw unknown(kind);
            }
        }
        return new Group(in.operand(1), text.toString());
    }

    private static int range(BitcodeStream in, int at) {
        if (in.operand(at) > 64) throw unknown(7);
        return at + 3;
    }

    private static BitcodeDamage unknown(int kind) {
        return new BitcodeDamage("attributes of kind " + kind + " are not known");
    }

    private static int end(BitcodeStream in, int from) {
        int at = from;
        while (in.operand(at) != 0) at++;
        return at;
    }

    private static String characters(BitcodeStream in, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) text.append((char) (in.operands[i] & 0xFF));
        return text.toString();
    }

    /// The attributes of a function of a list, each with a blank before it.
    ///
    /// @param list as a function's record has it: 0 for none
    String ofFunction(long list) {
        return of(list, FUNCTION);
    }

    /// @param place counted from 0
    String ofParameter(long list, int place) {
        return of(list, place + 1L);
    }

    private String of(long list, long place) {
        if (list == 0) return "";
        if (list < 0 || list > lists.size()) throw new BitcodeDamage("attributes are not defined");
        var text = new StringBuilder();
        for (Group group : lists.get((int) list - 1)) {
            if (group.place == place) text.append(group.text);
        }
        return text.toString();
    }
}
