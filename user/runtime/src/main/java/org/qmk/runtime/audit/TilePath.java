package org.qmk.runtime.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The place of a tile in a log's folder, as C2SP tlog-tiles lays them out.
///
/// @param kind a level of the tree, 0 to 7, as text, or `entries`
/// @param index which tile of its level
/// @param width hashes or entries in it, 1 to 256; a partial tile has fewer than 256
record TilePath(String kind, long index, int width) {

    /// Hashes in a full tile.
    static final int FULL = 256;

    /// Levels of the tree that a tile spans.
    static final int HEIGHT = 8;

    static final String FOLDER = "tile";
    static final String ENTRIES = "entries";

    private static final Pattern TEXT =
            Pattern.compile(
                    "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,4}[0-9]{3})"
                            + "(?:\\.p/([1-9][0-9]{0,2}))?");

    static TilePath hashes(int level, long index, int width) {
        return new TilePath(Integer.toString(level), index, width);
    }

    static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /// The tile of that path, if it is one that a log could have.
    static Optional<TilePath> of(String path) {
        Matcher matcher = TEXT.matcher(path);
        if (!matcher.matches()) return Optional.empty();
        long index = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        var tile = new TilePath(matcher.group(1), index, width);
        return tile.text().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    boolean isFull() {
        return width == FULL;
    }

    boolean isEntries() {
        return kind.equals(ENTRIES);
    }

    /// The level of its hashes; the entries belong to those of level 0.
    int level() {
        return isEntries() ? 0 : Integer.parseInt(kind);
    }

    TilePath full() {
        return new TilePath(kind, index, FULL);
    }

    /// How many of its hashes or entries a tree of that size has.
    int widthIn(long size) {
        long before = (size >>> HEIGHT * level()) - index * FULL;
        return Math.clamp(before, 0, FULL);
    }

    /// The folder of the partial tiles of one full tile, below the log's folder.
    String partials() {
        return full().text() + ".p";
    }

    /// The path below the log's folder.
    String text() {
        var path = new StringBuilder(FOLDER).append('/').append(kind).append('/');
        path.append(number(index));
        if (!isFull()) path.append(".p/").append(width);
        return path.toString();
    }

    /// Three digits an element, all but the last marked with an x: 1234067 is x001/x234/067.
    static String number(long index) {
        String digits = Long.toString(index);
        var padded = "0".repeat((3 - digits.length() % 3) % 3) + digits;
        var path = new StringBuilder();
        for (int at = 0; at < padded.length(); at += 3) {
            if (at > 0) path.append('/');
            if (at + 3 < padded.length()) path.append('x');
            path.append(padded, at, at + 3);
        }
        return path.toString();
    }
}
