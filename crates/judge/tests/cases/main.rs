//! What the C interface promises, as cases that each engine must keep.

mod calls;
mod engines;
mod script;
