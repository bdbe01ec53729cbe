//! Words for single things: numbers, dates, likelihoods, stances, trends.
