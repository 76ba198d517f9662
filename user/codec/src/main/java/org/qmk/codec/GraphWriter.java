package org.qmk.codec;

import org.qmk.qvm.Graph;

/// Writes graphs. What it writes reads back to a graph with the same digest and labels.
///
/// A graph names its handles in the text and JSON forms; if two of one kind have the same name
/// (which the verifier refuses), a name there stands for the first of them.
public final class GraphWriter {

    private GraphWriter() {}

    /// @throws IllegalArgumentException if a node carries an argument that its operation does not
    ///     take or names its handles out of order, or an after edge belongs to no node; no reader
    ///     makes such a graph
    public static byte[] write(Graph graph, QvmForm form) {
        return switch (form) {
            case TEXT -> text(graph);
            case JSON -> json(graph);
            case PROTOBUF -> protobuf(graph);
        };
    }

    /// The text form: one node a line.
    ///
    /// @throws IllegalArgumentException as `write` says
    public static byte[] text(Graph graph) {
        return TextFormWriter.write(graph);
    }

    /// JSON of version 1.0: one node a line.
    ///
    /// @throws IllegalArgumentException as `write` says
    public static byte[] json(Graph graph) {
        return JsonFormWriter.write(graph);
    }

    /// The protobuf form.
    ///
    /// @throws IllegalArgumentException as `write` says
    public static byte[] protobuf(Graph graph) {
        return ProtobufFormWriter.write(graph);
    }
}
