package org.qmk.cli;

/// What the document of `qmk bench sharing` says besides figures.
final class SharingText {

    static final String WHAT =
            """
            # Sharing a machine between tenants

            Written by `qmk bench sharing --out docs/reference/sharing.md`; do not edit.

            """;

    static final String METHOD =
            """
            """;

    private SharingText() {}
}
