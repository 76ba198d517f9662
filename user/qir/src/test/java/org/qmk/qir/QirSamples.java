package org.qmk.qir;

import java.util.List;

/// Programs that tests read, break and measure.
final class QirSamples {

    static final String FLAGS =
            """
            !llvm.module.flags = !{!0, !1, !2, !3, !4, !5, !6, !7, !8}
            !0 = !{i32 1, !"qir_major_version", i32 2}
            !1 = !{i32 7, !"qir_minor_version", i32 1}
            !2 = !{i32 1, !"dynamic_qubit_management", i1 true}
            !3 = !{i32 1, !"dynamic_result_management", i1 true}
            !4 = !{i32 5, !"int_computations", !{!"i64", !"i32"}}
            !5 = !{i32 5, !"float_computations", !{!"double"}}
            !6 = !{i32 7, !"backwards_branching", i2 3}
            !7 = !{i32 1, !"arrays", i1 true}
            !8 = !{i32 1, !"ir_functions", i1 true}
            """;

    /// The Base Profile's four blocks, as the specification writes them.
    static final String BASE =
            """
            %Result = type opaque
            %Qubit = type opaque
            @0 = internal constant [3 x i8] c"t0\\00"
            @1 = internal constant [3 x i8] c"r0\\00"
            @2 = internal constant [3 x i8] c"r1\\00"
            define i64 @main() #0 {
            entry:
              call void @__quantum__rt__initialize(i8* null)
              br label %body
            body:
              call void @__quantum__qis__h__body(%Qubit* null)
              call void @__quantum__qis__cx__body(%Qubit* null, %Qubit* inttoptr (i64 1 to %Qubit*))
              br label %measurements
            measurements:
              call void @__quantum__qis__mz__body(%Qubit* null, %Result* writeonly null)
              call void @__quantum__qis__mz__body(%Qubit* inttoptr (i64 1 to %Qubit*), \
            %Result* writeonly inttoptr (i64 1 to %Result*))
              br label %output
            output:
              call void @__quantum__rt__tuple_record_output(i64 2, i8* getelementptr inbounds \
            ([3 x i8], [3 x i8]* @0, i32 0, i32 0))
              call void @__quantum__rt__result_record_output(%Result* null, i8* getelementptr \
            inbounds ([3 x i8], [3 x i8]* @1, i32 0, i32 0))
              call void @__quantum__rt__result_record_output(%Result* inttoptr (i64 1 to \
            %Result*), i8* getelementptr inbounds ([3 x i8], [3 x i8]* @2, i32 0, i32 0))
              ret i64 0
            }
            declare void @__quantum__rt__initialize(i8*)
            declare void @__quantum__qis__h__body(%Qubit*)
            declare void @__quantum__qis__cx__body(%Qubit*, %Qubit*)
            declare void @__quantum__qis__mz__body(%Qubit*, %Result* writeonly) #1
            declare void @__quantum__rt__tuple_record_output(i64, i8*)
            declare void @__quantum__rt__result_record_output(%Result*, i8*)
            attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
            "qir_profiles"="base_profile" "required_num_qubits"="2" "required_num_results"="2" }
            attributes #1 = { "irreversible" }
            !llvm.module.flags = !{!0, !1, !2, !3}
            !0 = !{i32 1, !"qir_major_version", i32 1}
            !1 = !{i32 7, !"qir_minor_version", i32 0}
            !2 = !{i32 1, !"dynamic_qubit_management", i1 false}
            !3 = !{i32 1, !"dynamic_result_management", i1 false}
            """;

    /// Loops, memory, functions, integers that measurements decide, a switch.
    static final String ADAPTIVE =
            """
            @0 = internal constant [4 x i8] c"0_i\\00"
            @qubits = internal constant [3 x ptr] [ptr null, ptr inttoptr (i64 1 to ptr), \
            ptr inttoptr (i64 2 to ptr)]
            @angles = internal constant { i64, [2 x double] } { i64 2, \
            [2 x double] [double 0.5, double 0x3FE0000000000000] }
            define i64 @main() #0 {
            entry:
              %sum = alloca i64
              store i64 0, ptr %sum
              br label %head
            head:
              %i = phi i64 [ 0, %entry ], [ %next, %rest ]
              %more = icmp slt i64 %i, 3
              br i1 %more, label %body, label %end
            body:
              %at = getelementptr inbounds [3 x ptr], ptr @qubits, i64 0, i64 %i
              %q = load ptr, ptr %at
              call void @prepare(ptr %q, double 0.25)
              %r = inttoptr i64 %i to ptr
              call void @__quantum__qis__mz__body(ptr %q, ptr %r)
              %bit = call i1 @__quantum__rt__read_result(ptr %r)
              br i1 %bit, label %one, label %rest
            one:
              %old = load i64, ptr %sum
              %shifted = shl i64 1, %i
              %new = add nsw i64 %old, %shifted
              store i64 %new, ptr %sum, align 8
              br label %rest
            rest:
              %next = add i64 %i, 1
              br label %head
            end:
              %total = load i64, ptr %sum
              switch i64 %total, label %other [ i64 3, label %three
                i64 5, label %five ]
            three:
              call void @__quantum__qis__x__body(ptr null)
              br label %other
            five:
              %w = trunc i64 %total to i32
              %d = sitofp i32 %w to double
              %half = fdiv double %d, 1.0e1
              call void @__quantum__qis__rz__body(double %half, ptr inttoptr (i64 1 to ptr))
              br label %other
            other:
              %kind = phi i64 [ 0, %end ], [ 1, %three ], [ 2, %five ]
              %pick = select i1 %more, i64 7, i64 %kind
              call void @__quantum__rt__int_record_output(i64 %total, ptr @0)
              call void @__quantum__rt__int_record_output(i64 %pick, ptr @0)
              ret i64 0
            }
            define internal void @prepare(ptr %q, double %angle) {
              %f = getelementptr { i64, [2 x double] }, ptr @angles, i32 0, i32 1, i64 1
              %a = load double, ptr %f
              %b = fadd double %a, %angle
              call void @__quantum__qis__ry__body(double %b, ptr %q)
              ret void
            }
            declare void @__quantum__qis__x__body(ptr)
            declare void @__quantum__qis__rz__body(double, ptr)
            declare void @__quantum__qis__ry__body(double, ptr)
            declare void @__quantum__qis__mz__body(ptr, ptr writeonly) #1
            declare i1 @__quantum__rt__read_result(ptr)
            declare void @__quantum__rt__int_record_output(i64, ptr)
            attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
            "qir_profiles"="adaptive_profile" "required_num_qubits"="3" \
            "required_num_results"="3" }
            attributes #1 = { "irreversible" }
            """
                    + FLAGS.replace("!8}", "!8, !9}")
                    + "!9 = !{i32 1, !\"multiple_target_branching\", i1 true}\n";

