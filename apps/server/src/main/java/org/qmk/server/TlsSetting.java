package org.qmk.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.qmk.server.edge.Tls;

/// Where the server's certificate is.
///
/// @param files nothing where the server signs its own
/// @param clientCa who signs the certificates of clients, if they may show any
record TlsSetting(Optional<Files> files, Optional<Path> clientCa) {

    /// @param password the file whose first line opens the store
    record Files(Path keystore, Path password) {}

    /// Reads the certificate, or makes it.
    ///
    /// @param folder for a certificate that is made
    /// @param host by which clients call the server
    Tls open(Path folder, String host) throws IOException {
        if (files.isEmpty()) return SelfSigned.in(folder, host, clientCa);
        return Tls.of(files.get().keystore(), files.get().password(), clientCa);
    }
}
