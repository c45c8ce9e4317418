//! Frames out of a stream of bytes that may be cut anywhere.

use cse_wire::{Header, Message, Query, Request, header_of};

/// The longest frame, in bytes. What claims to be longer ends the connection.
pub const FRAME_LENGTH_MAX: usize = 4096;

/// One whole frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A command, whose own layout is not looked at here.
    Request {
        /// The asker's number.
        request_id: u64,
        /// The tail.
        command: &'a [u8],
    },
    /// A query, header included.
    Query(&'a [u8]),
}

/// Bytes that are no frame, after which nothing of the connection can be understood.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation(pub &'static str);

/// The frame that a connection has sent a part of.
#[derive(Debug, Default)]
pub struct Framing {
    partial: Vec<u8>,
}

impl Framing {
    /// Takes in bytes and hands over every frame that is whole.
    ///
    /// # Errors
    /// [`Violation`]; the frames before it have been handed over.
    pub fn feed(&mut self, data: &[u8], mut take: impl FnMut(Frame<'_>)) -> Result<(), Violation> {
        let mut rest = data;
        while !rest.is_empty() {
            if self.partial.is_empty() {
                match frame_length(rest)? {
                    Some(length) if length <= rest.len() => {
                        take(frame(&rest[..length])?);
                        rest = &rest[length..];
                    }
                    _ => {
                        self.partial.extend_from_slice(rest);
                        return Ok(());
                    }
                }
                continue;
            }
            let wanted = frame_length(&self.partial)?.unwrap_or(Header::WIDTH);
            let (head, tail) = rest.split_at(rest.len().min(wanted - self.partial.len()));
            self.partial.extend_from_slice(head);
            rest = tail;
            if frame_length(&self.partial)? == Some(self.partial.len()) {
                take(frame(&self.partial)?);
                self.partial.clear();
            }
        }
        Ok(())
    }
}

/// The length of the frame at the start of `bytes`, once its header is there.
fn frame_length(bytes: &[u8]) -> Result<Option<usize>, Violation> {
    let Some(head) = bytes.first_chunk::<{ Header::WIDTH }>() else {
        return Ok(None);
    };
    let kind = u16::from_le_bytes([head[0], head[1]]);
    let version = u16::from_le_bytes([head[2], head[3]]);
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
    let width = match kind {
        Request::KIND => Request::WIDTH,
        Query::KIND => Query::WIDTH,
        _ => return Err(Violation("the kind is no frame's")),
    };
    if version != 0 {
        return Err(Violation("the version is unknown"));
    }
    if length < width || length > FRAME_LENGTH_MAX || !length.is_multiple_of(8) {
        return Err(Violation("the length is impossible"));
    }
    Ok(Some(length))
}

/// Reads a whole frame.
fn frame(bytes: &[u8]) -> Result<Frame<'_>, Violation> {
    match Request::decode(bytes) {
        Ok((request, command)) => Ok(Frame::Request {
            request_id: request.request_id,
            command,
        }),
        Err(_) if header_of(bytes).is_ok_and(|header| header.kind == Query::KIND) => {
            Ok(Frame::Query(bytes))
        }
        Err(_) => Err(Violation("the frame is no request")),
    }
}
