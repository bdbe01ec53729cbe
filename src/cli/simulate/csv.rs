//! CSV: what the object says, one row a figure.
//!
//! Owns quoting, and which part of the object is a row's table, id and field. Refuses to own any
//! figure.

use serde_json::Value;

/// Tables of the whole simulation: what stands in them are fields and no ids.
const WHOLE: &[&str] = &["outcome", "debrief", "world_share"];

/// The summary as one long table: `table,id,field,value`. A count of games has the field `games`, a
/// figure of the whole simulation no id, a list numbers its fields from 1.
pub fn of_summary(object: &Value) -> String {
    let mut rows = vec![["table", "id", "field", "value"].map(str::to_owned).to_vec()];
    for (table, value) in object.as_object().into_iter().flatten() {
        let Some(ids) = value.as_object() else {
            rows.push(vec![table.clone(), String::new(), String::new(), cell(value)]);
            continue;
        };
        for (id, value) in ids {
            let mut row = |id: &str, field: String, value: &Value| {
                rows.push(vec![table.clone(), id.to_owned(), field, cell(value)]);
            };
            match value {
                Value::Object(_) | Value::Array(_) => {
                    fields("", value, &mut |field, value| row(id, field, value));
                }
                _ if WHOLE.contains(&table.as_str()) => row("", id.clone(), value),
                _ => row(id, "games".to_owned(), value),
            }
        }
    }
    written(&rows)
}

/// Every value within, under its path: `returned_by.state`.
fn fields(path: &str, value: &Value, out: &mut impl FnMut(String, &Value)) {
    let under = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    match value {
        Value::Object(all) => all.iter().for_each(|(name, v)| fields(&under(name), v, out)),
        Value::Array(all) => {
            (1..).zip(all).for_each(|(n, v)| fields(&under(&usize::to_string(&n)), v, out));
        }
        _ => out(path.to_owned(), value),
    }
}

fn cell(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Rows as RFC 4180 has them, but that a line ends with a newline alone.
pub fn written(rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_value_of_the_object_is_a_row() {
        let object = json!({
            "games": 2,
            "outcome": { "mean": 1.5 },
            "endings": { "a": 0 },
            "lenses": { "l": { "p10": 3.0 } },
            "instruments": { "I": { "returned_by": { "the President": 4 } } },
            "events_by_turn": { "e": [0, 7] },
            "policy": "a,\"b\"",
        });
        let mut rows: Vec<String> = of_summary(&object).lines().map(str::to_owned).collect();
        assert_eq!(rows.remove(0), "table,id,field,value");
        rows.sort();
        assert_eq!(
            rows,
            [
                "endings,a,games,0",
                "events_by_turn,e,1,0",
                "events_by_turn,e,2,7",
                "games,,,2",
                "instruments,I,returned_by.the President,4",
                "lenses,l,p10,3.0",
                "outcome,,mean,1.5",
                "policy,,,\"a,\"\"b\"\"\"",
            ]
        );
    }
}
