//! Parse, dispatch, print the error once, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    interagency::cli::main()
}
