package org.qmk.conformance;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One titled case of a kernel script: a machine, programs, what is done, and what is then true.
///
/// @param place `FILE:LINE` of the title
/// @param setup lines that say what the kernel is started with
/// @param programs QVM text by name
/// @param lines everything else, in order
record KernelScript(
        String place,
        String title,
        List<Line> setup,
        TreeMap<String, String> programs,
        List<Line> lines) {

    KernelScript {
        setup = List.copyOf(setup);
        lines = List.copyOf(lines);
    }

    /// The parts of a case, in their order.
    enum Section {
        SETUP,
        PRE,
        STEPS,
        POST,
        DIAGNOSTICS
    }

    /// One line: a verb, words, options, and after the arrow what comes of it.
    ///
    /// @param place `FILE:LINE`
    /// @param text as written, repetitions expanded
    /// @param words what follows the verb, without options
    /// @param options `NAME=VALUE`
    /// @param refusal the code, and perhaps the fact, that the line is refused with
    /// @param result the name that the result gets, or the handle that it must be
    /// @param near codes that the line is one step away from
    record Line(
            String place,
            Section section,
            String text,
            String verb,
            List<String> words,
            TreeMap<String, String> options,
            Optional<String> refusal,
            Optional<String> result,
            List<String> near) {

        Line {
            words = List.copyOf(words);
            near = List.copyOf(near);
        }

        /// The word at a place.
        String word(int at, String what) {
            if (at >= words.size()) throw wrong(what + " as word " + (at + 1));
            return words.get(at);
        }

        int number(int at, String what) {
            try {
                return Integer.parseInt(word(at, what));
            } catch (NumberFormatException e) {
                throw wrong(what + ", a number, as word " + (at + 1));
            }
        }

        long option(String name, long usual) {
            String value = options.get(name);
            if (value == null) return usual;
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw wrong(name + "=NUMBER");
            }
        }

        /// The line has no options but these.
        void allow(String... names) {
            for (String name : options.keySet()) {
                if (!List.of(names).contains(name)) {
                    throw wrong("options of " + List.of(names) + ", not " + name);
                }
            }
        }

        IllegalArgumentException wrong(String expected) {
            return new IllegalArgumentException(
                    place + ": '" + text + "' stands where " + expected + " was expected");
        }
    }

    @Override
    public String toString() {
        return place + ": " + title;
    }
}
