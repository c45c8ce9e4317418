//! The message header, and the macro that declares a layout.

use alloc::vec::Vec;

use crate::field::Field;

/// What every message begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Which layout follows.
    pub kind: u16,
    /// The layout's version; 0 until the first release, and then promises nothing.
    pub version: u16,
    /// Bytes of the whole message, header and tail included.
    pub length: u32,
}

impl Header {
    /// Bytes of a header.
    pub const WIDTH: usize = 8;

    /// The header as the one integer that a checksum is seeded with.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        u64::from(self.kind) | u64::from(self.version) << 16 | u64::from(self.length) << 32
    }

    fn put(self, out: &mut [u8]) {
        self.as_u64().put(out);
    }
}

/// Bytes that are no message of the layout expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Fewer bytes than the header, the layout, or the header's length says.
    Short,
    /// The kind is another one, or unknown.
    Kind(u16),
    /// The version is not one this build reads.
    Version(u16),
    /// The length does not fit the layout, or is no multiple of 8.
    Length(u32),
}

/// Reads the header at the start of `bytes` and checks that the whole message is there.
///
/// # Errors
/// [`Malformed::Short`] when bytes are missing, [`Malformed::Length`] when the length is impossible.
#[inline]
pub fn header_of(bytes: &[u8]) -> Result<Header, Malformed> {
    if bytes.len() < Header::WIDTH {
        return Err(Malformed::Short);
    }
    let header = Header {
        kind: u16::get(&bytes[0..2]),
        version: u16::get(&bytes[2..4]),
        length: u32::get(&bytes[4..8]),
    };
    if (header.length as usize) < Header::WIDTH || !header.length.is_multiple_of(8) {
        return Err(Malformed::Length(header.length));
    }
    if bytes.len() < header.length as usize {
        return Err(Malformed::Short);
    }
    Ok(header)
}

/// One field of a layout, as generators see it.
#[derive(Clone, Copy, Debug)]
pub struct FieldLayout {
    /// The field's name; names that begin with `reserved` are zero.
    pub name: &'static str,
    /// A name of [`Field::NAME`].
    pub type_name: &'static str,
    /// Bytes from the start of the message.
    pub offset: usize,
    /// Bytes taken.
    pub width: usize,
}

/// One layout, as generators see it.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The message's name, such as `PlaceOrder`.
    pub name: &'static str,
    /// The kind in the header.
    pub kind: u16,
    /// Bytes of header and fields, without the tail.
    pub width: usize,
    /// Bytes of header and fields ahead of the rest; the width where there is no rest.
    pub short_width: usize,
    /// Whether bytes may follow the fields.
    pub has_tail: bool,
    /// What the message says.
    pub doc: &'static [&'static str],
    /// The fields in order.
    pub fields: &'static [FieldLayout],
}

/// A message with a layout.
pub trait Message: Copy + Sized {
    /// The kind in the header.
    const KIND: u16;
    /// Bytes of header and fields, without the tail.
    const WIDTH: usize;
    /// Bytes of header and fields ahead of the rest, which is left out exactly where all of it is
    /// zero; [`Message::WIDTH`] where a layout has no rest.
    const SHORT_WIDTH: usize;
    /// Whether bytes may follow the fields.
    const HAS_TAIL: bool;
    /// Whether there is a rest, and all of it is zero.
    fn is_short(&self) -> bool;
    /// Writes the fields behind the header; not the rest, where `out` is as long as a short message.
    fn put_fields(&self, out: &mut [u8]);
    /// Reads the fields behind the header of a whole message: `bytes` end where it ends.
    fn get_fields(bytes: &[u8]) -> Self;

    /// Writes header and fields over the start of `out`, for a message of `length` bytes in all.
    #[inline]
    fn put(&self, length: usize, out: &mut [u8]) {
        header::<Self>(length).put(&mut out[..Header::WIDTH]);
        self.put_fields(out);
    }

    /// Appends the message with `tail` to `out`. The tail's length is a multiple of 8.
    fn append_with(&self, tail: &[u8], out: &mut Vec<u8>);

    /// Appends the message without a tail to `out`.
    fn append(&self, out: &mut Vec<u8>);

    /// The message as bytes of its own.
    #[must_use]
    fn encoded(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(Self::WIDTH);
        self.append(&mut out);
        out
    }

