package org.qmk.codec;

/// Reads the `args` of a JSON 1.0 node.
record JsonArguments(JsonCursor in, ArgumentFields arguments, int node) {

    void read() throws JsonCursor.Stop {
        if (!in.isObject()) {
            in.wrongType(node, "args", where(), "an object");
            return;
        }
        while (in.nextKey()) {
            int offset = in.offset();
            String key = in.key();
            if (key.equals("policy") && in.isArray()) {
                arguments.policy();
                while (in.nextElement()) {
                    if (in.isObject()) entry();
                    else in.wrongType(node, "an entry of policy", where(), "an object");
                }
            } else if (in.isText()) {
                arguments.add(key, in.text(), ArgumentFields.Written.TEXT, offset);
            } else if (in.isNumber()) {
                arguments.add(key, in.text(), ArgumentFields.Written.NUMBER, offset);
            } else {
                arguments.add(key, in.found(), ArgumentFields.Written.OTHER, offset);
                in.skip();
            }
        }
    }

    private String where() {
        return "node " + node;
    }

    /// A policy's entry.
    private void entry() throws JsonCursor.Stop {
        int seen = 0;
        int offset = in.offset();
        String key = "";
        String value = "";
        while (in.nextKey()) {
            boolean isKey = in.key().equals("key");
            if (!isKey && !in.key().equals("value")) {
                in.unknownKey(node, "an entry of policy", "key, value");
                continue;
            }
            seen = in.once(seen, isKey ? 1 : 2);
            if (!in.isText()) in.wrongType(node, in.key(), "an entry of policy", "a text");
            else if (isKey) key = in.text();
            else value = in.text();
        }
        if (seen == 3) {
            arguments.policy(key, value);
            return;
        }
        String lacking = (seen & 1) == 0 ? "key" : "value";
        in.note(new Misread(FormErrors.missing(node, "an entry of policy", lacking), offset));
    }
}
