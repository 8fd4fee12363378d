//! Known answers for proofs: a real Certificate Transparency log, and the
//! reference tests of RFC 6962.

use super::*;
use crate::sign::from_base64;

fn digest(base64: &str) -> Digest {
    Digest::from_bytes(from_base64(base64).unwrap().try_into().unwrap())
}

fn digests(base64: &[&str]) -> Vec<Digest> {
    base64.iter().map(|h| digest(h)).collect()
}

/// Google's Argon 2020 log at 961,984,013 entries, as frozen in the tests of
/// golang.org/x/mod/sumdb/tlog.
const ARGON_SIZE: u64 = 961_984_013;
const ARGON_ROOT: &str = "dwlueapdd7LaOEnX2W2Wp9v2XE+KzejHRQGHwEx0oaM=";
/// Leaf hash of entry 10,000 (computed here from the entry in those tests).
const ARGON_LEAF: &str = "9c2b3799f232761f71e022b243ebb6c6d9a9c66160800e4c2f2987c0d41294b8";
const ARGON_PATH: [&str; 30] = [
    "T46AmJsuOM/gFiGlUp+IJJebp+1Z5qratFNW7U0JyOQ=",
    "9Jj1Feodn42uRYEfffkV4HF/EIPFQ5Zo9IwkxbQ2uhk=",
    "D53/1oCNebF4J59HHgioovKZxrmrKcVuCVhy3Izg8Ck=",
    "wSFDgGSrsXRPA+1c8WHoAFCsWeUv8NDyP/Q/SgsyVyY=",
    "516/RcwsgdwdzHn18v1dJHqBkgFUbNhmCIWOGjsMJaE=",
    "naTFY2ajLFgrgs5XUl+zJYZnnlJksLGsA1VYwpLfqbY=",
    "mKBRJo6qao+0Kdh/rhGkZUbHUAxMhrtrclrTpIbNjIg=",
    "Co4ueOFE7lpifLio94irxxsv1wFMMaK3tPu2ZQkHlro=",
    "yRgy800K6JMYCC05sWfqF2kvCg2riT/pVM+nEa6V5+0=",
    "n2O38XJZC8/Wpbwi9HhgVizlUyeUHVZvYyQB1607MRc=",
    "go3tAjuNfNSCj87y2Rg1xOroDknGN1eaf3cgvzObf7Q=",
    "8D0Mj3/J7ySSnFb0afIHYXv6rlOhECnsebY6XKi1IR8=",
    "6rcez46ZU8M5vPiWVMAUfJfAOV0pPP/mch/lYzZhj/M=",
    "2rtIeXrPvSdUyHc5maIgSAVB2BzaKaupWxSAiVayDE4=",
    "nniW/IMFQPN5xw8UsHFn7CRStYbm1gLu7NNa6kkRqJQ=",
    "mRPPi7sQS22MduIEyvcNzCNFqIt6kLwYPkNKrVtIcu8=",
    "JvTivzESNS9wHI8aph5a7uieVmtS/p9PciMZ5D6GyOo=",
    "UTyQd+Ym0wY4zG+qK806bBORwi1CSVvFQ/KknnqoZj8=",
    "hXODrqN+ff+U6zPqRQ+ZQKs6im1fPcxIerDSfNwflhE=",
    "II6GE+WY/DrpZzfHztLwkR46o37zVkNLCyPYlf68zA0=",
    "d609kWWcNBllbA8Jb/ad4XAVVGnScLRmtP8FYyr+Dck=",
    "rikBsP0G0gioXRpBFED2CzQdSLrGPvRd0bEcbEZw1rI=",
    "GXIElfmnRuWfbA4z7ubV/UwlpSRUbUeec7oL5HDDnh0=",
    "pR0SH/NYP6s9+8azWwaeUXA4Ze/3WCIgMfh5YW6wvcE=",
    "f3GuAKYVrF8RBg3s15jvA/YvV9oAliWtzP/imwPhQVA=",
    "WHn8zDxlVgkV+lSlmzaOdfSBrTHoRr5nT3d76q0KKWE=",
    "f2uV2ZxVgULzLPKuZcowRY3ZY7fRlX59iDBjV1R8kNQ=",
    "NzQVjJsvQwbi7WStMr9oFkh9VbHfK7LB6o7WwAqwNTs=",
    "C0LttBeYHZHgL+032JIcJC3CTBIyza/hsbmJUgJfmDI=",
    "nixU5CWTFVDlF4BGdcU6kA7WSYurEpe9jRWc+F/7sOc=",
];
const ARGON_CONSISTENCY: [&str; 30] = [
    "80Sfbj6UQEdVSZCSIgh9NMPj3vCBzcc1A48B2crJSWg=",
    "FZcrgAHUk6nNPviJZq8kEK6jCG1d18pJOFE45ZDc1TQ=",
    "Q67reWXmPBo1UfmwBap4Xi9PMPfFdUSSw3WGlRZdG7k=",
    "eJ7CyhR4PxzBxDIsWgrVYW1eFUb9ndgf46tFmiqVrxA=",
    "QrDwp062Grm5WY8KdrhFsBuuNjGzRox2Jb8PmVL5OYw=",
    "XM4YMjMEdLH/XJam/ZWyaP14k3cmsOtnPsOWQ54lW1s=",
    "SGiBh+jOTGccXU48ZzgQ88lRcBmtB4wz4oSDndv2QTg=",
    "WAS6txqNLYKGL1GdBdpqmV42TTfn6cJsuDsqLXuTCNI=",
    "QFmRS0rirUA7ZN3lxFjDncV+E1OCrn3NUB4RCp+5fzc=",
    "Hdbp7It2XBNZmNDBpCN/KPd7vfVqxgzwOosqVIaEA9E=",
    "mxvHL0ZiblBdD7j7pIa1jlfB0gSqfJ6oX0UGo7L0VsU=",
    "q5hjyvoW6TL/PThgcitpDcSTrnKX2p1+aqscqH2euRA=",
    "jTOWDqt3IHj2NVFeezyBz2ofpru+ztEywqKUAfFclKI=",
    "GIRn0w3HqJdvU9j1WVD//eR6lk2AaTVjyzjsJNP8U88=",
    "x52GJvxG81fnQBrgOTbll1A5tz95/LXK0Ag1NhB0r1I=",
    "6/0OqrcTgc3o5dD5PymmoC96lB9yLPFuTHVvLy8fSGk=",
    "Gf+iKLfcXO5l4JEFmsZvSdG5q1uEeWPfYLrds6pmjz0=",
    "DGuaco+McyM3AfRSF6qX7RwSetwe2ieYJmxw5e9rVx0=",
    "2tQJ9V32hnYp+fdpP6TcjmgJmLeNVOMKM0Ml1kk4cNU=",
    "3PapK+IkyJr8I9yAErAmzuZezzLMzsg+PfeRCgNW8NQ=",
    "s6xiYeejb+wtqHA+URJZ2I/SCPyIW8coP6aB00FJbMY=",
    "z9lSpmdTcr5M5ZzKlc4EPh3SrSypKFdk6JUF/UccaZU=",
    "GXIElfmnRuWfbA4z7ubV/UwlpSRUbUeec7oL5HDDnh0=",
    "pR0SH/NYP6s9+8azWwaeUXA4Ze/3WCIgMfh5YW6wvcE=",
    "f3GuAKYVrF8RBg3s15jvA/YvV9oAliWtzP/imwPhQVA=",
    "WHn8zDxlVgkV+lSlmzaOdfSBrTHoRr5nT3d76q0KKWE=",
    "f2uV2ZxVgULzLPKuZcowRY3ZY7fRlX59iDBjV1R8kNQ=",
    "NzQVjJsvQwbi7WStMr9oFkh9VbHfK7LB6o7WwAqwNTs=",
    "C0LttBeYHZHgL+032JIcJC3CTBIyza/hsbmJUgJfmDI=",
    "nixU5CWTFVDlF4BGdcU6kA7WSYurEpe9jRWc+F/7sOc=",
];