    /// Reads the message at the start of `bytes`, and its tail.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are not a message of this layout.
    #[inline]
    fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        let length = Self::length_in(bytes)?;
        let width = length.min(Self::WIDTH);
        Ok((Self::get_fields(&bytes[..width]), &bytes[width..length]))
    }

    /// Whether `bytes` are exactly one message of this layout that is short.
    #[inline(always)]
    #[must_use]
    fn is_all_of_short(bytes: &[u8]) -> bool {
        let header = header::<Self>(Self::SHORT_WIDTH);
        bytes.len() == Self::SHORT_WIDTH && u64::get(&bytes[..Header::WIDTH]) == header.as_u64()
    }

    /// Whether `bytes` are exactly one message of this layout, with whatever tail.
    #[inline(always)]
    #[must_use]
    fn is_all_of(bytes: &[u8]) -> bool {
        if Self::HAS_TAIL || Self::SHORT_WIDTH != Self::WIDTH {
            return Self::length_in(bytes).is_ok_and(|length| length == bytes.len());
        }
        Self::is_all_of_short(bytes)
    }

    /// Bytes of the message at the start of `bytes`, its tail included.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are not a message of this layout.
    #[inline]
    fn length_in(bytes: &[u8]) -> Result<usize, Malformed> {
        let header = header_of(bytes)?;
        if header.kind != Self::KIND {
            return Err(Malformed::Kind(header.kind));
        }
        if header.version != 0 {
            return Err(Malformed::Version(header.version));
        }
        let length = header.length as usize;
        let is_right = if length < Self::WIDTH {
            length == Self::SHORT_WIDTH
        } else {
            (Self::HAS_TAIL || length == Self::WIDTH) && !has_blank_rest::<Self>(bytes)
        };
        if is_right {
            Ok(length)
        } else {
            Err(Malformed::Length(header.length))
        }
    }
}

/// The header of a message of `length` bytes in all.
#[inline(always)]
fn header<M: Message>(length: usize) -> Header {
    Header {
        kind: M::KIND,
        version: 0,
        length: length as u32,
    }
}

/// Whether a message that is not short has a rest that should have been left out.
#[inline]
fn has_blank_rest<M: Message>(bytes: &[u8]) -> bool {
    M::SHORT_WIDTH != M::WIDTH
        && bytes[M::SHORT_WIDTH..M::WIDTH]
            .iter()
            .all(|&byte| byte == 0)
}

