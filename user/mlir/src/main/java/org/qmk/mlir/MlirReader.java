package org.qmk.mlir;

import java.nio.charset.StandardCharsets;

/// Reads a module of the qvm dialect, in MLIR's generic form, into a graph.
public final class MlirReader {

    /// The longest module that is read.
    private static final int SOURCE_BYTES_MAX = 256 << 20;

    private MlirReader() {}

    /// @param fileName what diagnostics call the source
    public static MlirReading read(byte[] source, String fileName) {
        try {
            if (source.length > SOURCE_BYTES_MAX) {
                throw new MlirRefusal(MlirRule.BOUND_SOURCE, 0, source.length, SOURCE_BYTES_MAX);
            }
            var assembly = new GraphAssembly(source.length);
            new MlirParser(source, assembly).module();
            return new MlirReading.Ok(assembly.graph());
        } catch (MlirRefusal refusal) {
            int line = 1;
            int from = 0;
            for (int i = 0; i < refusal.at(); i++) {
                if (source[i] != '\n') continue;
                line++;
                from = i + 1;
            }
            String before = new String(source, from, refusal.at() - from, StandardCharsets.UTF_8);
            int column = before.codePointCount(0, before.length()) + 1;
            return new MlirReading.Failed(
                    new MlirDiagnostic(
                            refusal.rule(), fileName, line, column, refusal.getMessage()));
        }
    }
}
