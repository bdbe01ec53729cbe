//! Shared by the integration tests: the shipped rules, loaded once.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, OnceLock};

use interagency::scenario::load;
use interagency::scenario::model::Rules;

/// The seed scenario as it ships.
pub fn cloud_hopper() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"))))
}

/// The small scenario for exhaustive tests.
pub fn tiny() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/tiny.ron");
        Arc::new(load::path(&path, &[]).expect("the tiny scenario loads"))
    }))
}
