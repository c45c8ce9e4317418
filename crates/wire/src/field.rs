//! The types a field may have, and how each is read and written.

use crate::symbols::Symbol;

/// A value of fixed width, written little-endian.
pub trait Field: Copy {
    /// Bytes taken.
    const WIDTH: usize;
    /// The type's name in generated readers, such as `u64` or `bytes16`.
    const NAME: &'static str;
    /// The value whose bytes are all zero.
    const ZERO: Self;
    /// Whether all bytes of the value are zero.
    fn is_zero(self) -> bool;
    /// Writes the value into `out`, which is `WIDTH` bytes long.
    fn put(self, out: &mut [u8]);
    /// Reads a value from `bytes`, which is `WIDTH` bytes long.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! integers {
    ($($type:ident)*) => {$(
        impl Field for $type {
            const WIDTH: usize = size_of::<$type>();
            const NAME: &'static str = stringify!($type);
            const ZERO: Self = 0;
            #[inline(always)]
            fn is_zero(self) -> bool {
                self == 0
            }
            #[inline]
            fn put(self, out: &mut [u8]) {
                out.copy_from_slice(&self.to_le_bytes());
            }
            #[inline]
            fn get(bytes: &[u8]) -> Self {
                let mut raw = [0; size_of::<$type>()];
                raw.copy_from_slice(bytes);
                Self::from_le_bytes(raw)
            }
        }
    )*};
}
integers!(u8 u16 u32 u64 u128 i32 i64 i128);

macro_rules! byte_arrays {
    ($($width:literal $name:literal)*) => {$(
        impl Field for [u8; $width] {
            const WIDTH: usize = $width;
            const NAME: &'static str = $name;
            const ZERO: Self = [0; $width];
            #[inline(always)]
            fn is_zero(self) -> bool {
                self == Self::ZERO
            }
            #[inline]
            fn put(self, out: &mut [u8]) {
                out.copy_from_slice(&self);
            }
            #[inline]
            fn get(bytes: &[u8]) -> Self {
                let mut raw = [0; $width];
                raw.copy_from_slice(bytes);
                raw
            }
        }
    )*};
}
byte_arrays!(1 "bytes1" 2 "bytes2" 3 "bytes3" 4 "bytes4" 5 "bytes5" 6 "bytes6" 7 "bytes7" 8 "bytes8"
    16 "bytes16" 32 "bytes32");

impl<const N: usize> Field for Symbol<N> {
    const WIDTH: usize = N;
    const NAME: &'static str = match N {
        16 => "text16",
        40 => "text40",
        _ => panic!("a text field is 16 or 40 bytes wide"),
    };
    const ZERO: Self = Self::EMPTY;
    #[inline(always)]
    fn is_zero(self) -> bool {
        self.is_blank()
    }
    #[inline]
    fn put(self, out: &mut [u8]) {
        out.copy_from_slice(&self.0);
    }
    #[inline]
    fn get(bytes: &[u8]) -> Self {
        let mut raw = [0; N];
        raw.copy_from_slice(bytes);
        Symbol(raw)
    }
}
