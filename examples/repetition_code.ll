; QIR, the LLVM IR of quantum programs: a repetition code carries a 1 through a bit flip.
;
; Qubits 0 to 2 are the code, 3 and 4 measure the parities of neighbours. Qubit 1 is flipped on
; purpose; both parities then read 1, and only then the middle qubit is flipped back. The records
; are the two parities, the middle qubit, and an integer: how many qubits were corrected. Try
; --format qir.
;
; expect: 1111 1

@parities = internal constant [9 x i8] c"parities\00"
@first    = internal constant [6 x i8] c"first\00"
@second   = internal constant [7 x i8] c"second\00"
@data     = internal constant [5 x i8] c"data\00"
@flips    = internal constant [6 x i8] c"flips\00"

define i64 @main() #0 {
entry:
  call void @__quantum__rt__initialize(ptr null)
  ; the logical 1
  call void @__quantum__qis__x__body(ptr null)
  call void @__quantum__qis__cx__body(ptr null, ptr inttoptr (i64 1 to ptr))
  call void @__quantum__qis__cx__body(ptr null, ptr inttoptr (i64 2 to ptr))
  ; the error
  call void @__quantum__qis__x__body(ptr inttoptr (i64 1 to ptr))
  ; two parities
  call void @parity(ptr null, ptr inttoptr (i64 1 to ptr), ptr inttoptr (i64 3 to ptr), ptr null)
  call void @parity(ptr inttoptr (i64 1 to ptr), ptr inttoptr (i64 2 to ptr), ptr inttoptr (i64 4 to ptr), ptr inttoptr (i64 1 to ptr))
  %a = call i1 @__quantum__rt__read_result(ptr null)
  %b = call i1 @__quantum__rt__read_result(ptr inttoptr (i64 1 to ptr))
  %middle = and i1 %a, %b
  br i1 %middle, label %correct, label %read
correct:
  call void @__quantum__qis__x__body(ptr inttoptr (i64 1 to ptr))
  br label %read
read:
  %flips = phi i64 [ 0, %entry ], [ 1, %correct ]
  call void @__quantum__qis__mz__body(ptr inttoptr (i64 1 to ptr), ptr inttoptr (i64 2 to ptr))
  call void @__quantum__rt__array_record_output(i64 2, ptr @parities)
  call void @__quantum__rt__result_record_output(ptr null, ptr @first)
  call void @__quantum__rt__result_record_output(ptr inttoptr (i64 1 to ptr), ptr @second)
  call void @__quantum__rt__result_record_output(ptr inttoptr (i64 2 to ptr), ptr @data)
  call void @__quantum__rt__int_record_output(i64 %flips, ptr @flips)
  ret i64 0
}

define void @parity(ptr %left, ptr %right, ptr %helper, ptr %result) {
  call void @__quantum__qis__cx__body(ptr %left, ptr %helper)
  call void @__quantum__qis__cx__body(ptr %right, ptr %helper)
  call void @__quantum__qis__mresetz__body(ptr %helper, ptr %result)
  ret void
}

declare void @__quantum__rt__initialize(ptr)
declare void @__quantum__qis__x__body(ptr)
declare void @__quantum__qis__cx__body(ptr, ptr)
declare void @__quantum__qis__mz__body(ptr, ptr writeonly) #1
declare void @__quantum__qis__mresetz__body(ptr, ptr writeonly) #1
declare i1 @__quantum__rt__read_result(ptr readonly)
declare void @__quantum__rt__array_record_output(i64, ptr)
declare void @__quantum__rt__result_record_output(ptr, ptr)
declare void @__quantum__rt__int_record_output(i64, ptr)

attributes #0 = { "entry_point" "output_labeling_schema"="labeled" "qir_profiles"="adaptive_profile" "required_num_qubits"="5" "required_num_results"="3" }
attributes #1 = { "irreversible" }

!llvm.module.flags = !{!0, !1, !2, !3, !4, !5}
!0 = !{i32 1, !"qir_major_version", i32 2}
!1 = !{i32 7, !"qir_minor_version", i32 1}
!2 = !{i32 1, !"dynamic_qubit_management", i1 false}
!3 = !{i32 1, !"dynamic_result_management", i1 false}
!4 = !{i32 5, !"int_computations", !{!"i64"}}
!5 = !{i32 1, !"ir_functions", i1 true}