    /// A loop that goes on until a measurement gives 0.
    static final String UNTIL =
            """
            @0 = internal constant [4 x i8] c"0_r\\00"
            define i64 @main() #0 {
            entry:
              br label %loop
            loop:
              call void @__quantum__qis__h__body(ptr null)
              call void @__quantum__qis__mz__body(ptr null, ptr null)
              %again = call i1 @__quantum__rt__read_result(ptr null)
              br i1 %again, label %loop, label %end
            end:
              call void @__quantum__rt__result_record_output(ptr null, ptr @0)
              ret i64 0
            }
            declare void @__quantum__qis__h__body(ptr)
            declare void @__quantum__qis__mz__body(ptr, ptr writeonly) #1
            declare i1 @__quantum__rt__read_result(ptr)
            declare void @__quantum__rt__result_record_output(ptr, ptr)
            attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
            "qir_profiles"="adaptive_profile" "required_num_qubits"="1" \
            "required_num_results"="1" }
            attributes #1 = { "irreversible" }
            """
                    + FLAGS;

    /// Qubits and results that are allocated, alone and in arrays, and structures as values.
    static final String DYNAMIC =
            """
            @0 = internal constant [4 x i8] c"0_b\\00"
            define i64 @main() #0 {
              %1 = alloca i1
              %2 = alloca [2 x ptr]
              %3 = alloca [2 x ptr], align 8
              %4 = call ptr @__quantum__rt__qubit_allocate(ptr %1)
              call void @__quantum__rt__qubit_array_allocate(i64 2, ptr %2, ptr null)
              call void @__quantum__rt__result_array_allocate(i64 2, ptr %3, ptr null)
              %5 = load ptr, ptr %2
              %6 = getelementptr ptr, ptr %2, i64 1
              %7 = load ptr, ptr %6
              call void @__quantum__qis__h__body(ptr %5)
              call void @__quantum__qis__ccx__body(ptr %5, ptr %7, ptr %4)
              %8 = load ptr, ptr %3
              %9 = getelementptr ptr, ptr %3, i64 1
              %10 = load ptr, ptr %9
              call void @__quantum__qis__mresetz__body(ptr %5, ptr %8)
              call void @__quantum__qis__m__body(ptr %7, ptr %10)
              %11 = insertvalue { i64, i1 } undef, i64 5, 0
              %12 = call i1 @__quantum__rt__read_result(ptr %8)
              %13 = insertvalue { i64, i1 } %11, i1 %12, 1
              %14 = extractvalue { i64, i1 } %13, 1
              call void @__quantum__rt__bool_record_output(i1 %14, ptr @0)
              call void @__quantum__rt__result_array_record_output(i64 2, ptr %3, ptr @0)
              call void @__quantum__rt__qubit_array_release(i64 2, ptr %2)
              call void @__quantum__rt__result_array_release(i64 2, ptr %3)
              call void @__quantum__rt__qubit_release(ptr %4)
              ret i64 0
            }
            declare ptr @__quantum__rt__qubit_allocate(ptr)
            declare void @__quantum__rt__qubit_release(ptr)
            declare void @__quantum__rt__qubit_array_allocate(i64, ptr, ptr)
            declare void @__quantum__rt__qubit_array_release(i64, ptr)
            declare void @__quantum__rt__result_array_allocate(i64, ptr, ptr)
            declare void @__quantum__rt__result_array_release(i64, ptr)
            declare void @__quantum__rt__result_array_record_output(i64, ptr, ptr)
            declare void @__quantum__qis__h__body(ptr)
            declare void @__quantum__qis__ccx__body(ptr, ptr, ptr)
            declare void @__quantum__qis__mresetz__body(ptr, ptr writeonly) #1
            declare void @__quantum__qis__m__body(ptr, ptr writeonly) #1
            declare i1 @__quantum__rt__read_result(ptr)
            declare void @__quantum__rt__bool_record_output(i1, ptr)
            attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
            "qir_profiles"="adaptive_profile" }
            attributes #1 = { "irreversible" }
            """
                    + FLAGS;

    static final List<String> ALL = List.of(BASE, ADAPTIVE, UNTIL, DYNAMIC);

    private QirSamples() {}
}
