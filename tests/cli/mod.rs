//! The program from outside: arguments in; status, stdout, stderr and files out.

mod build;
mod commands;
mod ends;
mod explaining;
mod limits;
mod long;
mod names;
mod places;
mod privacy;
mod readiness;
mod readme;
