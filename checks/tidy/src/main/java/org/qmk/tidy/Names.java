package org.qmk.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Names that say what a thing is, once.
final class Names {
    private static final List<String> BANNED =
            List.of(
                    "Manager",
                    "Util",
                    "Utils",
                    "Helper",
                    "Impl",
                    "Support",
                    "Common",
                    "Base",
                    "Data",
                    "Info",
                    "Processor");

    private Names() {}

    /// Types, nested ones too, with a word in their name that says nothing.
    static List<String> banned(Syntax syntax) {
        List<String> found = new ArrayList<>();
        for (Syntax.Unit unit : syntax.units()) {
            TreeScanner<Void, Void> scanner =
                    new TreeScanner<>() {
                        @Override
                        public Void visitClass(ClassTree type, Void nothing) {
                            for (String word : words(type.getSimpleName().toString())) {
                                if (BANNED.contains(word)) {
                                    found.add(
                                            unit.file().path()
                                                    + ": "
                                                    + type.getSimpleName()
                                                    + " has the empty word "
                                                    + word
                                                    + " in its name.");
                                }
                            }
                            return super.visitClass(type, nothing);
                        }
                    };
            scanner.scan(unit.tree(), null);
        }
        return found;
    }

    /// Top-level types that share their simple name with another one.
    static List<String> shared(Syntax syntax) {
        Map<String, List<String>> pathsByName = new TreeMap<>();
        for (Syntax.Unit unit : syntax.units()) {
            for (Tree declaration : unit.tree().getTypeDecls()) {
                if (declaration instanceof ClassTree type) {
                    pathsByName
                            .computeIfAbsent(
                                    type.getSimpleName().toString(), _ -> new ArrayList<>())
                            .add(unit.file().path());
                }
            }
        }
        return pathsByName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is declared in each of " + entry.getValue() + ".")
                .toList();
    }

    private static String[] words(String camelCase) {
        return camelCase.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_");
    }
}
