package org.qmk.estimate;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The part of a result that pages of Azure's tools are made of: which of the other fields to show,
/// under which words.
final class ReportEntries {

    /// A group begins with `#`. A line is a path, a label, and where the value comes from: the
    /// numbers are of the steps in docs/spec/estimate.md.
    private static final String GROUPS =
            """
            #Result
            physicalCountsFormatted/runtime|Runtime|Logical depth times the logical cycle.
            physicalCountsFormatted/rqops|rQOPS|Logical qubits times cycles in a second.
            physicalCountsFormatted/physicalQubits|Physical qubits|Of the program and of factories.
            #Layout and magic states
            physicalCountsFormatted/algorithmicLogicalQubits|Logical qubits|Patches, by step 1.
            physicalCountsFormatted/algorithmicLogicalDepth|Cycles of the program|By step 1.
            physicalCountsFormatted/logicalDepth|Logical depth|Cycles, with those for factories.
            physicalCountsFormatted/clockFrequency|Clock frequency|Logical cycles in a second.
            physicalCountsFormatted/numTstates|T states|That the program takes, by step 1.
            physicalCountsFormatted/numTsPerRotation|T states of a rotation|By step 1.
            physicalCountsFormatted/numTfactories|Factories|That keep up, by step 4.
            physicalCountsFormatted/numTfactoryRuns|Runs|Of all factories together.
            physicalCountsFormatted/physicalQubitsForAlgorithm|Program's qubits|Physical ones.
            physicalCountsFormatted/physicalQubitsForTfactories|Factories' qubits|Physical ones.
            physicalCountsFormatted/requiredLogicalQubitErrorRate|Patch's error|Most, by step 2.
            physicalCountsFormatted/requiredLogicalTstateErrorRate|State's error|Most, by step 3.
            #Logical qubit
            jobParams/qecScheme/name|Code|As the job names it.
            logicalQubit/codeDistance|Distance|The least that suffices, by step 2.
            physicalCountsFormatted/physicalQubitsPerLogicalQubit|Physical qubits|Of a patch.
            physicalCountsFormatted/logicalCycleTime|Logical cycle|Its duration.
            physicalCountsFormatted/logicalErrorRate|Error|Of a patch in a logical cycle.
            jobParams/qecScheme/crossingPrefactor|Prefactor|Of the law of logical errors.
            jobParams/qecScheme/errorCorrectionThreshold|Threshold|Of the law of logical errors.
            jobParams/qecScheme/logicalCycleTime|Formula of the cycle|In nanoseconds.
            jobParams/qecScheme/physicalQubitsPerLogicalQubit|Formula of the qubits|Of a patch.
            #Factory
            physicalCountsFormatted/tfactoryName|Kind|With its distances.
            physicalCountsFormatted/tfactoryPhysicalQubits|Physical qubits|Of one factory.
            physicalCountsFormatted/tfactoryRuntime|Runtime|Of one run.
            tfactory/numTstates|States|Of one run.
            physicalCountsFormatted/numInputTstates|States taken in|By one run.
            tfactory/numRounds|Rounds|Of distillation.
            physicalCountsFormatted/numUnitsPerRound|Units|By round.
            physicalCountsFormatted/unitNamePerRound|Kinds of units|By round.
            physicalCountsFormatted/codeDistancePerRound|Distances|By round.
            physicalCountsFormatted/physicalQubitsPerRound|Physical qubits by round|Of all units.
            physicalCountsFormatted/tfactoryRuntimePerRound|Runtime by round|Of all units.
            physicalCountsFormatted/tstateLogicalErrorRate|Error|Of a state.
            #Logical counts
            physicalCountsFormatted/logicalCountsNumQubits|Qubits|Live at once, before layout.
            physicalCountsFormatted/logicalCountsTCount|T gates|And their inverses.
            physicalCountsFormatted/logicalCountsRotationCount|Rotations|Neither Clifford nor T.
            physicalCountsFormatted/logicalCountsRotationDepth|Layers with rotations|See Input.
            physicalCountsFormatted/logicalCountsCczCount|CCZ gates|And Toffoli gates.
            physicalCountsFormatted/logicalCountsCcixCount|CCiX gates|Of counts in JSON.
            physicalCountsFormatted/logicalCountsMeasurementCount|Measurements|Of single qubits.
            #Error budget
            physicalCountsFormatted/errorBudget|Total|That may go wrong at all.
            physicalCountsFormatted/errorBudgetLogical|Logical errors|In all patches and cycles.
            physicalCountsFormatted/errorBudgetTstates|T states|In all of them.
            physicalCountsFormatted/errorBudgetRotations|Rotations|In all of them.
            #Physical qubit
            jobParams/qubitParams/name|Name|Of the model.
            jobParams/qubitParams/instructionSet|Instructions|Gates, or joint measurements.
            jobParams/qubitParams/oneQubitMeasurementTime|Measurement|Its duration.
            jobParams/qubitParams/twoQubitJointMeasurementTime|Joint measurement|Its duration.
            jobParams/qubitParams/oneQubitGateTime|Gate on one qubit|Its duration.
            jobParams/qubitParams/twoQubitGateTime|Gate on two qubits|Its duration.
            jobParams/qubitParams/tGateTime|T gate|Its duration.
            jobParams/qubitParams/oneQubitMeasurementErrorRate|Error of a measurement|A chance.
            jobParams/qubitParams/twoQubitJointMeasurementErrorRate|Of a joint one|A chance.
            jobParams/qubitParams/oneQubitGateErrorRate|Error on one qubit|A chance.
            jobParams/qubitParams/twoQubitGateErrorRate|Error on two qubits|A chance.
            jobParams/qubitParams/tGateErrorRate|Error of a T gate|A chance.
            #Constraints
            physicalCountsFormatted/logicalDepthFactor|Factor of the depth|Times the program's.
            physicalCountsFormatted/maxTFactories|Factories|At most.
            physicalCountsFormatted/maxDuration|Runtime|At most.
            physicalCountsFormatted/maxPhysicalQubits|Physical qubits|At most.
            """;

    private static final List<String> ASSUMPTIONS =
            List.of(
                    "Errors of physical qubits are independent and equal everywhere.",
                    "Decoding never makes anything wait.",
                    "Magic states arrive smoothly.",
                    "Any two patches can be measured together; one operation at a time.",
                    "Nobody else uses the machine.");

    private ReportEntries() {}

    /// @param result everything else of a result; what it lacks is not shown
    static ObjectNode of(ObjectNode result) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ArrayNode groups = report.putArray("groups");
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (String line : GROUPS.strip().split("\n")) {
            if (line.startsWith("#")) {
                entries = JsonNodeFactory.instance.arrayNode();
                ObjectNode group = groups.addObject().put("title", line.substring(1));
                group.put("alwaysVisible", groups.size() == 1).set("entries", entries);
                continue;
            }
            String[] parts = line.split("\\|");
            if (!shown(result, parts[0])) continue;
            entries.addObject()
                    .put("path", parts[0])
                    .put("label", parts[1])
                    .put("description", parts[1])
                    .put("explanation", parts[2]);
        }
        ArrayNode assumptions = report.putArray("assumptions");
        ASSUMPTIONS.forEach(assumptions::add);
        return report;
    }

    /// Of a frontier the first entry is shown, as Azure's tools do.
    private static boolean shown(ObjectNode result, String path) {
        JsonNode at = result;
        for (String field : path.split("/")) {
            if (!at.has(field)) at = at.path("frontierEntries").path(0);
            at = at.path(field);
        }
        return !at.isMissingNode() && !at.isNull();
    }
}
