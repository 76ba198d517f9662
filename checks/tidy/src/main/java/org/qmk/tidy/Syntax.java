package org.qmk.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Java sources as the compiler sees them.
///
/// @param units one for each source, in the order given
/// @param trees positions, and types where the sources were attributed
record Syntax(List<Unit> units, Trees trees) {

    /// One source and its syntax tree.
    record Unit(TextFile file, CompilationUnitTree tree) {
        /// The beginning of a finding's sentence.
        String at(long line) {
            return file.path() + ":" + line + ": ";
        }
    }

    /// Reads the sources without asking what their names mean.
    ///
    /// @throws IllegalArgumentException if a source is not Java
    static Syntax parse(List<TextFile> sources) throws IOException {
        return read(sources, List.of(), false);
    }

    /// Reads the sources and finds the type of every expression.
    ///
    /// @param options of javac, such as the module path
    /// @throws IllegalArgumentException if a source does not compile
    static Syntax attribute(List<TextFile> sources, List<String> options) throws IOException {
        return read(sources, options, true);
    }

    private static Syntax read(List<TextFile> sources, List<String> options, boolean attribute)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-proc:none");
        List<Text> texts = sources.stream().map(Text::new).toList();
        JavacTask task = (JavacTask) compiler.getTask(null, null, problems, arguments, null, texts);
        Map<URI, TextFile> files = new HashMap<>();
        for (Text text : texts) files.put(text.toUri(), text.file);
        List<Unit> units = new ArrayList<>();
        for (CompilationUnitTree tree : task.parse()) {
            units.add(new Unit(files.get(tree.getSourceFile().toUri()), tree));
        }
        if (attribute) task.analyze();
        problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .ifPresent(
                        problem -> {
                            throw new IllegalArgumentException(problem.toString());
                        });
        return new Syntax(units, Trees.instance(task));
    }

    /// A source that javac reads from memory.
    private static final class Text extends SimpleJavaFileObject {
        private final TextFile file;

        Text(TextFile file) {
            super(URI.create("text:///" + file.path()), Kind.SOURCE);
            this.file = file;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return file.text();
        }
    }
}
