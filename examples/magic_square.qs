// Q#: the Mermin-Peres magic square, a game that two players who share two Bell pairs always win.
//
// The referee draws a row and a column of a square of 3 x 3 signs. Alice fills the row so that its
// product is +, Bob the column so that its product is -, and they win if they agree where the two
// cross. Without entanglement they win at most 8 of the 9 games. Here all nine are played, and the
// one bit of the result says whether all of them were won.
//
// expect: 1 1

import Std.Measurement.*;

/// One place of the square as a product of two Pauli operators.
///
///      IZ  ZI  ZZ
///      XI  IX  XX
///     -XZ -ZX  YY
function Place(row : Int, column : Int) : Pauli[] {
    let square = [
        [[PauliI, PauliZ], [PauliZ, PauliI], [PauliZ, PauliZ]],
        [[PauliX, PauliI], [PauliI, PauliX], [PauliX, PauliX]],
        [[PauliX, PauliZ], [PauliZ, PauliX], [PauliY, PauliY]]
    ];
    square[row][column]
}

/// Whether a place has the sign -.
function IsNegative(row : Int, column : Int) : Bool {
    row == 2 and column < 2
}

operation Sign(row : Int, column : Int, qubits : Qubit[]) : Bool {
    let outcome = Measure(Place(row, column), qubits) == One;
    IsNegative(row, column) ? not outcome | outcome
}

/// Plays a game of one row and one column.
operation Play(row : Int, column : Int) : Bool {
    use (alice, bob) = (Qubit[2], Qubit[2]);
    for i in 0..1 {
        H(alice[i]);
        CNOT(alice[i], bob[i]);
    }
    mutable hers = false;
    mutable his = false;
    for i in 0..2 {
        let sign = Sign(row, i, alice);
        if i == column { set hers = sign; }
    }
    for i in 0..2 {
        let sign = Sign(i, column, bob);
        if i == row { set his = sign; }
    }
    ResetAll(alice + bob);
    hers == his
}

@EntryPoint()
operation Main() : Bool {
    mutable won = true;
    for row in 0..2 {
        for column in 0..2 {
            let game = Play(row, column);
            set won = won and game;
        }
    }
    won
}
