/// The layout of Java sources, checked and mended by google-java-format.
///
/// Start reading at `Layout`.
/// Invariant: a file that `Layout` returns is a fixed point of `Layout`.
/// It must never change a comment, a string or a region between `formatter:off` and `formatter:on`.
/// It depends on no other module, so that it works while they do not compile.
package org.qmk.format;
