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
    /// Whether bytes may follow the fields.
    const HAS_TAIL: bool;
    /// Writes the fields behind the header.
    fn put_fields(&self, out: &mut [u8]);
    /// Reads the fields behind the header.
    fn get_fields(bytes: &[u8]) -> Self;

    /// Writes header and fields over the start of `out`, for a message of `length` bytes in all.
    #[inline]
    fn put(&self, length: usize, out: &mut [u8]) {
        Header {
            kind: Self::KIND,
            version: 0,
            length: length as u32,
        }
        .put(&mut out[..Header::WIDTH]);
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
        Ok((Self::get_fields(bytes), &bytes[Self::WIDTH..length]))
    }

    /// Whether `bytes` are exactly one message of this layout, with whatever tail.
    #[inline(always)]
    #[must_use]
    fn is_all_of(bytes: &[u8]) -> bool {
        if Self::HAS_TAIL {
            return Self::length_in(bytes).is_ok_and(|length| length == bytes.len());
        }
        let header = Header {
            kind: Self::KIND,
            version: 0,
            length: Self::WIDTH as u32,
        };
        bytes.len() == Self::WIDTH && u64::get(&bytes[..Header::WIDTH]) == header.as_u64()
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
        if length < Self::WIDTH || (!Self::HAS_TAIL && length != Self::WIDTH) {
            return Err(Malformed::Length(header.length));
        }
        Ok(length)
    }
}

/// Declares messages: `kind => Name { field: type, ... }`, with `+ tail` where bytes follow.
macro_rules! layouts {
    ($($(#[doc = $doc:literal])* $kind:literal => $name:ident {
        $($(#[doc = $field_doc:literal])* $field:ident : $type:ty,)*
    } $(+ $tail:ident)?)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name {
                $($(#[doc = $field_doc])* pub $field: $type,)*
            }

            impl $crate::Message for $name {
                const KIND: u16 = $kind;
                const WIDTH: usize = {
                    let width = $crate::Header::WIDTH $(+ <$type as $crate::Field>::WIDTH)*;
                    assert!(width % 8 == 0, "a message's width is a multiple of 8");
                    width
                };
                const HAS_TAIL: bool = layouts!(@has_tail $($tail)?);

                #[inline]
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn put_fields(&self, out: &mut [u8]) {
                    let mut at = $crate::Header::WIDTH;
                    $(
                        let end = at + <$type as $crate::Field>::WIDTH;
                        $crate::Field::put(self.$field, &mut out[at..end]);
                        at = end;
                    )*
                }

                fn append_with(&self, tail: &[u8], out: &mut alloc::vec::Vec<u8>) {
                    let mut fields = [0; <Self as $crate::Message>::WIDTH];
                    $crate::Message::put(self, fields.len() + tail.len(), &mut fields);
                    out.extend_from_slice(&fields);
                    out.extend_from_slice(tail);
                }

                #[inline(always)]
                fn append(&self, out: &mut alloc::vec::Vec<u8>) {
                    // An array of known length: no field is checked against it when it is written.
                    let mut fields = [0; <Self as $crate::Message>::WIDTH];
                    $crate::Message::put(self, fields.len(), &mut fields);
                    out.extend_from_slice(&fields);
                }

                #[inline]
                #[allow(unused_assignments, unused_mut, unused_variables)]
                fn get_fields(bytes: &[u8]) -> Self {
                    let bytes = &bytes[..<Self as $crate::Message>::WIDTH];
                    let mut at = $crate::Header::WIDTH;
                    $(
                        let end = at + <$type as $crate::Field>::WIDTH;
                        let $field = <$type as $crate::Field>::get(&bytes[at..end]);
                        at = end;
                    )*
                    Self { $($field),* }
                }
            }
        )*

        /// The layouts of this file, for generators.
        pub(crate) const LAYOUTS: &[$crate::Layout] = &[$(
            $crate::Layout {
                name: stringify!($name),
                kind: $kind,
                width: <$name as $crate::Message>::WIDTH,
                has_tail: layouts!(@has_tail $($tail)?),
                doc: &[$($doc),*],
                fields: {
                    const NAMES: &[(&str, &str, usize)] = &[$(
                        (
                            stringify!($field),
                            <$type as $crate::Field>::NAME,
                            <$type as $crate::Field>::WIDTH,
                        ),
                    )*];
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
