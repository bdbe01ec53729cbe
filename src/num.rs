//! Fixed-point arithmetic: quantities are whole thousandths in `i32`, products pass through `i64`.
//!
//! Owns rounding (once per cause, half away from zero), half-lives, chances over a stretch of days
//! and the logistic curve, all in integers so that every machine agrees to the bit. No floats here.

/// Thousandths of one: `1.5` is `1500`.
pub type Milli = i32;

/// One, in thousandths.
pub const ONE: Milli = 1000;

/// `a * num / den`, rounded half away from zero, kept within `i32`. `den` must be positive.
#[inline]
pub fn ratio(a: i64, num: i64, den: i64) -> Milli {
    round_div(a * num, den)
}

/// `n / d` rounded half away from zero, kept within `i32`. `d` must be positive.
#[inline]
pub fn round_div(n: i64, d: i64) -> Milli {
    let half = d / 2;
    let q = if n >= 0 { (n + half) / d } else { (n - half) / d };
    clamp32(q)
}

/// Saturates to `i32`.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "clamped to the range on the line before")]
pub fn clamp32(n: i64) -> Milli {
    n.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

/// Bits of the fraction in the logarithms below.
const LOG_BITS: u32 = 20;

/// log2(1 + i/1024) in 2^-20, by squaring: the classic digit-by-digit method in integers.
const LOG2: [u32; 1025] = {
    let mut table = [0u32; 1025];
    let mut i = 0;
    while i <= 1024 {
        // x in [1, 2] as 2^-32
        let mut x: u128 = ((1024 + i) as u128) << 22;
        let mut log = 0u32;
        if i == 1024 {
            log = 1 << LOG_BITS;
        } else {
            let mut bit = 0;
            while bit < LOG_BITS {
                x = (x * x) >> 32;
                log <<= 1;
                if x >= (2u128 << 32) {
                    x >>= 1;
                    log |= 1;
                }
                bit += 1;
            }
        }
        table[i] = log;
        i += 1;
    }
    table
};

/// −log2(u / 2^32) in 2^-20, for `u` as the 32-bit draw; `u` 0 counts as 1/2^32.
#[inline]
pub fn neg_log2(u: u32) -> u64 {
    let x = u64::from(u) + 1;
    let whole = x.ilog2();
    // mantissa in [0, 1) as 2^-32
    let mantissa = if whole >= 32 { 0 } else { (x << (32 - whole)) - (1u64 << 32) };
    let index = (mantissa >> 22) as usize;
    let rest = mantissa & ((1 << 22) - 1);
    let low = u64::from(LOG2[index]);
    let high = u64::from(LOG2[(index + 1).min(1024)]);
    let fraction = low + (((high - low) * rest) >> 22);
    (u64::from(32 - whole) << LOG_BITS) - fraction
}

/// 2^(−2^-k) for k = 1..=20, as 2^-32, by repeated square roots of one half.
const ROOTS: [u64; 20] = {
    let mut out = [0u64; 20];
    // 0.5 as 2^-62, square roots stay in u128.
    let mut value: u128 = 1u128 << 61;
    let mut k = 0;
    while k < 20 {
        value = isqrt(value << 62);
        out[k] = (value >> 30) as u64;
        k += 1;
    }
    out
};

/// The whole part of the square root.
pub const fn isqrt(n: u128) -> u128 {
    if n == 0 {
        return 0;
    }
    let mut x = 1u128 << ((128 - n.leading_zeros()).div_ceil(2));
    loop {
        let y = u128::midpoint(x, n / x);
        if y >= x {
            return x;
        }
        x = y;
    }
}

/// 2^(−x) as 2^-16, for x in 2^-20.
#[inline]
pub fn exp2_neg(x: u64) -> u32 {
    let whole = x >> LOG_BITS;
    if whole >= 17 {
        return 0;
    }
    let mut value: u64 = 1 << 32;
    let mut k = 0;
    while k < LOG_BITS as usize {
        if x & (1 << (LOG_BITS as usize - 1 - k)) != 0 {
            value = (value * ROOTS[k]) >> 32;
        }
        k += 1;
    }
    u32::try_from(((value >> whole) + (1 << 15)) >> 16).unwrap_or(1 << 16)
}

/// What is left after `days` at this half-life, as 2^-16. A half-life of 0 leaves nothing.
pub fn keep(days: u16, half_life: u16) -> u32 {
    if half_life == 0 {
        return 0;
    }
    exp2_neg((u64::from(days) << LOG_BITS) / u64::from(half_life))
}

/// The chance over `days` of something with `percent` of a hundred in every 30 days, as 2^-32:
/// 1 − (1 − p)^(days/30). A draw `u < chance` (32 bits) is a yes; 100 is always a yes.
pub fn chance(percent: u32, days: u16) -> u64 {
    if percent == 0 {
        return 0;
    }
    if percent >= 100 || days == 0 {
        return if percent >= 100 { 1 << 32 } else { 0 };
    }
    let miss = (u64::from(100 - percent) << 32) / 100;
    let log = neg_log2(u32::try_from(miss.saturating_sub(1)).unwrap_or(u32::MAX));
    let kept = u64::from(exp2_neg(log * u64::from(days) / 30));
    ((1u64 << 16) - kept) << 16
}

/// The logistic curve 1/(1 + e^−x) as 2^-16, for x in thousandths.
pub fn logistic(x: Milli) -> u32 {
    // e^-|x| = 2^(-|x| log2 e); log2 e = 1.442695...
    let magnitude = u64::from(x.unsigned_abs().min(16_000));
    let exponent = magnitude * 1_512_775 / 1000; // log2(e) in 2^-20
    let e = u64::from(exp2_neg(exponent));
    let small = (e << 16) / ((1 << 16) + e);
    let share = if x >= 0 { (1 << 16) - small } else { small };
    u32::try_from(share).unwrap_or(1 << 16)
}

/// A position within a table as a byte. Every table is bounded by `limits`, all of them at most
/// 256.
///
/// # Panics
/// In debug builds beyond that: whatever should have kept the bound has failed.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the bound is checked where tables are made")]
pub const fn byte(n: usize) -> u8 {
    debug_assert!(n <= u8::MAX as usize);
    n as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(
            [round_div(5, 2), round_div(-5, 2), round_div(4, 3), round_div(-4, 3), round_div(5, 3)],
            [3, -3, 1, -1, 2]
        );
        assert_eq!(ratio(i64::from(i32::MAX), 10, 1), i32::MAX);
    }

    #[test]
    fn logarithms_and_powers_agree_with_the_real_ones_closely() {
        for u in [0u32, 1, 7, 1000, 65_535, 1 << 20, 3_000_000_000, u32::MAX - 1, u32::MAX] {
            let want = -((f64::from(u) + 1.0) / 4_294_967_296.0).log2();
            let got = neg_log2(u) as f64 / f64::from(1 << 20);
            assert!((want - got).abs() < 2e-5, "{u}: {want} {got}");
        }
        for (days, half) in [(14u16, 30u16), (30, 30), (7, 150), (365, 30), (1, 3650)] {
            let want = 0.5f64.powf(f64::from(days) / f64::from(half));
            assert!((f64::from(keep(days, half)) / 65_536.0 - want).abs() < 5e-5);
        }
        for percent in 0..=100 {
            let want = 1.0 - (1.0 - f64::from(percent) / 100.0).powf(14.0 / 30.0);
            let got = chance(percent, 14) as f64 / 4_294_967_296.0;
            assert!((want - got).abs() < 1e-4, "{percent}: {want} {got}");
        }
        for x in (-9000..9000).step_by(37) {
            let want = 1.0 / (1.0 + (-f64::from(x) / 1000.0).exp());
            assert!((f64::from(logistic(x)) / 65_536.0 - want).abs() < 5e-5, "{x}");
        }
    }
}
