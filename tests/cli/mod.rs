//! The program from outside: arguments in; status, stdout, stderr and files out.

mod build;
mod commands;
mod limits;
mod privacy;
mod readme;
