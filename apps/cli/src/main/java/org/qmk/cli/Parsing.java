package org.qmk.cli;

import picocli.CommandLine.ParseResult;

/// Makes a command out of its arguments; the user object of every command that does something.
interface Parsing {
    Command command(ParseResult arguments);
}
