//! Signatures: Ed25519 keys in OpenSSH's formats, SSHSIG seals, the
//! `allowed_signers` file and C2SP signed notes. Main types: [`SecretKey`],
//! [`PublicKey`], [`Note`], [`VerifierKey`], [`NoteSigner`]. Never makes
//! randomness of its own, never reads a clock and never touches a file.

mod allowed;
mod armor;
mod base64;
mod key;
mod note;
mod sshsig;
mod verifier_key;

pub use allowed::{
    AllowedSigner, AllowedSignersError, NotAllowed, allowed_signers, parse_allowed_signers,
};
pub use base64::{from_base64, to_base64};
pub use key::{KeyError, PublicKey, SecretKey};
pub use note::{
    MAX_SIGNATURES, Note, NoteError, NoteSignature, NoteSigner, Verified, VerifiedSignature,
};
pub use sshsig::SshSigError;
pub use verifier_key::{SignatureType, VerifierKey, VerifierKeyError};
