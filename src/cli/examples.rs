//! For a code that `check` prints a message as it looks, and the lines that are right.
//!
//! The messages are those that `tests/bad_scenarios` holds, so that they cannot be out of date.

macro_rules! examples {
    ($($code:literal: $file:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../tests/bad_scenarios/", $file, ".expected")))),*]
    };
}

/// By code.
pub const EXAMPLES: &[(&str, &str)] = examples! {
    "always-holds": "early_ending_on_the_first_day",
    "bad-character": "control_character_escape",
    "bad-escape": "unknown_escape",
    "bad-sum": "world_shares_not_a_hundred",
    "bad-value": "date_in_another_order",
    "bare-word": "bare_scale_word",
    "behind-another": "ending_behind_another",
    "calendar": "too_many_turns",
    "cannot-hold": "answer_that_excludes_its_question",
    "contradiction": "assumption_that_is_not_read",
    "core-version": "newer_core",
    "cycle": "events_in_a_ring",
    "day-in-words": "weekday_that_is_another",
    "duplicate-field": "duplicate_field",
    "duplicate-id": "duplicate_id",
    "empty-text": "empty_text",
    "extension": "extension",
    "hidden-in-public": "hidden_condition_in_a_need",
    "large-amount": "a_digit_too_many",
    "missing-colon": "equals_for_colon",
    "missing-comma": "missing_comma",
    "missing-field": "missing_field",
    "named-person": "person_in_a_simulated_text",
    "never-happens": "chance_of_nothing",
    "no-default": "choices_without_a_default",
    "no-effect": "answer_that_does_nothing",
    "no-theatre": "no_theatre",
    "not-used": "flag_that_nobody_reads",
    "not-whole": "decimals_for_a_whole_number",
    "other-voice": "text_signed_by_another",
    "out-of-range": "number_out_of_range",
    "outside-calendar": "day_outside_the_calendar",
    "quoted-field": "quoted_field",
    "real-guilt": "conduct_drawn_for_an_entity_of_record",
    "record-by-chance": "record_that_comes_by_chance",
    "record-rule": "quotation_in_a_simulated_text",
    "removed-id": "removed_and_still_needed",
    "replaces": "table_that_drops_entries",
    "same-choice": "two_answers_alike",
    "short-lived": "measure_shorter_than_a_turn",
    "some-written": "some_written",
    "source-later": "record_of_a_later_year",
    "too-dear": "price_nobody_can_pay",
    "trailing-text": "text_after_the_end",
    "unclosed-bracket": "unclosed_bracket",
    "unclosed-comment": "unclosed_comment",
    "unclosed-text": "quotation_mark_inside_a_text",
    "unknown-field": "misspelt_field_in_a_record",
    "unknown-id": "default_that_is_no_choice",
    "unknown-word": "misspelt_condition",
    "unquoted-id": "unquoted_id",
    "unsteady": "text_that_assumes_a_level",
    "world-varied": "world_varied_on_an_exact_indicator",
    "wrong-table": "wrong_table",
    "wrong-type": "list_without_brackets",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::problem::Code;

    #[test]
    fn each_example_is_of_its_code() {
        assert!(EXAMPLES.len() >= 30);
        for (code, message) in EXAMPLES {
            assert!(Code::named(code).is_some(), "{code}");
            assert!(message.contains(&format!("[{code}]")), "{code}: {message}");
        }
    }
}
