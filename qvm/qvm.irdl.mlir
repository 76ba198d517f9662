// The qvm dialect of MLIR; docs/spec/mlir.md says what it means.
// Generated from the table of operations; do not edit.

irdl.dialect @qvm {
  irdl.type @qubit
  irdl.type @channel
  irdl.type @event
  irdl.type @capability {
    %alloc = irdl.is "CAP_ALLOC"
    %teleport = irdl.is "CAP_TELEPORT"
    %magic = irdl.is "CAP_MAGIC"
    %link = irdl.is "CAP_LINK"
    %checkpoint = irdl.is "CAP_CHECKPOINT"
    %migrate = irdl.is "CAP_MIGRATE"
    %observe = irdl.is "CAP_OBSERVE"
    %delegate = irdl.is "CAP_DELEGATE"
    %admin = irdl.is "CAP_ADMIN"
    %any = irdl.any_of(%alloc, %teleport, %magic, %link, %checkpoint, %migrate, %observe, %delegate, %admin)
    irdl.parameters(%any)
  }

  irdl.operation @no_qubit {
    %qubit = irdl.parametric @qvm::@qubit<>
    irdl.results(%qubit)
  }

  irdl.operation @no_channel {
    %channel = irdl.parametric @qvm::@channel<>
    irdl.results(%channel)
  }

  // Take new logical qubits, each in the state 0.
  irdl.operation @alloc_lq {
    %right = irdl.is "CAP_ALLOC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, variadic %qubit, variadic %event)
    irdl.results(variadic %qubit)
    %profile_attribute = irdl.base "#builtin.string"
    irdl.attributes {"profile" = %profile_attribute}
  }

  // Give logical qubits back; their state is discarded.
  irdl.operation @free_lq {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %qubit, variadic %event)
    irdl.results(variadic %qubit)
  }

  // Put qubits into the state 0.
  irdl.operation @reset {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %qubit, variadic %event)
    irdl.results(variadic %qubit)
  }

  // All earlier nodes end in an earlier epoch than any later node begins.
  irdl.operation @fence_epoch {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
  }

  // Name a place in the program; rev+NAME and rev-NAME claim that what is between is reversible.
  irdl.operation @bar_region {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    %tag_attribute = irdl.base "#builtin.string"
    irdl.attributes {"tag" = %tag_attribute}
  }

  // Pauli X: bit flip.
  irdl.operation @apply_x {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Pauli Y.
  irdl.operation @apply_y {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Pauli Z: phase flip.
  irdl.operation @apply_z {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Hadamard: exchanges X and Z.
  irdl.operation @apply_h {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Quarter turn about Z.
  irdl.operation @apply_s {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Quarter turn about Z, backwards.
  irdl.operation @apply_sdg {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Quarter turn about X: the square root of X.
  irdl.operation @apply_sx {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Quarter turn about X, backwards.
  irdl.operation @apply_sxdg {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Flip the second qubit where the first is 1.
  irdl.operation @apply_cnot {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Change the sign where both qubits are 1.
  irdl.operation @apply_cz {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Exchange two qubits.
  irdl.operation @apply_swap {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Exchange two qubits, with a phase i where they differ.
  irdl.operation @apply_iswap {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Exchange two qubits, with a phase -i where they differ.
  irdl.operation @apply_iswapdg {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Measure Z; the qubit stays, in the measured state.
  irdl.operation @measure_z {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit, %event)
  }

  // Measure X; the qubit stays, in the measured state.
  irdl.operation @measure_x {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit, %event)
  }

  // Measure Y; the qubit stays, in the measured state.
  irdl.operation @measure_y {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, variadic %event)
    irdl.results(%qubit, %event)
  }

  // Measure a signed Pauli product; all else that commutes with it stays.
  irdl.operation @measure_pauli {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %qubit, variadic %event)
    irdl.results(variadic %qubit, %event)
    %pauli_attribute = irdl.base "#builtin.string"
    irdl.attributes {"pauli" = %pauli_attribute}
  }

  // Measure XX into the first event and ZZ into the second.
  irdl.operation @measure_bell {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit, %event, %event)
  }

  // An event of known value.
  irdl.operation @ev_const {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    irdl.results(%event)
    %value_attribute = irdl.base "#builtin.integer"
    irdl.attributes {"value" = %value_attribute}
  }

  // 1 where the input is 0.
  irdl.operation @ev_not {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%event, variadic %event)
    irdl.results(%event)
  }

  // 1 where an odd number of inputs are 1.
  irdl.operation @ev_xor {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    irdl.results(%event)
  }

  // 1 where every input is 1.
  irdl.operation @ev_and {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    irdl.results(%event)
  }

  // 1 where at least one input is 1.
  irdl.operation @ev_or {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    irdl.results(%event)
  }

  // The second input where the first is 1, else the third.
  irdl.operation @ev_select {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%event, %event, %event, variadic %event)
    irdl.results(%event)
  }

  // Apply a Pauli string where the XOR of the inputs is 1; without inputs, where the guard holds.
  irdl.operation @cond_pauli {
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %qubit, variadic %event)
    irdl.results(variadic %qubit)
    %pauli_attribute = irdl.base "#builtin.string"
    irdl.attributes {"pauli" = %pauli_attribute}
  }

  // Put a qubit into the magic state (0 + e^(i pi/4) 1)/sqrt 2; its former state is discarded.
  irdl.operation @inject_t_state {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Eighth turn about Z.
  irdl.operation @apply_t {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Eighth turn about Z, backwards.
  irdl.operation @apply_tdg {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
  }

  // Change the sign where all three qubits are 1.
  irdl.operation @apply_ccz {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, %qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit, %qubit)
  }

  // Flip the third qubit where the first two are 1.
  irdl.operation @apply_toffoli {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, %qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit, %qubit)
  }

  // exp(-i angle/2 P) for the Pauli string P.
  irdl.operation @rotate_pauli {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, variadic %qubit, variadic %event)
    irdl.results(variadic %qubit)
    %pauli_attribute = irdl.base "#builtin.string"
    %angle_attribute = irdl.base "#builtin.float"
    %precision_attribute = irdl.base "#builtin.float"
    irdl.attributes {"pauli" = %pauli_attribute, "angle" = %angle_attribute, "precision" = %precision_attribute}
  }

  // exp(-i angle/2 X).
  irdl.operation @rx {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
    %angle_attribute = irdl.base "#builtin.float"
    %precision_attribute = irdl.base "#builtin.float"
    irdl.attributes {"angle" = %angle_attribute, "precision" = %precision_attribute}
  }

  // exp(-i angle/2 Y).
  irdl.operation @ry {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
    %angle_attribute = irdl.base "#builtin.float"
    %precision_attribute = irdl.base "#builtin.float"
    irdl.attributes {"angle" = %angle_attribute, "precision" = %precision_attribute}
  }

  // exp(-i angle/2 Z).
  irdl.operation @rz {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit)
    %angle_attribute = irdl.base "#builtin.float"
    %precision_attribute = irdl.base "#builtin.float"
    irdl.attributes {"angle" = %angle_attribute, "precision" = %precision_attribute}
  }

  // Measure cos(angle) Z + sin(angle) X; the qubit stays, in the measured state.
  irdl.operation @measure_angle {
    %right = irdl.is "CAP_MAGIC"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, variadic %event)
    irdl.results(%qubit, %event)
    %angle_attribute = irdl.base "#builtin.float"
    %precision_attribute = irdl.base "#builtin.float"
    irdl.attributes {"angle" = %angle_attribute, "precision" = %precision_attribute}
  }

  // Open a channel and leave its first Bell pair in two qubits; their former state is discarded.
  irdl.operation @open_chan {
    %right = irdl.is "CAP_LINK"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %channel = irdl.parametric @qvm::@channel<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, %qubit, optional %channel, variadic %event)
    irdl.results(%qubit, %qubit, %channel)
    %fidelity_attribute = irdl.base "#builtin.float"
    %kind_attribute = irdl.base "#builtin.string"
    irdl.attributes {"fidelity" = %fidelity_attribute, "kind" = %kind_attribute}
  }

  // Apply a two-qubit gate over an open channel, consuming its Bell pairs.
  irdl.operation @use_chan {
    %qubit = irdl.parametric @qvm::@qubit<>
    %channel = irdl.parametric @qvm::@channel<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%qubit, %qubit, %channel, variadic %event)
    irdl.results(%qubit, %qubit, %channel)
    %gate_attribute = irdl.base "#builtin.string"
    irdl.attributes {"gate" = %gate_attribute}
  }

  // Close a channel.
  irdl.operation @close_chan {
    %channel = irdl.parametric @qvm::@channel<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%channel, variadic %event)
    irdl.results(optional %channel)
  }

  // CNOT by gate teleportation, for qubits in different modules.
  irdl.operation @teleport_cnot {
    %right = irdl.is "CAP_TELEPORT"
    %capability = irdl.parametric @qvm::@capability<%right>
    %qubit = irdl.parametric @qvm::@qubit<>
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(%capability, %qubit, %qubit, variadic %event)
    irdl.results(%qubit, %qubit)
  }

  // Hints for scheduling; they change no result.
  irdl.operation @set_policy {
    %event = irdl.parametric @qvm::@event<>
    irdl.operands(variadic %event)
    %policy_attribute = irdl.base "#builtin.array"
    irdl.attributes {"policy" = %policy_attribute}
  }
}
