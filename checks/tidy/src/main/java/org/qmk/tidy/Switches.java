package org.qmk.tidy;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/// Switches over our closed types name every case, so that a new case does not compile until each
/// of them has decided.
final class Switches {
    private static final String OURS = "org.qmk.";

    private Switches() {}

    /// Says which switch over an enum or sealed type of ours has a `default`.
    ///
    /// @param syntax attributed sources
    static List<String> withDefault(Syntax syntax) {
        List<String> found = new ArrayList<>();
        for (Syntax.Unit unit : syntax.units()) {
            new Scanner(unit, syntax, found).scan(unit.tree(), null);
        }
        return found;
    }

    private static boolean isClosedAndOurs(TypeMirror type) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof TypeElement element
                && element.getQualifiedName().toString().startsWith(OURS)
                && (element.getKind() == ElementKind.ENUM
                        || element.getModifiers().contains(Modifier.SEALED));
    }

    private static boolean isDefault(CaseTree branch) {
        return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final Syntax.Unit unit;
        private final Syntax syntax;
        private final List<String> found;

        Scanner(Syntax.Unit unit, Syntax syntax, List<String> found) {
            this.unit = unit;
            this.syntax = syntax;
            this.found = found;
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void nothing) {
            check(tree.getExpression(), tree.getCases());
            return super.visitSwitch(tree, nothing);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void nothing) {
            check(tree.getExpression(), tree.getCases());
            return super.visitSwitchExpression(tree, nothing);
        }

        private void check(ExpressionTree selector, List<? extends CaseTree> cases) {
            TypeMirror type =
                    syntax.trees().getTypeMirror(new TreePath(getCurrentPath(), selector));
            if (!isClosedAndOurs(type)) return;
            for (CaseTree branch : cases) {
                if (!isDefault(branch)) continue;
                long at = syntax.trees().getSourcePositions().getStartPosition(unit.tree(), branch);
                long line = unit.tree().getLineMap().getLineNumber(at);
                found.add(unit.at(line) + "a switch over " + type + " has a default.");
            }
        }
    }
}
