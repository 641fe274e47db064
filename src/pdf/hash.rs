//! A hash that is the same on every machine and in every release.

/// FNV-1a, 128 bits. It tells contents apart; it is no defence against somebody who wants two to
/// be taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hash(u128);

impl Hash {
    pub(super) fn of(bytes: &[u8]) -> Hash {
        const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        Hash(bytes.iter().fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME)))
    }

    pub(super) fn low(self) -> u64 {
        (self.0 ^ (self.0 >> 64)) as u64
    }

    pub(super) fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}
