//! Linked orders: lists of two or three, one of which closes others.

mod bracket;
mod effects;
mod links;
mod place;
mod states;
mod terms;

pub(crate) use links::Links;
