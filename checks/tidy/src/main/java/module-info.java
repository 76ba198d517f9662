/// The rules of the house: budget, purity, arrows, names, lengths, switches, words.
module qmk.tidy {
    requires jdk.compiler;
    requires qmk.cli;
}
