/// Reads and writes graphs in every form.
module qmk.codec {
    requires transitive qmk.qvm;
    requires tools.jackson.core;
    requires com.google.protobuf;

    exports org.qmk.codec;
}
