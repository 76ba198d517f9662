/// Placeholder until the module's sources arrive.
module qmk.codec {
    requires transitive qmk.qvm;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires com.google.protobuf;
}
