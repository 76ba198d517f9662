package org.qmk.tidy;

import java.util.List;

/// A text file of the checkout.
///
/// @param path relative to the checkout, with `/` between its parts
/// @param text its whole content
record TextFile(String path, String text) {
    List<String> lines() {
        return text.lines().toList();
    }

    /// The file's module, such as `trusted/qvm`; empty for a file outside the modules.
    String module() {
        int src = path.indexOf("/src/");
        return src < 0 ? "" : path.substring(0, src);
    }

    /// The last part of the path.
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
