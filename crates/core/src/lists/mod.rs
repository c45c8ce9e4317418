//! Linked orders: lists of two or three, one of which closes others.

mod bracket;
mod linked;
mod links;
mod place;
mod states;
mod terms;

pub(crate) use links::Links;
