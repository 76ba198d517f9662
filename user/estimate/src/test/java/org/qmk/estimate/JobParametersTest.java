package org.qmk.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.machine.magic.DistillationUnit;

final class JobParametersTest {

    private static JobParameters.Reading read(String json) {
        return JobParameters.read(
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private static List<JobParameters> jobs(String json) {
        return assertInstanceOf(JobParameters.Reading.Ok.class, read(json), json).jobs();
    }

    @Test
    void without_fields_a_job_is_azures_default() {
        JobParameters job = jobs("{}").getFirst();

        assertEquals("qubit_gate_ns_e3", job.qubit().name());
        assertEquals("surface-gate", job.profile().name());
        assertEquals(new JobParameters.Budget.Total(1e-3), job.budget());
        assertEquals(DistillationUnit.DEFAULT, job.units());
        assertEquals(3, job.constraints().maxDistillationRounds());
    }

    @Test
    void an_array_and_items_are_batches() {
        assertEquals(2, jobs("[{}, {'errorBudget': 0.1}]").size());
        List<JobParameters> items =
                jobs("{'errorBudget': 0.2, 'items': [{}, {'errorBudget': 0.1}]}");

        assertEquals(new JobParameters.Budget.Total(0.2), items.get(0).budget());
        assertEquals(new JobParameters.Budget.Total(0.1), items.get(1).budget());
    }

    @Test
    void own_qubits_codes_and_units_are_taken() {
        JobParameters job =
                jobs("""
                {'qubitParams': {'instructionSet': 'gate_based',
                  'oneQubitMeasurementTime': '30 us',
                  'oneQubitMeasurementErrorRate': 1e-5, 'oneQubitGateTime': '10 us',
                  'oneQubitGateErrorRate': 2e-5, 'tGateErrorRate': 1e-4},
                 'qecScheme': {'name': 'own', 'errorCorrectionThreshold': 0.02,
                  'crossingPrefactor': 0.04,
                  'logicalCycleTime': '10 * oneQubitGateTime * codeDistance',
                  'physicalQubitsPerLogicalQubit': '3 * codeDistance ^ 2'},
                 'distillationUnitSpecifications': [{'name': '15-1 RM'},
                  {'displayName': 'T', 'numInputTs': 10, 'numOutputTs': 2,
                   'failureProbabilityFormula': '8 * z',
                   'outputErrorRateFormula': '9 * z ^ 2 + c',
                   'logicalQubitSpecification':
                    {'numUnitQubits': 7, 'durationInQubitCycleTime': 5}}]}
                """)
                        .getFirst();

        assertEquals(2e-5, job.qubit().cliffordError());
        assertEquals(75, job.profile().qubits(5));
        assertEquals(500_000, job.profile().cycleNanos(job.qubit(), 5));
        assertEquals(
                0.04 * Math.pow(2e-5 / 0.02, 3),
                job.profile().errorPerCycle(2e-5, 5).orElseThrow(),
                1e-22);
        assertEquals("T", job.units().get(1).name());
        assertEquals(2, job.units().get(1).outputs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "QMK-PARAMS-1; {",
                "QMK-PARAMS-1; []",
                "QMK-PARAMS-1; [1]",
                "QMK-PARAMS-2; {'qubits': 3}",
                "QMK-PARAMS-2; {'constraints': {'maxQubits': 3}}",
                "QMK-PARAMS-3; {'errorBudget': 'low'}",
                "QMK-PARAMS-3; {'qubitParams': {'name': 'mine'}}",
                "QMK-PARAMS-3; {'qubitParams': {'name': 'qubit_gate_ns_e3', 'tGateTime': '5'}}",
                "QMK-PARAMS-3; {'estimateType': 'best'}",
                "QMK-PARAMS-3; {'distillationUnitSpecifications': [{'name': '14-to-1'}]}",
                "QMK-PARAMS-3; {'constraints': {'maxDuration': 5}}",
                "QMK-PARAMS-4; {'qecScheme': {'name': 'surface_code', 'logicalCycleTime': '2 *'}}",
                "QMK-PARAMS-2; {'qecScheme': {'name': 'gross', 'crossingPrefactor': 0.1}}",
            })
    void what_is_wrong_is_told_with_its_code(String code, String json) {
        var failed = assertInstanceOf(JobParameters.Reading.Failed.class, read(json), json);

        assertTrue(failed.errors().getFirst().startsWith(code + ":"), failed.errors().toString());
    }

    @Test
    void counts_are_told_from_programs() {
        assertEquals(
                new CountsFile.Reading.Ok(new LogicalCounts(3, 4, 0, 0, 0, 0, 1)),
                counts("{'numQubits': 3, 'tCount': 4, 'measurementCount': 1}"));
        assertEquals(
                new CountsFile.Reading.Ok(new LogicalCounts(3, 0, 0, 0, 0, 0, 0)),
                counts("{'status': 'success', 'logicalCounts': {'numQubits': 3}}"));
        assertEquals(new CountsFile.Reading.Other(), counts("{'nodes': []}"));
        assertEquals(new CountsFile.Reading.Other(), counts("OPENQASM 3;"));
        assertEquals(new CountsFile.Reading.Other(), counts("{'numQubits': "));
        for (String wrong :
                List.of(
                        "{'numQubits': 0}",
                        "{'numQubits': 1, 'tCount': -1}",
                        "{'numQubits': 1, 'rotationDepth': 2}",
                        "{'numQubits': 1, 'tcount': 2}")) {
            assertInstanceOf(CountsFile.Reading.Failed.class, counts(wrong), wrong);
        }
    }

    private static CountsFile.Reading counts(String json) {
        return CountsFile.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
