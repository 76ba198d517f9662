package org.qmk.mlir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An operation as it is written; what it means is not looked at.
final class MlirOperation {

    /// A value that is used or defined.
    record Use(String name, int at) {}

    String name = "";
    int at;
    final List<Use> results = new ArrayList<>();
    final List<Use> operands = new ArrayList<>();
    final List<String> operandTypes = new ArrayList<>();
    final List<String> resultTypes = new ArrayList<>();

    /// Of the operation and of its properties. Looked up, never iterated.
    final Map<String, MlirAttribute> attributes = new HashMap<>();
}
