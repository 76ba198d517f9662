package org.qmk.format;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one layout of Java sources: four spaces, 100 columns, sorted imports, none unused.
///
/// Long strings are split; comments keep their line breaks. A table that is clearer by hand stands
/// between a line `// formatter:off` and a line `// formatter:on`, and is left as it is.
final class Layout {
    private static final Pattern TABLE =
            Pattern.compile("(?ms)^ *// formatter:off$.*?(^ *// formatter:on$|\\z)");

    /// Static imports, a blank line, the rest in one sorted block.
    private static final JavaFormatterOptions.Style IMPORTS = JavaFormatterOptions.Style.GOOGLE;

    private static final JavaFormatterOptions OPTIONS =
            JavaFormatterOptions.builder()
                    .style(JavaFormatterOptions.Style.AOSP)
                    .formatJavadoc(false)
                    .build();

    private Layout() {}

    /// Returns the source as it should be laid out.
    ///
    /// @throws FormatterException if the source is not Java
    static String of(String source) throws FormatterException {
        String before = source;
        String after = pass(before);
        // Splitting a string may let the next pass join lines: go on until nothing changes.
        for (int i = 0; i < 4 && !after.equals(before); i++) {
            before = after;
            after = pass(before);
        }
        return after;
    }

    private static String pass(String source) throws FormatterException {
        Formatter formatter = new Formatter(OPTIONS);
        String used = RemoveUnusedImports.removeUnusedImports(source);
        String ordered = ImportOrderer.reorderImports(used, IMPORTS);
        String laidOut = formatter.formatSource(ordered);
        return restoreTables(source, StringWrapper.wrap(laidOut, formatter));
    }

    /// Puts the text between the switches back as it was; the n-th region is the n-th in both.
    private static String restoreTables(String source, String laidOut) {
        Matcher before = TABLE.matcher(source);
        return TABLE.matcher(laidOut)
                .replaceAll(
                        table ->
                                Matcher.quoteReplacement(
                                        before.find() ? before.group() : table.group()));
    }
}