/// Declares messages: `kind => Name { field: type, ... }`, with `rest { field: type, ... }` where
/// fields follow that a short message leaves out, or `+ tail` where bytes follow.
macro_rules! layouts {
    ($($(#[doc = $doc:literal])* $kind:literal => $name:ident {
        $($(#[doc = $field_doc:literal])* $field:ident : $type:ty,)*
    } $(rest {
        $($(#[doc = $rest_doc:literal])* $rest:ident : $rest_type:ty,)*
    })? $(+ $tail:ident)?)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name {
                $($(#[doc = $field_doc])* pub $field: $type,)*
                $($($(#[doc = $rest_doc])* pub $rest: $rest_type,)*)?
            }

            impl $crate::Message for $name {
                const KIND: u16 = $kind;
                const SHORT_WIDTH: usize =
                    $crate::Header::WIDTH $(+ <$type as $crate::Field>::WIDTH)*;
                const WIDTH: usize = {
                    let short = <Self as $crate::Message>::SHORT_WIDTH;
                    let width = short $($(+ <$rest_type as $crate::Field>::WIDTH)*)?;
                    assert!(short % 8 == 0 && width % 8 == 0, "widths are multiples of 8");
                    assert!(
                        short == width || !<Self as $crate::Message>::HAS_TAIL,
                        "a tail would follow what may be left out"
                    );
                    width
                };
                const HAS_TAIL: bool = layouts!(@has_tail $($tail)?);

                #[inline(always)]
                fn is_short(&self) -> bool {
                    <Self as $crate::Message>::SHORT_WIDTH != <Self as $crate::Message>::WIDTH
                        $($(&& $crate::Field::is_zero(self.$rest))*)?
                }

                #[inline]
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn put_fields(&self, out: &mut [u8]) {
                    let mut at = $crate::Header::WIDTH;
                    $(
                        let end = at + <$type as $crate::Field>::WIDTH;
                        $crate::Field::put(self.$field, &mut out[at..end]);
                        at = end;
                    )*
                    $(
                        if out.len() > at {
                            $(
                                let end = at + <$rest_type as $crate::Field>::WIDTH;
                                $crate::Field::put(self.$rest, &mut out[at..end]);
                                at = end;
                            )*
                        }
                    )?
                }

                fn append_with(&self, tail: &[u8], out: &mut alloc::vec::Vec<u8>) {
                    if tail.is_empty() {
                        return $crate::Message::append(self, out);
                    }
                    let mut fields = [0; <Self as $crate::Message>::WIDTH];
                    $crate::Message::put(self, fields.len() + tail.len(), &mut fields);
                    out.extend_from_slice(&fields);
                    out.extend_from_slice(tail);
                }

                #[inline(always)]
                fn append(&self, out: &mut alloc::vec::Vec<u8>) {
                    // Arrays of known length: no field is checked against them when it is written.
                    if $crate::Message::is_short(self) {
                        let mut fields = [0; <Self as $crate::Message>::SHORT_WIDTH];
                        $crate::Message::put(self, fields.len(), &mut fields);
                        out.extend_from_slice(&fields);
                    } else {
                        let mut fields = [0; <Self as $crate::Message>::WIDTH];
                        $crate::Message::put(self, fields.len(), &mut fields);
                        out.extend_from_slice(&fields);
                    }
                }

                #[inline(always)]
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn get_fields(bytes: &[u8]) -> Self {
                    let lead = &bytes[..<Self as $crate::Message>::SHORT_WIDTH];
                    let mut at = $crate::Header::WIDTH;
                    $(
                        let end = at + <$type as $crate::Field>::WIDTH;
                        let $field = <$type as $crate::Field>::get(&lead[at..end]);
                        at = end;
                    )*
                    $(
                        let rest = bytes.get(..<Self as $crate::Message>::WIDTH);
                        $(
                            let end = at + <$rest_type as $crate::Field>::WIDTH;
                            let $rest = match rest {
                                Some(rest) => <$rest_type as $crate::Field>::get(&rest[at..end]),
                                None => <$rest_type as $crate::Field>::ZERO,
                            };
                            at = end;
                        )*
                    )?
                    Self { $($field,)* $($($rest,)*)? }
                }
            }
        )*

        /// The layouts of this file, for generators.
        pub(crate) const LAYOUTS: &[$crate::Layout] = &[$(
            $crate::Layout {
                name: stringify!($name),
                kind: $kind,
                width: <$name as $crate::Message>::WIDTH,
                short_width: <$name as $crate::Message>::SHORT_WIDTH,
                has_tail: layouts!(@has_tail $($tail)?),
                doc: &[$($doc),*],
                fields: {
                    const NAMES: &[(&str, &str, usize)] = &[$(
                        (
                            stringify!($field),
                            <$type as $crate::Field>::NAME,
                            <$type as $crate::Field>::WIDTH,
                        ),
                    )* $($(
                        (
                            stringify!($rest),
                            <$rest_type as $crate::Field>::NAME,
                            <$rest_type as $crate::Field>::WIDTH,
                        ),
                    )*)?];
                    const FIELDS: [$crate::FieldLayout; NAMES.len()] =
                        $crate::layout::with_offsets(NAMES);
                    &FIELDS
                },
            },
        )*];
    };
    (@has_tail) => { false };
    (@has_tail tail) => { true };
}
pub(crate) use layouts;

/// Lays fields one behind another after the header.
pub(crate) const fn with_offsets<const N: usize>(
    fields: &[(&'static str, &'static str, usize)],
) -> [FieldLayout; N] {
    let mut out = [FieldLayout {
        name: "",
        type_name: "",
        offset: 0,
        width: 0,
    }; N];
    let mut at = Header::WIDTH;
    let mut index = 0;
    while index < N {
        let (name, type_name, width) = fields[index];
        out[index] = FieldLayout {
            name,
            type_name,
            offset: at,
            width,
        };
        at += width;
        index += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Malformed, Message};
    use crate::{CancelOrder, Symbol, Tick};

    fn cancel(client_order_id: &[u8]) -> CancelOrder {
        CancelOrder {
            account: 4,
            reserved: [0; 4],
            order_id: 9,
            client_order_id: Symbol::new(client_order_id).expect("it is short"),
        }
    }

    #[test]
    fn a_message_ends_before_a_rest_that_is_zero() {
        let short = cancel(b"").encoded();
        assert_eq!(short.len(), CancelOrder::SHORT_WIDTH);
        assert!(CancelOrder::is_all_of(&short) && CancelOrder::is_all_of_short(&short));
        let long = cancel(b"a").encoded();
        assert_eq!(long.len(), CancelOrder::WIDTH);
        assert!(CancelOrder::is_all_of(&long) && !CancelOrder::is_all_of_short(&long));
    }

    #[test]
    fn it_reads_back_with_whatever_follows() {
        for (message, follows) in [(cancel(b""), 0), (cancel(b"a"), 0), (cancel(b""), 8)] {
            let mut bytes = message.encoded();
            bytes.resize(bytes.len() + follows, 0xff);
            assert_eq!(CancelOrder::decode(&bytes), Ok((message, &[][..])));
        }
    }

    #[test]
    fn it_has_one_encoding() {
        let long = |rest: u8| {
            let mut bytes = cancel(b"a").encoded();
            bytes[CancelOrder::SHORT_WIDTH..].fill(rest);
            bytes
        };
        assert!(CancelOrder::is_all_of(&long(b'b')));
        assert!(!CancelOrder::is_all_of(&long(0)));
        assert_eq!(CancelOrder::decode(&long(0)), Err(Malformed::Length(64)));
        let between: Vec<u8> = [&[0x21, 1, 0, 0, 32, 0, 0, 0][..], &[1; 24]].concat();
        assert_eq!(CancelOrder::decode(&between), Err(Malformed::Length(32)));
    }

    #[test]
    fn a_layout_without_a_rest_has_one_length() {
        assert_eq!(Tick::SHORT_WIDTH, Tick::WIDTH);
        assert!(!Tick {}.is_short());
        assert!(Tick::is_all_of(&Tick {}.encoded()));
    }
}