#[test]
fn inclusion_in_a_real_log() {
    let (leaf, root, path) =
        (ARGON_LEAF.parse().unwrap(), digest(ARGON_ROOT), digests(&ARGON_PATH));
    verify_inclusion(&leaf, 10_000, ARGON_SIZE, &path, &root).unwrap();
    assert!(verify_inclusion(&leaf, 10_001, ARGON_SIZE, &path, &root).is_err());
    assert_eq!(
        verify_inclusion(&leaf, 10_000, ARGON_SIZE, &path[1..], &root).unwrap_err(),
        ProofError::Length { found: 29 }
    );
}

#[test]
fn consistency_of_a_real_log() {
    let old = digest("AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=");
    let (root, proof) = (digest(ARGON_ROOT), digests(&ARGON_CONSISTENCY));
    verify_consistency(3_654_490, ARGON_SIZE, &proof, &old, &root).unwrap();
    assert!(verify_consistency(3_654_491, ARGON_SIZE, &proof, &old, &root).is_err());
    assert!(matches!(
        verify_consistency(3_654_490, ARGON_SIZE, &proof, &root, &root),
        Err(ProofError::Root { .. })
    ));
}

/// From transparency-dev/merkle's test data, the "happy paths" over the eight
/// leaves of the Certificate Transparency reference tests.
#[test]
fn reference_proofs() {
    let root8 = digest("XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=");
    let path = digests(&[
        "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
        "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
        "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    ]);
    verify_inclusion(&digest("QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg="), 5, 8, &path, &root8)
        .unwrap();
    verify_inclusion(
        &digest("ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c="),
        2,
        3,
        &digests(&["+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="]),
        &digest("rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc="),
    )
    .unwrap();
    verify_consistency(
        6,
        8,
        &digests(&[
            "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
            "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
            "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
        ]),
        &digest("duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8="),
        &root8,
    )
    .unwrap();
    verify_consistency(
        2,
        5,
        &digests(&[
            "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
            "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
        ]),
        &digest("+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="),
        &digest("Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ="),
    )
    .unwrap();
}

#[test]
fn trivial_proofs() {
    let (empty, one) = (Digest::of(b""), crate::digest::leaf_hash(b""));
    assert_eq!(verify_inclusion(&one, 0, 1, &[], &one), Ok(()));
    assert!(verify_inclusion(&one, 0, 0, &[], &empty).is_err());
    assert!(verify_inclusion(&one, 1, 1, &[], &one).is_err());
    assert_eq!(verify_consistency(0, 0, &[], &empty, &empty), Ok(()));
    assert_eq!(verify_consistency(0, 1, &[], &empty, &one), Ok(()));
    assert!(verify_consistency(0, 1, &[], &one, &one).is_err());
    assert!(verify_consistency(0, 1, &[one], &empty, &one).is_err());
    assert_eq!(verify_consistency(1, 1, &[], &one, &one), Ok(()));
    assert!(verify_consistency(1, 1, &[], &one, &empty).is_err());
    assert!(verify_consistency(2, 1, &[], &one, &one).is_err());
    assert!(verify_consistency(1, 2, &[], &one, &one).is_err());
}

proptest::proptest! {
    /// No sizes and no number of hashes make the checks panic or loop.
    #[test]
    fn hostile_proofs_never_panic(a: u64, b: u64, n in 0usize..70) {
        let h = Digest::of(b"x");
        let proof = vec![h; n];
        proptest::prop_assert!(verify_inclusion(&h, a, b, &proof, &Digest::of(b"")).is_err());
        let _ = verify_consistency(a, b, &proof, &h, &Digest::of(b""));
    }
}
