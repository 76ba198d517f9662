package org.qmk.tidy;

import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;

/// Files, methods and lines of a size that a reader can hold.
final class Lengths {
    private static final int COLUMNS_MAX = 100;
    private static final int METHOD_LINES_MAX = 70;
    private static final int FILE_LINES_MAX = 800;
    private static final int TRUSTED_FILE_LINES_MAX = 500;

    private Lengths() {}

    /// Files with too many lines. A test may be as long as a source outside the trusted base.
    static List<String> longFiles(List<TextFile> sources) {
        List<String> found = new ArrayList<>();
        for (TextFile file : sources) {
            int lines = file.lines().size();
            int linesMax = linesMax(file);
            if (lines > linesMax) {
                found.add(file.path() + ": has " + lines + " lines, at most " + linesMax + ".");
            }
        }
        return found;
    }

    /// Lines with too many columns, counted in code points.
    static List<String> longLines(List<TextFile> sources) {
        List<String> found = new ArrayList<>();
        for (TextFile file : sources) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                int columns = lines.get(i).codePointCount(0, lines.get(i).length());
                if (columns > COLUMNS_MAX) {
                    found.add(file.path() + ":" + (i + 1) + ": has " + columns + " columns.");
                }
            }
        }
        return found;
    }

    /// Methods with too many lines.
    static List<String> longMethods(Syntax syntax) {
        List<String> found = new ArrayList<>();
        for (Syntax.Unit unit : syntax.units()) {
            new MethodLengths(unit, syntax.trees(), found).scan(unit.tree(), null);
        }
        return found;
    }

    private static int linesMax(TextFile file) {
        boolean trusted = file.path().startsWith("trusted/") && file.path().contains("/src/main/");
        return trusted ? TRUSTED_FILE_LINES_MAX : FILE_LINES_MAX;
    }

    private static final class MethodLengths extends TreePathScanner<Void, Void> {
        private final Syntax.Unit unit;
        private final SourcePositions positions;
        private final List<String> found;

        MethodLengths(Syntax.Unit unit, Trees trees, List<String> found) {
            this.unit = unit;
            this.positions = trees.getSourcePositions();
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.tree().getLineMap();
            long end = positions.getEndPosition(unit.tree(), method);
            if (end >= 0) {
                long first = lines.getLineNumber(positions.getStartPosition(unit.tree(), method));
                long length = lines.getLineNumber(end) - first + 1;
                if (length > METHOD_LINES_MAX) {
                    found.add(unit.at(first) + method.getName() + " has " + length + " lines.");
                }
            }
            return super.visitMethod(method, nothing);
        }
    }
}
