/// Q# programs, compiled to QIR by the package qsharp-lang in a process of its own; usable alone.
module qmk.qsharp {
    requires tools.jackson.core;

    exports org.qmk.qsharp;
}
